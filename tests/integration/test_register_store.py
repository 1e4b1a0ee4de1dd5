"""Registers in both databases and on screen: every version stays, nothing is lost, whoever may not does not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert, select

from app import create_app
from dashboard.domain import SourceCard
from dashboard.errors import InvalidQuery, SavedMeanwhile
from dashboard.people import Grant, Person, Role
from dashboard.registers import Entry, read_entry, register
from dashboard.settings import Settings
from dashboard.store.people import add_account
from dashboard.store.registers import entries, history, remove_entry, save_entry, write_entries
from dashboard.store.schema import coalition, partner, place_set
from dashboard.store.schema_people import audit_record
from dashboard.store.sign_in import sign_in
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write
from data_loaders.load import Status, load_files
from data_loaders.register import built_in

NOW = datetime(2026, 11, 22, 9)
HERE = {"Host": "localhost"}
ATHOL = "2502702480"


class Anything:
    """Every name is known."""

    def town(self, text: str) -> str:
        return text

    def partner(self, text: str) -> str:
        return text


def seat(held: str = "vacant", seat: str = "Chair", of: str = "ours") -> Entry:
    entry, faults = read_entry(
        register("seats"), {"seat": seat, "votes": "yes", "held": held}, Anything(), coalition=of
    )
    assert not faults
    return entry


def save(engine: Engine, entry: Entry, version: int = 0, instead_of: str = "") -> Entry:
    wanted = Entry(entry.register, entry.id, entry.coalition, entry.values, version)
    return save_entry(engine, wanted, who="ann", why="a reason", now=NOW, instead_of=instead_of)


def test_an_entry_keeps_every_version(store: Engine) -> None:
    save(store, seat())
    save(store, seat("by somebody else"), version=1)
    (now,) = entries(store, "ours")
    assert (now.text("held"), now.version) == ("by somebody else", 2)
    assert [(one.entry.text("held"), one.who, one.why) for one in history(store, "ours", "seats")] == [
        ("vacant", "ann", "a reason"), ("by somebody else", "ann", "a reason"),
    ]  # fmt: skip


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(store: Engine) -> None:
    save(store, seat())
    save(store, seat("by somebody else"), version=1)
    with pytest.raises(SavedMeanwhile):
        save(store, seat("by somebody with lived experience"), version=1)
    assert entries(store, "ours")[0].text("held") == "by somebody else"


def test_a_new_entry_does_not_replace_one_that_is_there(store: Engine) -> None:
    save(store, seat())
    with pytest.raises(InvalidQuery, match="such an entry already"):
        save(store, seat("by somebody else"))


def test_an_entry_whose_key_changes_is_one_entry_still(store: Engine) -> None:
    first = save(store, seat())
    save(store, seat(seat="Co-chair"), version=1, instead_of=first.id)
    assert [entry.text("seat") for entry in entries(store, "ours")] == ["Co-chair"]
    assert [one.removed for one in history(store, "ours", "seats", first.id)] == [False, True]


def test_what_is_taken_away_is_gone_and_its_history_is_not(store: Engine) -> None:
    saved = save(store, seat())
    remove_entry(store, saved, who="ann", why="no such seat", now=NOW)
    assert entries(store, "ours") == ()
    assert len(history(store, "ours", "seats")) == 2
    assert save(store, seat()).version == 3


def test_a_register_is_read_as_it_was_on_an_earlier_day(store: Engine) -> None:
    first, second, third = (NOW + timedelta(days) for days in (0, 7, 14))
    saved = save_entry(store, seat(), who="ann", why="", now=first)
    held = replace(seat("by somebody else"), version=1)
    save_entry(store, held, who="ann", why="", now=second)
    remove_entry(store, replace(saved, version=2), who="ann", why="", now=third)
    days = [first.date() - timedelta(1), first.date(), second.date(), third.date()]
    found = [[entry.text("held") for entry in entries(store, "ours", known_on=day)] for day in days]
    assert found == [[], ["vacant"], ["by somebody else"], []]


def test_one_coalition_does_not_see_what_another_keeps(store: Engine) -> None:
    save(store, seat())
    assert entries(store, "theirs") == ()


def test_a_sheet_changes_only_what_differs(store: Engine) -> None:
    save(store, seat())
    with store.execution_options(writes=True).begin() as connection:
        told = [seat(), seat(seat="Treasurer")]
        assert write_entries(connection, told, who="seats.csv", why="a sheet", now=NOW) == 1
    assert {(entry.text("seat"), entry.version) for entry in entries(store, "ours")} == {
        ("Chair", 1),
        ("Treasurer", 1),
    }


def test_every_change_is_in_the_audit_log(store: Engine) -> None:
    saved = save(store, seat())
    remove_entry(store, saved, who="ann", why="", now=NOW)
    with store.connect() as connection:
        actions = connection.scalars(select(audit_record.c.action).order_by(audit_record.c.number)).all()
    assert actions == ["save in seats", "remove from seats"]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    made = Workspace(Settings(home=tmp_path_factory.mktemp("registers"), database_url=""))
    write(made.engine, built_in("25"), SourceCard("gazetteer", "Towns", "us", "public domain"), NOW)
    with made.engine.execution_options(writes=True).begin() as connection:
        connection.execute(insert(place_set).values(id="area", version=1, name="Our towns", level="catchment",
                                                    members=[ATHOL]))  # fmt: skip
        connection.execute(insert(coalition).values(id="ours", name="Our towns", catchment="area"))
        connection.execute(insert(partner).values(coalition_id="ours", id="ems", name="River EMS", sector="EMS"))
    for name, role in (("member", Role.MEMBER), ("publisher", Role.PUBLISHER)):
        add_account(made.engine, Person(name, "", (Grant(role),)), now=NOW)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def clients(workspace: Workspace) -> dict[str, FlaskClient]:
    server = create_app(workspace).server
    found = {}
    for name in ("member", "publisher"):
        found[name] = server.test_client()
        found[name].set_cookie("coalition", sign_in(workspace.engine, name, by="link", now=datetime.now()))
    return found


STRATEGY = {"strategy": "Naloxone", "town": "Athol", "status": "running", "lead": "River EMS"}


def test_a_form_adds_an_entry_and_changes_it(clients: dict[str, FlaskClient], workspace: Workspace) -> None:
    answer = clients["publisher"].post("/registers/ours/strategies", data=STRATEGY, headers=HERE)
    assert answer.status_code == 303
    (added,) = entries(workspace.engine, "ours", "strategies")
    assert (added.text("town"), added.text("lead"), added.text("status")) == (ATHOL, "ems", "running")
    changed = STRATEGY | {"status": "sustained", "version": "1", "was": added.id}
    assert clients["publisher"].post("/registers/ours/strategies", data=changed, headers=HERE).status_code == 303
    assert entries(workspace.engine, "ours", "strategies")[0].text("status") == "sustained"
    late = clients["publisher"].post("/registers/ours/strategies", data=changed | {"status": "planned"}, headers=HERE)
    assert (late.status_code, "Somebody else changed this entry" in late.text) == (422, True)


def test_a_form_with_faults_comes_back_as_it_was_typed(clients: dict[str, FlaskClient]) -> None:
    typed = {"fund": "state", "step": "spent", "amount": "<b>12", "from": "2026-01-01", "to": "2026-12-31"}
    answer = clients["publisher"].post("/registers/ours/funding", data=typed, headers=HERE)
    assert answer.status_code == 422
    assert "is no amount" in answer.text
    assert 'value="&lt;b&gt;12"' in answer.text


def test_a_member_may_look_and_not_write(clients: dict[str, FlaskClient], workspace: Workspace) -> None:
    before = entries(workspace.engine, "ours")
    assert clients["member"].post("/registers/ours/strategies", data=STRATEGY, headers=HERE).status_code == 403
    assert clients["member"].get("/registers/templates/strategies.csv", headers=HERE).status_code == 200
    assert entries(workspace.engine, "ours") == before


def test_a_filled_in_template_loads(workspace: Workspace, clients: dict[str, FlaskClient], tmp_path: Path) -> None:
    template = clients["member"].get("/registers/templates/seats.csv", headers=HERE).text
    path = tmp_path / "seats.csv"
    path.write_text(f"{template}Chair,yes,vacant,,\r\nTreasurer,maybe,vacant,,\r\n")
    (refused,) = load_files(workspace.engine, [path], now=NOW)
    assert refused.status is Status.REFUSED
    assert [(problem.row, problem.column) for problem in refused.problems] == [(3, "votes")]
    assert not entries(workspace.engine, "ours", "seats")
    path.write_text(f"{template}Chair,yes,vacant,,\r\n")
    (loaded,) = load_files(workspace.engine, [path], now=NOW)
    assert loaded.status is Status.LOADED
    assert [entry.text("seat") for entry in entries(workspace.engine, "ours", "seats")] == ["Chair"]


def test_the_map_of_strategies_and_its_file_say_what_the_register_says(
    clients: dict[str, FlaskClient], workspace: Workspace
) -> None:
    kept = {"strategy": "Homes", "town": ATHOL, "status": "planned"}
    entry, faults = read_entry(register("strategies"), kept, Anything(), coalition="ours")
    assert not faults
    save_entry(workspace.engine, entry, who="ann", why="", now=NOW)
    page = clients["member"].get("/our-coalition/strategies?strategy=homes", headers=HERE).text
    assert "Homes runs in none of 1 town yet and is planned in 1." in page
    rows = clients["member"].get("/csv/strategies.csv?strategy=homes", headers=HERE).text.splitlines()
    assert rows[1].startswith(f"{ATHOL},Athol,Homes,planned,the town,")
    earlier = clients["member"].get("/csv/strategies.csv?as_of=2026-11-21", headers=HERE)
    assert "planned" not in earlier.text
    assert clients["member"].get("/csv/strategies.csv?coalition=theirs", headers=HERE).status_code == 400
