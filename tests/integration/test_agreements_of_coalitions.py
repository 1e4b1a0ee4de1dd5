"""Agreements hold for the people of the coalition that made them: a role in another coalition opens nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from shutil import copytree

import pytest
from dash.development.base_component import Component

from callbacks.staff import agreements as agreements_page
from callbacks.staff import data_calendar, our_coalition, registers
from dashboard.agreements import Agreement, Audience
from dashboard.agreements.written import from_terms
from dashboard.domain import Basis, Level, Partner, Period, PlaceSet, Query, SourceCard
from dashboard.errors import InvalidQuery
from dashboard.intake import Coverage, Intake
from dashboard.people import Grant, Person, Role, act_as
from dashboard.settings import Settings
from dashboard.store import workspace as workspaces
from dashboard.store.agreements import save_agreement
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write
from data_loaders.register import built_in

Build = Callable[[Workspace, dict[str, str]], Component]
KITS, SOURCE = "naloxone_kits", "partner_sheet"
NORTH_TOWN, SOUTH_TOWN = "2501127060", "2501105560"
YEAR = Period.parse("2025")
MADE = datetime(2026, 1, 6)
COUNTED = {"north": 120.0, "south": 60.0}
TERMS = {
    "purpose": "To learn", "indicators": "all", "finest_place": "town", "finest_period": "month", "groups": "all",
    "audiences": {"member": 0, "public": 11}, "embargo_days": 0, "valid_from": "2026-01-01",
    "valid_to": "until ended", "on_expiry": "hide", "legal_basis": "Counts", "citation": "none",
    "signatures": [{"who": "them", "on": "2026-01-01"}],
}  # fmt: skip


def agreed(coalition: str, partner: str = "", **more: object) -> Agreement:
    """An agreement of a coalition with its service, or with a partner."""
    whose = {name: id_ for name, id_ in (("coalition", coalition), ("partner", partner)) if id_}
    return from_terms(TERMS | {"id": f"{coalition}-{partner}", "name": partner or "the source"} | whose | more)


def person(*grants: Grant, **more: bool) -> Person:
    return Person("ann", "Ann", grants, **more)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two coalitions, a service in each, and what each handed out in one town of its own; read once."""
    made = opened(tmp_path_factory.mktemp("coalitions"))
    write(made.engine, built_in("25"), SourceCard("gazetteer", "Towns", "us", "public domain"), datetime(2026, 1, 1))
    kits = Intake(SOURCE, "kits.csv", "1", date(2026, 1, 5))
    kits.coalitions = [(name, name.title(), f"{name}-towns") for name in ("north", "south")]
    for name, town in (("north", NORTH_TOWN), ("south", SOUTH_TOWN)):
        kits.place_sets.append(PlaceSet(f"{name}-towns", f"{name} towns", Level.CATCHMENT, (town,)))
        kits.partners.append(Partner(f"{name}-ems", f"{name.title()} Ambulance", "EMS", name, f"{name}-towns"))
        kits.observations.add(KITS, town, (YEAR.start, YEAR.end), COUNTED[name], partner=f"{name}-ems")
        kits.coverage.append(Coverage(KITS, YEAR.start, YEAR.end, Level.TOWN, Basis.NONE, f"{name}-ems"))
    write(made.engine, kits, SourceCard(SOURCE, "Kits", "us", "by agreement"), MADE)
    made.reader()
    made.engine.dispose()
    return made.home


@pytest.fixture
def workspace(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A store of one's own with both coalitions in it."""
    monkeypatch.setattr(workspaces, "POLL_SECONDS", -1.0)
    made = opened(copytree(home, tmp_path / "own"))
    yield made
    made.engine.dispose()


def opened(home: Path) -> Workspace:
    return Workspace(Settings(home=home, database_url=""), today=lambda: date(2026, 6, 1))


def save(workspace: Workspace, *agreements: Agreement) -> None:
    for agreement in agreements:
        save_agreement(workspace.engine, agreement, who="Ann", why="Agreed", now=MADE)


def seen(workspace: Workspace, who: Person) -> dict[str, float]:
    """Which towns' kits somebody is shown."""
    asked = Query("naloxone_kits_per_100k", (YEAR,), Level.TOWN, (NORTH_TOWN, SOUTH_TOWN))
    with act_as(who):
        cells = workspace.reader().read(asked)
    told = dict(zip(("north", "south"), cells.numerator.tolist(), strict=True))
    return {name: count for name, count in told.items() if count == count}


def reason(workspace: Workspace, who: Person, town: str) -> tuple[str, ...]:
    with act_as(who):
        return workspace.reader().read(Query("naloxone_kits_per_100k", (YEAR,), Level.TOWN, (town,))).notes


BOTH = (agreed("north", "north-ems"), agreed("south", "south-ems"))


@pytest.mark.parametrize("role", [Role.MEMBER, Role.PUBLISHER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_a_role_in_one_coalition_shows_nothing_of_another_ones_partners(workspace: Workspace, role: Role) -> None:
    save(workspace, *BOTH)
    assert seen(workspace, person(Grant(role, "north"))) == {"north": 120.0}
    assert seen(workspace, person(Grant(role, "south"))) == {"south": 60.0}


def test_a_role_in_every_coalition_shows_them_all(workspace: Workspace) -> None:
    save(workspace, *BOTH)
    assert seen(workspace, person(Grant(Role.MEMBER))) == COUNTED
    assert seen(workspace, person(Grant(Role.MEMBER, "north"), Grant(Role.AUDITOR, "south"))) == COUNTED


def test_a_wide_role_in_one_coalition_is_not_carried_into_another(workspace: Workspace) -> None:
    save(workspace, *(replace(one, audiences={"auditor": 0}) for one in BOTH))
    assert seen(workspace, person(Grant(Role.MEMBER, "north"), Grant(Role.AUDITOR, "south"))) == {"south": 60.0}


def test_an_agreement_of_no_coalition_holds_for_the_partners_own(workspace: Workspace) -> None:
    save(workspace, agreed("", "north-ems"), agreed("", "south-ems"))
    assert seen(workspace, person(Grant(Role.MEMBER, "north"))) == {"north": 120.0}


def test_a_partner_may_agree_with_another_coalition_too(workspace: Workspace) -> None:
    save(workspace, agreed("north", "north-ems"), agreed("south", "north-ems"))
    assert seen(workspace, person(Grant(Role.MEMBER, "south"))) == {"north": 120.0}


def test_what_the_public_may_see_live_every_coalition_may(workspace: Workspace) -> None:
    save(workspace, agreed("north", "north-ems", audiences={"public": 0}), BOTH[1])
    assert seen(workspace, person(Grant(Role.MEMBER, "south"))) == COUNTED


def test_a_source_that_one_coalition_agreed_about_stays_with_it(workspace: Workspace) -> None:
    save(workspace, *BOTH, agreed("north", source=SOURCE))
    assert seen(workspace, person(Grant(Role.MEMBER, "north"))) == {"north": 120.0}
    assert seen(workspace, person(Grant(Role.MEMBER, "south"))) == {}
    save(workspace, agreed("south", source=SOURCE))
    assert seen(workspace, person(Grant(Role.MEMBER, "south"))) == {"south": 60.0}


def test_a_steward_of_a_partners_name_in_another_coalition_sees_nothing_of_it(workspace: Workspace) -> None:
    assert seen(workspace, person(Grant(Role.STEWARD, "north", "north-ems"))) == {"north": 120.0}
    assert seen(workspace, person(Grant(Role.STEWARD, "north", "south-ems"))) == {}


def test_an_officer_is_shown_no_more_in_the_own_coalition_than_an_officer_may(workspace: Workspace) -> None:
    save(workspace, replace(BOTH[0], audiences={"member": 0, "law_enforcement": 0}), BOTH[1])
    assert seen(workspace, person(Grant(Role.MEMBER, "north"), law_enforcement=True)) == {"north": 120.0}
    assert seen(workspace, person(Grant(Role.MEMBER, "south"), law_enforcement=True)) == {}


def test_the_reason_says_that_it_is_another_coalitions(workspace: Workspace) -> None:
    save(workspace, *BOTH)
    told = reason(workspace, person(Grant(Role.MEMBER, "north")), SOUTH_TOWN)
    assert told == ("The agreement with south-ems is for the people of another coalition.",)


def test_two_people_with_roles_in_different_coalitions_share_no_reader(workspace: Workspace) -> None:
    names = set()
    for grants in ((Grant(Role.MEMBER, "north"),), (Grant(Role.MEMBER, "south"),), (Grant(Role.MEMBER),)):
        with act_as(person(*grants)):
            names.add(workspace.reader().version)
    assert len(names) == 3


def page(workspace: Workspace, who: Person, **values: str) -> str:
    """The page of agreements as somebody is sent it."""
    with act_as(who):
        return str(agreements_page.build(workspace, values).to_plotly_json())


NORTHERNER, OF_ALL = person(Grant(Role.MEMBER, "north")), person(Grant(Role.MEMBER))


def test_the_page_tells_the_terms_of_ones_own_coalition_alone(workspace: Workspace) -> None:
    save(workspace, *BOTH)
    for told in (page(workspace, NORTHERNER), page(workspace, NORTHERNER, coalition="all")):
        assert "north-ems" in told
        assert "outh" not in told
    assert "south-ems" in page(workspace, OF_ALL, coalition="south")


def test_terms_of_another_coalition_are_not_there_for_whoever_knows_their_address(workspace: Workspace) -> None:
    save(workspace, *BOTH)
    assert "To learn" in page(workspace, OF_ALL, agreement="south-south-ems", coalition="south")
    for asked in ({"coalition": "south"}, {"agreement": "south-south-ems", "coalition": "south"}):
        with pytest.raises(InvalidQuery, match="There is no") as refused:
            page(workspace, NORTHERNER, **asked)
        assert "Nearest: south" not in str(refused.value)


def test_what_the_public_reads_live_and_what_is_nobodys_is_told_to_all(workspace: Workspace) -> None:
    save(workspace, replace(BOTH[1], audiences={Audience.PUBLIC: 0}), agreed("", source="everybodys", id="everybodys"))
    assert "To learn" in page(workspace, NORTHERNER, agreement="south-south-ems", coalition="south")
    assert "To learn" in page(workspace, NORTHERNER, agreement="everybodys")


def test_an_agreement_of_no_coalition_is_told_to_the_partners_own(workspace: Workspace) -> None:
    save(workspace, agreed("", "south-ems"))
    assert "south-ems" not in page(workspace, NORTHERNER, coalition="all")
    assert "south-ems" in page(workspace, person(Grant(Role.MEMBER, "south")))


@pytest.mark.parametrize("build", [our_coalition.build, registers.build, data_calendar.build])
def test_what_a_coalition_keeps_about_itself_opens_to_its_own_people(workspace: Workspace, build: Build) -> None:
    with act_as(NORTHERNER):
        assert "outh Ambulance" not in str(build(workspace, {}).to_plotly_json())
        with pytest.raises(InvalidQuery, match="open to you"):
            build(workspace, {"coalition": "south"})
    with act_as(person(Grant(Role.MEMBER, "south"))):
        assert "orth Ambulance" not in str(build(workspace, {}).to_plotly_json())


def test_whoever_is_not_shown_is_named_to_the_own_coalition_alone(workspace: Workspace) -> None:
    named = {}
    for who in (NORTHERNER, OF_ALL, person(Grant(Role.PUBLIC))):
        with act_as(who):
            named[who] = [name for _, name, _ in workspace.reader().not_shown()]
    assert named[NORTHERNER] == ["North Ambulance"]
    assert named[OF_ALL] == ["North Ambulance", "South Ambulance"]
    assert named[person(Grant(Role.PUBLIC))] == named[OF_ALL]  # what releases are made of says whose numbers are not
