"""The one list of pages: path, door, what builds it and what binds its callbacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from dash import Dash, html
from dash.development.base_component import Component
from flask import has_request_context, request

from callbacks.permissions import declared, may, refusal, who
from callbacks.query import read_address
from callbacks.staff import (
    after_overdose,
    agreements,
    bring_numbers,
    bring_numbers_check,
    bring_numbers_partner,
    compare,
    data_calendar,
    deserts,
    fairness,
    hotspots,
    meetings,
    memory,
    my_agency,
    naloxone,
    our_coalition,
    people,
    places,
    priority_gaps,
    publish,
    registers,
    strategies,
    take_home,
    targets,
    this_month,
    trends,
    what_changed,
    what_if,
)
from dashboard.errors import InvalidQuery
from dashboard.people import AT_THIS_COMPUTER, RESERVED
from dashboard.store.workspace import Workspace
from layouts.shell import Door, Frame, build_shell
from layouts.staff import after_overdose as after_layout
from layouts.staff import bring_numbers_check as bring_check_layout
from layouts.staff import bring_numbers_partner as bring_partner_layout
from layouts.staff import compare as compare_layout
from layouts.staff import deserts as deserts_layout
from layouts.staff import fairness as fairness_layout
from layouts.staff import hotspots as hotspots_layout
from layouts.staff import my_agency as agency_layout
from layouts.staff import naloxone as naloxone_layout
from layouts.staff import people as people_layout
from layouts.staff import places as places_layout
from layouts.staff import priority_gaps as gaps_layout
from layouts.staff import publish as publish_layout
from layouts.staff import strategies as strategies_layout
from layouts.staff import take_home as take_home_layout
from layouts.staff import target_form as target_form_layout
from layouts.staff import targets as targets_layout
from layouts.staff import this_month as month_layout
from layouts.staff import trends as trends_layout
from layouts.staff import what_changed as changed_layout
from layouts.staff import what_if as what_if_layout
from layouts.staff.bring_numbers import build_first_steps

NEED_NO_PLACES = ("/bring-numbers", "/our-coalition/people")
"""Pages that are of use in an empty store."""
NOBODY_SIGNS_IN = "Nobody has an account yet: whoever uses this computer may do everything here."


@dataclass(frozen=True)
class Page:
    """A page and the door it lies behind; the first page of a door is the one it opens on."""

    path: str
    title: str
    door: str
    build: Callable[[Workspace, Mapping[str, str]], Component]
    register: Callable[[Dash, Workspace], None]


PAGES = (
    Page("/", "This month", "This month", this_month.build, this_month.register),
    Page("/what-changed", "What changed", "This month", what_changed.build, what_changed.register),
    Page("/places", "Places", "Places", places.build, places.register),
    Page("/places/trends", "Trends", "Places", trends.build, trends.register),
    Page("/places/compare", "Compare", "Places", compare.build, compare.register),
    Page("/places/hotspots", "Hotspots", "Places", hotspots.build, hotspots.register),
    Page("/places/access", "Service deserts", "Places", deserts.build, deserts.register),
    Page("/places/naloxone", "Naloxone", "Places", naloxone.build, naloxone.register),
    Page("/places/gaps", "Priority gaps", "Places", priority_gaps.build, priority_gaps.register),
    Page("/places/what-if", "What if", "Places", what_if.build, what_if.register),
    Page("/after-an-overdose", "After an overdose", "After an overdose", after_overdose.build, after_overdose.register),
    Page("/targets", "Targets", "Targets", targets.build, targets.register),
    Page("/after-an-overdose/fairness", "Fairness", "After an overdose", fairness.build, fairness.register),
    Page("/our-coalition", "Our coalition", "Our coalition", our_coalition.build, our_coalition.register),
    Page("/our-coalition/calendar", "Calendar of data", "Our coalition", data_calendar.build, data_calendar.register),
    Page("/our-coalition/registers", "Registers", "Our coalition", registers.build, registers.register),
    Page("/our-coalition/strategies", "Strategies by town", "Our coalition", strategies.build, strategies.register),
    Page("/our-coalition/publish", "Publish", "Our coalition", publish.build, publish.register),
    Page("/our-coalition/people", "People", "Our coalition", people.build, people.register),
    Page("/our-coalition/meetings", "Meetings", "Our coalition", meetings.build, meetings.register),
    Page("/our-coalition/take-home", "Take it home", "Our coalition", take_home.build, take_home.register),
    Page("/our-coalition/agreements", "Agreements", "Our coalition", agreements.build, agreements.register),
    Page("/bring-numbers", "Bring numbers", "Bring numbers", bring_numbers.build, bring_numbers.register),
    Page(
        "/bring-numbers/partner",
        "A partner's numbers",
        "Bring numbers",
        bring_numbers_partner.build,
        bring_numbers_partner.register,
    ),
    Page("/bring-numbers/agency", "My agency", "Bring numbers", my_agency.build, my_agency.register),
    Page(
        "/bring-numbers/check",
        "Before saving",
        "Bring numbers",
        bring_numbers_check.build,
        bring_numbers_check.register,
    ),
)


def register(app: Dash, workspace: Workspace) -> None:
    """Bind every page's callbacks."""
    for page in PAGES:
        page.register(app, workspace)


def lay_out(app: Dash, workspace: Workspace) -> None:
    """Give an application its layout, made anew for every visit, and every id for validation."""
    app.layout = lambda: shown(workspace, (request.referrer if has_request_context() else None) or "/")
    app.validation_layout = validation_layout()  # type: ignore[assignment]


def shown(workspace: Workspace, address: str) -> Component:
    """The whole body of an address, so that the first picture needs no second request."""
    split = urlsplit(address)
    return build_shell(frame(workspace, split.path), open_page(workspace, split.path, split.query))


def frame(workspace: Workspace, path: str) -> Frame:
    """What the frame says on a page."""
    here = next((page.door for page in PAGES if page.path == _plain(path)), "")
    opening = {page.door: page.path for page in reversed(PAGES)}
    doors = [Door(opening[name], name, name == here) for name in dict.fromkeys(page.door for page in PAGES)]
    reader = workspace.reader()
    demonstration, person = reader.cube.demonstration, who()
    is_open = person == AT_THIS_COMPUTER and not demonstration
    return Frame(
        doors, demonstration, refusal=reader.refusal, person=person.name if person.account not in RESERVED else "",
        open_to=NOBODY_SIGNS_IN if is_open else "",
    )  # fmt: skip


def title_of(path: str) -> str:
    """What tells a page from the others in tabs, bookmarks and to a screen reader."""
    return next((page.title for page in PAGES if page.path == _plain(path)), "No such page")


def open_page(workspace: Workspace, path: str | None, search: str | None) -> Component:
    """The page of an address; one that names something unknown gets a page that says so."""
    page = next((page for page in PAGES if page.path == _plain(path or "")), None)
    if page is None:
        return _apology("There is no such page.", "The doors above lead to every page.")
    needed = declared(page.build)
    if needed is None or not may(needed):
        return _apology("This page is not open to you.", refusal(needed))
    try:
        if not workspace.reader().has_places and page.path not in NEED_NO_PLACES:
            return build_first_steps(workspace.reader(), page.title)
        return page.build(workspace, read_address(search))
    except InvalidQuery as error:
        return (
            _apology("This address asks for something that is not here.", str(error))
            if search
            else _nothing_yet(page.title, str(error))
        )


def validation_layout() -> Component:
    """Every id of every page at once, so that Dash can tell a misspelt one."""
    layouts = (
        month_layout,
        places_layout,
        trends_layout,
        targets_layout,
        target_form_layout,
        hotspots_layout,
        compare_layout,
        deserts_layout,
        naloxone_layout,
        gaps_layout,
        what_if_layout,
        after_layout,
        fairness_layout,
        changed_layout,
        publish_layout,
        strategies_layout,
        take_home_layout,
        people_layout,
        bring_check_layout,
        bring_partner_layout,
        agency_layout,
    )
    return html.Div([*(layout.skeleton() for layout in layouts), memory.skeleton()])


def _plain(path: str) -> str:
    return path.rstrip("/") or "/"


def _nothing_yet(title: str, reason: str) -> Component:
    """A page whose default view has no numbers to show yet."""
    bring = html.P(html.A("What can be brought", href="/bring-numbers"))
    return html.Div([html.H1(title), html.P(reason), bring], className="nothing-yet")


def _apology(title: str, reason: str) -> Component:
    return html.Div(
        [html.H1(title), html.P(reason), html.P(html.A("Start from this month", href="/"))], className="apology"
    )
