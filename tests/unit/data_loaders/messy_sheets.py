"""Sixty partner sheets, messy as real ones are, made by code with the observations they must give."""

import sheets_fiscal
import sheets_later
import sheets_long
import sheets_other
import sheets_wide
from sheets_truth import Messy

MESSY: tuple[Messy, ...] = (
    *sheets_wide.CASES,
    *sheets_fiscal.CASES,
    *sheets_later.CASES,
    *sheets_long.CASES,
    *sheets_other.CASES,
)
