"""The steps of a proposal: each stage that it reached, on which day, by whose decision, with which words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NewType

import sqlalchemy as sa

from store import collaboration_words
from store.collaboration_stages import NEW, Stage
from store.collaborations import CollaborationId
from store.db import Tx
from store.sight import AccountId
from store.tables import accounts, collaboration_keys, collaboration_steps, notices

StepId = NewType("StepId", int)


@dataclass(frozen=True, slots=True)
class Step:
    """One stage that was reached."""

    id: StepId
    collaboration: CollaborationId
    number: int
    """The first is 1."""
    stage: Stage
    on: date
    """The day on which it was so, in Japan: that of the decision, where somebody noted it later."""
    at: datetime
    """When it was noted."""
    by: AccountId | None
    """Who noted it; None: the proposer, or the service."""
    by_shown: str
    decided_by: str
    """Who decided it, as the city says it (市長); empty where nobody had to."""
    words: str
    """For the proposer, masked; empty where there are none, or no longer."""
    next_decides: str
    next_due_on: date | None
    untold: bool
    """Whether the proposer is still to be told of it."""


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step as it is taken."""

    stage: Stage
    on: date
    decided_by: str = ""
    words: str = ""
    next_decides: str = ""
    next_due_on: date | None = None


def of_collaboration(tx: Tx, which: CollaborationId) -> tuple[Step, ...]:
    """All of them, in order."""
    return _read(tx, collaboration_steps.c.collaboration_id == which)


def find(tx: Tx, which: StepId) -> Step | None:
    """One of them; None where it was taken back."""
    return next(iter(_read(tx, collaboration_steps.c.id == which)), None)


def _read(tx: Tx, which: sa.ColumnElement[bool]) -> tuple[Step, ...]:
    step = collaboration_steps.c
    told = sa.and_(notices.c.collaboration_step_id == step.id, notices.c.state == "planned")
    query = (
        sa.select(
            collaboration_steps,
            accounts.c.shown,
            collaboration_keys.c.wrapped,
            sa.exists().where(told).label("untold"),
        )
        .join(accounts, accounts.c.id == step.by_id, isouter=True)
        .join(
            collaboration_keys, collaboration_keys.c.collaboration_id == step.collaboration_id, isouter=True
        )
        .where(which)
        .order_by(step.collaboration_id, step.number)
    )
    return tuple(_step(tx, row) for row in tx.connection.execute(query))


def add(
    tx: Tx, which: CollaborationId, number: int, draft: StepDraft, by: AccountId | None, now: datetime
) -> StepId:
    """Takes a step after so many. The database refuses one that may not follow (`sqlalchemy.exc.IntegrityError`)."""
    key = collaboration_words.key_of(tx, which)
    words = collaboration_words.sealed(key, which, draft.words, _purpose(number)) if key else None
    before = NEW if number == 1 else _stage_of(tx, which, number - 1)
    made = tx.connection.execute(
        collaboration_steps.insert().values(
            collaboration_id=which,
            number=number,
            after_number=None if number == 1 else number - 1,
            before=before,
            stage=draft.stage.value,
            on_day=draft.on,
            at=now,
            by_id=by,
            decided_by=draft.decided_by,
            words=words,
            next_decides=draft.next_decides,
            next_due_on=draft.next_due_on,
        )
    ).inserted_primary_key
    assert made is not None
    return StepId(made[0])


def remove(tx: Tx, step: StepId) -> None:
    """As if it had not been taken; its notice goes with it."""
    tx.connection.execute(collaboration_steps.delete().where(collaboration_steps.c.id == step))


def replan(tx: Tx, step: StepId, decides: str, due_on: date | None) -> None:
    """Says anew who decides upon what comes next, and by when."""
    this = collaboration_steps.c.id == step
    tx.connection.execute(
        collaboration_steps.update().where(this).values(next_decides=decides, next_due_on=due_on)
    )


def _stage_of(tx: Tx, which: CollaborationId, number: int) -> str:
    step = collaboration_steps.c
    query = sa.select(step.stage).where(step.collaboration_id == which, step.number == number)
    return str(tx.connection.execute(query).scalar_one())


def _purpose(number: int) -> str:
    return f"{collaboration_words.STEP}:{number}"


def _step(tx: Tx, row: sa.Row[Any]) -> Step:
    which = row.collaboration_id
    key = collaboration_words.unwrapped(tx, which, row.wrapped)
    return Step(
        id=StepId(row.id),
        collaboration=CollaborationId(row.collaboration_id),
        number=row.number,
        stage=Stage(row.stage),
        on=row.on_day,
        at=row.at,
        by=None if row.by_id is None else AccountId(row.by_id),
        by_shown=row.shown or "",
        decided_by=row.decided_by,
        words=collaboration_words.opened(key, which, row.words, _purpose(row.number)),
        next_decides=row.next_decides,
        next_due_on=row.next_due_on,
        untold=row.untold,
    )
