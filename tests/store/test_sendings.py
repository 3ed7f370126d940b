"""What LINE costs: counted when it was sent, by day and by what it was about."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from faq.periods import Period
from store import delivery, outbox, residents, run_settings
from store.audit import COMMAND
from store.delivery import Why
from store.outbox import REPLY_LIFE, ReplyToken
from store.run_settings import RunSettings
from store.sendings import Cost, Way, cost, count
from tests.conftest import NOON
from tests.line import HANAKO

NOVEMBER = Period.month_of(NOON.date())


def send(tx, resident, *, about="answer", token=None, now=NOON):
    outbox.put(tx, resident, b"x", now, about=about, reply=token and ReplyToken(token, now + REPLY_LIFE))
    item = outbox.claim(tx, "w", now)
    delivery.sent(tx, item, "w", now, 200, "r")


def test_replies_are_free_and_pushes_are_counted_by_what_they_are(tx, hanako):
    send(tx, hanako, token="token")
    send(tx, hanako, token="token")
    send(tx, hanako)
    send(tx, hanako, about="offer")
    send(tx, hanako, about="offer")
    found = cost(tx, NOVEMBER, NOON)
    assert (found.replies, found.pushes) == (2, Counter(answer=1, offer=2))


def test_what_was_not_sent_costs_nothing(tx, hanako):
    for ends in (
        lambda item: delivery.give_up(tx, item, Why.REFUSED, NOON, 400, "r"),
        lambda item: delivery.dropped(tx, item, NOON),
        lambda item: delivery.later(tx, item, NOON + timedelta(days=1), 500),
    ):
        outbox.put(tx, hanako, b"x", NOON)
        ends(outbox.claim(tx, "w", NOON))
    assert cost(tx, NOVEMBER, NOON) == Cost(0, Counter(), 0, 0)


def test_it_stays_where_the_resident_is_erased(tx):
    resident = residents.meet(tx, HANAKO, NOON).id
    send(tx, resident)
    residents.erase(tx, resident)
    assert outbox.counts(tx).get("sent", 0) == 0
    assert cost(tx, NOVEMBER, NOON).pushes.total() == 1


def test_a_day_is_japans(tx, hanako):
    for moment in (datetime(2026, 10, 31, 14, 59, tzinfo=UTC), datetime(2026, 10, 31, 15, 0, tzinfo=UTC)):
        send(tx, hanako, now=moment)
    assert cost(tx, NOVEMBER, NOON).pushes.total() == 1
    assert cost(tx, NOVEMBER.before(), NOON).pushes.total() == 1


def test_the_months_end_is_told_from_the_second_day_on(tx):
    for _ in range(10):
        count(tx, Way.PUSH, "offer", date(2026, 11, 1))
    count(tx, Way.REPLY, "answer", date(2026, 11, 1))
    day = timedelta(days=1)
    assert cost(tx, NOVEMBER, NOVEMBER.begins + day / 2).ahead is None
    assert cost(tx, NOVEMBER, NOVEMBER.begins + day).ahead == 300
    assert cost(tx, NOVEMBER, NOVEMBER.begins + 15 * day).ahead == 20
    assert cost(tx, NOVEMBER, NOVEMBER.ends).ahead is None, "it is over"
    assert cost(tx, Period.year_of(date(2026, 11, 1)), NOON).ahead is None, "plans are by the month"


def test_the_plan_is_a_setting(tx):
    run_settings.change(tx, RunSettings(line_quota=30_000), COMMAND, NOON)
    assert cost(tx, NOVEMBER, NOON).quota == 30_000
