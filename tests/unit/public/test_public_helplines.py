"""No phone number is said to be checked that nobody has checked."""

import pytest

from public.helplines import Helpline, checked_words, helplines
from public.language import language


def line(name: str, checked_on: str) -> Helpline:
    return Helpline(name.lower(), name, "988", "988", "https://line.example", checked_on)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([line("A", "2026-11-20"), line("B", "2026-10-01")], "Phone numbers last checked: October 1, 2026."),
        ([line("A", "2026-11-20"), line("B", "")],
         "Phone numbers last checked: November 20, 2026. Not checked yet: B."),
        ([line("A", ""), line("B", "")], "Not checked yet: A and B."),
        ([], ""),
    ],
)  # fmt: skip
def test_the_day_of_all_numbers_names_those_that_nobody_has_checked(lines: list[Helpline], said: str) -> None:
    assert checked_words(lines, language("en")) == said


@pytest.mark.parametrize("address", ["/r/1/", "/es/r/1/help/", "/nowhere"])
def test_every_page_says_which_numbers_are_not_checked_yet(client, address: str) -> None:
    page = client.get(address).text
    unchecked = [each.name for each in helplines() if not each.checked_on and not each.states]
    words = language("es" if address.startswith("/es") else "en")
    assert unchecked
    assert all(words.say("lines_unchecked", names=name) in page for name in unchecked)
    assert page.count(words.say("line_unchecked")) == len(unchecked)
