"""Priority gaps one by one: neighbouring towns out of reach, and sites on which towns in need hang."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.access.reach import straight_line, town_points
from dashboard.domain import FloatArray
from dashboard.figures.words import number
from dashboard.views.access_answer import AccessAnswer
from dashboard.views.access_words import service_words, threshold_words
from dashboard.views.asking import write_address
from dashboard.views.gap_map import HIGH, Need
from dashboard.views.town_access import site_facts
from dashboard.views.what_if_asked import AskedWhatIf

WHAT_IF = "/places/what-if"
NAMED = 2


@dataclass(frozen=True)
class Gap:
    """One gap: the towns in it, who is in need, what holds, and the next step with its link (words, address)."""

    title: str
    sentence: str
    step: str
    link: tuple[str, str]
    overdoses: float
    residents: float
    geoids: tuple[str, ...]


def out_of_reach(answer: AccessAnswer, borders: Mapping[str, Sequence[str]] | None) -> list[Gap]:
    """Neighbouring deserts as one gap each, those with most overdoses first (then residents)."""
    if not answer.sites:
        return []
    between = straight_line(answer.ground).minutes(town_points(answer.ground), town_points(answer.ground))
    groups = joined(answer.ground.geoid, answer.desert, borders)
    return _by_people(_beyond(answer, rows, between) for rows in groups)


def hanging(answer: AccessAnswer, need: Need | None) -> list[Gap]:
    """Sites on which towns with the highest third of need hang, those with most overdoses first."""
    if not answer.sites or need is None:
        return []
    chosen = answer.access.fragile & ~answer.desert & (need.third == HIGH)
    at = answer.reach.nearest.site if answer.reach.nearest else np.zeros(0, dtype=np.int64)
    sites = dict.fromkeys(at[chosen].tolist())
    return _by_people(_hanging(answer, site, np.flatnonzero(chosen & (at == site)).tolist()) for site in sites)


def joined(geoids: Sequence[str], chosen: np.ndarray, borders: Mapping[str, Sequence[str]] | None) -> list[list[int]]:
    """Rows of chosen towns that border on each other, group by group; each town alone where borders are unknown."""
    row_of = {geoids[row]: row for row in np.flatnonzero(chosen).tolist()}
    groups, seen = [], set()
    for geoid, row in row_of.items():
        if row in seen:
            continue
        group, open_ = [], [geoid]
        seen.add(row)
        while open_:
            here = open_.pop()
            group.append(row_of[here])
            near = [other for other in (borders or {}).get(here, ()) if other in row_of and row_of[other] not in seen]
            seen.update(row_of[other] for other in near)
            open_ += near
        groups.append(sorted(group))
    return groups


def _beyond(answer: AccessAnswer, rows: list[int], between: FloatArray) -> Gap:
    named = town_names(answer, rows)
    sentence = f"{_people(answer, rows)} in {_towns(len(rows))}, {_far(answer, rows)} {service_words(answer)}."
    best = best_candidate(answer, rows, between)
    step = (
        f"A site in {answer.ground.name[best]} would reach "
        f"{_share(answer, [row for row in rows if between[row, best] <= answer.access.threshold[row]], rows)}."
    )
    return _gap(answer, rows, (named, sentence, step, f"Try a site in {answer.ground.name[best]}"), placed=(best,))


def _far(answer: AccessAnswer, rows: list[int]) -> str:
    """`30 to 40 minutes from the nearest`, or that no road leads there."""
    nearest = answer.minutes[rows]
    by_road = nearest[np.isfinite(nearest)]
    if not len(by_road):
        return "where no road leads to any"
    least, most = round(float(by_road.min())), round(float(by_road.max()))
    span = f"{number(least)} minutes" if least == most else f"{number(least)} to {number(most)} minutes"
    return f"{span}{'' if len(by_road) == len(rows) else ' or without a road'} from the nearest"


def best_candidate(answer: AccessAnswer, rows: list[int], between: FloatArray) -> int:
    """The town whose centre brings most overdoses (then residents, then the fewest minutes) of `rows` within reach."""
    weight = np.nan_to_num(answer.ground.overdoses[rows]) + np.nan_to_num(answer.ground.residents[rows]) * 1e-9
    reached = ((between[rows] <= answer.access.threshold[rows][:, None]) * weight[:, None]).sum(axis=0)
    finite = np.where(np.isfinite(between[rows]), between[rows], 1e6).sum(axis=0)
    return int(np.lexsort((finite, -np.round(reached, 9)))[0])


def _hanging(answer: AccessAnswer, site: int, rows: list[int]) -> Gap:
    facts = site_facts(answer.sites[site])
    sentence = (
        f"{_people(answer, rows)} in {_towns(len(rows), '')} with high need depend on this one site: "
        f"{town_names(answer, rows)}. If it closed, they would lie beyond {threshold_words(answer)}."
    )
    step = f"Protect it, and know its plans: {facts}."
    return _gap(answer, rows, (answer.sites[site].name, sentence, step, "Try a second site nearby"), placed=(rows[0],))


def _gap(answer: AccessAnswer, rows: list[int], said: tuple[str, str, str, str], placed: tuple[int, ...]) -> Gap:
    title, sentence, step, words = said
    asked = AskedWhatIf(
        service=answer.service.id, within=answer.ground.within, urban=f"{answer.urban:g}", rural=f"{answer.rural:g}",
        sites="listed" if answer.reach.listed else "verified",
        placed=",".join(answer.ground.geoid[row] for row in placed),
    )  # fmt: skip
    return Gap(
        title, sentence, step, (words, write_address(WHAT_IF, asked)),
        float(np.nansum(answer.ground.overdoses[rows])), float(np.nansum(answer.ground.residents[rows])),
        tuple(answer.ground.geoid[row] for row in rows),
    )  # fmt: skip


def _by_people(gaps: Iterable[Gap]) -> list[Gap]:
    return sorted(gaps, key=lambda gap: (-gap.overdoses, -gap.residents, gap.title))


def town_names(answer: AccessAnswer, rows: list[int]) -> str:
    """The largest towns by name, and how many more."""
    order = sorted(rows, key=lambda row: (-np.nan_to_num(answer.ground.residents[row]), answer.ground.name[row]))
    names = [answer.ground.name[row] for row in order]
    if len(names) <= NAMED + 1:
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"


def _people(answer: AccessAnswer, rows: list[int]) -> str:
    residents = f"{number(float(np.nansum(answer.ground.residents[rows])))} residents"
    if not answer.overdose_unit:
        return residents
    known = answer.ground.overdoses[rows]
    if np.isnan(known).all():
        return f"{residents} (their overdoses are not known)"
    least = "at least " if np.isnan(known).any() else ""
    return f"{least}{number(float(np.nansum(known)))} {answer.overdose_unit} and {residents}"


def _share(answer: AccessAnswer, reached: list[int], rows: list[int]) -> str:
    if len(reached) == len(rows):
        return "all of them" if len(rows) > 1 else "it"
    return f"{number(len(reached))} of the {number(len(rows))} towns: {_people(answer, reached)}" if reached else "none"


def _towns(count: int, kind: str = "neighbouring ") -> str:
    return "1 town" if count == 1 else f"{number(count)} {kind}towns"
