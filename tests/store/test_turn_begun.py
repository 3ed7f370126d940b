from datetime import timedelta

from store import bookings, case_saying, conversations, delivery, inbox, knowledge, outbox, present, residents
from store.audit import ByResident
from store.conversations import IDLE, LIFE, Conversation
from store.inbox import Arrival
from store.turn_begun import Past, begin
from tests.conftest import NOON
from tests.line import HANAKO, TARO
from tests.store.cases import handed
from tests.store.disasters import switch_on
from tests.store.town import LAW, held, slot

SECOND = timedelta(seconds=1)
CHOOSING = Conversation("choose", {"offered": "a b"})


def say(tx, *event_ids: str, address=HANAKO) -> None:
    for number, each in enumerate(event_ids):
        at = NOON + number * SECOND
        inbox.keep(tx, [Arrival(each, address, "message/text", at, True, True, each.encode())], NOON)


def test_who_speaks_and_what_they_sent_in_its_order(tx):
    say(tx, "a", "b")
    say(tx, "c", address=TARO)
    hanako = residents.meet(tx, HANAKO, NOON)
    turn = begin(tx, hanako.id, NOON)
    assert (turn.resident, turn.address) == (hanako, HANAKO)
    assert turn.waiting == inbox.peek(tx, hanako.id)
    assert [item.body for item in turn.waiting] == [b"a", b"b"]
    assert (turn.conversation, turn.has_talked, turn.is_told_first) == (IDLE, False, False)


def test_of_many_only_the_oldest(tx, hanako):
    say(tx, *(f"{number:02}" for number in range(inbox.MOST_AT_ONCE + 2)))
    assert [item.event_id for item in begin(tx, hanako, NOON).waiting] == [f"{n:02}" for n in range(10)]


def test_nothing_waits(tx, hanako):
    assert begin(tx, hanako, NOON).waiting == ()


def test_what_they_were_talking_about(tx, hanako, taro):
    conversations.keep(tx, hanako, CHOOSING, NOON)
    assert begin(tx, hanako, NOON).conversation == CHOOSING
    assert begin(tx, taro, NOON).conversation == IDLE
    left = begin(tx, hanako, NOON + LIFE + SECOND)
    assert (left.conversation, left.has_talked) == (IDLE, True)


def test_whether_something_else_is_sent_before(tx, hanako, taro):
    outbox.put(tx, hanako, b"[]", NOON)
    assert begin(tx, hanako, NOON).is_told_first
    assert not begin(tx, taro, NOON).is_told_first
    delivery.dropped(tx, outbox.claim(tx, "w", NOON), NOON)
    assert not begin(tx, hanako, NOON).is_told_first


def test_what_was_made_of_theirs_before_be_it_over(tx, hanako, taro):
    assert begin(tx, hanako, NOON).past == Past(cases=False, bookings=False)
    closed = handed(tx, hanako)
    case_saying.withdraw(tx, hanako, closed.id, NOON)
    assert begin(tx, hanako, NOON).past == Past(cases=True, bookings=False)
    bookings.cancel(tx, held(tx, slot(tx, 13), hanako).id, ByResident(hanako), NOON)
    assert begin(tx, hanako, NOON).past == Past()
    assert begin(tx, taro, NOON).past == Past(cases=False, bookings=False)


def test_how_things_are(tx, hanako):
    assert begin(tx, hanako, NOON).present == present.look(tx)
    switch_on(tx, now=NOON)
    knowledge.take_in(tx, [LAW], NOON)
    now = begin(tx, hanako, NOON).present
    assert now == present.look(tx)
    assert now.disaster is not None
    assert now.knowledge > 0
