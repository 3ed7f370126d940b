"""Sending a mailing: when, to whom, and what is done about each thing that LINE answers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.city import LiveCity, Sayings
from bot.line import LineClient
from bot.mailing import Mailer
from bot.platform import Platform
from bot.platform.server import Drops, Fails, Server, serve
from bot.platform.talk import UserId
from nlp.language import Language
from store import (
    erasure,
    leaving,
    line_plan,
    mailing_decisions,
    mailing_figures,
    mailings,
    residents,
    subscriptions,
)
from store.audit import COMMAND
from store.db import Database
from store.mailing_figures import Answer, Figures, Outcome
from store.mailings import Mailing, MailingDraft, State, Words
from store.residents import ResidentId
from store.sight import Viewer
from store.tables import sendings as sendings_table
from tests.conftest import NOON
from tests.line import Clock
from tests.mailings import CHILDCARE, DRAFT, ONE_PERSON, WASTE, approved, follow, meet, run
from tests.store.people import viewers

MULTICAST = "/v2/bot/message/multicast"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Sending:
    """One sender, the platform, and people who follow."""

    database: Database
    platform: Platform
    server: Server
    clock: Clock
    mailer: Mailer
    people: dict[str, Viewer]

    def follow(self, *numbers: int, **options: object) -> list[ResidentId]:
        meet(self.platform, numbers)
        with self.database.write() as tx:
            return follow(tx, numbers, **options)  # type: ignore[arg-type]

    def approved(self, draft: MailingDraft = DRAFT) -> Mailing:
        with self.database.write() as tx:
            return approved(tx, self.people, draft, self.clock.now)

    def runs(self) -> None:
        run(self.mailer, self.database)

    def heard(self, number: int) -> list[str]:
        """What this person got: what stands for each bubble."""
        to = UserId(ONE_PERSON.format(number))
        return [str(each["altText"]).splitlines()[0] for each in self.platform.sent_to(to)]

    def figures(self, mailing: Mailing) -> Figures:
        with self.database.read() as tx:
            return mailing_figures.of(tx, mailing.id)

    def state(self, mailing: Mailing) -> State:
        with self.database.read() as tx:
            return mailings.one(tx, mailing.id).state


@pytest.fixture
def sending(database: Database, sayings: Sayings) -> Iterator[Sending]:
    clock = Clock()
    platform = Platform(clock)
    with database.write() as tx:
        people = viewers(tx)
    with serve(platform) as server:
        line = LineClient("token", server.address)
        mailer = Mailer(database, LiveCity(sayings), lambda: line, "sender", clock)
        yield Sending(database, platform, server, clock, mailer, people)
        line.close()


def test_it_goes_to_who_chose_one_of_its_topics_and_wards(sending: Sending) -> None:
    sending.follow(1)
    sending.follow(2, topics=[WASTE])
    sending.follow(3, topics=[CHILDCARE, WASTE], ward="東区")
    sending.follow(4, ward="西区")
    sending.follow(5, topics=[])
    mailing = sending.approved(replace(DRAFT, topics=(CHILDCARE, WASTE), wards=("東区",)))
    sending.runs()
    assert [bool(sending.heard(number)) for number in range(1, 6)] == [True, True, True, False, False]
    assert sending.state(mailing) is State.SENT
    assert sending.figures(mailing).people == {Outcome.SENT: 3}
    with sending.database.read() as tx:
        assert tx.connection.execute(sendings_table.select()).one().about == "mailing"
        assert subscriptions.count(tx, [CHILDCARE], ()).total() == 3


def test_each_language_gets_its_words_or_the_japanese_with_a_line_that_says_so(sending: Sending) -> None:
    spoken = {1: None, 2: Language.ENGLISH, 3: Language.KOREAN, 4: Language.EASY}
    sending.follow(*spoken, language=lambda number: spoken[number])
    english = Words("Vaccinations", "From January.")
    sending.approved(replace(DRAFT, words={**DRAFT.words, Language.ENGLISH: english}))
    sending.runs()
    assert [sending.heard(number)[0] for number in (1, 2, 3, 4)] == [
        "予防接種のお知らせ",
        "Vaccinations",
        "予防接種のお知らせ",
        "予防接種のお知らせ",
    ]
    bodies = {str(call.body["messages"]) for call in sending.platform.calls(MULTICAST)}
    assert len(bodies) == 4
    assert len(sending.platform.calls(MULTICAST)) == 4


@pytest.mark.parametrize(
    ("hour", "urgent", "goes"), [(7, False, False), (8, False, True), (20, False, False), (3, True, True)]
)
def test_at_night_only_what_is_urgent(sending: Sending, hour: int, urgent: bool, goes: bool) -> None:
    sending.follow(1)
    sending.approved(replace(DRAFT, urgent=urgent))
    sending.clock.now = (NOON + DAY).replace(hour=(hour - 9) % 24) - (DAY if hour < 9 else timedelta(0))
    sending.runs()
    assert bool(sending.heard(1)) is goes


def test_at_its_time_and_not_after_its_last_moment(sending: Sending) -> None:
    sending.follow(1)
    later = sending.approved(replace(DRAFT, send_at=NOON + 2 * HOUR))
    sending.runs()
    assert sending.state(later) is State.APPROVED
    sending.clock.passes(hours=2)
    sending.runs()
    assert len(sending.heard(1)) == 1
    late = sending.approved(replace(DRAFT, send_at=NOON + 5 * HOUR, not_after=NOON + 6 * HOUR))
    sending.clock.passes(hours=5)
    sending.runs()
    assert sending.state(late) is State.LAPSED
    assert len(sending.heard(1)) == 1


def test_who_comes_and_goes_between_the_beginning_and_the_first_try(sending: Sending) -> None:
    _, stops, blocks, wants_nothing_kept, erased = sending.follow(1, 2, 3, 4, 5)
    mailing = sending.approved()
    sending.mailer.begin_next()
    sending.follow(6)
    with sending.database.write() as tx:
        subscriptions.give_up(tx, stops, [CHILDCARE])
        residents.follow(tx, blocks, follows=False)
        leaving.ask(tx, wants_nothing_kept, NOON, waits=True)
        erasure.erase(tx, erased, COMMAND, NOON)
    sending.runs()
    assert [bool(sending.heard(number)) for number in range(1, 7)] == [True, *[False] * 5]
    figures = sending.figures(mailing)
    assert (figures.people, figures.left) == ({Outcome.SENT: 1}, 4)


def test_who_is_erased_between_two_tries_gets_nothing_more(sending: Sending) -> None:
    _, erased = sending.follow(1, 2)
    mailing = sending.approved()
    sending.server.fail_next(Fails(500, path=MULTICAST))
    sending.runs()
    with sending.database.write() as tx:
        erasure.erase(tx, erased, COMMAND, NOON)
    sending.clock.passes(seconds=2)
    sending.runs()
    assert (sending.heard(1), sending.heard(2)) == (["予防接種のお知らせ"], [])
    assert sending.state(mailing) is State.SENT


def test_who_leaves_between_two_tries_is_erased_once_it_is_settled(sending: Sending) -> None:
    _, leaves = sending.follow(1, 2)
    sending.approved()
    sending.server.fail_next(Fails(500, after_effect=True, path=MULTICAST))
    sending.runs()
    with sending.database.write() as tx:
        leaving.ask(tx, leaves, NOON, waits=False)
    assert leaving.step(sending.database, sending.clock.now) == 0
    sending.clock.passes(seconds=2)
    sending.runs()
    first, second = sending.platform.calls(MULTICAST)
    assert first.body == second.body
    assert leaving.step(sending.database, sending.clock.now) == 1


@pytest.mark.parametrize("status", [400, 401, 403])
def test_what_line_refuses_for_good_is_listed_with_the_reason(sending: Sending, status: int) -> None:
    sending.follow(1, 2)
    mailing = sending.approved()
    sending.server.fail_next(Fails(status, path=MULTICAST))
    sending.runs()
    figures = sending.figures(mailing)
    assert figures.people == {Outcome.DEAD: 2}
    assert [(each.status, each.people) for each in figures.refused] == [(status, 2)]
    assert sending.state(mailing) is State.SENT


@pytest.mark.parametrize(
    "fault", [Fails(500, path=MULTICAST), Fails(429, path=MULTICAST), Drops(path=MULTICAST)]
)
def test_tries_grow_rarer(sending: Sending, fault: Fails | Drops) -> None:
    sending.follow(1)
    sending.approved()
    sending.server.fail_next(fault, fault, fault)
    for pause in (0, 1, 2):
        sending.clock.passes(seconds=pause)
        sending.runs()
        assert sending.heard(1) == []
    sending.clock.passes(seconds=3)
    sending.runs()
    assert sending.heard(1) == []
    sending.clock.passes(seconds=1)
    sending.runs()
    assert len(sending.heard(1)) == 1


def test_a_month_that_is_used_up_waits_and_says_so(sending: Sending) -> None:
    sending.follow(1, 2)
    sending.platform.quota = 1
    mailing = sending.approved()
    sending.runs()
    with sending.database.read() as tx:
        assert mailings.one(tx, mailing.id).full_since == NOON
    sending.platform.quota = 10
    sending.clock.passes(minutes=59)
    sending.runs()
    assert sending.heard(1) == []
    sending.clock.passes(minutes=2)
    sending.runs()
    assert len(sending.heard(1)) == 1
    with sending.database.read() as tx:
        assert mailings.one(tx, mailing.id).full_since is None


def test_after_23_hours_of_not_knowing_it_is_given_up_and_counted(sending: Sending) -> None:
    sending.follow(1)
    mailing = sending.approved()
    sending.server.fail_next(Drops(after_effect=True, path=MULTICAST))
    sending.runs()
    sending.clock.passes(hours=23, minutes=1)
    sending.runs()
    assert sending.figures(mailing).people == {Outcome.GIVEN_UP: 1}
    assert len(sending.heard(1)) == 1


def test_to_stop_it_while_nobody_knows_sends_it_no_second_time(sending: Sending) -> None:
    sending.follow(1)
    mailing = sending.approved()
    sending.server.fail_next(Drops(path=MULTICAST))
    sending.runs()
    with sending.database.write() as tx:
        mailing_decisions.stop(tx, sending.people["staff"], mailing.id, NOON)
    sending.clock.passes(hours=1)
    sending.runs()
    assert sending.figures(mailing).people == {Outcome.UNSURE: 1}
    assert sending.heard(1) == []


def test_what_a_killed_sender_left_of_a_stopped_mailing_is_settled(sending: Sending) -> None:
    sending.follow(1)
    mailing = sending.approved()
    sending.mailer.begin_next()

    def killed() -> LineClient:
        raise KeyboardInterrupt

    dying = Mailer(sending.database, sending.mailer._city, killed, "dying", sending.clock)
    with pytest.raises(KeyboardInterrupt):
        dying.send_next()
    with sending.database.write() as tx:
        mailing_decisions.stop(tx, sending.people["staff"], mailing.id, NOON)
    assert sending.figures(mailing).people == {Outcome.WAITING: 1}
    sending.clock.passes(minutes=1)
    sending.runs()
    assert sending.figures(mailing).people == {Outcome.UNSURE: 1}


def test_nobody_to_send_it_to(sending: Sending) -> None:
    mailing = sending.approved()
    sending.runs()
    assert sending.state(mailing) is State.SENT
    assert sending.platform.calls(MULTICAST) == ()


def test_what_line_says_of_the_month_and_of_the_reads_is_kept(sending: Sending) -> None:
    people = sending.follow(*range(25))
    sending.platform.quota = 200
    mailing = sending.approved()
    sending.mailer.look_at_plan()
    with sending.database.read() as tx:
        plan = line_plan.read(tx)
        assert plan is not None
        assert (plan.most, plan.used, plan.left) == (200, 0, 200)
    sending.runs()
    for number in range(21):
        sending.platform.units.opened(mailing.unit, UserId(ONE_PERSON.format(number)), sending.clock.now)
    with sending.database.write() as tx:
        for answer in (Answer.HELPED, Answer.HELPED, Answer.TURNED_OFF):
            assert mailing_figures.answered(tx, mailing.unit, people[0], answer) == (CHILDCARE,)
        mailing_figures.answered(tx, mailing.unit, people[1], Answer.TURNED_OFF)
        mailing_figures.answered(tx, "mailing_of_nobody", people[1], Answer.HELPED)
    sending.clock.passes(minutes=11)
    sending.runs()
    figures = sending.figures(mailing)
    assert (figures.seen, figures.clicked) == (21, None)
    assert (figures.helped, figures.turned_off) == (1, 1), "each counts once"


def test_no_log_line_has_a_word_or_an_address(sending: Sending, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    sending.follow(1)
    sending.approved()
    sending.server.fail_next(Fails(429, path=MULTICAST), Fails(500, path=MULTICAST))
    for _ in range(3):
        sending.runs()
        sending.clock.passes(seconds=5)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot.mailing")]
    assert len(ours) == 4
    assert not any("予防接種" in line or ONE_PERSON.format(1) in line for line in ours)
