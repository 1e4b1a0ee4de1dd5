"""A coalition and its partners as somebody names them: towns by name, ids made of letters, everything in one intake."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from dashboard.domain import Level, Partner, PlaceSet, SourceCard
from dashboard.errors import InvalidQuery
from dashboard.intake import Intake
from data_loaders.places import PlaceIndex

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")
CARD = SourceCard(
    "coalition-register", "Coalitions and their partners", "the coalition itself", "the coalition's own",
    description="Who the members are and which towns they serve.",
)  # fmt: skip


@dataclass(frozen=True)
class Joining:
    """A partner that joins a coalition; `towns` are names, needed where the coalition is new and meant for it then."""

    id: str
    name: str
    sector: str
    coalition: str
    coalition_name: str = ""
    towns: tuple[str, ...] = ()


def join(joining: Joining, places: PlaceIndex, today: date, *, known: bool) -> Intake:
    """The intake of a partner, and of its coalition unless it is `known`; InvalidQuery says what is missing."""
    for what, text in (("partner", joining.id), ("coalition", joining.coalition)):
        if not ID.fullmatch(text):
            raise InvalidQuery(
                f"The id of a {what} is small letters, digits and '-', such as stonecrop: '{text[:60]}'."
            )
    if not known and not (joining.coalition_name and joining.towns):
        raise InvalidQuery(f"Coalition '{joining.coalition}' is new: give --coalition-name and its towns with --town.")
    digest = hashlib.sha256(repr(joining).encode()).hexdigest()
    intake = Intake(CARD.id, f"partner {joining.id}", digest, today, rows_accepted=1)
    members = tuple(sorted({_town(name, places) for name in joining.towns}))
    own = ""
    if not known:
        intake.place_sets.append(PlaceSet(joining.coalition, joining.coalition_name, Level.CATCHMENT, members))
        intake.coalitions.append((joining.coalition, joining.coalition_name, joining.coalition))
    elif members:
        own = f"{joining.id}-towns"
        intake.place_sets.append(PlaceSet(own, f"Towns of {joining.name}", Level.CATCHMENT, members))
    intake.partners.append(Partner(joining.id, joining.name, joining.sector, joining.coalition, own))
    return intake


def _town(name: str, places: PlaceIndex) -> str:
    plain, _, state = name.partition(",")
    found = places.find(plain.strip(), state=state.strip(), level=Level.TOWN)
    if found is None:
        near = ", ".join(places.suggest(plain))
        raise InvalidQuery(
            f"No town is called '{name[:60]}', or more than one is. Name its state too, as in 'Orange, MA'"
            + (f"; nearest are {near}." if near else ".")
        )
    return found.geoid
