import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import urllib3

from bot import relaying
from bot.line_events import read_event
from bot.relaying import RelayRules
from store import inbox, relay, residents
from store.relay import GIVE_UP
from tests.conftest import NOON
from tests.line import (
    HANAKO,
    Service,
    body_of,
    event,
    message_event,
    postback_event,
    running,
    signature,
    text_event,
)

GROUP = {"type": "group", "groupId": "C1"}
THEIRS = postback_event("action=open&menu=3")
RULES = RelayRules("http://their.example", frozenset({"防災メニュー"}))


@dataclass
class Neighbour:
    """The other system: what it was sent, and what it answers."""

    address: str = ""
    answers: list[int] = field(default_factory=list)
    taken: list[tuple[bytes, str]] = field(default_factory=list)


@pytest.fixture
def neighbour() -> Iterator[Neighbour]:
    other = Neighbour()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            other.taken.append((body, self.headers["X-Line-Signature"]))
            self.send_response(other.answers.pop(0) if other.answers else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        other.address = f"http://127.0.0.1:{server.server_port}/their/webhook/"
        yield other
        server.shutdown()
        thread.join()


@pytest.fixture
def beside(database, city, neighbour) -> Iterator[Service]:
    """A service beside another system."""
    with running(database, city, RelayRules(neighbour.address, RULES.their_texts)) as service:
        yield service


def forward(service: Service, url: str) -> bool:
    with urllib3.PoolManager() as pool:
        return relaying.forward_next(service.database, pool, url, "w", service.clock)


def states(service: Service) -> dict[str, int]:
    with service.database.read() as tx:
        return relay.counts(tx)


@pytest.mark.parametrize(
    ("raw", "theirs", "theirs_alone"),
    [
        (text_event("ごみの日"), False, False),
        (text_event(" 防災メニュー\n"), True, True),
        (postback_event("hd:menu"), False, False),
        (postback_event("hd:day", {"date": "2026-12-01"}), False, False),
        (THEIRS, True, True),
        (message_event({"type": "image"}), False, False),
        (message_event({"type": "location", "latitude": 32.8, "longitude": 130.7}), False, False),
        (event("follow"), True, True),
        (event("unfollow"), True, False),
        (event("unsend", unsend={"messageId": "1"}), True, False),
        (event("a kind of tomorrow"), True, True),
        (event("join", source=GROUP), True, True),
        (text_event("みんなへ", source=GROUP), True, True),
        (text_event("係の人へ", mode="standby"), True, True),
    ],
)
def test_whose_an_event_is(raw, theirs, theirs_alone):
    read = read_event(raw)
    assert (RULES.is_theirs(read), RULES.is_theirs_alone(read)) == (theirs, theirs_alone)
    assert not RelayRules().is_theirs(read)


def test_what_is_theirs_goes_on_byte_for_byte(beside, neighbour):
    body = body_of(THEIRS).replace(b'"events"', b'  "events"')
    assert beside.post(body).status_code == 200
    assert forward(beside, neighbour.address)
    assert neighbour.taken == [(body, signature(body))]
    assert states(beside) == {"sent": 1}
    assert not forward(beside, neighbour.address)


def test_what_is_ours_does_not(beside):
    beside.hears(postback_event("hd:menu"), text_event("ごみの日"))
    assert states(beside) == {}
    beside.works()
    assert beside.said()


def test_the_same_body_twice_goes_on_once(beside, neighbour):
    body = body_of(THEIRS)
    assert [beside.post(body).status_code for _ in range(2)] == [200, 200]
    assert states(beside) == {"waiting": 1}


def test_of_a_mixed_body_our_event_is_answered_but_never_by_its_token(beside, neighbour):
    """The other system has the token too, and may use it."""
    beside.hears(THEIRS, text_event("ごみの分け方を知りたい"))
    beside.works()
    assert beside.said()
    assert beside.platform.calls("/v2/bot/message/reply") == ()
    assert len(beside.platform.calls("/v2/bot/message/push")) == 1


def test_leaving_concerns_both_and_following_is_theirs_to_greet(beside):
    beside.hears(event("unfollow"), event("follow"))
    beside.works()
    assert beside.said() == ()
    with beside.database.write() as tx:
        assert not residents.meet(tx, HANAKO, NOON).follows


def test_who_writes_again_follows_again(beside):
    """The other system greets who comes back, so that here a message tells it first."""
    beside.hears(event("unfollow"))
    beside.works()
    beside.hears(text_event("メニュー"))
    beside.clock.passes(minutes=5)
    beside.works()
    assert len(beside.said()) > 0


def test_failing_is_tried_again_with_longer_pauses(beside, neighbour):
    beside.post(body_of(THEIRS))
    neighbour.answers = [500, 302, 404, 200]
    for pause in (1, 2, 4):
        assert forward(beside, neighbour.address)
        assert not forward(beside, neighbour.address), "not at once"
        beside.clock.passes(seconds=pause - 0.1)
        assert not forward(beside, neighbour.address)
        beside.clock.passes(seconds=0.1)
    assert forward(beside, neighbour.address)
    assert states(beside) == {"sent": 1}
    assert len({body for body, _ in neighbour.taken}) == 1


def test_nobody_there_is_tried_again_and_given_up_after_a_day(beside):
    beside.post(body_of(THEIRS))
    nobody = "http://127.0.0.1:9/webhook"
    assert forward(beside, nobody)
    beside.clock.passes(hours=23)
    assert forward(beside, nobody)
    assert states(beside) == {"waiting": 1}
    beside.clock.now = NOON + GIVE_UP + timedelta(seconds=1)
    assert forward(beside, nobody)
    assert states(beside) == {"dead": 1}


def test_a_forwarded_body_is_kept_sealed_and_forgotten(beside, neighbour):
    beside.post(body_of({**THEIRS, "postback": {"data": "zzSECRETzz"}}))
    with beside.database.read() as tx:
        sealed = tx.connection.scalar(relay.relay.select().with_only_columns(relay.relay.c.body))
    assert b"zzSECRETzz" not in sealed
    forward(beside, neighbour.address)
    with beside.database.read() as tx:
        assert tx.connection.scalar(relay.relay.select().with_only_columns(relay.relay.c.body)) is None
        assert inbox.counts(tx) == {"ignored": 1}
