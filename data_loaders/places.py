"""Finding the place that a publisher means: by name, older name, village or code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from dashboard.domain import Jurisdiction, Level
from dashboard.gazetteer.states import state_code
from dashboard.intake import PlaceCode
from data_loaders.placenames import spellings

CODE_LENGTHS = (2, 5, 10)
NEAR_ENOUGH = 65
"""Percent of letters that a suggestion shares with what was written."""


class PlaceIndex:
    """All places known to the store, their other names and their codes, ready to be asked."""

    def __init__(
        self,
        places: Iterable[Jurisdiction],
        aliases: Iterable[tuple[str, str]] = (),
        codes: Iterable[PlaceCode] = (),
    ) -> None:
        self._places = {place.geoid: place for place in places}
        self._names: dict[str, list[Jurisdiction]] = defaultdict(list)
        self._aliases: dict[str, list[Jurisdiction]] = defaultdict(list)
        self._codes: dict[str, list[PlaceCode]] = defaultdict(list)
        self._answers: dict[tuple[str, str, Level, str], Jurisdiction | None] = {}
        for place in self._places.values():
            for form in spellings(place.name):
                self._names[form].append(place)
        for geoid, alias in aliases:
            if geoid in self._places:
                for form in spellings(alias):
                    self._aliases[form].append(self._places[geoid])
        for code in codes:
            self._codes[code.code].append(code)

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Jurisdiction]:
        return iter(self._places.values())

    def get(self, geoid: str) -> Jurisdiction | None:
        """The place with exactly this geoid."""
        return self._places.get(geoid)

    def find(self, name: str, *, state: str = "", level: Level = Level.TOWN, county: str = "") -> Jurisdiction | None:
        """The one place so called, None when there is none or more than one.

        A place's own name wins over an alias. `state` is a two-digit code, postal letters or a name; `county` a geoid
        or a name, which decides between places of the same name.
        """
        question = (name, state, level, county)
        if question not in self._answers:
            self._answers[question] = self._find(*question)
        return self._answers[question]

    def _find(self, name: str, state: str, level: Level, county: str) -> Jurisdiction | None:
        wanted = state_code(state) if state else ""
        if not name.strip() or (state and not wanted):
            return None
        for names in (self._names, self._aliases):
            for form in spellings(name):
                fitting = {
                    place.geoid: place
                    for place in names.get(form, ())
                    if place.level == level and place.state.startswith(wanted)
                }
                if fitting:
                    return self._only(name, list(fitting.values()), county)
        return None

    def _only(self, name: str, found: list[Jurisdiction], county: str) -> Jurisdiction | None:
        if len(found) > 1 and county:
            found = [place for place in found if self._in_county(place, county)]
        if len(found) > 1:
            found = [place for place in found if place.name.lower() == name.strip().lower()]
        return found[0] if len(found) == 1 else None

    def _in_county(self, place: Jurisdiction, county: str) -> bool:
        home = self._places.get(place.county)
        return county == place.county or (
            home is not None and not set(spellings(county)).isdisjoint(spellings(home.name))
        )

    def by_code(self, code: str, *, system: str = "") -> Jurisdiction | None:
        """The place with this geoid or other code; lost leading zeros are restored ("901301080" is "0901301080").

        Any code system answers unless `system` names one. "0600000US2500107000" is read from its last part.
        """
        plain = code.strip().upper().rpartition("US")[2].removesuffix(".0")
        if not plain:
            return None
        for form in dict.fromkeys(
            (plain, *(plain.zfill(length) for length in CODE_LENGTHS if len(plain) == length - 1))
        ):
            if not system and form in self._places:
                return self._places[form]
            owners = {known.geoid for known in self._codes.get(form, ()) if system in ("", known.system)}
            if len(owners) == 1:
                return self._places.get(owners.pop())
        return None

    def suggest(self, name: str, *, state: str = "", level: Level = Level.TOWN, limit: int = 3) -> list[str]:
        """Names of the places spelled nearest, best first; a village is followed by its town in brackets."""
        wanted = state_code(state) if state else ""
        choices: dict[str, str] = {}
        for names, own in ((self._aliases, False), (self._names, True)):
            for form, places in names.items():
                for place in places:
                    if place.level == level and place.state.startswith(wanted):
                        choices[form] = place.name if own else f"{place.name} ({form.title()})"
        forms = process.extract(
            spellings(name)[0], choices.keys(), scorer=fuzz.ratio, limit=limit * 3, score_cutoff=NEAR_ENOUGH
        )
        return list(dict.fromkeys(choices[form] for form, _score, _at in forms))[:limit]

    def of_state(self, state: str, level: Level = Level.TOWN) -> list[Jurisdiction]:
        """All places of a level in a state (two-digit code, postal letters or name), by geoid."""
        wanted = state_code(state)
        return sorted(
            (place for place in self._places.values() if place.level == level and place.state == wanted),
            key=lambda place: place.geoid,
        )
