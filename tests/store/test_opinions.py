"""Opinions: what decides is the moment at which they were sent; sealed, counted, withdrawn, erased."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from faq.plans import Phase, Plan
from nlp.japan import JAPAN
from store import erasure, knowledge, opinions, residents
from store.audit import COMMAND, SERVICE, ByResident
from store.db import Database, Tx
from store.opinions import Closed, NeedsName, NotHere, NotYet, Opinion, OpinionDraft, State, TooMany, Way
from store.residents import ResidentId
from store.tables import opinion_keys
from store.tables import opinions as table
from tests.conftest import NOON
from tests.handlers.opinions_town import A_SECOND, BY_POST, CLOSES, PARKS, WITH_NAME
from tests.line import HANAKO, TARO

BEFORE = CLOSES - timedelta(hours=1)
_ONCE = count()


def draft(words: str = "ベンチを", *, plan: Plan = PARKS, once: str = "", told: bool = False) -> OpinionDraft:
    return OpinionDraft(once or f"once-{next(_ONCE)}", plan.id, words, Way.LINE, told)


def send(tx: Tx, resident: ResidentId, what: OpinionDraft, at: datetime = BEFORE, late: int = 0) -> object:
    """`late`: so many seconds after it was sent the worker comes to it."""
    return opinions.send(tx, what, ByResident(resident), at, at + timedelta(seconds=late))


@pytest.fixture
def city(database: Database) -> Database:
    with database.write() as tx:
        knowledge.take_in(tx, [PARKS, WITH_NAME, BY_POST], NOON)
        for who in (HANAKO, TARO):
            residents.meet(tx, who, NOON)
    return database


def who(tx: Tx, line: str = HANAKO) -> ResidentId:
    found = residents.lookup(tx, line)
    assert found is not None
    return found


@given(
    day=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    until=st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None)),
    off=st.integers(-(10**10), 10**10).map(lambda milliseconds: timedelta(milliseconds=milliseconds)),
)
def test_a_plan_is_open_until_the_first_moment_of_its_close_and_never_after(
    day: date, until: time | None, off: timedelta
) -> None:
    plan = replace(PARKS, opens=day - timedelta(days=200), last=day, until=until)
    closes = plan.closes_at
    local = closes.astimezone(JAPAN)
    if until is None:
        assert (local.date(), local.time()) == (day + timedelta(days=1), time())
    else:
        assert (local.date(), local.time()) == (day, until)
    at = closes + off
    assert plan.takes(at) is (off < timedelta(0))
    assert (opinions.refused(plan, SERVICE, at, has_name=False) is None) is (off < timedelta(0))
    assert plan.phase(plan.opens_at) is Phase.OPEN
    assert plan.phase(plan.opens_at - timedelta(milliseconds=1)) is Phase.COMING


@pytest.mark.parametrize(
    ("what", "at", "refusal"),
    [
        (draft(), CLOSES, Closed(CLOSES)),
        (draft(), CLOSES + A_SECOND, Closed(CLOSES)),
        (draft(), PARKS.opens_at - A_SECOND, NotYet(PARKS.opens_at)),
        (draft(plan=BY_POST), BEFORE, NotHere()),
        (draft(plan=WITH_NAME), BEFORE, NeedsName()),
        (draft(plan=replace(PARKS, id="gone")), BEFORE, NotHere()),
    ],
    ids=["at the close", "a second later", "not yet", "not here", "needs a name", "no such plan"],
)
def test_refusals_are_facts_and_keep_nothing(
    sqlite: Database, what: OpinionDraft, at: datetime, refusal: object
) -> None:
    with sqlite.write() as tx:
        knowledge.take_in(tx, [PARKS, WITH_NAME, BY_POST], NOON)
        hanako = residents.meet(tx, HANAKO, NOON).id
        assert send(tx, hanako, what, at) == refusal
        assert tx.connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_a_worker_that_is_late_takes_what_was_sent_in_time_and_nothing_else(city: Database) -> None:
    with city.write() as tx:
        made = send(tx, who(tx), draft(), CLOSES - A_SECOND, late=3_600)
        assert isinstance(made, Opinion)
        assert made.received_at == CLOSES - A_SECOND
        assert send(tx, who(tx), draft(), CLOSES, late=3_600) == Closed(CLOSES)


def at_once(city: Database, acts: list[Callable[[Tx], object]]) -> list[object]:
    """What came of each, in threads that begin together."""
    ready, came = Barrier(len(acts)), []

    def run(act: Callable[[Tx], object]) -> None:
        ready.wait()
        with city.write() as tx:
            came.append(act(tx))

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def test_two_in_the_last_second_are_both_taken(city: Database) -> None:
    with city.read() as tx:
        hanako, taro = who(tx), who(tx, TARO)
    moment = CLOSES - timedelta(milliseconds=1)
    came = at_once(
        city,
        [
            lambda tx: send(tx, hanako, draft("花子"), moment),
            lambda tx: send(tx, taro, draft("太郎"), moment),
        ],
    )
    assert all(isinstance(each, Opinion) for each in came)
    with city.read() as tx:
        assert opinions.counts(tx)[PARKS.id] == opinions.Count(2, 2)


def test_the_same_sent_twice_at_once_is_one(city: Database) -> None:
    with city.read() as tx:
        hanako = who(tx)
    one, two = at_once(city, [lambda tx: send(tx, hanako, draft(once="same"), BEFORE)] * 2)
    assert one == two
    with city.write() as tx:
        assert send(tx, hanako, draft(once="same"), CLOSES + A_SECOND) == one, "also after the close"
        assert isinstance(send(tx, who(tx, TARO), draft(once="same")), Opinion), "another's is another"
        assert opinions.counts(tx)[PARKS.id] == opinions.Count(2, 2)


def test_people_are_counted_once_and_opinions_each(sqlite: Database) -> None:
    with sqlite.write() as tx:
        knowledge.take_in(tx, [PARKS], NOON)
        hanako, taro = (residents.meet(tx, who, NOON).id for who in (HANAKO, TARO))
        for resident in (hanako, hanako, taro):
            send(tx, resident, draft())
        for _ in range(2):
            opinions.send(tx, replace(draft(), way=Way.FORM), SERVICE, BEFORE, BEFORE)
        assert opinions.counts(tx) == {PARKS.id: opinions.Count(5, 4)}
        erasure.erase(tx, hanako, COMMAND, NOON)
        assert opinions.counts(tx) == {PARKS.id: opinions.Count(5, 4)}, "who is erased still counts"


def test_a_flood_ends(sqlite: Database) -> None:
    with sqlite.write() as tx:
        knowledge.take_in(tx, [PARKS], NOON)
        hanako = residents.meet(tx, HANAKO, NOON).id
        came = [send(tx, hanako, draft()) for _ in range(opinions.MOST + 1)]
        assert [isinstance(each, Opinion) for each in came] == [True] * opinions.MOST + [False]
        assert came[-1] == TooMany(opinions.MOST)


def test_withdrawn_until_the_close_and_the_words_go(sqlite: Database) -> None:
    with sqlite.write() as tx:
        knowledge.take_in(tx, [PARKS], NOON)
        hanako, taro = (residents.meet(tx, who, NOON).id for who in (HANAKO, TARO))
        first, second = (send(tx, hanako, draft()) for _ in range(2))
        assert isinstance(first, Opinion)
        assert isinstance(second, Opinion)
        late = CLOSES + A_SECOND
        assert opinions.withdraw(tx, taro, first.id, BEFORE, BEFORE) == NotHere(), "another's"
        assert opinions.withdraw(tx, hanako, first.id, CLOSES - A_SECOND, late)
        assert opinions.withdraw(tx, hanako, second.id, CLOSES, late) == Closed(CLOSES)
        gone, stands = opinions.own(tx, hanako, first.id), opinions.own(tx, hanako, second.id)
        assert gone is not None
        assert stands is not None
        assert (gone.state, gone.words) == (State.WITHDRAWN, "")
        assert (stands.state, stands.words) == (State.RECEIVED, "ベンチを")
        assert list(tx.connection.scalars(sa.select(opinion_keys.c.opinion_id))) == [second.id]


def test_the_words_are_sealed_and_go_with_who_wants_to_be_erased(sqlite: Database) -> None:
    with sqlite.write() as tx:
        knowledge.take_in(tx, [PARKS], NOON)
        hanako, taro = (residents.meet(tx, who, NOON).id for who in (HANAKO, TARO))
        theirs, left = send(tx, hanako, draft("印-花子")), send(tx, taro, draft("印-太郎"))
        assert isinstance(theirs, Opinion)
        assert isinstance(left, Opinion)
        rows = tx.connection.execute(sa.select(table.c.words)).all()
        assert not any("印".encode() in row.words for row in rows)
        erasure.erase(tx, hanako, ByResident(hanako), NOON)
        erasure.erase(tx, taro, SERVICE, NOON)
        kept = {each.id: (each.words, each.resident) for each in opinions.of_plan(tx, PARKS.id)}
        assert kept == {theirs.id: ("", None), left.id: ("印-太郎", None)}, "who only left has still said it"


def test_words_do_not_stay_for_ever_where_the_results_are_told_elsewhere(sqlite: Database) -> None:
    with sqlite.write() as tx:
        knowledge.take_in(tx, [PARKS], NOON)
        hanako = residents.meet(tx, HANAKO, NOON).id
        sent = send(tx, hanako, draft())
        assert isinstance(sent, Opinion)
        came = BEFORE + opinions.UNANSWERED
        assert opinions.past(tx, came, 9) == ()
        assert opinions.past(tx, came + A_SECOND, 9) == (sent.id,)
