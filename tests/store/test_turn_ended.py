from datetime import timedelta

import pytest
import sqlalchemy as sa

from store import conversations, delivery, inbox, outbox, residents
from store.conversations import IDLE, Conversation
from store.inbox import Arrival
from store.outbox import ReplyToken
from store.tables import inbox as table
from store.turn_begun import begin
from store.turn_ended import end
from tests.conftest import NOON
from tests.line import HANAKO, TARO

SECOND = timedelta(seconds=1)
LATER = NOON + timedelta(minutes=1)
CHOOSING = Conversation("choose", {"offered": "あ b"})
ANSWERED = Conversation("answered", {"query": "1"})


@pytest.fixture
def turn(tx, hanako, taro):
    """Hanako's turn, who said two things; Taro waits as well, and was talking of something."""
    for event_id, address in (("a", HANAKO), ("b", HANAKO), ("c", TARO)):
        inbox.keep(tx, [Arrival(event_id, address, "message/text", NOON, True, True, b"{}")], NOON)
    conversations.keep(tx, taro, CHOOSING, NOON)
    return begin(tx, hanako, NOON)


def rows(tx):
    return {
        row.event_id: (row.state, row.body is None, row.done_at)
        for row in tx.connection.execute(sa.select(table)).all()
    }


def test_its_events_are_done_and_forgotten_and_no_others(tx, turn):
    end(tx, turn, [turn.waiting[0].id], IDLE, LATER)
    assert rows(tx) == {
        "a": ("done", True, LATER),
        "b": ("waiting", False, None),
        "c": ("waiting", False, None),
    }


def test_the_resident_was_seen_and_nobody_else(tx, turn, taro):
    end(tx, turn, [turn.waiting[0].id], IDLE, LATER)
    assert residents.find(tx, turn.resident.id).last_seen == LATER
    assert residents.find(tx, taro).last_seen == NOON
    end(tx, turn, [turn.waiting[1].id], IDLE, LATER - SECOND)
    assert residents.find(tx, turn.resident.id).last_seen == LATER, "a clock set back takes nothing back"


@pytest.mark.parametrize("before", [IDLE, CHOOSING])
@pytest.mark.parametrize("after", [IDLE, CHOOSING, ANSWERED])
def test_what_they_talk_of_from_now_on(tx, turn, taro, before, after):
    hanako = turn.resident.id
    conversations.keep(tx, hanako, before, NOON)
    end(tx, begin(tx, hanako, NOON), [each.id for each in turn.waiting], after, LATER)
    assert conversations.current(tx, hanako, LATER) == after
    assert begin(tx, hanako, LATER).has_talked == (after != IDLE)
    assert conversations.current(tx, taro, LATER) == CHOOSING


@pytest.mark.parametrize("before", [IDLE, CHOOSING])
@pytest.mark.parametrize("after", [IDLE, CHOOSING])
def test_its_answer_is_in_hand_and_all_else_is_done(tx, turn, before, after):
    hanako, (first, _) = turn.resident.id, turn.waiting
    conversations.keep(tx, hanako, before, NOON)
    turn = begin(tx, hanako, NOON)
    reply = ReplyToken("token", LATER + outbox.REPLY_LIFE)
    said = outbox.in_hand(
        tx, turn.resident, turn.address, b"x", LATER, "w", cause=first, reply=reply, not_after=LATER
    )
    item = end(tx, turn, [first.id], after, LATER, said)
    assert (item.messages, item.reply_token, item.asked_at) == (b"x", "token", NOON)
    assert delivery.holds(tx, item, "w")
    assert rows(tx)["a"] == ("done", True, LATER)
    assert conversations.current(tx, hanako, LATER) == after
    assert residents.find(tx, hanako).last_seen == LATER
    assert begin(tx, hanako, LATER).is_told_first
