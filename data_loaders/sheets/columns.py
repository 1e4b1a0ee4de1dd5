"""What each column of a table is, from its header and its cells, with one sentence of evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from dashboard.gazetteer import state_code, state_name
from data_loaders.sheets import words
from data_loaders.sheets.finder import Finder, Kind
from data_loaders.sheets.heads import Head
from data_loaders.sheets.mapping import Role
from data_loaders.sheets.period_forms import part_of
from data_loaders.sheets.tables import Table
from data_loaders.sheets.words import NOBODY_SAYS, Meant

MOST, HALF = 0.6, 0.5
GEOID_LENGTH = 9
NUMERIC = (Kind.NUMBER, Kind.YEAR, Kind.MARK)
PERIODS = {"month": Role.MONTH, "quarter": Role.QUARTER, "year": Role.YEAR, "fiscal": Role.YEAR}


@dataclass(frozen=True)
class Column:
    """A column with its proposed role. `meant` is what it may count, `dimension` the kind of its groups."""

    head: Head
    role: Role
    evidence: str
    meant: Meant = NOBODY_SAYS
    dimension: str = ""
    level: str = ""


@dataclass(frozen=True)
class Body:
    """The cells of a column below its header, blank ones and those of total rows left out."""

    head: Head
    texts: tuple[str, ...]
    finder: Finder

    @cached_property
    def kinds(self) -> Counter[Kind]:
        """How many cells there are of each kind."""
        return Counter(self.finder.kind(text) for text in self.texts)

    def share(self, *kinds: Kind) -> float:
        """The share of cells of these kinds."""
        return sum(self.kinds[kind] for kind in kinds) / len(self.texts) if self.texts else 0.0

    def fitting(self, fits: Callable[[str], object]) -> int:
        """How many cells fit."""
        known = {text: bool(fits(text)) for text in set(self.texts)}
        return sum(known[text] for text in self.texts)

    def said(self, fitting: int, what: str) -> str:
        """The sentence of evidence."""
        return f"{fitting} of {len(self.texts)} cells are {what}."


def body_of(table: Table, head: Head, finder: Finder, left: int) -> Body:
    """The cells that tell what a column is; `left` is the first column, whose totals name rows to leave out."""
    skip = {row for row, text in table.cells(left) if words.is_total(text) or words.is_no_place(text)}
    texts = [text for row, text in table.cells(head.column) if text and row not in skip]
    return Body(head, tuple(texts) or tuple(text for _, text in table.cells(head.column) if text), finder)


def judge(body: Body) -> Column:
    """The role that fits a column best; never fails."""
    for rule in (_empty, _code, _number, _group, _period, _place, _state, _worded):
        found = rule(body)
        if found:
            return found
    return Column(body.head, Role.IGNORED, "Neither places, periods, groups nor numbers: left out.")


def _empty(body: Body) -> Column | None:
    if body.texts:
        return None
    if body.head.part.said or body.head.place or body.head.group[0]:
        return Column(body.head, Role.NUMBER, "Nothing is filled in yet.")
    return Column(body.head, Role.IGNORED, "The column is empty.")


def _code(body: Body) -> Column | None:
    wanted = words.head_of(body.head.name) == "code"
    codes = [text for text in body.texts if text.isdigit() and len(text) >= (GEOID_LENGTH if not wanted else 4)]
    found = [place for place in (body.finder.places.by_code(text) for text in codes) if place]
    if not found or len(found) < MOST * len(body.texts):
        return None
    level = Counter(str(place.level) for place in found).most_common(1)[0][0]
    return Column(body.head, Role.CODE, body.said(len(found), f"codes of a {level}"), level=level)


def _number(body: Body) -> Column | None:
    if body.share(*NUMERIC) < MOST or (body.share(Kind.YEAR, Kind.NUMBER) == 0 and not _counts(body.head)):
        return None
    if words.dimension_of(body.head.name) == "age" and body.fitting(_band) >= MOST * len(body.texts):
        return None
    head, share = body.head, body.fitting(lambda text: body.finder.kind(text) in NUMERIC)
    calendar = _calendar(body)
    if calendar:
        return calendar
    shares = body.fitting(lambda text: text.endswith("%")) >= MOST * len(body.texts)
    if shares or words.head_of(head.name) in ("zip", "code") or words.is_left_out(" ".join(head.texts)):
        return Column(head, Role.IGNORED, f"'{head.name[:60]}' is no count: left out.")
    role = Role.TOTAL if head.total else Role.NUMBER
    return Column(head, role, body.said(share, "numbers"), words.measure_of(head.rest))


def _band(text: str) -> bool:
    """Whether a cell is a band of ages or all of them, which may look like a hidden number."""
    return bool(words.age_band(text.lower())) or words.is_total(text)


def _counts(head: Head) -> bool:
    """Whether a header says that numbers stand below it, even where all of them are hidden."""
    return bool(head.part.said or head.place or head.group[0] or words.measure_of(head.rest).candidates)


def _calendar(body: Body) -> Column | None:
    """A column of year, quarter or month numbers."""
    kind = words.head_of(body.head.name)
    if kind in ("period", "") and body.share(Kind.YEAR) >= MOST and not words.measure_of(body.head.rest).candidates:
        kind = "year" if not (body.head.part.said or body.head.place) else ""
    if kind not in PERIODS or body.head.part.said:
        return None
    most = {"month": 12, "quarter": 4}.get(kind, 2100)
    good = body.fitting(lambda text: text.isdigit() and 1 <= int(text[:6]) <= most)
    if kind in ("month", "quarter") and body.share(Kind.NUMBER) == 1 and good < len(body.texts):
        return None
    return Column(body.head, PERIODS[kind], body.said(good, f"numbers of a {kind}")) if good else None


def _period(body: Body) -> Column | None:
    found = body.fitting(lambda text: len(text) <= 40 and part_of(text).said and body.finder.kind(text) != Kind.PLACE)
    if found < MOST * len(body.texts):
        return None
    kind = words.head_of(body.head.name)
    role = PERIODS.get(kind, Role.PERIOD)
    return Column(body.head, role, body.said(found, "periods" if role == Role.PERIOD else f"a {kind}"))


def _place(body: Body) -> Column | None:
    kind = words.head_of(body.head.name)
    towns = body.fitting(body.finder.town)
    counties = body.fitting(body.finder.county)
    named = body.fitting(lambda text: text.lower().endswith("county"))
    needed = HALF if kind == "place" else MOST
    if (kind == "county" or named > HALF * len(body.texts)) and counties >= HALF * len(body.texts):
        return Column(body.head, Role.COUNTY, body.said(counties, f"counties{_of(body)}"), level="county")
    if towns and towns >= needed * len(body.texts):
        return Column(body.head, Role.PLACE, body.said(towns, f"towns{_of(body)}"), level="town")
    return None


def _of(body: Body) -> str:
    return f" of {state_name(body.finder.state)}" if body.finder.state else ""


def _state(body: Body) -> Column | None:
    found = body.fitting(state_code)
    if words.head_of(body.head.name) != "state" or found < MOST * len(body.texts):
        return None
    return Column(body.head, Role.STATE, body.said(found, "states"))


def _group(body: Body) -> Column | None:
    dimension = words.dimension_of(body.head.name)
    known = Counter(words.group_of(text)[0] for text in body.texts)
    known.pop("", None)
    likely, many = known.most_common(1)[0] if known else ("", 0)
    if dimension and body.share(Kind.PLACE, Kind.PERIOD) < MOST:
        if body.share(Kind.NUMBER) > MOST and dimension != "age":
            return None
        return Column(body.head, Role.GROUP, f"The header names {dimension}.", dimension=dimension)
    sure = likely and many >= MOST * len(body.texts) and (likely != "age" or not body.share(Kind.NUMBER))
    if sure and not _counts(body.head):
        return Column(body.head, Role.GROUP, body.said(many, f"groups of {likely}"), dimension=likely)
    return None


def _worded(body: Body) -> Column | None:
    """A column of other texts: by its header, or by the measures its cells name."""
    kind, distinct = words.head_of(body.head.name), set(body.texts)
    measures = sum(bool(words.measure_of(text).candidates) for text in distinct)
    if kind == "basis" and body.fitting(words.basis_of) >= HALF * len(body.texts):
        return Column(body.head, Role.BASIS, body.said(body.fitting(words.basis_of), "residence or occurrence"))
    if kind != "note" and measures >= MOST * len(distinct) and kind in ("measure", ""):
        return Column(body.head, Role.MEASURE, f"{measures} of {len(distinct)} different texts name what is counted.")
    if kind == "partner":
        return Column(body.head, Role.PARTNER, f"The header names a partner; {len(distinct)} different texts.")
    if kind in ("part", "measure"):
        return Column(body.head, Role.PART, f"{len(distinct)} different texts; their rows are added up.")
    return None


def renamed(column: Column, role: Role, evidence: str) -> Column:
    """The column with another role, and why."""
    return replace(column, role=role, evidence=evidence)
