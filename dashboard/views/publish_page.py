"""Publish: what the public sees, what the next release would show and hide, and every release there was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.views.words import day_words

PREVIEW_COLUMNS = ("Indicator", "Places", "Numbers", "Hidden", "Why they are hidden")
RELEASE_COLUMNS = ("Release", "Date", "Made by", "Approved by", "Now")
LEVELS = {
    "town": "towns", "planning_area": "planning areas", "county": "counties", "catchment": "coalitions' areas",
    "region": "regions", "state": "the state",
}  # fmt: skip


@dataclass(frozen=True)
class ReleaseRow:
    """One release on the list; days are ISO texts, `withdrawn_on` is "" while it stands."""

    number: int
    made_on: str
    made_by: str
    approved_by: str
    withdrawn_on: str = ""
    withdrawn_because: str = ""
    served: bool = False


@dataclass(frozen=True)
class HiddenOf:
    """How many numbers of an indicator and level are hidden, and why, in words."""

    indicator: str
    level: str
    cells: int
    hidden: int
    why: str


@dataclass(frozen=True)
class TextOf:
    """Words that would go out as they stand, in a language, and the numbers that stand in them."""

    headline: str
    text: str
    language: str
    answer: str = ""
    numbers: Sequence[str] = ()

    @property
    def warning(self) -> str:
        """What to look at before it goes out; "" where it holds no number."""
        if not self.numbers:
            return ""
        return f"It holds numbers: {', '.join(self.numbers)}. Make sure that none of them counts people or events."


@dataclass(frozen=True)
class Preview:
    """The next release before it is written. `fingerprint` names exactly what was looked at."""

    number: int
    made_on: str
    rows: Sequence[HiddenOf]
    changes: Sequence[str]
    fingerprint: str
    texts: Sequence[TextOf] = ()


@dataclass(frozen=True)
class PublishPage:
    """Everything on the page before anybody asks for a preview."""

    releases: Sequence[ReleaseRow]
    demonstration: bool

    @property
    def headline(self) -> str:
        """What the public sees now."""
        served = next((row for row in self.releases if row.served), None)
        if served is None:
            return "Nothing is public yet." if not self.releases else "No release stands: the public sees nothing."
        return f"The public sees release {served.number} of {day_words(served.made_on)}."

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The list of releases, newest first."""
        return [
            (str(row.number), day_words(row.made_on), row.made_by or "—", row.approved_by or "—", _now(row))
            for row in sorted(self.releases, key=lambda row: -row.number)
        ]

    @property
    def second_person(self) -> str:
        """Who has to look before anything becomes public."""
        if self.demonstration:
            return "This is a demonstration: one person is enough."
        return "A second person looks at the preview and stands by it with their name."


def preview_sentence(preview: Preview) -> str:
    """The preview in a sentence."""
    cells, hidden = sum(row.cells for row in preview.rows), sum(row.hidden for row in preview.rows)
    if not cells:
        return "There is nothing to publish: no declared table has a closed period with final numbers."
    kept = "nothing has to be hidden" if not hidden else f"{hidden:,} of them are hidden"
    return (
        f"Release {preview.number} would hold {cells:,} numbers; {kept}. Nothing that is hidden can be worked out from "
        "what is shown, nor together with earlier releases."
    )


def texts_sentence(preview: Preview) -> str:
    """How many texts go out, and what to look for in them."""
    count = len(preview.texts)
    if not count:
        return "No text goes out with it: nobody has made an answer or the code of conduct public."
    said = "One text goes out as it stands." if count == 1 else f"{count} texts go out as they stand."
    return f"{said} Read them all: no names, nothing that points to a person, no counts."


def preview_rows(preview: Preview) -> list[tuple[str, ...]]:
    """The table of the preview."""
    return [
        (row.indicator, LEVELS.get(row.level, row.level), f"{row.cells:,}", f"{row.hidden:,}", row.why or "nothing is")
        for row in preview.rows
    ]


def _now(row: ReleaseRow) -> str:
    if row.withdrawn_on:
        return f"withdrawn {day_words(row.withdrawn_on)}: {row.withdrawn_because}"
    return "what the public sees" if row.served else "an earlier release"
