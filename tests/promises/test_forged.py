"""What LINE did not sign, or cannot have meant, leaves not a row, and nothing that anybody sends fails the service."""

import gzip
import hmac
import json
import socket
import threading
from collections.abc import Iterator, Mapping

import pytest

from bot.city import LiveCity
from store import delivery, inbox
from store.db import Database
from tests.line import HANAKO, Service, body_of, postback_event, running, signature, text_event
from tests.promises.rows import rows
from tests.promises.wire import Wire, chunked, listening, request, signed

DEEP = 100_000
QUESTION = text_event("住民票の写しがほしい")
BODY = body_of(QUESTION)
ANOTHER = body_of(text_event("転出届を出したい"))


@pytest.fixture
def service(database: Database, city: LiveCity) -> Iterator[Service]:
    with running(database, city) as service:
        yield service


@pytest.fixture
def wire(database: Database, city: LiveCity) -> Iterator[Wire]:
    with running(database, city) as service, listening(service) as wire:
        yield wire


# Who is not LINE ------------------------------------------------------------------------------------------------------

OTHERS = {
    "without a signature": request(BODY),
    "an empty one": request(BODY, "X-Line-Signature: "),
    "by another secret": request(BODY, f"X-Line-Signature: {signature(BODY, 'another secret')}"),
    "by an empty secret": request(BODY, f"X-Line-Signature: {signature(BODY, '')}"),
    "of another body": request(BODY, signed(ANOTHER)),
    "of the body before a change": request(BODY.replace(b"\xe4", b"\xe5", 1), signed(BODY)),
    "of the body without its last letter": request(BODY, signed(BODY[:-1])),
    "cut short": request(BODY, signed(BODY)[:-1]),
    "of another case": request(BODY, signed(BODY).swapcase().replace("x-lINE-sIGNATURE", "X-Line-Signature")),
    "in hexadecimal": request(BODY, f"X-Line-Signature: {hmac.digest(b'the channel secret', BODY, 'sha256').hex()}"),
    "twice, once right": request(BODY, "X-Line-Signature: x", signed(BODY)),
    "under another name": request(BODY, signed(BODY).replace("X-Line-Signature", "X_Line_Signature")),
    "with NUL": request(BODY, signed(BODY) + "\0"),
    "of letters that no header has": request(BODY, "X-Line-Signature: é\xff\x80"),
    "of a body that is packed": request(gzip.compress(BODY), signed(BODY), "Content-Encoding: gzip"),
    "half a body": request(BODY, signed(BODY))[:-10],
    "no body": request(b"", signed(BODY)),
    "a length of letters": request(BODY, signed(BODY), "Content-Length: ten", measured=False),
    "a length below nothing": request(BODY, signed(BODY), "Content-Length: -1", measured=False),
    "two lengths": request(BODY, signed(BODY), "Content-Length: 1"),
    "a body behind another's end": request(b"", signed(BODY)) + BODY,
    "a chunk of no size": request(b"zz\r\n" + BODY, signed(BODY), "Transfer-Encoding: chunked", measured=False),
    "half a chunk": request(chunked(BODY)[:-60], signed(BODY), "Transfer-Encoding: chunked", measured=False),
    "a chunk below nothing": request(b"-5\r\n" + BODY, signed(BODY), "Transfer-Encoding: chunked", measured=False),
    "an encoding that nobody knows": request(BODY, signed(BODY), "Transfer-Encoding: elsewhere"),
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "nothing": b"",
}  # fmt: skip


METHODS = ("GET", "HEAD", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "p\0st", "POST POST")


def is_refused(status: int) -> bool:
    """By a status that blames the sender, or without a word; 501 is what HTTP demands for an unknown encoding."""
    return status in (0, 501) or 400 <= status < 500


def test_by_another_method(wire: Wire) -> None:
    before = rows(wire.service.database)
    for method in METHODS:
        assert is_refused(wire.send(request(BODY, signed(BODY), method=method))), method
    assert wire.send(request(BODY, signed(BODY), method="OPTIONS")) == 200, "which says that POST is the way"
    assert rows(wire.service.database) == before


def test_what_line_did_not_sign(wire: Wire) -> None:
    before = rows(wire.service.database)
    answered = {name: wire.send(sent) for name, sent in OTHERS.items()}
    assert not {name: status for name, status in answered.items() if not is_refused(status)}
    assert rows(wire.service.database) == before
    assert wire.send(request(BODY, signed(BODY))) == 200, "LINE itself is heard as before"
    assert rows(wire.service.database) > before


def test_elsewhere_than_at_the_callback(wire: Wire) -> None:
    before = rows(wire.service.database)
    for path in (
        "/callback/",
        "/callback%00",
        "/callback/../callback",
        "/CALLBACK",
        "/callback;x",
        "*",
    ):
        assert is_refused(wire.send(request(BODY, signed(BODY), path=path))), path
    assert rows(wire.service.database) == before


def test_without_a_look_at_the_signature_rows_appear(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same count notices that everybody is taken for LINE."""
    monkeypatch.setattr("bot.webhook.is_signed", lambda *_: True)
    before = rows(wire.service.database)
    assert wire.send(OTHERS["by another secret"]) == 200
    assert rows(wire.service.database) > before


# Signed, whatever it is -----------------------------------------------------------------------------------------------


def test_one_body_in_any_pieces_and_again_is_one(wire: Wire) -> None:
    """A body that LINE signed comes once, however it is cut, and however often somebody sends it anew."""
    in_chunks = request(chunked(BODY, 7), signed(BODY), "Transfer-Encoding: chunked", measured=False)
    whole = request(BODY, signed(BODY))
    letters = [whole[at : at + 1] for at in range(len(whole))]
    assert {wire.send(in_chunks), wire.send(whole), wire.send(*letters), wire.send(whole)} == {200}
    with wire.service.database.read() as tx:
        assert inbox.counts(tx) == {"waiting": 1}


NONSENSE = {
    "nothing": b"",
    "no JSON": b"{",
    "deep lists": b"[" * DEEP,
    "deep objects": b'{"events":' * DEEP,
    "deep in an event": b'{"events":[{"webhookEventId":"1","x":' + b"[" * DEEP + b"]" * DEEP + b"}]}",
    "no UTF-8": b'{"events":["\xff\xfe"]}',
    "half a letter": '{"events":["あ'.encode()[:-1],
    "UTF-32": '{"events":'.encode("utf-32"),
    "the mark of UTF-8 before nonsense": b"\xef\xbb\xbf\xef\xbb\xbf{}",
    "NUL": b"\0" * 1000,
    "a number of a million digits, and no end": b'{"events":[' + b"9" * 1_000_000,
    "a list": b"[]",
    "no events": b"{}",
    "events without a list": b'{"events":{"0":{}}}',
    "the last key counts": b'{"events":[{"webhookEventId":"1"}],"events":0}',
}


def test_signed_nonsense(wire: Wire) -> None:
    before = rows(wire.service.database)
    answered = {name: wire.send(request(body, signed(body))) for name, body in NONSENSE.items()}
    assert set(answered.values()) == {400}, answered
    assert rows(wire.service.database) == before


def changed(event: Mapping[str, object], **properties: object) -> dict[str, object]:
    """Hanako's event, with properties that LINE never sends."""
    return {**event, **properties}


def message(**properties: object) -> dict[str, object]:
    kept = {"type": "text", "id": "1", "text": "あ"}
    return changed(text_event("あ"), message={**kept, **properties})


ODD = {
    "no such type": changed(QUESTION, type={"message": []}),
    "no source": changed(QUESTION, source=None),
    "a name of NUL": changed(QUESTION, webhookEventId="\0"),
    "a name of half a letter": changed(QUESTION, webhookEventId="\ud83d"),
    "a name of a million letters": changed(QUESTION, webhookEventId="x" * 900_000),
    "an hour beyond all time": changed(text_event("あ"), timestamp=10**300),
    "an hour before all time": changed(text_event("あ"), timestamp=-(10**18)),
    "an hour that is none": changed(text_event("あ"), timestamp=float("nan")),
    "a resident of letters no column takes": changed(text_event("あ"), source={"type": "user", "userId": "\0\ud800"}),
    "a text that is a list": message(text=["あ"] * 1000),
    "a text of half letters": message(text="\udc00\ud800" * 2000),
    "a text of NUL": message(text="\0" * 5000),
    "a text of a third of a million letters": message(text="住" * 330_000),
    "emoji everywhere": message(text="あ" * 100_000, emojis=[{"index": n, "length": 1} for n in range(20_000)]),
    "emoji beyond the text": message(emojis=[{"index": 10**15, "length": 10**18}, {"index": True, "length": 1}]),
    "a place that is nowhere": message(type="location", latitude=float("inf"), longitude=float("nan")),
    "a place of truth": message(type="location", latitude=True, longitude=False),
    "a place at the pole": message(type="location", latitude=90, longitude=-180),
    "a picture without a name": message(type="image", id=None),
    "a film of another's name": message(type="video", id="../../etc/passwd"),
    "a button of ours that never was": postback_event("hd:\0\ud800"),
    "a button of a million letters": postback_event("hd:" + "x" * 900_000),
    "a button that says too much": postback_event("hd:say:" + "あ" * 100_000),
    "the first day": postback_event("hd:day", {"date": "0001-01-01"}),
    "the last day": postback_event("hd:day", {"date": "9999-12-31"}),
    "the last minute": postback_event("hd:day", {"datetime": "9999-12-31T23:59"}),
    "a day of another calendar": postback_event("hd:day", {"date": "2026-W53-7", "time": "25:61"}),
    "a taking back of nothing": changed(text_event("あ"), type="unsend", unsend={"messageId": "\0"}),
}  # fmt: skip


def test_signed_and_odd(service: Service) -> None:
    """It is kept or ignored, worked through without a failure, and the question after it is answered."""
    for name, event in ODD.items():
        service.platform.issue_reply_token(HANAKO, str(event["replyToken"]))
        assert service.post(body_of(event)).status_code == 200, name
    service.hears(text_event("ごみの分け方を知りたい"))
    service.works()
    with service.database.read() as tx:
        assert set(inbox.counts(tx)) == {"done", "ignored"}
        assert not delivery.given_up(tx, most=10)
    assert any("ごみ" in said for said in service.said()[-3:])


def nested(depth: int) -> bytes:
    """A question with something as deep beside it; written out, since Python writes nothing so deep."""
    event = json.dumps(text_event("住民票の写しがほしい"))[:-1]
    return f'{{"events":[{event},"x":{"[" * depth}{"]" * depth}}}]}}'.encode()


def deepest(service: Service) -> int:
    """How deep an event may be and still be taken by the webhook."""
    return max(depth for depth in range(900, 1000, 5) if service.post(nested(depth)).status_code == 200)


def deeper(steps: int, work: Service) -> None:
    """The worker at work, so many calls down: as deep as a longer way to it may lead one day."""
    if steps:
        deeper(steps - 1, work)
    else:
        work.works()


def failed_by_depth(service: Service) -> int:
    with service.database.write() as tx:
        tx.connection.exec_driver_sql("DELETE FROM inbox")
    assert service.post(nested(deepest(service))).status_code == 200
    deeper(100, service)
    with service.database.read() as tx:
        return inbox.counts(tx).get("failed", 0)


def test_what_the_webhook_takes_the_worker_can_read(service: Service) -> None:
    assert not failed_by_depth(service)
    assert any("住民票" in said for said in service.said())


def test_kept_as_deep_as_it_came_it_cannot_be_read_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the worker's stack is another than the webhook's."""
    monkeypatch.setattr("bot.line_events.shallow", lambda raw: raw)
    assert failed_by_depth(service)


def test_half_a_body_holds_nobody_up(wire: Wire) -> None:
    """Thirty clients begin a body and go on no more; LINE is answered meanwhile, and nothing of theirs is kept."""
    before = rows(wire.service.database)
    waiting = threading.Barrier(31)
    half = request(BODY, signed(BODY))[:-10]

    def begin() -> None:
        with socket.create_connection(("127.0.0.1", wire.port), 20) as line:
            line.sendall(half)
            waiting.wait(20)
            waiting.wait(20)

    clients = [threading.Thread(target=begin) for _ in range(30)]
    for client in clients:
        client.start()
    waiting.wait(20)
    assert rows(wire.service.database) == before
    assert wire.send(request(ANOTHER, signed(ANOTHER))) == 200
    waiting.wait(20)
    for client in clients:
        client.join()
    with wire.service.database.read() as tx:
        assert inbox.counts(tx) == {"waiting": 1}
