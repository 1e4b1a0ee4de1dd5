"""The clock of a server goes an hour back or a day forward, and right again: nothing is lost, nothing old is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine
from steward_at_work import Inline

from dashboard.domain import Basis, Level, Period, Query, SourceCard
from dashboard.errors import NotAllowed
from dashboard.intake import Coverage, Intake
from dashboard.people import AT_THIS_COMPUTER, Grant, Person, Role, act_as
from dashboard.settings import Settings
from dashboard.store.people import add_account
from dashboard.store.sign_in import make_link, owner_of_link, person_behind, spend_link
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write
from data_loaders.register import built_in

NOW = datetime(2026, 11, 1, 12, 0)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BOSTON = "2502507000"
CARD = SourceCard("deaths", "Deaths", "the state", "public domain")


@pytest.fixture
def workspace(tmp_path: Path, store: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A workspace of each kind of store with the towns of Massachusetts."""
    monkeypatch.setattr("dashboard.store.workspace.get_context", lambda _how: SimpleNamespace(Process=Inline))
    monkeypatch.setattr("dashboard.store.workspace.POLL_SECONDS", -1.0)
    write(store, built_in("25"), SourceCard("places", "Towns", "us", "public domain"), NOW)
    made = Workspace(Settings(home=tmp_path / "home", database_url=store.url.render_as_string(hide_password=False)))
    with act_as(AT_THIS_COMPUTER):
        yield made
    made.engine.dispose()


def bring(workspace: Workspace, deaths: int, now: datetime) -> None:
    """Load the deaths of a year in Boston; the publisher says the same day each time."""
    year = Period.parse("2018")
    intake = Intake("deaths", "deaths.csv", f"{deaths:064d}", date(2020, 1, 1))
    intake.observations.add("opioid_deaths", BOSTON, (year.start, year.end), deaths, basis=Basis.RESIDENCE)
    intake.coverage = [Coverage("opioid_deaths", year.start, year.end, Level.TOWN, Basis.RESIDENCE, scope="25")]
    write(workspace.engine, intake, CARD, now)


def shown(workspace: Workspace) -> float:
    """The deaths of Boston that a screen shows."""
    asked = Query("opioid_overdose_death_rate", (Period.parse("2018"),), geoids=(BOSTON,), level=Level.TOWN)
    return float(workspace.reader().read(asked).numerator[0])


@pytest.mark.parametrize("jump", [-HOUR, -DAY, DAY])
def test_what_is_loaded_after_the_clock_jumped_is_shown_at_once_and_replaces_what_came_before(
    workspace: Workspace, jump: timedelta
) -> None:
    bring(workspace, 181, NOW)
    assert shown(workspace) == 181
    bring(workspace, 190, NOW + jump)
    assert shown(workspace) == 190
    bring(workspace, 195, NOW + timedelta(minutes=1))  # and right again
    assert shown(workspace) == 195


def test_nobody_stays_signed_in_for_longer_than_the_clock_went_back(store: Engine) -> None:
    add_account(store, Person("ann", "Ann", (Grant(Role.MEMBER),)), now=NOW)
    cookie = spend_link(store, make_link(store, "ann", now=NOW), now=NOW)
    for moved in (timedelta(0), -HOUR):
        behind = person_behind(store, cookie, now=NOW + moved)
        assert behind is not None
        assert behind.account == "ann"
    assert person_behind(store, cookie, now=NOW + DAY) is None  # she signs in again
    assert person_behind(store, cookie, now=NOW + 13 * HOUR) is None


def test_a_link_stays_spent_whatever_the_clock_says(store: Engine) -> None:
    add_account(store, Person("ann", "Ann", (Grant(Role.MEMBER),)), now=NOW)
    link = make_link(store, "ann", now=NOW)
    assert owner_of_link(store, link, now=NOW + DAY) is None
    spend_link(store, link, now=NOW)
    for moved in (-DAY, -HOUR, timedelta(0), DAY):
        with pytest.raises(NotAllowed, match="used already"):
            spend_link(store, link, now=NOW + moved)
