"""Whatever happens in whatever order: a case is looked after by one person, nothing that was said is lost or told
twice, and nobody does anything to what is not theirs.

Hypothesis hands over, says, takes, answers, sends on, erases and lets time pass as it likes, against a model of a few
lines. `RUNS` says how many runs; 150 on each database were made once by hand.
"""

import os
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from faq.counters import SectionId
from store import (
    case_acts,
    case_answers,
    case_chores,
    case_erasing,
    case_lists,
    case_opening,
    case_saying,
    case_talk,
    notices,
    residents,
)
from store.audit import COMMAND, ByResident
from store.case_answers import In
from store.case_refusals import (
    AlreadyClosed,
    CannotBeTold,
    Changed,
    Gone,
    NotThere,
    TakenBy,
    TooLate,
    TooMany,
)
from store.case_talk import EntryKind
from store.cases import Case, CaseId, Ending, State
from store.db import Database
from store.notices import Notice
from store.residents import ResidentId
from store.sight import AccountId, Role, Viewer
from store.tables import cases as table
from tests.conftest import NOON
from tests.line import HANAKO, TARO
from tests.store.cases import HOKEN, KUMIN, draft, person

RUNS, STEPS = int(os.environ.get("RUNS", "15")), 40
PROMISE = timedelta(hours=4)
WHICH = st.integers(0, 99)
"""Which of the cases that are there."""


@dataclass(slots=True)
class Told:
    """What the model knows of a case."""

    resident: ResidentId | None
    section: SectionId
    state: State = State.NEW
    ending: Ending | None = None
    taken_by: AccountId | None = None
    version: int = 1
    unread: int = 0
    moves: int = 0
    reopened: int = 0
    acted_at: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    erased: bool = False
    talk: list[tuple[EntryKind, str]] = field(default_factory=list)

    def close(self, ending: Ending, now: datetime) -> None:
        self.state, self.ending, self.closed_at = State.CLOSED, ending, now

    def leave(self) -> None:
        self.state, self.taken_by, self.acted_at = State.NEW, None, None

    def wait_again(self, now: datetime) -> None:
        if self.taken_by is None:
            self.leave()
        else:
            self.state, self.acted_at = State.TAKEN, now


def needs_a_case(town: "Town") -> bool:
    return bool(town.cases)


class Town(RuleBasedStateMachine):
    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        self.tx = self.stack.enter_context(self.database.write())
        self.now, self.cases, self.sent = NOON, dict[CaseId, Told](), list[Notice]()
        self.people = [residents.meet(self.tx, who, NOON).id for who in (HANAKO, TARO)]
        self.follows = dict.fromkeys(self.people, True)
        self.staff = [
            person(self.tx, "clerk"),
            person(self.tx, "colleague"),
            person(self.tx, "other", section=HOKEN),
            person(self.tx, "operator", Role.OPERATOR, None),
            person(self.tx, "admin", Role.ADMIN, None),
        ]

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.tx.connection.rollback()
            self.stack.close()

    # What the model says -----------------------------------------------------------------------------

    def pick(self, which: int) -> tuple[CaseId, Told]:
        return list(self.cases.items())[which % len(self.cases)]

    def keeps(self, viewer: Viewer, told: Told) -> bool:
        return viewer.role is Role.ADMIN or (viewer.role is Role.STAFF and viewer.section == told.section)

    def kept(self, viewer: Viewer, told: Told, *, free: bool = True, old: bool = False) -> object:
        """Why the viewer may not; None where they may."""
        if told.erased or not self.keeps(viewer, told):
            return NotThere()
        if told.closed_at is not None:
            return AlreadyClosed(told.closed_at)
        if free and told.taken_by not in (None, viewer.account):
            return TakenBy(next(each.shown for each in self.staff if each.account == told.taken_by))
        return Changed() if old else None

    def reaches(self, told: Told) -> bool:
        return told.resident is not None and self.follows[told.resident]

    # What residents do -------------------------------------------------------------------------------

    @rule(who=st.integers(0, 1), once=st.sampled_from("abcdefg"))
    def open(self, who: int, once: str) -> None:
        by = ByResident(self.people[who])
        theirs = [each for each in self.cases.values() if each.resident == by.resident]
        there = len(self.cases)
        made = case_opening.open_case(self.tx, draft(once), self.now + PROMISE, by, self.now)
        if isinstance(made, TooMany):
            assert sum(each.state is not State.CLOSED for each in theirs) == made.most
        elif made.id not in self.cases:
            self.cases[made.id] = Told(by.resident, KUMIN, talk=[(EntryKind.SAID, draft().words[0])])
            assert len(self.cases) == there + 1
        else:
            assert self.cases[made.id].resident == by.resident

    @precondition(needs_a_case)
    @rule(which=WHICH, who=st.integers(0, 1), words=st.text(min_size=1, max_size=20))
    def say(self, which: int, who: int, words: str) -> None:
        case, told = self.pick(which)
        came = case_saying.say(self.tx, self.people[who], case, words, self.now, self.now + PROMISE)
        if told.resident != self.people[who] or told.state is State.CLOSED:
            assert came == Gone()
            return
        told.talk.append((EntryKind.SAID, words))
        told.unread, told.version = told.unread + 1, told.version + 1
        if told.state is State.ANSWERED:
            told.wait_again(self.now)

    @precondition(needs_a_case)
    @rule(which=WHICH, who=st.integers(0, 1), solved=st.booleans())
    def end(self, which: int, who: int, solved: bool) -> None:
        case, told = self.pick(which)
        act = case_saying.solved if solved else case_saying.withdraw
        came = act(self.tx, self.people[who], case, self.now)
        if told.resident != self.people[who] or told.state is State.CLOSED:
            assert came == Gone()
            return
        told.talk.append((EntryKind.SOLVED if solved else EntryKind.WITHDRAWN, ""))
        told.version += 1
        told.close(Ending.SOLVED if solved else Ending.WITHDRAWN, self.now)

    @precondition(needs_a_case)
    @rule(which=WHICH, who=st.integers(0, 1))
    def reopen(self, which: int, who: int) -> None:
        case, told = self.pick(which)
        came = case_saying.reopen(self.tx, self.people[who], case, self.now + PROMISE, "", self.now)
        if told.resident != self.people[who]:
            assert came == Gone()
        elif told.closed_at is None:
            assert isinstance(came, Case)
        elif self.now > told.closed_at + case_saying.REOPENED_WITHIN:
            assert isinstance(came, TooLate)
        else:
            told.talk.append((EntryKind.REOPENED, ""))
            told.reopened, told.unread, told.version = told.reopened + 1, told.unread + 1, told.version + 1
            told.ending = told.closed_at = None
            told.wait_again(self.now)

    @rule(who=st.integers(0, 1), follows=st.booleans())
    def follow(self, who: int, follows: bool) -> None:
        residents.follow(self.tx, self.people[who], follows)
        self.follows[self.people[who]] = follows

    # What staff do -----------------------------------------------------------------------------------

    @precondition(needs_a_case)
    @rule(which=WHICH, who=st.integers(0, 4))
    def take(self, which: int, who: int) -> None:
        (case, told), viewer = self.pick(which), self.staff[who]
        came = case_acts.take(self.tx, viewer, case, self.now)
        if refused := self.kept(viewer, told):
            assert came == refused
        elif told.taken_by is None:
            told.talk.append((EntryKind.TAKEN, ""))
            told.state, told.taken_by, told.acted_at = State.TAKEN, viewer.account, self.now
            told.version += 1

    @precondition(needs_a_case)
    @rule(which=WHICH, who=st.integers(0, 4))
    def hand_back(self, which: int, who: int) -> None:
        (case, told), viewer = self.pick(which), self.staff[who]
        came = case_acts.hand_back(self.tx, viewer, case, self.now)
        if refused := self.kept(viewer, told, free=viewer.role is not Role.ADMIN):
            assert came == refused
        elif told.state is State.TAKEN:
            told.talk.append((EntryKind.BACK, ""))
            told.version += 1
            told.leave()

    @precondition(needs_a_case)
    @rule(which=WHICH, who=st.integers(0, 4), whom=st.integers(0, 4), old=st.booleans())
    def assign(self, which: int, who: int, whom: int, old: bool) -> None:
        (case, told), viewer, other = self.pick(which), self.staff[who], self.staff[whom]
        came = case_acts.assign(self.tx, viewer, case, told.version - old, other.account, self.now)
        if refused := self.kept(viewer, told, free=False, old=old):
            assert came == refused
        elif not self.keeps(other, told):
            assert came == NotThere()
        else:
            told.talk.append((EntryKind.TAKEN, ""))
            told.state = told.state if told.state is State.ANSWERED else State.TAKEN
            told.taken_by, told.acted_at, told.version = other.account, self.now, told.version + 1

    @precondition(needs_a_case)
    @rule(which=WHICH, who=st.integers(0, 4))
    def note(self, which: int, who: int) -> None:
        (case, told), viewer = self.pick(which), self.staff[who]
        came = case_acts.note(self.tx, viewer, case, "メモ", self.now)
        case_acts.looked(self.tx, viewer, case)
        if told.erased or not self.keeps(viewer, told):
            assert came == NotThere()
            return
        told.talk.append((EntryKind.NOTE, "メモ"))
        if told.taken_by == viewer.account:
            told.acted_at = self.now
        if told.closed_at is None:
            told.unread = 0

    @precondition(needs_a_case)
    @rule(which=WHICH, who=st.integers(0, 4), how=st.sampled_from(In), also=st.booleans(), old=st.booleans())
    def answer(self, which: int, who: int, how: In, also: bool, old: bool) -> None:
        (case, told), viewer = self.pick(which), self.staff[who]
        came = case_answers.answer(
            self.tx, viewer, case, told.version - old, "答え", how, self.now, also_closes=also
        )
        if refused := self.kept(viewer, told, old=old):
            assert came == refused
        elif how in (In.LINE, In.PAGE) and not self.reaches(told):
            assert came == CannotBeTold()
        else:
            self._heard(told, viewer, EntryKind(f"answered_{how}"))
            if also:
                told.close(Ending.SOLVED, self.now)
            else:
                told.state = State.ANSWERED

    def _heard(self, told: Told, viewer: Viewer, kind: EntryKind) -> None:
        told.talk.append((kind, "答え"))
        told.taken_by, told.acted_at, told.answered_at = viewer.account, self.now, self.now
        told.unread, told.version = 0, told.version + 1

    @precondition(needs_a_case)
    @rule(which=WHICH, who=st.integers(0, 4), old=st.booleans())
    def elsewhere(self, which: int, who: int, old: bool) -> None:
        (case, told), viewer = self.pick(which), self.staff[who]
        version = told.version - old
        came = case_answers.elsewhere(self.tx, viewer, case, version, "office", "答え", self.now)
        if refused := self.kept(viewer, told, old=old):
            assert came == refused
        elif not self.reaches(told):
            assert came == CannotBeTold()
        else:
            self._heard(told, viewer, EntryKind.ELSEWHERE)
            told.close(Ending.ELSEWHERE, self.now)

    @precondition(needs_a_case)
    @rule(which=WHICH, who=st.integers(0, 4), to=st.sampled_from([KUMIN, HOKEN]), old=st.booleans())
    def send_on(self, which: int, who: int, to: SectionId, old: bool) -> None:
        (case, told), viewer = self.pick(which), self.staff[who]
        came = case_acts.send_on(self.tx, viewer, case, told.version - old, to, "違い", None, self.now)
        if refused := self.kept(viewer, told, old=old):
            assert came == refused
        elif told.section != to:
            told.talk.append((EntryKind.SENT_ON, "違い"))
            told.section, told.moves, told.version = to, told.moves + 1, told.version + 1
            told.leave()

    @precondition(needs_a_case)
    @rule(which=WHICH, who=st.integers(0, 4), old=st.booleans())
    def close(self, which: int, who: int, old: bool) -> None:
        (case, told), viewer = self.pick(which), self.staff[who]
        ending = Ending.GIVEN_UP
        came = case_acts.close(self.tx, viewer, case, told.version - old, ending, "不通", self.now)
        if refused := self.kept(viewer, told, old=old):
            assert came == refused
        else:
            told.talk.append((EntryKind.CLOSED, "不通"))
            told.version += 1
            told.close(ending, self.now)

    # What happens ------------------------------------------------------------------------------------

    @precondition(needs_a_case)
    @rule(which=WHICH)
    def erase(self, which: int) -> None:
        case, told = self.pick(which)
        assert case_erasing.erase(self.tx, case, COMMAND, self.now) is not told.erased
        if told.erased:
            return
        if told.state is not State.CLOSED:
            told.close(Ending.WITHDRAWN, self.now)
        told.talk = [(kind, "") for kind, _ in told.talk]
        told.resident, told.erased, told.unread = None, True, 0
        told.version += 1

    @rule(hours=st.sampled_from([1, 6, 30, 80, 200]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        while case_chores.is_due(self.tx, self.now):
            case_chores.step(self.tx, self.now)
        lying = case_chores.working_days_before(self.now, case_chores.LEFT_ALONE)
        for told in self.cases.values():
            if told.state is State.TAKEN and told.acted_at is not None and told.acted_at <= lying:
                told.talk.append((EntryKind.BACK, ""))
                told.version += 1
                told.leave()
            elif told.state is State.ANSWERED and told.answered_at <= self.now - case_chores.UNHEARD:
                told.talk.append((EntryKind.CLOSED, ""))
                told.version += 1
                told.close(Ending.UNHEARD, self.now)
        self.sent += notices.claim_due(self.tx, self.now)

    # What always holds -------------------------------------------------------------------------------

    @invariant()
    def it_stands_as_the_model_says(self) -> None:
        if not hasattr(self, "tx"):
            return
        of = table.c
        rows = self.tx.connection.execute(sa.select(table).order_by(of.id)).all()
        assert {row.id: _stands(row) for row in rows} == {
            case: (
                told.state, told.ending, told.taken_by, told.section, told.version, told.unread,
                told.moves, told.reopened, told.answered_at, told.closed_at, told.resident,
            )
            for case, told in self.cases.items()
        }  # fmt: skip

    @invariant()
    def each_sees_their_own_and_all_that_was_said(self) -> None:
        if not hasattr(self, "tx"):
            return
        for viewer in self.staff:
            seen = {case.id for case in case_lists.open_of(self.tx, viewer)}
            assert seen == {
                case
                for case, told in self.cases.items()
                if told.state is not State.CLOSED and self.keeps(viewer, told)
            }
        if self.cases:
            case, told = self.pick(len(self.sent) + sum(len(each.talk) for each in self.cases.values()))
            said = case_talk.talk_of(self.tx, self.staff[-1], case, self.now)
            assert [(entry.kind, entry.words) for entry in said] == told.talk

    @invariant()
    def each_notice_is_told_once(self) -> None:
        if not hasattr(self, "tx"):
            return
        again = Counter((each.about, each.kind) for each in self.sent)
        assert set(again.values()) <= {1}


def _stands(row: sa.Row[tuple[object, ...]]) -> tuple[object, ...]:
    ending = None if row.ending is None else Ending(row.ending)
    return (
        State(row.state), ending, row.taken_by, row.section, row.version, row.unread,
        row.moves, row.reopened, row.answered_at, row.closed_at, row.resident_id,
    )  # fmt: skip


def test_whatever_happens(database: Database) -> None:
    run_state_machine_as_test(
        lambda: Town(database),
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.filter_too_much,
                HealthCheck.data_too_large,
            ],
        ),
    )
