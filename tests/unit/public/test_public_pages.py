"""What pages say of a release in which two towns are hidden, one is merged and two are shown."""

import csv
import io
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from release_maker import release

from dashboard.releases.file import write_release
from dashboard.releases.release import ReleasedPlace
from dashboard.releases.shelf import withdraw
from public.server import build_server
from public.shelf import FolderShelf

DEATHS = "opioid_overdose_death_rate"
MAP = f"/r/1/map/{DEATHS}/2022-2024/all/"
HTML = ["/r/1/", MAP, f"/r/1/trend/{DEATHS}/25/all/", "/r/1/town/2502100001/", "/r/1/town/2502100005/",
        "/r/1/town/25021/", "/r/1/targets/", "/r/1/gaps/", "/r/1/help/", "/about/", "/method/",
        "/accessibility/"]  # fmt: skip


def words(client: FlaskClient, path: str) -> str:
    """The text of a page, without its tags."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())


@pytest.mark.parametrize("path", HTML)
@pytest.mark.parametrize("language", ["", "/es"])
def test_every_page_starts_with_help(client: FlaskClient, path: str, language: str) -> None:
    body = client.get(language + path).get_data(as_text=True)
    assert f'<html lang="{"es" if language else "en"}">' in body
    before = body[: body.index("<h1>")]
    for number in ("911", "988", "1-800-662-4357", "800-327-5050", "877-696-1996"):
        assert number in before


def test_a_town_says_where_naloxone_is_free_before_its_numbers(client: FlaskClient) -> None:
    said = words(client, "/r/1/town/2502100001/")
    assert said.index("Main Street Pharmacy") < said.index("31 deaths")
    assert "Checked October 1, 2026." in said


@pytest.mark.parametrize("address", ["1 Main Street", "1 Main Street, Ashby"])
def test_a_place_far_away_says_its_town_once(tmp_path: Path, address: str) -> None:
    one = replace(release().sites[0], address=address, hours="every day 8-20", latitude=42.2, longitude=-71.1)
    write_release(replace(release(), sites=[one]), tmp_path)
    with build_server(FolderShelf(tmp_path)).test_client() as reader:
        assert "1 Main Street, Ashby. Every day 8-20" in words(reader, "/r/1/town/2502100003/")


def test_a_town_says_its_count_its_rate_and_its_likely_range(client: FlaskClient) -> None:
    # 31 deaths over 40,500 person-years: 76.5 per 100,000; Garwood 21.06 to 44.00 events, 52.0 to 108.6
    assert "31 deaths. That is 76.5 for each 100,000 residents a year (likely 52.0 to 108.6)" in words(
        client, "/r/1/town/2502100001/")  # fmt: skip


def test_more_deaths_than_expected_is_said_only_beyond_chance(client: FlaskClient) -> None:
    # 31 of 60 deaths among a quarter of the people: the other towns have 29 among 124,500 person-years
    assert "more deaths than expected" in words(client, "/r/1/town/2502100001/")
    assert "hotspot" not in "".join(words(client, path).lower() for path in HTML)


def test_a_small_town_is_shown_with_its_neighbours(client: FlaskClient) -> None:
    said = words(client, "/r/1/town/2502100005/")
    assert "Elm is a small town. We count it with its neighbors: Dover." in said
    assert "24 deaths" in said


def test_a_hidden_number_is_hidden_and_never_zero(client: FlaskClient) -> None:
    said = words(client, "/r/1/town/2502100003/")
    assert "Hidden to protect people" in said
    assert "0 deaths" not in said


def test_the_map_says_what_is_hidden_and_how_to_read_it(client: FlaskClient) -> None:
    said = words(client, MAP)
    assert "2 numbers are hidden. Each is from 0 to 4, or it is a higher one." in said
    assert "We add up 3 years" in said
    body = client.get(MAP).get_data(as_text=True)
    assert body.count("url(#thatch)") == 1
    assert "Cedar: hidden to protect people" in body


def test_a_hidden_whole_says_at_least_what_its_shown_towns_add_up_to(tmp_path: Path) -> None:
    made = release()
    table = next(cell.table for cell in made.cells if cell.table.level == "town")
    hidden = [c for c in made.cells if c.table != table._replace(level="county")]
    county = next(c for c in made.cells if c.table == table._replace(level="county"))
    cells = [*hidden, replace(county, numerator=None, state="suppressed", low=0, high=4)]
    write_release(replace(made, cells=cells), tmp_path / "other")
    other = build_server(FolderShelf(tmp_path / "other")).test_client()
    # 31 and 12 are shown, Cedar and Dover are hidden
    assert "at least 43 deaths. The numbers of 2 towns are hidden" in words(other, "/r/1/town/25021/")


def test_the_table_goes_by_the_alphabet(client: FlaskClient) -> None:
    body = client.get(MAP).get_data(as_text=True)
    table = body[body.index("<tbody>") : body.index("</tbody>")]
    names = re.findall(r'<th scope="row"><a[^>]*>([^<]+)', table)
    assert names == ["Ashby", "Birch", "Cedar", "Dover", "Dover and Elm"]


def test_downloads_leave_hidden_numbers_empty_and_say_why(client: FlaskClient) -> None:
    rows = {row["place"]: row for row in csv.DictReader(io.StringIO(client.get(MAP[:-1] + ".csv").get_data(True)))}
    assert (rows["Ashby"]["numerator"], rows["Ashby"]["state"]) == ("31", "value")
    assert [rows["Cedar"][name] for name in ("numerator", "rate", "lower", "upper")] == [""] * 4
    assert rows["Cedar"]["state"] == "suppressed"
    told = json.loads(client.get(MAP[:-1] + ".json").data)
    assert told["release"] == 1
    assert next(row for row in told["rows"] if row["place"] == "Cedar")["numerator"] is None
    svg = client.get(MAP[:-1] + ".svg")
    assert svg.mimetype == "image/svg+xml"
    assert svg.data.startswith(b"<svg xmlns")


def test_pages_name_the_release_its_day_and_its_source(client: FlaskClient) -> None:
    said = words(client, MAP)
    assert "Release 1, made on November 22, 2026." in said
    assert "Deaths. A department, October 1, 2026." in said
    assert "Publicación 1, del 22 de noviembre de 2026." in words(client, "/es" + MAP)


@pytest.mark.parametrize(("asked", "nearest"), [
    (f"/r/1/map/{DEATHS}/1999/all/", f"{MAP}?instead=period"),
    (f"/r/1/map/{DEATHS}/2022-2024/age-7/", f"{MAP}?instead=group"),
    ("/r/1/map/nonsense/2022-2024/all/", f"{MAP}?instead=indicator"),
    ("/r/1/map/", MAP),
    ("/r/1/town/9999/", "/r/1/?instead=place"),
    (f"/embed/r/latest/map/{DEATHS}/newest/all/", f"/embed/r/1/map/{DEATHS}/newest/all/"),
    (f"/r/77/map/{DEATHS}/2022-2024/all/", f"{MAP}?instead=release"),
    ("/r/1/gaps/nonsense/", "/r/1/gaps/?instead=page"),
    ("/", "/r/1/"), ("/es/", "/es/r/1/"), ("/r/1/targets", "/r/1/targets/"),
])  # fmt: skip
def test_an_unknown_state_leads_to_the_nearest_known_one(client: FlaskClient, asked: str, nearest: str) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (302, nearest)


def test_the_nearest_page_says_what_was_not_known(client: FlaskClient) -> None:
    assert "We do not have that time." in words(client, f"{MAP}?instead=period")
    assert "No tenemos ese período." in words(client, f"/es{MAP}?instead=period")
    assert b"instead=" not in client.get(f"{MAP}?instead=<script>").data
    assert "We do not have" not in words(client, f"{MAP}?instead=<script>")


def test_an_old_release_is_still_served_and_says_that_it_is_old(client: FlaskClient, shelf: Path) -> None:
    write_release(release(2), shelf)
    assert client.get("/").headers["Location"] == "/r/2/"
    assert "There is a newer release." in words(client, MAP)
    assert client.get(f"/embed/r/latest/map/{DEATHS}/2022-2024/all/").headers["Location"].startswith("/embed/r/2/")


def test_a_withdrawn_release_is_gone_and_leads_to_the_newest(client: FlaskClient, shelf: Path) -> None:
    assert client.get(MAP).status_code == 200
    write_release(release(2), shelf)
    withdraw(shelf, 1, reason="A slip.", on="2026-11-23")
    for path in (MAP, f"/embed{MAP}", f"{MAP[:-1]}.csv"):
        answer = client.get(path)
        assert answer.status_code == 410
        assert b"31 deaths" not in answer.data
        assert 'href="/r/latest/"' in answer.get_data(as_text=True)


def test_a_damaged_release_is_not_served_and_the_one_before_is(client: FlaskClient, shelf: Path) -> None:
    path = write_release(release(2), shelf)
    path.write_bytes(path.read_bytes()[:-100])
    assert client.get("/").headers["Location"] == "/r/1/"
    assert client.get("/r/2/").headers["Location"] == "/r/1/?instead=release"


def test_nothing_published_says_so(tmp_path: Path) -> None:
    answer = build_server(FolderShelf(tmp_path)).test_client().get("/")
    assert answer.status_code == 503
    assert b"Nothing is published yet" in answer.data


def test_a_state_of_which_nobody_told_anything_is_left_out_of_the_map_and_named(tmp_path: Path) -> None:
    made = release()
    silent = replace(made.cells[0], geoid="0900100001", numerator=None, denominator=None, state="not_reported")
    places = (*made.places, ReleasedPlace("09", "Connecticut", "state", "09", shown_as="09"),
              ReleasedPlace("0900100001", "Avon", "town", "09", "", 18_000.0, "", "0900100001"))  # fmt: skip
    write_release(replace(made, cells=[*made.cells, silent], places=places), tmp_path / "two")
    said = words(build_server(FolderShelf(tmp_path / "two")).test_client(), MAP)
    assert "No one has told us about Connecticut for this time" in said
    assert "Avon" not in said[said.index("The same numbers") : said.index("Take the numbers")]
