"""Partners' sheets of sixty shapes: understood with at most three choices, and with none the next month."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from messy_sheets import MESSY
from sheets_truth import GEOIDS, Built, Expected, Messy

from dashboard import gazetteer
from dashboard.domain import Period
from dashboard.indicators import registry
from data_loaders.contract import Context, Problem
from data_loaders.places import PlaceIndex
from data_loaders.sheets.known import Known
from data_loaders.sheets.mapping import SheetMapping
from data_loaders.sheets.problems import SheetReport
from data_loaders.sheets.proposal import Proposal, answer, propose
from data_loaders.sheets.reading import read_sheet

TODAY = date(2026, 11, 22)
MOST_CHOICES = 3
BOTH = [gazetteer.towns(state) for state in ("MA", "CT")]
PLACES = PlaceIndex(*([*one, *other] for one, other in zip(*BOTH, strict=True)))


@dataclass
class Outcome:
    """What became of one file: the choices made, what was read, what was wrong."""

    choices: int = 0
    unforeseen: list[str] = field(default_factory=list)
    mapping: SheetMapping | None = None
    read: Expected = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def bring(messy: Messy, built: Built, remembered: dict[str, SheetMapping]) -> Outcome:
    """What happens to a file when the person who brings it answers as they know."""
    outcome = Outcome()
    known = Known(PLACES, registry().measures, "river_valley", TODAY, remembered=remembered, file=built.file)
    proposal = propose(built.sheets, known)
    while proposal.questions and outcome.choices < 10:
        proposal = _answered(messy, proposal, outcome)
    outcome.mapping = proposal.mapping
    if proposal.mapping is not None:
        kept = SheetMapping.from_json(proposal.mapping.to_json())
        report = SheetReport(built.file)
        rows = read_sheet(built.sheets, kept, Context(PLACES, TODAY), report).observations
        outcome.problems = report.problems
        for measure, geoid, start, end, stratum, basis, value, state in zip(
            rows.measure,
            rows.geoid,
            rows.start,
            rows.end,
            rows.stratum,
            rows.basis,
            rows.value,
            rows.state,
            strict=True,
        ):
            key = (measure, geoid, str(Period(start, end)), stratum, str(basis))
            outcome.read[key] = str(state) if value is None else value
    return outcome


def _answered(messy: Messy, proposal: Proposal, outcome: Outcome) -> Proposal:
    question = proposal.questions[0]
    told = messy.answers.get(question.id.split("-")[0], "")
    if not told:
        outcome.unforeseen.append(f"{question.id}: {question.text}")
    outcome.choices += 1
    told = GEOIDS.get(told, told) or question.options[0][0]
    assert told in dict(question.options), question
    return answer(proposal, {question.id: told})


def faults_of(messy: Messy) -> list[str]:
    """What is not as it should be in the two months of a file; [] where all is well."""
    found, remembered = [], dict[str, SheetMapping]()
    for which, months, most in (("first", messy.first, MOST_CHOICES), ("second", messy.second, 0)):
        built = messy.build(months)
        outcome = bring(messy, built, remembered)
        if outcome.choices > most or outcome.unforeseen:
            found.append(f"{which}: {outcome.choices} choices {outcome.unforeseen}")
        if outcome.read != built.expected or outcome.problems:
            found.append(f"{which}: read {len(outcome.read)} of {len(built.expected)}; {outcome.problems[:3]}")
        if outcome.mapping is not None:
            remembered = {outcome.mapping.fingerprint: outcome.mapping}
    return found


@pytest.mark.parametrize("messy", MESSY, ids=lambda messy: messy.name)
def test_a_messy_sheet_gives_its_numbers_after_three_choices_and_none_the_next_month(messy: Messy) -> None:
    assert faults_of(messy) == []


def test_there_are_at_least_sixty_messy_sheets_and_no_two_are_the_same() -> None:
    assert len({messy.name for messy in MESSY}) == len(MESSY) >= 60
    built = [tuple(messy.build(messy.first).sheets) for messy in MESSY]
    assert len(set(built)) == len(built)


def test_few_of_them_need_any_choice() -> None:
    asked = [messy.name for messy in MESSY if messy.answers]
    assert len(asked) * 2 < len(MESSY)
