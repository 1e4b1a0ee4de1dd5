"""All agreements of a store: which of them stand behind a number of a partner and a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dashboard.agreements.agreement import (
    EVERYTHING,
    UNTIL_ENDED,
    Agreement,
    Audience,
    OnExpiry,
    Signature,
    Unit,
)
from dashboard.agreements.decide import Decision, Request, decide, strictest
from dashboard.domain import Level

PUBLIC_RECORD = frozenset({
    "boundaries", "cdc_vsrr_county", "cdc_vsrr_state", "ct_acs_profile", "ct_addiction_admissions_monthly",
    "ct_medical_examiner", "ct_naloxone_pharmacies", "ct_planning_regions", "ct_population", "ct_treatment_admissions",
    "ct_villages", "gazetteer", "ma_census_towns", "ma_opioid_deaths", "ma_place_names", "ma_population_sex_age",
    "ma_settlement_funds", "opioid_treatment_programs", "samhsa_facilities",
})  # fmt: skip
"""Sources whose publishers print what they publish for everybody."""
DEMONSTRATION = "demonstration"
BUILT_IN = PUBLIC_RECORD | {DEMONSTRATION}
"""Sources that need no agreement of their own: no other source may take their ids."""
OPEN_LICENCES = ("public domain", "public record", "cc0", "cc by", "creative commons", "open data commons", "odc",
                 "pddl", "open government licence")  # fmt: skip
"""How a licence begins that lets anybody use the numbers."""
LONG_AGO = date(1900, 1, 1)


class Book:
    """Agreements by partner and source. `licences` are the licences of each source's loads.

    `partners` are the partners' name and coalitions by id: what a partner agreed with no coalition in particular holds
    for its own.
    """

    def __init__(
        self, agreements: Iterable[Agreement], licences: Mapping[str, Iterable[str]],
        partners: Mapping[str, tuple[str, Sequence[str]]],
    ) -> None:  # fmt: skip
        self._licences = {source: tuple(words) for source, words in licences.items()}
        self._partners = partners
        self.agreements = tuple(own for agreement in agreements for own in self._of_its_coalitions(agreement))

    def decide(self, partner: str, source: str, request: Request) -> Decision:
        """Whether a number of a partner ("" for nobody's own) from a source may be shown."""
        return strictest(
            decide(alternatives, request, whose=whose) for whose, alternatives in self.parents(partner, source)
        )

    def is_part2(self, partner: str, source: str) -> bool:
        """Whether a number of a partner from a source is of treatment records under 42 CFR Part 2."""
        return any(agreement.part2 for _, alternatives in self.parents(partner, source) for agreement in alternatives)

    def hold_hides(self, partner: str, source: str) -> bool:
        """Whether a number is not shown while its partner has a question about it."""
        return any(agreement.hold_hides for _, several in self.parents(partner, source) for agreement in several)

    def name_of(self, partner: str) -> str:
        """The name of a partner; its id where it has none."""
        return self._partners.get(partner, (partner, ()))[0]

    def parents(self, partner: str, source: str) -> list[tuple[str, tuple[Agreement, ...]]]:
        """Who has to have agreed, and the agreements they made: the partner, and the source.

        A partner's number needs the partner's agreement, and the source's too where one was made. Nobody's own number
        needs the source's, which is built in for public sources.
        """
        of_source = tuple(one for one in self.agreements if not one.partner and one.source == source)
        if not partner:
            return [(f"the source '{source}'", of_source or self._built_in(source))]
        of_partner = tuple(one for one in self.agreements if one.partner == partner and one.source in ("", source))
        theirs = [(self.name_of(partner), of_partner)]
        return [*theirs, (f"the source '{source}'", of_source)] if of_source else theirs

    def _of_its_coalitions(self, agreement: Agreement) -> list[Agreement]:
        _, coalitions = self._partners.get(agreement.partner, ("", ()))
        return [replace(agreement, coalition=agreement.coalition or own) for own in coalitions or ("",)]

    def _built_in(self, source: str) -> tuple[Agreement, ...]:
        if source == DEMONSTRATION:
            return (invented(),)
        licences = self._licences.get(source, ())
        is_open = bool(licences) and all(words.casefold().startswith(OPEN_LICENCES) for words in licences)
        return (public_record(source),) if source in PUBLIC_RECORD or is_open else ()


def public_record(source: str) -> Agreement:
    """The agreement behind a source that is published for everybody."""
    return Agreement(
        id=f"public-record-{source}", name=f"the publisher of '{source}'", source=source,
        purpose="Published for everybody to use", indicators=EVERYTHING, finest_place=Level.TOWN,
        finest_period=Unit.DAY, groups=EVERYTHING, audiences=dict.fromkeys(Audience, 0), embargo_days=0,
        valid_from=LONG_AGO, valid_to=UNTIL_ENDED, on_expiry=OnExpiry.HIDE, legal_basis="Public record",
        citation="The publisher's own licence", signatures=(Signature("the publisher, by publishing", LONG_AGO),),
    )  # fmt: skip


def invented() -> Agreement:
    """The agreement behind the demonstration's own numbers: invented, and treated as if they were real.

    The public and law-enforcement members read releases.
    """
    audiences = {Audience.MEMBER: 0, Audience.PUBLIC: 1, Audience.LAW_ENFORCEMENT: 1}
    return Agreement(
        id="demonstration", name="the demonstration", source=DEMONSTRATION, purpose="To show what the program does",
        indicators=EVERYTHING, finest_place=Level.TOWN, finest_period=Unit.DAY, groups=EVERYTHING,
        audiences=audiences, embargo_days=0, valid_from=LONG_AGO, valid_to=UNTIL_ENDED, on_expiry=OnExpiry.HIDE,
        legal_basis="None needed: the numbers are invented", citation="Invented by this program",
        signatures=(Signature("this program", LONG_AGO),),
    )  # fmt: skip
