import json
import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from bot import webhook
from bot.app import create_app
from bot.relaying import RelayRules
from store import inbox
from store.db import Database
from store.migrations import migrate
from store.tables import inbox as inbox_table
from tests.line import (
    HANAKO,
    SECRET,
    Service,
    body_of,
    event,
    message_event,
    postback_event,
    running,
    signature,
    signed,
    text_event,
)
from tests.site import site_of

GOLDEN = (
    '{"destination":"U0","events":[{"type":"message","webhookEventId":"01FZ74A0TDDPYRVKNK77XKC3ZR","mode":"active",'
    '"timestamp":1795489200123,"source":{"type":"user","userId":"U11111111111111111111111111111111"},'
    '"message":{"type":"text","id":"1","text":"ごみの日はいつですか"},"replyToken":"0f3779fba3b349968c5d07db31eab56f"}]}'
).encode()
GOLDEN_SIGNATURE = "VoWNiGR2q+M4nX/UUFCSOgd7rKt1hV3DSUog6mmyPRE="
"""Made with: openssl dgst -sha256 -hmac 'the channel secret' -binary golden.json | base64"""


def counts(database: Database) -> dict[str, int]:
    with database.read() as tx:
        return inbox.counts(tx)


def test_a_signed_body_is_kept(service):
    answer = service.app.test_client().post(
        "/callback", data=GOLDEN, headers={"X-Line-Signature": GOLDEN_SIGNATURE}
    )
    assert answer.status_code == 200
    assert counts(service.database) == {"waiting": 1}


def test_the_connectivity_check(service):
    assert service.post(body_of()).status_code == 200
    assert counts(service.database) == {}


def test_the_signature_is_over_the_bytes(service):
    """Escaped or spaced otherwise it is the same JSON, but not what LINE signed."""
    same = json.dumps(json.loads(GOLDEN)).encode()
    assert service.post(same, **{"X-Line-Signature": GOLDEN_SIGNATURE}).status_code == 400
    spaced = b" " + GOLDEN.replace(b":", b" : ") + b"\n"
    assert service.post(spaced).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        "",
        "x",
        GOLDEN_SIGNATURE[:-1],
        GOLDEN_SIGNATURE.lower(),
        GOLDEN_SIGNATURE + " x",
        "あ".encode().decode("latin-1"),
        "é" * 44,
        "A" * 60_000,
        signature(GOLDEN, "another secret"),
        signature(GOLDEN + b" "),
    ],
)
def test_a_wrong_signature_keeps_nothing(service, wrong, caplog):
    headers = {} if wrong is None else {"X-Line-Signature": wrong}
    assert service.app.test_client().post("/callback", data=GOLDEN, headers=headers).status_code == 400
    assert counts(service.database) == {}
    assert not wrong or len(wrong) < 5 or wrong not in caplog.text


def test_signatures_are_compared_in_constant_time(service, monkeypatch):
    compared = []
    monkeypatch.setattr(webhook.hmac, "compare_digest", lambda *both: compared.append(both) or False)
    assert service.post(GOLDEN).status_code == 400
    assert compared == [(GOLDEN_SIGNATURE.encode(), GOLDEN_SIGNATURE.encode())]


def test_an_empty_secret_does_not_start(service):
    with pytest.raises(ValueError, match="secret is empty"):
        webhook.create_webhook(service.database, "", service.clock, lambda: None, RelayRules())


def test_one_mebibyte_and_no_more(service):
    most = webhook.MOST_BYTES
    body = body_of(text_event("あ"))
    full = body + b" " * (most - len(body))
    assert service.post(full).status_code == 200
    assert service.post(full + b" ").status_code == 413
    assert counts(service.database) == {"waiting": 1}


def test_a_body_without_a_length_is_measured_too(service):
    """As Waitress gives chunked bodies: no length, and the end of the stream is the end of the body."""
    chunked = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}

    def post(body: bytes) -> int:
        client = service.app.test_client()
        answer = client.post("/callback", data=body, headers=signed(body), environ_overrides=chunked)
        return answer.status_code

    assert post(body_of(text_event("あ"))) == 200
    assert post(b" " * (webhook.MOST_BYTES + 1)) == 413
    assert counts(service.database) == {"waiting": 1}


def test_a_length_that_lies_does_not_take_memory(service):
    environ = {"CONTENT_LENGTH": str(10**12)}
    answer = service.app.test_client().post(
        "/callback", data=b"x", headers=signed(b"x"), environ_overrides=environ
    )
    assert answer.status_code == 413


def test_a_signed_body_that_is_no_webhook(service):
    for body in (b"", b"{", b"[]", b'{"events": 3}'):
        assert service.post(body).status_code == 400
    assert counts(service.database) == {}


def test_redelivered_and_doubled_events_are_kept_once(service):
    first = text_event("ごみの日")
    again = {**first, "deliveryContext": {"isRedelivery": True}}
    for body in (body_of(first, first), body_of(again), body_of(again, text_event("次"))):
        assert service.post(body).status_code == 200
    assert counts(service.database) == {"waiting": 2}


def test_eight_deliveries_at_once_are_one(service):
    bodies = [body_of(text_event(f"質問 {number}"), text_event("次")) for number in range(5)]
    start = threading.Barrier(8)

    def deliver(_: int) -> set[int]:
        start.wait(10)
        return {service.post(body).status_code for body in bodies}

    with ThreadPoolExecutor(8) as threads:
        answered = set().union(*threads.map(deliver, range(8)))
    assert answered == {200}
    assert counts(service.database) == {"waiting": 10}


@pytest.mark.parametrize(
    "ignored",
    [
        text_event("みんなへ", source={"type": "group", "groupId": "C1", "userId": "U" + "1" * 32}),
        event("join", source={"type": "room", "roomId": "R1"}),
        text_event("係の人へ", mode="standby"),
        event("a kind of tomorrow"),
        message_event({"type": "hologram"}),
        postback_event("another=system"),
        {**event("accountLink"), "source": None},
    ],
)
def test_what_is_not_for_us_is_kept_and_logged_and_nothing_is_sent(service, ignored, caplog):
    caplog.set_level(logging.INFO)
    service.hears(ignored)
    service.works()
    assert counts(service.database) == {"ignored": 1}
    assert "event without effect" in caplog.text
    assert service.platform.calls() == ()


def test_a_commit_that_fails_asks_line_to_send_again(service, caplog):
    with service.database.write() as tx:
        tx.connection.execute(sa.text("ALTER TABLE inbox RENAME TO away"))
    body = body_of(text_event("秘密の相談"))
    assert service.post(body).status_code == 503
    with service.database.write() as tx:
        tx.connection.execute(sa.text("ALTER TABLE away RENAME TO inbox"))
        assert tx.connection.scalar(sa.text("SELECT count(*) FROM residents")) == 0, "all or nothing"
    assert "秘密" not in caplog.text
    assert service.post(body).status_code == 200
    assert counts(service.database) == {"waiting": 1}


def test_a_full_disk(city, sqlite):
    with running(sqlite, city) as service:
        with sqlite.read() as tx:
            pages = tx.connection.scalar(sa.text("PRAGMA page_count"))

        @sa.event.listens_for(sqlite.engine, "checkout")
        def _full(connection, *_):
            connection.execute(f"PRAGMA max_page_count = {pages}")

        events = [text_event("長い相談" * 1000) for _ in range(40)]
        assert service.post(body_of(*events)).status_code == 503
        assert counts(sqlite) == {}


def test_one_bad_event_does_not_lose_its_neighbours(service, monkeypatch):
    odd = [5, None, {}, {**text_event("x"), "webhookEventId": "\ud83d"}, text_event("x", emojis=5)]
    service.hears(text_event("前"))
    assert service.post(body_of(text_event("前"), *odd, text_event("後"))).status_code == 200
    assert counts(service.database) == {"waiting": 4}


def test_the_worker_is_woken_after_each_commit(service):
    woken = []
    app = _app_that_wakes(service, woken)
    body = body_of(text_event("はい"))
    app.test_client().post("/callback", data=body, headers=signed(body))
    app.test_client().post("/callback", data=body, headers={})
    assert woken == [{"waiting": 1}]


def _app_that_wakes(service: Service, woken: list[dict[str, int]]):
    wake = lambda: woken.append(counts(service.database))  # noqa: E731
    site = site_of(service.database, service.city, service.clock)
    return create_app(site, SECRET, wake, RelayRules())


def test_nothing_of_the_text_or_the_person_can_be_read_outside(sqlite, city, caplog, capfd):
    caplog.set_level(logging.INFO)
    with running(sqlite, city) as service:
        service.hears(text_event("夫の暴力から逃げたいです zzSECRETzz"))
        service.works()
        service.hears(text_event("ごみの分け方を知りたい zzSECRETzz"))
        service.works()
        assert service.said()
    files = [sqlite.file.with_name(sqlite.file.name + ending) for ending in ("", "-wal")]
    raw = b"".join(file.read_bytes() for file in files)
    assert len(raw) > 100_000
    logged = caplog.text + capfd.readouterr().err
    assert "webhook kept" in logged
    for secret in ("zzSECRETzz", "逃げたいです", HANAKO):
        assert secret not in logged
        assert secret.encode() not in raw
        assert secret.encode("utf-16-le") not in raw
        assert json.dumps(secret).strip('"').encode() not in raw
    with sqlite.read() as tx:
        assert all(body is None for body in tx.connection.scalars(sa.select(inbox_table.c.body)))


def test_health_and_readiness(service, keyring, tmp_path):
    client = service.app.test_client()
    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").json["status"] == "ready"
    empty = Database(f"sqlite:///{tmp_path}/empty.db", keyring)
    site = site_of(empty, service.city, service.clock)
    client = create_app(site, SECRET, lambda: None, RelayRules()).test_client()
    assert (client.get("/readyz").status_code, client.get("/healthz").status_code) == (503, 200)
    migrate(empty)
    assert client.get("/readyz").json == {"status": "no knowledge"}
    empty.close()
