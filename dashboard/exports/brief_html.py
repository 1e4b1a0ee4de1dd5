"""The brief as one HTML document of two pages: what matters first, as much as fits."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from dashboard.exports.markup import bullets, element, legend, picture, table, words
from dashboard.exports.paper import FOUR_STATES, MARK, NOT_REAL, PROVISIONAL, MapFigure, Paper, Point, Section, Tile
from dashboard.views.words import day_words

STYLE = Path(__file__).with_name("brief.css")
LONG = 120
IN_A_ROW = 3


@dataclass(frozen=True)
class Fit:
    """How much of each part is shown, and the size of the letters ("" is the largest)."""

    size: str = ""
    changes: int = 8
    targets: int = 12
    gaps: int = 4
    sources: int = 12
    pictures: bool = True
    chart: bool = True
    charts: int = 1


FITS = (
    Fit(changes=16, charts=3), Fit(changes=10, charts=2), Fit(), Fit(changes=6, targets=10, gaps=3, sources=8),
    Fit("small", 6, 10, 3, 8), Fit("small", 5, 8, 2, 6), Fit("smaller", 5, 8, 2, 6), Fit("smaller", 3, 6, 1, 4),
    Fit("smaller", 2, 4, 1, 3, chart=False), Fit("smaller", 0, 0, 0, 2, pictures=False, chart=False),
)  # fmt: skip
"""From generous to tight: the first that fits on two pages is taken."""


def brief_html(paper: Paper, fit: Fit) -> str:
    """The whole document."""
    body = [_head(paper), _first(paper, fit), _targets(paper, fit), _decided(paper), _second(paper, fit),
            _notes(paper, fit)]  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="en" class="{fit.size}"><head><meta charset="utf-8">'
        f"<title>{escape(paper.title)}, {day_words(paper.known_on)}</title>"
        f'<meta name="author" content="Coalition dashboard">'
        f'<meta name="description" content="{escape(paper.headline)}">'
        f'<meta name="dcterms.created" content="{paper.known_on.isoformat()}">'
        f"<style>{STYLE.read_text('utf-8')}</style></head><body>{''.join(body)}</body></html>"
    )


def _head(paper: Paper) -> str:
    foot = (
        f"{NOT_REAL if paper.demonstration else ''}{paper.title}. As known on {day_words(paper.known_on)}. {paper.whom}"
    )
    mark = words("p", MARK, "mark")
    return element(
        "header",
        words("p", f"Brief for the meeting · as known on {day_words(paper.known_on)} · {paper.whom}", "eyebrow"),
        words("h1", paper.title), mark if paper.demonstration else "", words("p", paper.headline, "lead"),
        f'<p class="foot" aria-hidden="true">{escape(foot)}</p>',
    )  # fmt: skip


def _first(paper: Paper, fit: Fit) -> str:
    """The numbers, what changed, and the first chart beside it."""
    month, changed = paper.section("this-month"), paper.section("what-changed")
    tiles = month.tiles if month else ()
    rows = [element("div", *map(_tile, tiles[at : at + IN_A_ROW]), class_="row")
            for at in range(0, len(tiles), IN_A_ROW)]  # fmt: skip
    right = _charts(month, fit.charts) if month and fit.pictures else ""
    return "".join(rows) + _pair(_changes(changed, paper, fit) if changed else "", right)


def _pair(left: str, right: str) -> str:
    """Two parts side by side; one alone has the whole width."""
    if not left or not right:
        return left + right
    return element("div", element("div", left, class_="left"), element("div", right, class_="right"), class_="pair")


def _tile(tile: Tile) -> str:
    return element("div", words("p", tile.name, "name"), words("p", tile.figure, "figure"),
                   words("p", tile.unit, "unit"), words("p", tile.change, "change"), class_="tile")  # fmt: skip


def _charts(month: Section, most: int) -> str:
    """The first charts of the month, one below the other."""
    drawn = [chart for chart in month.figures if not isinstance(chart, MapFigure)][:most]
    return "".join(
        element("section", words("h2", chart.title),
                picture(chart, f"{chart.sentence} {chart.reading}", width=400, height=220)) for chart in drawn
    )  # fmt: skip


def _changes(changed: Section, paper: Paper, fit: Fit) -> str:
    shown = changed.points[: fit.changes]
    more = len(changed.points) - len(shown)
    rest = words("p", f"{more} more in the workbook." if more and shown else "")
    return element("section", words("h2", "What changed"), words("p", changed.sentence),
                   bullets(paper.nearer(point.words) for point in shown), rest)  # fmt: skip


def _targets(paper: Paper, fit: Fit) -> str:
    section = paper.section("targets")
    if section is None or not section.tables:
        return ""
    kept = section.tables[0]
    rows = kept.rows[: fit.targets]
    more = len(kept.rows) - len(rows)
    rest = words("p", f"{more} more in the workbook." if more else "")
    body = table("", kept.head, rows) if rows else ""
    return element("section", words("h2", "Targets"), words("p", section.sentence), body, rest, class_="targets")


def _decided(paper: Paper) -> str:
    section = paper.section("meeting")
    if section is None:
        return ""
    tables = [table(one.title, one.head, one.rows) for one in section.tables]
    said = bullets(f"{point.under}: {point.words}" for point in section.points)
    return element("section", words("h2", section.heading), words("p", section.sentence), said, *tables)


def _second(paper: Paper, fit: Fit) -> str:
    """The second page: the cascade beside the map and the gaps; what the first page holds is not torn apart."""
    cascade, towns, gaps = (paper.section(id_) for id_ in ("after-an-overdose", "towns", "gaps"))
    map_ = _with_picture(towns, fit, width=380) if towns else ""
    left = _with_picture(cascade, fit, width=380) if cascade else map_
    right = (map_ if cascade else "") + (_gaps(gaps, fit) if gaps else "")
    drawn = any(section.figures for section in (cascade, towns, gaps) if section) and fit.chart
    return element("div", _pair(left, right), class_="apart" if drawn else "") if left or right else ""


def _with_picture(section: Section, fit: Fit, width: int) -> str:
    drawn = section.figures[0] if section.figures and fit.chart else None
    body = ""
    if isinstance(drawn, MapFigure):
        body = picture(drawn) + legend(drawn.legend)
    elif drawn is not None:
        body = picture(drawn, drawn.reading, width=width)
    notes = words("p", " ".join(note for note in section.notes if len(note) < LONG), "eyebrow")
    return element("section", words("h2", section.heading), words("p", section.sentence), body, notes)


def _gaps(gaps: Section, fit: Fit) -> str:
    drawn = [one for one in gaps.figures if isinstance(one, MapFigure)] if fit.chart and not gaps.points else []
    return element("div", words("h2", gaps.heading), words("p", gaps.sentence), *map(picture, drawn),
                   bullets(_gap(point) for point in gaps.points[: fit.gaps]))  # fmt: skip


def _gap(point: Point) -> str:
    return f"{point.under}: {point.words}" if point.under else point.words


def _notes(paper: Paper, fit: Fit) -> str:
    states = "".join(f'<p class="state"><b>{escape(name)}.</b> {escape(meaning)}</p>'
                     for _, name, meaning in FOUR_STATES)  # fmt: skip
    cited = paper.cited(fit.sources, "the workbook")
    held = f"Not shown here, because agreements do not allow it: {'; '.join(paper.withheld)}" if paper.withheld else ""
    return element("section", words("h2", "How to read this"), states, words("p", PROVISIONAL), words("p", cited),
                   words("p", held), class_="notes")  # fmt: skip
