"""Publish: the page says what the public sees, and publishes nothing that nobody looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from component_tree import text
from release_maker import release
from sqlalchemy import create_engine

from callbacks.staff import publish as page
from dashboard.people import Grant, Person, Role, act_as
from dashboard.releases.build import Built
from dashboard.releases.file import write_release
from dashboard.releases.publish import publish
from dashboard.store.audit_log import records
from dashboard.store.schema_people import metadata
from dashboard.views.publish_page import (
    HiddenOf,
    Preview,
    PublishPage,
    ReleaseRow,
    TextOf,
    preview_rows,
    preview_sentence,
)
from layouts.ids import Publish
from layouts.staff.publish import build_preview, build_publish


class Shelf:
    """What the page asks of a workspace."""

    def __init__(self, folder: Path, *, demonstration: bool = True) -> None:
        self.settings, self.cube = self, self
        self.releases_path, self.release_database, self.demonstration = folder, "", demonstration
        self.engine = create_engine("sqlite://")
        metadata.create_all(self.engine)

    def reader(self) -> Shelf:
        return self


@pytest.fixture
def a_member() -> Iterator[None]:
    """Somebody signed in who does not publish."""
    with act_as(Person("ann", "Ann", (Grant(Role.MEMBER),))):
        yield


def test_the_page_says_what_the_public_sees(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert page.page(shelf).headline == "Nothing is public yet."  # type: ignore[arg-type]
    write_release(release(1), tmp_path, made_by="Ann", approved_by="Ben")
    shown = page.page(shelf)  # type: ignore[arg-type]
    assert shown.headline == "The public sees release 1 of 22 November 2026."
    assert shown.rows == [("1", "22 November 2026", "Ann", "Ben", "what the public sees")]


def test_a_release_is_withdrawn_with_its_reason_or_not_at_all(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    write_release(release(1), tmp_path)
    assert "Choose" in text(page.take_back(shelf, "", "why"))  # type: ignore[arg-type]
    assert "Say why" in text(page.take_back(shelf, "1", ""))  # type: ignore[arg-type]
    assert "no release '9'" in text(page.take_back(shelf, "9", "why"))  # type: ignore[arg-type]
    assert text(page.take_back(shelf, "1", "Wrong source")) == "Release 1 is withdrawn."  # type: ignore[arg-type]
    noted = [(each.account, each.action, each.subject) for each in records(shelf.engine)]
    assert noted == [("this-computer", "withdraw", "release 1")]
    headline, _, options = page.after(shelf)  # type: ignore[arg-type]
    assert headline == "No release stands: the public sees nothing."
    assert [option["label"] for option in options] == ["None"]


@pytest.mark.parametrize(
    ("looked_at", "made_by", "refusal"),
    [("", "Ann", "Look at the preview first"), ("abc", " ", "Write your name")],
)
def test_nothing_is_published_that_nobody_looked_at_or_put_a_name_to(
    tmp_path: Path, looked_at: str, made_by: str, refusal: str
) -> None:
    asked = {"job": "", "looked_at": looked_at, "made_by": made_by, "approved_by": ""}
    done = page.done(Shelf(tmp_path), Publish.WRITE, asked)  # type: ignore[arg-type]
    assert text(done["said"][0]).startswith(f"Nothing was published. {refusal}")


@pytest.mark.usefixtures("a_member")
@pytest.mark.parametrize("pressed", [Publish.PREVIEW, Publish.WRITE, Publish.STOP, Publish.CLOCK])
def test_a_member_previews_publishes_and_stops_nothing(tmp_path: Path, pressed: str) -> None:
    asked = {"job": "t" * 22, "looked_at": "abc", "made_by": "Ann", "approved_by": "Ben"}
    done = page.done(Shelf(tmp_path), pressed, asked)  # type: ignore[arg-type]
    assert "Your account may not publish" in text((done.get("said") or done["shown"])[0])


@pytest.mark.usefixtures("a_member")
def test_a_member_withdraws_nothing(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    write_release(release(1), tmp_path)
    assert "Your account may not publish" in text(page.take_back(shelf, "1", "why"))  # type: ignore[arg-type]
    assert page.page(shelf).headline.startswith("The public sees release 1")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made_by", "approved_by", "refusal"),
    [("Ann", "", "second person"), ("Ann", " ann", "another than"), ("Ann", "Ben", "")],
)
def test_two_people_stand_by_a_release_of_real_data(
    tmp_path: Path, made_by: str, approved_by: str, refusal: str
) -> None:
    built = Built(replace(release(1), meta={"demonstration": "0"}), [])
    if refusal:
        with pytest.raises(Exception, match=refusal):
            publish(built, tmp_path, made_by=made_by, approved_by=approved_by)
        assert list(tmp_path.iterdir()) == []
    else:
        assert publish(built, tmp_path, made_by=made_by, approved_by=approved_by).is_file()


def test_what_was_looked_at_changes_with_any_number() -> None:
    made = release(1)
    other = replace(made, cells=[replace(made.cells[0], numerator=32), *made.cells[1:]])
    assert Built(made, []).fingerprint == Built(release(1), []).fingerprint
    assert Built(made, []).fingerprint != Built(other, []).fingerprint
    reworded = replace(made, texts=[replace(made.texts[0], answer="Maybe."), *made.texts[1:]])
    assert Built(made, []).fingerprint != Built(reworded, []).fingerprint


def test_the_preview_shows_the_texts_that_go_out_and_the_numbers_in_them() -> None:
    texts = [TextOf("Asked by: resident", "Open on Sundays", "es", "From <b>9</b> on", ("9",))]
    preview = Preview(2, "2026-11-22", [HiddenOf("Deaths", "town", 100, 7, "7 are 0-4")], [], "x", texts)
    shown = " ".join(text(part) for part in build_preview(preview))
    assert "One text goes out as it stands." in shown
    assert "Open on Sundays We did From <b>9</b> on It holds numbers: 9." in shown
    assert "No text goes out" in " ".join(text(part) for part in build_preview(replace(preview, texts=())))


def test_a_preview_tells_how_many_are_hidden_and_why() -> None:
    preview = Preview(2, "2026-11-22", [HiddenOf("Deaths", "town", 100, 7, "7 are 0-4")], ["Nothing changed."], "x")
    assert preview_sentence(preview).startswith("Release 2 would hold 100 numbers; 7 of them are hidden.")
    assert preview_rows(preview) == [("Deaths", "towns", "100", "7", "7 are 0-4")]
    assert "Nothing changed." in " ".join(text(part) for part in build_preview(preview))
    nothing = replace(preview, rows=())
    assert preview_sentence(nothing).startswith("There is nothing to publish")


def test_a_withdrawn_release_says_when_and_why() -> None:
    row = ReleaseRow(1, "2026-11-22", "Ann", "Ben", "2026-12-01", "Wrong source")
    said = text(build_publish(PublishPage([row], demonstration=False)))
    assert "withdrawn 1 December 2026: Wrong source" in said
    assert "A second person looks at the preview" in said
