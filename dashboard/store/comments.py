"""What partners say of their own numbers, and what the coalition answers; nothing is ever changed or removed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Engine, RowMapping, insert, select

from dashboard.agreements.question import Question
from dashboard.errors import InvalidQuery
from dashboard.people.chain import Event
from dashboard.periods import Period
from dashboard.store.audit_log import append
from dashboard.store.engine import get_setting, set_setting
from dashboard.store.schema_comments import comment, comment_answer
from dashboard.store.writer import take_turn

VERSION = "comments_version"
LONGEST_WORDS = 1200


class Status(StrEnum):
    """Where a comment stands. Answered is not settled: the partner's question stands until they have talked."""

    OPEN = "open"
    ANSWERED = "answered"
    SETTLED = "settled"


@dataclass(frozen=True)
class Answer:
    """What was said to a comment, by whom and when (UTC, naive), and where the comment stands since."""

    status: Status
    words: str
    who: str
    made_at: datetime


@dataclass(frozen=True)
class Comment:
    """A comment on a number (indicator and period), a month (period) or a load; `id` 0 before it is saved.

    `hold` asks to talk before anything is decided on it.
    """

    coalition: str
    partner: str
    words: str
    hold: bool = False
    indicator: str = ""
    period: str = ""
    load: int = 0
    who: str = ""
    made_at: datetime | None = None
    id: int = 0
    answers: tuple[Answer, ...] = field(default=())

    @property
    def status(self) -> Status:
        """Where it stands."""
        return self.answers[-1].status if self.answers else Status.OPEN


def save_comment(engine: Engine, told: Comment, *, now: datetime) -> Comment:
    """Save a comment and return it with its number; InvalidQuery for one without words or about no period."""
    words = told.words.strip()[:LONGEST_WORDS]
    if not words:
        raise InvalidQuery("The comment says nothing yet. Nothing was saved.")
    if told.period:
        Period.parse(told.period)
    with engine.execution_options(writes=True).begin() as connection:
        take_turn(connection)
        row = {"coalition_id": told.coalition, "partner": told.partner, "indicator": told.indicator,
               "period": told.period, "load_id": told.load, "hold": told.hold, "words": words, "who": told.who,
               "made_at": now}  # fmt: skip
        id_ = int(connection.execute(insert(comment).values(**row).returning(comment.c.id)).scalar_one())
        _changed(connection)
        append(
            connection, Event("comment", told.partner, told=f"comment {id_}{', hold' if told.hold else ''}"), now=now
        )
        return _one(connection, id_)


def answer_comment(engine: Engine, id_: int, answer: Answer, *, partner: str) -> Comment:
    """Answer a comment of a partner, or settle it; InvalidQuery when there is no such, or it is settled already."""
    with engine.execution_options(writes=True).begin() as connection:
        take_turn(connection)
        known = _one(connection, id_)
        if known.partner != partner:
            raise InvalidQuery(f"Comment {id_} is not one of this partner's.")
        if known.status is Status.SETTLED:
            raise InvalidQuery(f"Comment {id_} is settled already. Nothing was changed.")
        if answer.status is Status.ANSWERED and not answer.words.strip():
            raise InvalidQuery("The answer says nothing yet. Nothing was saved.")
        connection.execute(insert(comment_answer).values(
            comment_id=id_, number=len(known.answers) + 1, coalition_id=known.coalition, status=answer.status.value,
            words=answer.words.strip()[:LONGEST_WORDS], who=answer.who, made_at=answer.made_at,
        ))  # fmt: skip
        _changed(connection)
        told = Event("answer a comment", partner, told=f"comment {id_}, {answer.status}")
        append(connection, told, now=answer.made_at)
        return _one(connection, id_)


def comments(engine: Engine, partner: str, *, coalition: str) -> tuple[Comment, ...]:
    """Every comment of a partner, the newest first."""
    mine = (comment.c.partner == partner, comment.c.coalition_id == coalition)
    with engine.connect() as connection:
        rows = connection.execute(select(comment).where(*mine).order_by(comment.c.id.desc())).mappings().all()
        return tuple(_read(connection, row) for row in rows)


def open_questions(engine: Engine) -> tuple[Question, ...]:
    """What partners want to talk about first, of every coalition: comments to hold that are not settled."""
    with engine.connect() as connection:
        rows = connection.execute(select(comment).where(comment.c.hold).order_by(comment.c.id)).mappings().all()
        found = (_read(connection, row) for row in rows)
        return tuple(
            Question(one.coalition, one.partner, one.indicator, Period.parse(one.period) if one.period else None,
                     one.load)
            for one in found if one.status is not Status.SETTLED
        )  # fmt: skip


def comments_version(engine: Engine) -> str:
    """A text that changes whenever something is said."""
    with engine.connect() as connection:
        return get_setting(connection, VERSION) or "0"


def _changed(connection: Connection) -> None:
    set_setting(connection, VERSION, str(int(get_setting(connection, VERSION) or 0) + 1))


def _one(connection: Connection, id_: int) -> Comment:
    row = connection.execute(select(comment).where(comment.c.id == id_)).mappings().first()
    if row is None:
        raise InvalidQuery(f"There is no comment {id_}.")
    return _read(connection, row)


def _read(connection: Connection, row: RowMapping) -> Comment:
    query = select(comment_answer).where(comment_answer.c.comment_id == row["id"]).order_by(comment_answer.c.number)
    answers = tuple(
        Answer(Status(each["status"]), each["words"], each["who"], each["made_at"])
        for each in connection.execute(query).mappings()
    )
    return Comment(
        row["coalition_id"], row["partner"], row["words"], bool(row["hold"]), row["indicator"], row["period"],
        row["load_id"], row["who"], row["made_at"], row["id"], answers,
    )  # fmt: skip
