"""What may be used of a partner's or a source's numbers, by whom and until when. Knows no store and no clock."""

from dashboard.agreements.agreement import (
    PART2_NOTICE,
    Agreement,
    Asker,
    Audience,
    OnExpiry,
    Signature,
    Standing,
    Unit,
)
from dashboard.agreements.book import Book
from dashboard.agreements.decide import Decision, Request, decide, strictest
from dashboard.agreements.question import Question

__all__ = ["PART2_NOTICE", "Agreement", "Asker", "Audience", "Book", "Decision", "OnExpiry", "Question", "Request",
           "Signature", "Standing", "Unit", "decide", "strictest"]  # fmt: skip
