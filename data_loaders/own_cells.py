"""The cells of one row of a coalition's list of sites; what is wrong goes into the report with its row and column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from data_loaders import dates, values
from data_loaders.contract import Report
from data_loaders.site_words import UNKNOWN, known_services, plain, service_of, yes_or_no

ZIP_DIGITS = 5


@dataclass
class Cells:
    """Texts by field; `columns` says which column of the file each stands in."""

    row: int
    told: dict[str, str]
    columns: dict[str, str]
    report: Report
    today: date
    zip_restored: bool = False

    def text(self, field: str) -> str:
        """The text of a field; "" where the file has no such column."""
        return self.told.get(field, "")

    def fault(self, field: str, rule: str, fix: str) -> None:
        """Report a cell."""
        self.report.problem(rule, fix, row=self.row, column=self.columns.get(field, field), value=self.text(field))

    def name(self) -> str:
        """The name of the site."""
        if not self.text("name"):
            self.fault("name", "A site needs a name.", "Fill it in, or remove the row.")
        return self.text("name")

    def services(self) -> tuple[str, ...]:
        """What the site offers, by id; a site with mobile days is a mobile stop too."""
        words = [word.strip() for word in re.split(r"[;,|/+&]|\band\b", self.text("services")) if word.strip()]
        if not words:
            self.fault("services", "A site needs at least one service.", f"Known: {known_services()}.")
        found = []
        for word in words:
            service = service_of(word)
            if service is None:
                self.fault("services", f"'{word}' is not a service we know.", f"Use one of: {known_services()}.")
            else:
                found.append(service)
        if "opioid_treatment_program" in found:
            found.append("methadone")
        if self.text("mobile_days"):
            found.append("mobile")
        return tuple(dict.fromkeys(found))

    def number(self, field: str, *, most: float = float("inf")) -> float | None:
        """A number of zero or more; None where it is unknown."""
        if plain(self.text(field)) in UNKNOWN:
            return None
        try:
            found, _ = values.number(self.text(field))
        except values.BadValue as error:
            self.fault(field, error.rule, error.fix)
            return None
        if found is not None and not 0 <= found <= most:
            limit = f" and at most {most:g}" if most < float("inf") else ""
            self.fault(field, f"The number must be 0 or more{limit}.", "Correct it, or leave it blank.")
            return None
        return found

    def accepting(self) -> bool | None:
        """Whether new people are taken; None where it is unknown."""
        answer = yes_or_no(self.text("accepting"))
        if isinstance(answer, str):
            self.fault("accepting", "Accepting is yes, no or blank.", "Write yes or no.")
            return None
        return answer

    def verified_on(self) -> date | None:
        """The day on which somebody last checked the site; None where nobody did."""
        if plain(self.text("verified_on")) in (*UNKNOWN, "no", "never"):
            return None
        try:
            day = dates.day(self.text("verified_on"))
        except values.BadValue as error:
            self.fault("verified_on", error.rule, error.fix)
            return None
        if day and day > self.today:
            self.fault("verified_on", "The day of verification lies in the future.", "Correct the date.")
            return None
        return day

    def zip(self) -> str:
        """The ZIP code as written, checked; `zip_restored` when its leading zero was lost."""
        text = self.text("zip")
        if text and not re.fullmatch(r"\d{3,5}(\.0)?|\d{7,9}|\d{4,5}-\d{4}", text):
            self.fault("zip", "A ZIP code has five digits.", "Write it like 01301, or leave it blank.")
            return ""
        digits = text.removesuffix(".0").split("-")[0]
        self.zip_restored = bool(digits) and len(digits) < ZIP_DIGITS
        return text.removesuffix(".0")
