"""Whatever happens in whatever order: nothing is overwritten, nobody approves their own, and the history is whole.

Hypothesis writes, decides, publishes and takes files in as it likes, against a model of a few lines that knows what
each proposal says and what the store has. `RUNS` says how many runs.
"""

import os
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from faq.changes import Change
from faq.kinds import FAQ
from faq.models import EntryId, FaqEntry
from faq.record_cells import record_of
from store import editions, history, keeping, knowledge, proposals, publishing, records, rolling_back
from store.audit import COMMAND, SERVICE
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.migrations import create_in_memory
from store.proposals import (
    HOLDS,
    NOT_YET,
    AuthorCannotApprove,
    Broken,
    Conflict,
    Floor,
    NeedsApprover,
    NothingChanges,
    Proposal,
    ProposalId,
    Refusal,
    State,
)
from store.publishing import Published
from store.sight import AccountId, Role, Viewer
from tests.store.editors import ENTRY, WHY, change, editor
from tests.store.town import NOON

RUNS, STEPS = int(os.environ.get("RUNS", "25")), 40
DATABASE = Database("sqlite://", Keyring.parse(random_key_text()))
create_in_memory(DATABASE)
KEYS = ("a", "b", "c")
OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED)


def entry(key: str, answer: int) -> FaqEntry:
    return replace(
        ENTRY, id=EntryId(key), question=f"{key}の質問ですか", phrasings=(), answer=f"答え{answer}"
    )


@dataclass(slots=True)
class Known:
    """What the model knows of a proposal."""

    state: State
    changes: tuple[Change, ...]
    authors: set[AccountId]
    version: int = 1
    publish_at: datetime | None = None
    approved: tuple[int, AccountId] | None = None
    """The version that was approved, and by whom."""
    seen: list[int] = field(default_factory=lambda: [1])


WHO = st.integers(0, 3)
WHICH = st.integers(0, 99)
KEY = st.sampled_from(KEYS)
ANSWER = st.one_of(st.none(), st.integers(0, 2))
"""None: the record goes."""


class Desk(RuleBasedStateMachine):
    @initialize()
    def open(self) -> None:
        self.now = NOON
        self.stack = ExitStack()
        self.tx = self.stack.enter_context(DATABASE.write())
        roles = (Role.STAFF, Role.STAFF, Role.APPROVER, Role.ADMIN)
        self.people = [editor(self.tx, f"p{number}", role) for number, role in enumerate(roles)]
        self.known: dict[ProposalId, Known] = {}
        self.stored: dict[str, FaqEntry] = {}
        self.noted = 0

    def teardown(self) -> None:
        self.tx.connection.rollback()
        self.stack.close()

    # The model

    def pick(self, which: int) -> tuple[ProposalId, Known]:
        return list(self.known.items())[which % len(self.known)]

    def wanted(self, key: str, answer: int | None, base: FaqEntry | None) -> list[Change]:
        after = None if answer is None else entry(key, answer)
        return [] if base is None and after is None else [change(base, after)]

    def fits(self, changes: tuple[Change, ...] | list[Change]) -> bool:
        return all(self.stored.get(each.key) == each.before for each in changes)

    def expect(self, found: Proposal | Refusal, refusals: list[bool]) -> bool:
        """Whether it went well, as it has to where nothing speaks against it."""
        assert isinstance(found, Proposal) == (not any(refusals)), (found, refusals)
        return isinstance(found, Proposal)

    # What people do

    @rule(who=WHO, key=KEY, answer=ANSWER, stale=st.booleans())
    def write(self, who: int, key: str, answer: int | None, stale: bool) -> None:
        base = entry(key, 9) if stale else self.stored.get(key)
        changes = self.wanted(key, answer, base)
        nothing = not any(each.before != each.after for each in changes)
        found = proposals.draft(self.tx, self.people[who], changes, WHY, None, self.now)
        if self.expect(found, [nothing, not self.fits(changes)]):
            assert isinstance(found, Proposal)
            self.known[found.id] = Known(State.DRAFT, found.changes, {self.people[who].account})
        elif nothing:
            assert found == NothingChanges()
        else:
            assert isinstance(found, Conflict)

    @precondition(lambda self: self.known)
    @rule(who=WHO, which=WHICH, key=KEY, answer=st.integers(0, 2), behind=st.booleans())
    def write_again(self, who: int, which: int, key: str, answer: int, behind: bool) -> None:
        proposal, known = self.pick(which)
        version = max(1, known.version - behind)
        changes = self.wanted(key, answer, self.stored.get(key))
        nothing = not any(each.before != each.after for each in changes)
        by = self.people[who]
        found = proposals.revise(self.tx, by, proposal, version, changes, WHY, self.now)
        if self.expect(found, [version != known.version, known.state not in OPEN, nothing]):
            known.state, known.changes, known.version = State.DRAFT, tuple(changes), known.version + 1
            known.authors.add(by.account)

    @precondition(lambda self: self.known)
    @rule(who=WHO, which=WHICH)
    def hand_in(self, who: int, which: int) -> None:
        proposal, known = self.pick(which)
        found = proposals.submit(self.tx, self.people[who], proposal, known.version, self.now)
        if self.expect(found, [known.state is not State.DRAFT, not self.fits(known.changes)]):
            known.state = State.SUBMITTED

    @precondition(lambda self: self.known)
    @rule(
        who=WHO, which=WHICH, behind=st.booleans(), hours=st.integers(0, 2),
        floor=st.sampled_from([HOLDS, HOLDS, HOLDS, NOT_YET, Broken(), Broken("法律が変わった")]),
    )  # fmt: skip
    def approve(self, who: int, which: int, behind: bool, hours: int, floor: Floor) -> None:
        proposal, known = self.pick(which)
        by, version = self.people[who], max(1, known.version - behind)
        at = self.now + timedelta(hours=hours) if hours else None
        found = proposals.approve(self.tx, by, proposal, version, at, floor, self.now)
        passes = floor is HOLDS or (isinstance(floor, Broken) and floor.reason and by.role is Role.ADMIN)
        against = [
            version != known.version,
            by.role is Role.STAFF,
            by.account in known.authors,
            known.state is not State.SUBMITTED,
            not passes,
            not self.fits(known.changes),
        ]
        if self.expect(found, against):
            known.state, known.publish_at = State.APPROVED, at or self.now
            known.approved = known.version, by.account
        elif version == known.version and by.role is Role.STAFF:
            assert found == NeedsApprover()
        elif version == known.version and by.account in known.authors:
            assert found == AuthorCannotApprove()

    @precondition(lambda self: self.known)
    @rule(who=WHO, which=WHICH)
    def send_back(self, who: int, which: int) -> None:
        proposal, known = self.pick(which)
        by = self.people[who]
        found = proposals.send_back(self.tx, by, proposal, known.version, "出典がない", self.now)
        undecided = known.state not in (State.SUBMITTED, State.APPROVED)
        if self.expect(found, [by.role is Role.STAFF, by.account in known.authors, undecided]):
            known.state = State.RETURNED

    @precondition(lambda self: self.known)
    @rule(who=WHO, which=WHICH)
    def withdraw(self, who: int, which: int) -> None:
        proposal, known = self.pick(which)
        found = proposals.withdraw(self.tx, self.people[who], proposal, known.version, self.now)
        if self.expect(found, [known.state in (State.PUBLISHED, State.WITHDRAWN)]):
            known.state = State.WITHDRAWN

    @precondition(lambda self: self.noted)
    @rule(who=WHO, which=WHICH)
    def lead_back(self, who: int, which: int) -> None:
        by = self.people[who]
        some = history.recent(self.tx, by, 100)
        (revision,) = history.of_edition(self.tx, by, some[which % len(some)].id)
        before = record_of(FAQ, revision.before) if revision.before else None
        found = rolling_back.roll_back(self.tx, by, revision.id, WHY, self.now)
        if self.expect(found, [self.stored.get(revision.key) == before]):
            assert isinstance(found, Proposal)
            assert [each.after for each in found.changes] == [before]
            self.known[found.id] = Known(State.DRAFT, found.changes, {by.account})

    # What happens by itself

    @rule()
    def publish(self) -> None:
        for proposal in publishing.due(self.tx, self.now):
            known = self.known[proposal]
            assert known.state is State.APPROVED
            assert known.approved is not None
            assert known.approved[0] == known.version, "what was approved is what is published"
            assert known.approved[1] not in known.authors
            assert known.publish_at is not None
            assert known.publish_at <= self.now
            found = publishing.publish(self.tx, proposal, SERVICE, self.now)
            assert isinstance(found, Published) == self.fits(known.changes), found
            known.state = State.PUBLISHED if isinstance(found, Published) else State.RETURNED
            if isinstance(found, Published):
                self.make(known.changes)

    @rule(key=KEY, answer=ANSWER)
    def take_in_a_file(self, key: str, answer: int | None) -> None:
        changes = self.wanted(key, answer, self.stored.get(key))
        if any(each.before != each.after for each in changes):
            keeping.amend(self.tx, knowledge.kept_of("faq"), changes, self.now)
            editions.note(self.tx, changes, COMMAND, "ファイル", None, self.now)
            self.make(changes)

    @rule(minutes=st.sampled_from([1, 59, 61]))
    def let_time_pass(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def make(self, changes: tuple[Change, ...] | list[Change]) -> None:
        self.noted += 1
        for each in changes:
            if each.after is None:
                del self.stored[each.key]
            else:
                self.stored[each.key] = each.after

    # What always holds

    @invariant()
    def the_store_has_what_was_published(self) -> None:
        if hasattr(self, "tx"):
            assert records.named(self.tx, "faq", KEYS) == self.stored

    @invariant()
    def proposals_stand_where_they_should(self) -> None:
        for proposal, known in getattr(self, "known", {}).items():
            found = proposals.find(self.tx, self.people[3], proposal)
            assert found is not None
            there = found.state, found.changes, found.version, found.authors
            assert there == (known.state, known.changes, known.version, known.authors)

    @invariant()
    def the_history_leads_to_the_present(self) -> None:
        if not hasattr(self, "tx"):
            return
        admin: Viewer = self.people[3]
        told: dict[str, FaqEntry] = {}
        for edition in reversed(history.recent(self.tx, admin, 1_000)):
            for each in history.of_edition(self.tx, admin, edition.id):
                before = record_of(FAQ, each.before) if each.before else None
                assert told.get(each.key) == before, "no change is left out"
                after = record_of(FAQ, each.after) if each.after else None
                told |= {each.key: after} if isinstance(after, FaqEntry) else {}
                if after is None:
                    del told[each.key]
        assert told == self.stored


Desk.TestCase.settings = settings(
    max_examples=RUNS,
    stateful_step_count=STEPS,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
test_whatever_happens = Desk.TestCase
