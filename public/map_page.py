"""The map page: a sentence, the picture, its table, counties beside, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from dashboard.domain import State
from dashboard.errors import InvalidQuery
from public.cell_words import counted_words, number_words, per_words, provisional_words, short_words
from public.choosing import Chosen, group_choices, period_choices, topic_choices
from public.language import Language
from public.map_rows import Row, Shown, shown, silent_states
from public.scene import Scene, small_town
from public.snapshot import CellAt, address_token, period_of
from public.town_map import Drawn, Painted, legend_words, picture, swatch
from public.wholes import source_words, whole_words


def build(scene: Scene, chosen: Chosen) -> dict[str, Any]:
    """Everything the template needs."""
    found = shown(scene, chosen)
    said = headline(scene, chosen)
    return {
        "chosen": chosen, "title": title(scene, chosen), "headline": said,
        "picture": draw(scene, chosen, found) if found.row_of else "", "legend": legend(scene, found),
        "table": list(table_rows(scene, chosen, found.rows)), "counties": list(counties(scene, chosen)),
        "topics": topic_choices(scene, chosen.topic), "periods": period_choices(scene, chosen),
        "groups": group_choices(scene, chosen), "sources": sources(scene, found),
        "definition": chosen.topic.indicator.definition, "counted": counted_words(scene.words, chosen.topic.indicator),
        "caveats": chosen.topic.indicator.caveats,
        **captions(scene, chosen, found),
    }  # fmt: skip


def captions(scene: Scene, chosen: Chosen, found: Shown) -> dict[str, str]:
    """The sentences below the picture: what colours show, what is pooled, hidden and merged."""
    words, indicator = scene.words, chosen.topic.indicator
    withheld = sum(row.at is not None and row.at.state == State.SUPPRESSED for row in found.rows)
    merged, per = sum(bool(row.members) for row in found.rows), per_words(words, indicator)
    key = {0: "withheld_none", 1: "withheld_one"}.get(withheld, "withheld_some")
    months = _months(chosen.period)
    low, high = scene.snapshot.released.hidden_ranges.get(indicator.id, (0, 4))
    unit = words.phrase(indicator.unit)
    silent = [scene.snapshot.name(state) for state in silent_states(scene, chosen)]
    return {
        "colors": words.say("map_colors" if per else "map_colors_plain", unit=unit, per=per),
        "pooled": _pooled(words, months),
        "withheld_said": words.say(key, places=words.number(withheld), low=low, high=high),
        "merged_said": words.say("merged_some", places=words.number(merged), people=small_town(scene))
        if merged else "",
        "silent_said": words.say("map_silent", states=words.listing(silent)) if silent and found.row_of else "",
    }  # fmt: skip


def _pooled(words: Language, months: int) -> str:
    if months <= 12:
        return ""
    return words.say("pooled_years", years=months // 12) if months % 12 == 0 else words.say("pooled", months=months)


def _months(period: str) -> int:
    try:
        return period_of(period).months
    except InvalidQuery:
        return 0


def title(scene: Scene, chosen: Chosen) -> str:
    """`Opioid overdose deaths, 2016 to 2018`."""
    group = f", {scene.group_name(chosen.stratum)}" if chosen.stratum else ""
    return f"{scene.topic_name(chosen.topic)}, {scene.words.period(chosen.period)}{group}"


def headline(scene: Scene, chosen: Chosen) -> str:
    """One sentence for each state that has a number: `Massachusetts: 5,965 deaths. That is ...`"""
    said = [whole_words(scene, chosen, id_) for id_ in scene.snapshot.wholes]
    return " ".join(f"{sentence}." for sentence in said if sentence)


def draw(scene: Scene, chosen: Chosen, found: Shown) -> str:
    """The picture."""
    states = {town.state for town in scene.snapshot.towns() if town.geoid in found.row_of}
    shapes = [scene.snapshot.released.shapes[s] for s in sorted(states) if s in scene.snapshot.released.shapes]
    towns = {geoid: _painted(scene, chosen, found, geoid) for geoid in found.row_of}
    name = title(scene, chosen)
    if not shapes:
        return ""
    return picture(Drawn(shapes, towns, name, f"{headline(scene, chosen)} {scene.words.say('map_described')}"))


def _painted(scene: Scene, chosen: Chosen, found: Shown, geoid: str) -> Painted:
    row = found.rows[found.row_of[geoid]]
    said = short_words(scene.words, chosen.topic.indicator, row.at)
    name = scene.snapshot.name(geoid)
    if row.id != geoid:
        name = scene.words.say("shown_with", place=name, area=row.name)
    href = scene.page("town", address_token(geoid))
    return Painted(found.classes.codes[found.row_of[geoid]], scene.words.say("in_place", place=name, said=said), href)


def legend(scene: Scene, found: Shown) -> list[dict[str, str]]:
    """The classes that occur: sign, words and how many places have it."""
    return [
        {"swatch": swatch(entry.code), "said": legend_words(scene.words, entry.code, entry.label),
         "places": scene.words.number(entry.areas)}
        for entry in found.classes.legend if entry.areas
    ]  # fmt: skip


def table_rows(scene: Scene, chosen: Chosen, rows: tuple[Row, ...]) -> Iterator[dict[str, Any]]:
    """The table twin, by name: count, rate, likely range and remarks in words."""
    indicator = chosen.topic.indicator
    for row in rows:
        absent = row.at is None or row.at.state in (State.SUPPRESSED, State.NOT_REPORTED)
        yield {
            "name": row.name, "href": row.href, "members": row.members,
            "absent": short_words(scene.words, indicator, row.at) if absent else "",
            **number_words(scene.words, indicator, row.at), "note": remarks(scene, row.at),
        }  # fmt: skip


def remarks(scene: Scene, at: CellAt | None) -> str:
    """What to bear in mind of one number."""
    if at is None or at.state == State.SUPPRESSED:
        return ""
    rate = float(at.cells.rate[at.row])
    few = "" if at.state != State.UNSTABLE else scene.words.say("note_few" if rate != rate else "note_unsteady")
    return ", ".join(filter(None, (few, provisional_words(scene.words, at))))


def counties(scene: Scene, chosen: Chosen) -> Iterator[dict[str, str]]:
    """Counties by name, each a number or at least what its shown towns add up to."""
    for county in scene.snapshot.counties():
        said = whole_words(scene, chosen, county.geoid)
        if said:
            yield {"said": said, "href": scene.page("town", county.geoid)}


def sources(scene: Scene, found: Shown) -> list[Markup]:
    """Sentences about who published the numbers."""
    ids = {row.at.cells.source[row.at.row] for row in found.rows if row.at}
    return source_words(scene, ids)
