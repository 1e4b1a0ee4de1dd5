"""The three forms in which the examiner has published the same list: which column says what in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data_loaders.contract import Report


@dataclass(frozen=True)
class PlaceColumns:
    """The columns that say where: town or village, county, state, and a cell with a point (which is not used)."""

    city: str
    county: str
    state: str
    point: str = ""


@dataclass(frozen=True)
class Schema:
    """One published form. `opioids` are the drug columns that make a death opioid-related where the flag is blank.

    `substances` maps a group to the columns that put a death in it; a group whose column a form lacks is absent.
    `unread` are known columns that are never looked at: causes, descriptions and places of death.
    """

    name: str
    age: str
    sex: str
    race: str
    residence: PlaceColumns
    injury: PlaceColumns | None
    any_opioid: str
    opioids: tuple[str, ...]
    substances: Mapping[str, tuple[str, ...]]
    unread: tuple[str, ...]
    ethnicity: str = ""
    date_type: str = ""
    date: str = "Date"

    @property
    def place_columns(self) -> tuple[PlaceColumns, ...]:
        """Residence, and injury where the form has it."""
        return (self.residence, self.injury) if self.injury else (self.residence,)

    @property
    def drugs(self) -> tuple[str, ...]:
        """All drug columns read, in a fixed order."""
        return tuple(dict.fromkeys((*self.opioids, *(name for names in self.substances.values() for name in names))))

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns read; a file of this form has every one of them."""
        single = (self.date, self.date_type, self.age, self.sex, self.race, self.ethnicity, self.any_opioid)
        places = [(place.city, place.county, place.state, place.point) for place in self.place_columns]
        return tuple(name for name in (*single, *(cell for row in places for cell in row), *self.drugs) if name)


CURRENT = Schema(
    name="current form (Date Type, Ethnicity, Injury City)",
    date_type="Date Type",
    age="Age",
    sex="Sex",
    race="Race",
    ethnicity="Ethnicity",
    residence=PlaceColumns("Residence City", "Residence County", "Residence State", "ResidenceCityGeo"),
    injury=PlaceColumns("Injury City", "Injury County", "Injury State", "InjuryCityGeo"),
    any_opioid="Any Opioid",
    opioids=(
        "Heroin", "Heroin death certificate (DC)", "Fentanyl", "Fentanyl Analogue", "Oxycodone", "Oxymorphone",
        "Hydrocodone", "Methadone", "Tramad", "Hydromorphone", "Morphine (Not Heroin)", "Opiate NOS",
        "Heroin/Morph/Codeine", "Other Opioid",
    ),
    substances={
        "fentanyl": ("Fentanyl", "Fentanyl Analogue"),
        "heroin": ("Heroin", "Heroin death certificate (DC)"),
        "cocaine": ("Cocaine",),
        "stimulants": ("Cocaine", "Meth/Amphetamine", "Amphet"),
        "xylazine": ("Xylazine",),
        "benzodiazepine": ("Benzodiazepine",),
        "alcohol": ("Ethanol",),
    },
    unread=(
        "Injury Place", "Description of Injury", "Death City", "Death County", "Death State", "Location",
        "Location if Other", "Cause of Death", "Manner of Death", "Other Significant Conditions", "Gabapentin",
        "Other", "DeathCityGeo",
    ),
)  # fmt: skip

OLDER = Schema(
    name="2012-2018 form (ResidenceCity, InjuryCity)",
    date_type="DateType",
    age="Age",
    sex="Sex",
    race="Race",
    residence=PlaceColumns("ResidenceCity", "ResidenceCounty", "ResidenceState", "ResidenceCityGeo"),
    injury=PlaceColumns("InjuryCity", "InjuryCounty", "InjuryState", "InjuryCityGeo"),
    any_opioid="AnyOpioid",
    opioids=(
        "Heroin", "Fentanyl", "FentanylAnalogue", "Oxycodone", "Oxymorphone", "Hydrocodone", "Methadone", "Tramad",
        "Morphine_NotHeroin", "Hydromorphone", "OpiateNOS",
    ),
    substances={
        "fentanyl": ("Fentanyl", "FentanylAnalogue"),
        "heroin": ("Heroin",),
        "cocaine": ("Cocaine",),
        "stimulants": ("Cocaine", "Amphet"),
        "benzodiazepine": ("Benzodiazepine",),
        "alcohol": ("Ethanol",),
    },
    unread=(
        "ID", "DeathCity", "DeathCounty", "Location", "LocationifOther", "DescriptionofInjury", "InjuryPlace", "COD",
        "OtherSignifican", "Other", "MannerofDeath", "DeathCityGeo", "Town Index",
    ),
)  # fmt: skip

OLDEST = Schema(
    name="2012-2017 form (CaseNumber, no town of injury)",
    age="Age",
    sex="Sex",
    race="Race",
    residence=PlaceColumns("Residence City", "Residence County", "Residence State"),
    injury=None,
    any_opioid="Any Opioid",
    opioids=(
        "Heroin", "Fentanyl", "Oxycodone", "Oxymorphone", "Hydrocodone", "Methadone", "Tramad",
        "Morphine (not heroin)",
    ),
    substances={
        "fentanyl": ("Fentanyl",),
        "heroin": ("Heroin",),
        "cocaine": ("Cocaine",),
        "stimulants": ("Cocaine", "Amphet"),
        "benzodiazepine": ("Benzodiazepine",),
        "alcohol": ("EtOH",),
    },
    unread=(
        "CaseNumber", "Death City", "Death State", "Death County", "Location", "DescriptionofInjury", "InjuryPlace",
        "ImmediateCauseA", "Other", "MannerofDeath", "AmendedMannerofDeath", "DeathLoc",
    ),
)  # fmt: skip

SCHEMAS = (CURRENT, OLDER, OLDEST)


def looks_like_examiner(header: Sequence[str]) -> bool:
    """Whether a header is of this publication, in a known form or one changed a little (at least 60% of one form)."""
    return _share(header, nearest(header)) >= 0.6


def nearest(header: Sequence[str]) -> Schema:
    """The form that shares most columns with a header."""
    return max(SCHEMAS, key=lambda schema: _share(header, schema))


def check(header: Sequence[str], report: Report) -> Schema | None:
    """The form of a header, or None after a problem for each column that is missing or new."""
    names = [name.strip() for name in header]
    schema = nearest(names)
    missing = [name for name in schema.columns if name not in names]
    added = [name for name in names if name and name not in schema.columns and name not in schema.unread]
    for name in missing:
        rule = f"The {schema.name} has a column '{name}'; it is missing."
        report.problem(rule, "Restore the column, or ask for the file in a form that has it.", row=1, column=name)
    for name in added:
        report.problem(
            f"The column '{name}' is new: nobody has said yet what it means for the count of opioid deaths.",
            "Remove the column, or have it added to data_loaders/sources/examiner/schemas.py.",
            row=1,
            column=name,
        )
    return None if missing or added else schema


def _share(header: Sequence[str], schema: Schema) -> float:
    names = {name.strip() for name in header}
    known = {*schema.columns, *schema.unread}
    return len(names & known) / len(known)
