"""What a loader hands to the store: one file of one source, read completely and found good."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dashboard.domain import Basis, Facility, Jurisdiction, Level, Partner, PlaceSet, State, Target
from dashboard.registers import Entry


class Observations:
    """Observations as columns of equal length; the grain is measure, geoid, start, end, basis, partner, stratum.

    `value` is None exactly when `state` is not "value". `stratum` is "" or "dimension=value" pairs joined by ";",
    sorted. `end` is exclusive. Repeated texts and dates should be the same objects: a million rows stay small.
    """

    __slots__ = ("basis", "end", "geoid", "measure", "partner", "provisional", "start", "state", "stratum", "value")

    def __init__(self) -> None:
        self.measure: list[str] = []
        self.geoid: list[str] = []
        self.start: list[date] = []
        self.end: list[date] = []
        self.basis: list[str] = []
        self.partner: list[str] = []
        self.stratum: list[str] = []
        self.value: list[float | None] = []
        self.state: list[str] = []
        self.provisional: list[bool] = []

    def __len__(self) -> int:
        return len(self.measure)

    def add(
        self,
        measure: str,
        geoid: str,
        period: tuple[date, date],
        value: float | None,
        *,
        basis: str = Basis.NONE,
        partner: str = "",
        stratum: str = "",
        state: str = State.VALUE,
        provisional: bool = False,
    ) -> None:
        """Append one observation; `period` is (start, end exclusive)."""
        self.measure.append(measure)
        self.geoid.append(geoid)
        self.start.append(period[0])
        self.end.append(period[1])
        self.basis.append(basis)
        self.partner.append(partner)
        self.stratum.append(stratum)
        self.value.append(value)
        self.state.append(state)
        self.provisional.append(provisional)


@dataclass(frozen=True)
class Coverage:
    """Over which part of the world a load speaks; a newer load of the source replaces exactly that part.

    `scope` is a geoid prefix ("25" for Massachusetts, "" for everywhere). `absence` says what a missing row inside
    means: "zero" (the file lists all events) or "not_reported".
    """

    measure: str
    start: date
    end: date
    level: Level
    basis: str = Basis.NONE
    partner: str = ""
    scope: str = ""
    absence: str = "not_reported"


@dataclass(frozen=True)
class PlaceCode:
    """A dated code of a place in some system, such as Connecticut's planning-region GEOIDs."""

    geoid: str
    system: str
    code: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Boundary:
    """Prepared shapes of all places of one level in one state; `body` is the JSON that geo.boundaries.pack makes."""

    state: str
    level: Level
    vintage: str
    schematic: bool
    body: bytes


@dataclass
class Intake:
    """Everything one file says. The store takes all of it in one transaction or nothing."""

    source: str
    file_name: str
    sha256: str
    as_of: date
    observations: Observations = field(default_factory=Observations)
    coverage: list[Coverage] = field(default_factory=list)
    places: list[Jurisdiction] = field(default_factory=list)
    place_codes: list[PlaceCode] = field(default_factory=list)
    aliases: list[tuple[str, str]] = field(default_factory=list)
    """(geoid, another name people write: a village, a ZIP code, an older spelling)."""
    place_sets: list[PlaceSet] = field(default_factory=list)
    boundaries: list[Boundary] = field(default_factory=list)
    facilities: list[Facility] = field(default_factory=list)
    coalitions: list[tuple[str, str, str]] = field(default_factory=list)
    """(id, name, id of the place set that is its catchment)."""
    partners: list[Partner] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    strategies: list[tuple[str, str, str]] = field(default_factory=list)
    """(coalition, id, name) of what stands behind targets."""
    entries: list[Entry] = field(default_factory=list)
    """What a coalition's registers hold: strategies, money, seats and so on."""
    targets_why: str = ""
    """Why the targets are as they are, for their history."""
    breaks: list[tuple[str, date, str]] = field(default_factory=list)
    """(measure, first day, why): from this day on the source counts something else or counts it differently."""
    rows_accepted: int = 0
    rows_refused: int = 0
    """Rows that are in no number, of a town or of the state, each told in `notes`."""
    notes: list[str] = field(default_factory=list)
    """Sentences worth telling: rows counted but not placed, shapes repaired, points refused."""
    demonstration: bool = False
