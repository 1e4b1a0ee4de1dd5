"""Pages are asked here by whoever sits at the computer that serves; what others get is tested where people are."""

from collections.abc import Iterator

import pytest

from dashboard.people import AT_THIS_COMPUTER, act_as


@pytest.fixture(autouse=True)
def _at_this_computer() -> Iterator[None]:
    with act_as(AT_THIS_COMPUTER):
        yield
