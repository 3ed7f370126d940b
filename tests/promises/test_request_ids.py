"""The id of a request leads from what LINE brought to the answer that LINE took, through the log and the database."""

import io
import json
import logging
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from bot import turns
from bot.app import create_app
from bot.line_messages import to_bytes
from bot.logs import Lines
from bot.relaying import RelayRules
from store import origin, outbox, residents
from store.tables import inbox as inbox_table
from store.tables import outbox as outbox_table
from tests.conftest import NOON
from tests.line import HANAKO, SECRET, body_of, running, signed, text_event
from tests.site import site_of

PROXYS = "0f3779fba3b349968c5d07db31eab56f"
"""As nginx makes one: $request_id."""


@pytest.fixture
def service(database, city):
    with running(database, city) as service:
        yield service


@contextmanager
def written():
    """What the service logs meanwhile, as it would stand in its log."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines("json", "run"))
    root = logging.getLogger()
    level, left_out = root.level, root.manager.disable
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.disable(logging.NOTSET)  # commands leave out what goes well, in all of their process
    try:
        yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    finally:
        logging.disable(left_out)
        root.removeHandler(handler)
        root.setLevel(level)


def of(lines, request):
    return [line for line in lines if line.get("request") == request]


def test_one_id_leads_from_the_webhook_to_the_answer_that_line_took(service):
    with written() as lines:
        service.platform.issue_reply_token(HANAKO, "0" * 32)
        answer = service.post(body_of(text_event("住民票の写しがほしい", replyToken="0" * 32)))
        service.works()
    request = answer.headers["X-Request-Id"]
    told = of(lines(), request)
    assert [line["logger"] for line in told] == ["bot.webhook", "bot.worker", "bot.sender"]
    kept, turn, sent = told
    assert "1 events, 1 new" in kept["message"]
    assert turn["message"].startswith("turn taken by question in ")
    assert sent["message"].startswith(f"outbox {sent['outbox']}: sent, status 200")
    (call,) = service.platform.calls("/v2/bot/message/reply")
    assert sent["line_request"], "by which LINE knows the call"
    assert call.status == 200
    assert turn["inbox"] == 1, "the row, for who looks further"


def test_it_is_still_known_when_another_process_answers_days_later(service):
    """It stands in the rows: the worker is a process of its own, and the answer may be tried again and again."""
    request = service.post(body_of(text_event("メニュー"))).headers["X-Request-Id"]
    service.answers()
    with service.database.read() as tx:
        kept = tx.connection.scalars(sa.select(inbox_table.c.origin)).all()
        said = tx.connection.scalars(sa.select(outbox_table.c.origin)).all()
    assert (kept, said) == ([request], [request])


def test_without_the_row_the_thread_is_lost(service, monkeypatch):
    """The control: what is logged after the commit of the webhook knows the id from the row alone."""
    monkeypatch.setattr(turns, "origin", SimpleNamespace(learn=lambda request: None))
    with written() as lines:
        answer = service.post(body_of(text_event("メニュー")))
        service.works()
    assert [line["logger"] for line in of(lines(), answer.headers["X-Request-Id"])] == ["bot.webhook"]


@pytest.mark.parametrize(
    ("hops", "given", "is_taken"),
    [
        (1, PROXYS, True),
        (0, PROXYS, False),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, "with space in it", False),
        (1, 'quote"and\\slash', False),
    ],
)
def test_a_proxys_id_is_taken_where_one_of_ours_stands_in_front(sqlite, city, hops, given, is_taken):
    with running(sqlite, city) as service:
        site = site_of(sqlite, city, service.clock, hops=hops)
        client = create_app(site, SECRET, lambda: None, RelayRules()).test_client()
        body = body_of(text_event("メニュー"))
        told = client.post("/callback", data=body, headers={**signed(body), "X-Request-Id": given})
    assert (told.headers["X-Request-Id"] == given) is is_taken


def test_what_staff_say_keeps_the_id_of_their_click(service):
    """A notice goes to the outbox by the clock, minutes later: the push still leads back to the click."""
    with service.database.write() as tx:
        who = residents.meet(tx, HANAKO, NOON).id
        with origin.of(origin.RequestId(PROXYS)):
            outbox.put(tx, who, to_bytes([{"type": "text", "text": "お知らせ"}]), NOON, about="case_answer")
    with written() as lines:
        service.works()
    (sent,) = of(lines(), PROXYS)
    assert sent["logger"] == "bot.sender"


def test_every_request_has_a_line_with_the_page_and_never_its_address(service):
    with written() as lines:
        service.app.test_client().get("/f/a-secret-of-somebody?x=1")
        service.app.test_client().open("/nowhere", method="MADE-UP")
    pages = [line for line in lines() if line["logger"] == "bot.visits"]
    assert [(line["method"], line["status"]) for line in pages] == [("GET", 404), ("other", 404)]
    assert all("a-secret" not in json.dumps(line) for line in lines())
    assert all(line["ms"] >= 0 and line["request"] for line in pages)
