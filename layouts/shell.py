"""The frame around every page: the head of the document, the doors, the marks that hold everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from layouts.components.aria import aria
from layouts.components.plain import plain
from layouts.ids import Shell

INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<title>{%title%}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
{%favicon%}
{%css%}
</head>
<body>
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""


@dataclass(frozen=True)
class Door:
    """One entry of the navigation."""

    path: str
    label: str
    here: bool


@dataclass(frozen=True)
class Frame:
    """What the frame says besides the page: doors, whether this is a demonstration, an earlier day's view.

    `refusal` says why whoever looks sees releases only, `person` who signed in ("" where nobody needs to), `open_to`
    who may do everything without.
    """

    doors: Sequence[Door]
    demonstration: bool
    as_of: str = ""
    refusal: str = ""
    person: str = ""
    open_to: str = ""


def build_shell(frame: Frame, page: Component) -> Component:
    """The whole document body: skip link, header with doors, marks, and the page."""
    return html.Div(
        [
            html.A("Skip to the page", href=f"#{Shell.MAIN}", className="skip-link"),
            html.Header(
                [
                    html.Div(
                        [
                            html.A("Coalition dashboard", href="/", className="brand"),
                            html.Nav(className="doors", **aria(label="Pages"), **plain(doors(frame))),
                            *_person(frame),
                        ],
                        className="masthead-inner",
                    ),
                    *_marks(frame),
                ],
                className="masthead",
            ),
            html.Main(page, id=Shell.MAIN, className="page", tabIndex=-1),
        ]
    )


def doors(frame: Frame) -> list[Component]:
    """Links to the pages; the one that is open says so."""
    return [
        html.A(
            door.label,
            href=door.path,
            className="door door-here" if door.here else "door",
            **(aria(current="page") if door.here else {}),
        )
        for door in frame.doors
    ]


def _person(frame: Frame) -> list[Component]:
    """Who signed in, and the way out: a form, because a link could be opened by any other site."""
    if not frame.person:
        return []
    button = html.Button("Sign out", type="submit", className="sign-out")
    return [html.Form([html.Span(frame.person), button], action="/sign-out", method="POST", className="person",
                      **aria(label="Signed in"))]  # fmt: skip


def _marks(frame: Frame) -> list[Component]:
    marks: list[Component] = []
    if frame.demonstration:
        marks.append(
            html.P([html.Strong("Demonstration data, not real."), " Real towns, invented numbers."], className="mark")
        )
    if frame.as_of:
        marks.append(html.P(f"As known on {frame.as_of}.", className="mark mark-quiet"))
    if frame.open_to:
        marks.append(html.P(frame.open_to, className="mark mark-quiet"))
    if frame.refusal:
        marks.append(html.P(frame.refusal, className="mark mark-quiet"))
    return marks
