"""Hours a week out of words; expected values by hand."""

import pytest

from dashboard.opening import hours_a_week


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mon-Fri 8-17", 45),
        ("every day 8-20", 84),
        ("Tue and Thu 13-17", 8),
        ("Mon-Sat 6-14", 48),
        ("Mon-Fri 9-5", 40),
        ("Mon, Wed, Fri 9:30-12", 7.5),
        ("Mon-Fri 8-12 and 13-17", 40),
        ("Mon-Fri 8-17, Sat 9-12", 48),
        ("Tuesday 9 am - 5 pm; Thursday 1pm-4pm", 11),
        ("Monday to Friday 8:00 to 16:30", 42.5),
        ("Fri-Mon 10-12", 8),
        ("Sat 22-2", 4),
        ("24/7", 168),
        ("MON – FRI 8–17", 45),
    ],
)
def test_plain_hours_are_added_up(text: str, hours: float) -> None:
    assert hours_a_week(text) == hours


@pytest.mark.parametrize(
    "text",
    ["", "by appointment", "Mon-Fri", "8-17", "Mon-Fri 8-25", "1st Tue 9-12", "Mon-Fri 8-17 (closed holidays)",
     "Mon-Fri 8-17, call first", "Mon 13 pm - 4 pm"],
)  # fmt: skip
def test_what_would_be_a_guess_stays_unknown(text: str) -> None:
    assert hours_a_week(text) is None
