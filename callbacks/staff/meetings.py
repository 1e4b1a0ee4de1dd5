"""Meetings: a coalition's, or one of them. The addresses say everything; forms post to callbacks/meeting_posts.py."""

from __future__ import annotations

from collections.abc import Mapping

from dash import Dash
from dash.development.base_component import Component

from callbacks.meeting_room import today
from callbacks.own_coalitions import coalition_of, coalitions_seen
from callbacks.permissions import Permission, may, needs, who
from dashboard.store.meetings import read_memory
from dashboard.store.workspace import Workspace
from dashboard.views.meeting_page import meetings_page, one_meeting
from layouts.staff.meetings import build_meeting_page, build_meetings


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page of an address: `meeting` names one of a `coalition`, which is the home coalition when left out."""
    reader = workspace.reader()
    coalition = coalition_of(reader, values.get("coalition", ""))
    memory = read_memory(workspace.engine, coalition)
    rights = {"may_write": bool(coalition) and may(Permission.NOTE, coalition=coalition),
              "may_call": bool(coalition) and may(Permission.CONVENE, coalition=coalition)}  # fmt: skip
    publishes = bool(coalition) and may(Permission.PUBLISH, coalition=coalition)
    if values.get("meeting"):
        return build_meeting_page(one_meeting(memory, values["meeting"], today()), coalition, **rights)
    name = coalitions_seen(reader).get(coalition, "")
    return build_meetings(
        meetings_page(memory, name, today(), stories=hears_stories()), may_publish=publishes, **rights
    )


def hears_stories() -> bool:
    """Whether whoever asks is told stories: law-enforcement members are not, whatever was consented to."""
    return not who().law_enforcement


def register(app: Dash, workspace: Workspace) -> None:
    """This page has no callbacks."""
