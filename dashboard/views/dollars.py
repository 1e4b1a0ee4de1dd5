"""Dollars as people write them."""

from __future__ import annotations

from babel.numbers import format_currency

LOCALE = "en_US"
NOT_TOLD = "not reported"


def dollars(amount: float | None) -> str:
    """`$34,623`, with cents only where there are some; "not reported" for None, which is not the same as $0."""
    if amount is None:
        return NOT_TOLD
    form = "¤#,##0" if round(amount, 2) == int(amount) else "¤#,##0.00"
    return str(format_currency(amount, "USD", format=form, locale=LOCALE, currency_digits=False))
