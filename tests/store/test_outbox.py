from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from store import delivery, inbox, outbox, residents
from store.db import Tx
from store.delivery import GivenUp, Why
from store.inbox import Arrival
from store.outbox import LEASE, REPLY_LIFE, SETTLES, OutboxItem, ReplyToken
from store.residents import ResidentId
from store.tables import outbox as table
from store.turn_begun import begin
from tests.conftest import NOON
from tests.line import HANAKO

SECOND = timedelta(seconds=1)
UNTIL = NOON + REPLY_LIFE


def put(tx: Tx, resident: ResidentId, text: str = "x", token: str | None = None) -> None:
    outbox.put(tx, resident, text.encode(), NOON, reply=ReplyToken(token, UNTIL) if token else None)


def claim(tx: Tx, now=NOON, worker: str = "w") -> OutboxItem | None:
    return outbox.claim(tx, worker, now)


def test_a_reply_while_its_token_lives_and_a_push_afterwards(tx, hanako):
    put(tx, hanako, "はい", "token")
    item = claim(tx)
    assert (item.messages.decode(), item.reply_token, item.address) == ("はい", "token", HANAKO)
    delivery.later(tx, item, NOON, 500)
    again = claim(tx, UNTIL)
    assert (again.reply_token, again.unsure, again.messages) == (None, True, item.messages)
    assert again.retry_key == item.retry_key
    assert outbox.counts(tx)["may_be_doubled"] == 1


def test_a_token_that_soon_dies_is_tried_again_but_not_begun_with(tx, hanako, taro):
    """Who dies with a first try leaves time to find out whether it arrived; too late for that, it is pushed."""
    put(tx, hanako, "x", "token")
    late = UNTIL - SETTLES
    begun = claim(tx, late - SECOND)
    assert begun.reply_token == "token"
    delivery.later(tx, begun, late, 0)
    assert claim(tx, UNTIL - SECOND).reply_token == "token"
    put(tx, taro, "x", "token")
    assert claim(tx, late).reply_token is None
    assert outbox.counts(tx)["may_be_doubled"] == 0


def test_an_answer_is_put_and_taken_at_once(tx, hanako):
    inbox.keep(tx, [Arrival("e", HANAKO, "message/text", NOON, True, True, b"{}")], NOON)
    turn = begin(tx, hanako, NOON)
    assert not turn.is_told_first
    (cause,) = turn.waiting
    reply = ReplyToken("token", UNTIL)
    answer = outbox.in_hand(
        tx, turn.resident, turn.address, b"x", NOON, "w", cause=cause, reply=reply, not_after=NOON + LEASE
    )
    item = outbox.put_in_hand(tx, answer)
    assert begin(tx, hanako, NOON).is_told_first
    assert claim(tx, NOON + LEASE) is None
    delivery.later(tx, item, NOON, 0)
    again = claim(tx)
    assert again == replace(item, unsure=True, attempts=1)


def test_what_is_put_is_sealed(tx, hanako):
    put(tx, hanako, "zzSECRETzz", "tokentoken")
    row = tx.connection.execute(sa.select(table)).one()
    assert b"zzSECRETzz" not in row.body
    assert b"tokentoken" not in row.reply_token


def test_oldest_first_and_one_at_a_time_of_each_resident(tx, hanako, taro):
    for resident, text in ((hanako, "1"), (hanako, "2"), (taro, "3")):
        put(tx, resident, text)
    first, other = claim(tx), claim(tx)
    assert (first.messages, other.messages) == (b"1", b"3")
    assert claim(tx) is None
    delivery.later(tx, first, NOON + 5 * SECOND, 500)
    assert claim(tx, NOON + SECOND) is None, "the second waits for the first"
    delivery.sent(tx, claim(tx, NOON + 5 * SECOND), "w", NOON, 200, "r")
    assert claim(tx, NOON + SECOND).messages == b"2"


def test_a_lease_ends_and_its_holder_has_no_say(tx, hanako):
    put(tx, hanako)
    item = claim(tx, worker="killed")
    assert delivery.holds(tx, item, "killed")
    assert claim(tx, NOON + LEASE) is None
    assert claim(tx, NOON + LEASE + SECOND, "next")
    assert not delivery.holds(tx, item, "killed")
    assert not delivery.sent(tx, item, "killed", NOON, 200, "r")
    assert outbox.counts(tx)["waiting"] == 1


def test_who_lives_renews_what_it_holds_and_nothing_else(tx, hanako):
    put(tx, hanako)
    item = claim(tx, worker="living")
    delivery.renew(tx, {item.id: "living"}, NOON + LEASE)
    assert claim(tx, NOON + LEASE + SECOND, "other") is None
    later = NOON + 2 * LEASE + SECOND
    assert claim(tx, later, "other").id == item.id
    delivery.renew(tx, {item.id: "living"}, later + LEASE)
    assert claim(tx, later + LEASE + SECOND, "third").id == item.id


def test_two_workers_never_take_the_same(database):
    with database.write() as tx:
        put(tx, residents.meet(tx, HANAKO, NOON).id)
    with database.write() as one:
        assert claim(one)
        if not database.is_sqlite:
            with database.write() as two:
                assert claim(two, worker="w2") is None
    with database.write() as tx:
        assert claim(tx, worker="w2") is None


def test_one_event_is_answered_once(tx, hanako):
    inbox.keep(tx, [Arrival("e", HANAKO, "message/text", NOON, True, True, b"{}")], NOON)
    item, _ = inbox.claim(tx, NOON)
    outbox.put(tx, hanako, b"x", NOON, cause=item)
    with pytest.raises(sa.exc.IntegrityError), tx.connection.begin_nested():
        outbox.put(tx, hanako, b"x", NOON, cause=item)


def test_an_end_forgets_the_words(tx, hanako):
    put(tx, hanako)
    assert delivery.sent(tx, claim(tx), "w", NOON, 200, "request")
    row = tx.connection.execute(sa.select(table)).one()
    assert (row.state, row.body, row.http_status, row.request_id) == ("sent", None, 200, "request")
    assert "waiting" not in outbox.counts(tx)


def test_what_is_given_up_keeps_its_words_for_staff(tx, hanako):
    put(tx, hanako)
    delivery.give_up(tx, claim(tx), Why.REFUSED, NOON, 403, "request")
    row = tx.connection.execute(sa.select(table)).one()
    assert row.state == "dead"
    assert row.body is not None
    assert "waiting" not in outbox.counts(tx)
    assert delivery.given_up(tx, 9) == (GivenUp(row.id, Why.REFUSED, 403, "request"),)


def test_a_push_that_line_surely_never_had_grows_no_older(tx, hanako):
    put(tx, hanako)
    delivery.refused_for_now(tx, claim(tx), NOON, 429)
    again = claim(tx, NOON + SECOND)
    assert again.pushed_at is None
    delivery.later(tx, again, NOON + SECOND, 500)
    unsure = claim(tx, NOON + 2 * SECOND)
    assert unsure.pushed_at == NOON + SECOND
    delivery.refused_for_now(tx, unsure, NOON, 429)
    assert claim(tx, NOON + 3 * SECOND).pushed_at == NOON + SECOND, "nobody knows of the one before"


def test_a_refused_token_leads_to_a_push_that_doubles_nothing(tx, hanako):
    put(tx, hanako, token="t")
    delivery.push_instead(tx, claim(tx), NOON)
    item = claim(tx)
    assert (item.reply_token, item.unsure, item.attempts) == (None, False, 0)
    assert outbox.counts(tx)["may_be_doubled"] == 0


def test_a_busy_line_leaves_no_doubt_but_clears_none_either(tx, hanako):
    put(tx, hanako, token="t")
    delivery.refused_for_now(tx, claim(tx), NOON, 429)
    item = claim(tx)
    assert not item.unsure
    delivery.later(tx, item, NOON, 0)
    delivery.refused_for_now(tx, claim(tx), NOON, 429)
    assert claim(tx).unsure


def test_blocking_drops_what_waits_for_that_person_alone(tx, hanako, taro):
    put(tx, hanako)
    put(tx, taro)
    outbox.stop_pushes(tx, hanako, NOON)
    assert outbox.counts(tx) == {"dropped": 1, "waiting": 1, "may_be_doubled": 0}
    assert claim(tx).resident == taro
