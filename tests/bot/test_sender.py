import logging
import threading

import pytest
import sqlalchemy as sa

from bot.line_messages import to_bytes
from bot.platform import api
from bot.platform.server import Drops, Fails
from store import delivery, outbox, residents
from store.outbox import REPLY_LIFE, RETRY_KEY_LIFE, SETTLES
from tests.conftest import NOON
from tests.line import HANAKO, TARO, event, text_event

REPLY, PUSH = "/v2/bot/message/reply", "/v2/bot/message/push"
ASK = "メニュー"


@pytest.fixture
def answered(service):
    """A service whose answer to Hanako waits in the outbox."""
    service.hears(text_event(ASK))
    service.answers()
    return service


def send(service) -> bool:
    return service.worker.send_next()


def put(service, text: str, user: str = HANAKO, **reply: object) -> None:
    """Something to say unasked."""
    with service.database.write() as tx:
        resident = residents.meet(tx, user, NOON).id
        outbox.put(tx, resident, to_bytes([{"type": "text", "text": text}]), service.clock.now, **reply)


def counts(service) -> dict[str, int]:
    with service.database.read() as tx:
        return {state: count for state, count in outbox.counts(tx).items() if count}


def sent(service, path: str) -> list[tuple[int, bool]]:
    """What LINE answered, and whether it delivered."""
    return [(call.status, call.took_effect) for call in service.platform.calls(path)]


def test_a_reply_while_the_token_lives(answered):
    answered.clock.passes(seconds=(REPLY_LIFE - SETTLES).total_seconds() - 1)
    assert send(answered)
    assert sent(answered, REPLY) == [(200, True)]
    assert sent(answered, PUSH) == []
    assert counts(answered) == {"sent": 1}
    assert not send(answered)


def test_a_push_once_the_token_has_died(answered):
    answered.clock.passes(seconds=REPLY_LIFE.total_seconds())
    assert send(answered)
    (push,) = answered.platform.calls()
    assert (push.path, push.status) == (PUSH, 200)
    assert push.retry_key
    assert push.body["to"] == HANAKO
    assert counts(answered) == {"sent": 1}, "no reply was tried, so nothing may be doubled"


def test_a_token_that_line_no_longer_takes(answered):
    """Never used, and yet refused: it was slower on its way than we think."""
    answered.clock.passes(seconds=19)
    answered.platform._reply_tokens.clear()
    assert send(answered)
    assert send(answered)
    assert (sent(answered, REPLY), sent(answered, PUSH)) == ([(400, False)], [(200, True)])
    assert counts(answered) == {"sent": 1}


@pytest.mark.parametrize("fault", [Fails(500, after_effect=True), Drops(after_effect=True)])
def test_a_reply_that_arrived_without_our_knowing(answered, fault):
    """The token is tried again, and LINE's 400 says that it was used: one delivery."""
    answered.server.fail_next(fault)
    assert send(answered)
    assert not send(answered), "not at once"
    answered.clock.passes(seconds=1)
    assert send(answered)
    assert [effect for _, effect in sent(answered, REPLY)] == [True, False]
    assert sent(answered, REPLY)[1][0] == 400
    assert counts(answered) == {"sent": 1}
    assert sent(answered, PUSH) == []


@pytest.mark.parametrize("fault", [Fails(500), Drops(), Fails(503)])
def test_a_reply_that_did_not_arrive(answered, fault):
    answered.server.fail_next(fault)
    send(answered)
    answered.clock.passes(seconds=1)
    send(answered)
    assert [effect for _, effect in sent(answered, REPLY)] == [False, True]
    assert counts(answered) == {"sent": 1}


def test_the_one_doubling_that_may_happen_is_counted(answered):
    """A reply that nobody knows the end of until its token died is pushed."""
    answered.server.fail_next(Drops(after_effect=True))
    send(answered)
    answered.clock.passes(minutes=1)
    send(answered)
    assert sent(answered, PUSH) == [(200, True)]
    assert counts(answered) == {"sent": 1, "may_be_doubled": 1}


@pytest.mark.parametrize("fault", [Drops(after_effect=True), Fails(500, after_effect=True)])
def test_a_push_that_arrived_without_our_knowing(service, fault):
    put(service, "お知らせ")
    service.server.fail_next(fault)
    send(service)
    service.clock.passes(seconds=1)
    send(service)
    assert sent(service, PUSH)[1] == (409, False)
    assert service.said() == ("お知らせ",)
    first, second = service.platform.calls(PUSH)
    assert (first.retry_key, first.body) == (second.retry_key, second.body)
    assert counts(service) == {"sent": 1}


def test_tries_grow_rarer(service):
    put(service, "お知らせ")
    for pause in (1, 2, 4, 8):
        service.server.fail_next(Fails(500))
        assert send(service)
        service.clock.passes(seconds=pause - 0.1)
        assert not send(service)
        service.clock.passes(seconds=0.1)
    assert send(service)
    assert service.said() == ("お知らせ",)


def test_429_waits_and_does_not_make_a_reply_doubtful(answered):
    answered.server.fail_next(Fails(429))
    send(answered)
    assert not send(answered)
    answered.clock.passes(minutes=2)
    send(answered)
    assert sent(answered, PUSH) == [(200, True)]
    assert counts(answered) == {"sent": 1}, "LINE surely did not take the reply: nothing is doubled"


def test_a_month_that_is_used_up_waits_an_hour(service):
    service.platform.quota = 0
    put(service, "お知らせ")
    send(service)
    service.clock.passes(minutes=59)
    assert not send(service)
    service.platform.quota = 1
    service.clock.passes(minutes=1)
    assert send(service)
    assert service.said() == ("お知らせ",)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413])
def test_what_line_refuses_for_good_is_dead_and_visible(service, status, caplog):
    put(service, "zzSECRETzz")
    service.server.fail_next(Fails(status))
    send(service)
    assert counts(service) == {"dead": 1}
    assert f"status {status}" in caplog.text
    assert "zzSECRETzz" not in caplog.text
    service.clock.passes(days=1)
    assert not send(service)


@pytest.mark.parametrize("status", [401, 403])
def test_a_reply_that_line_refuses_for_good(answered, status):
    answered.server.fail_next(Fails(status))
    send(answered)
    assert counts(answered) == {"dead": 1}


@pytest.mark.parametrize(
    "messages", [b"[]", b'[{"type":"no such kind"}]', b'[{"type":"text"}]', b"[" + b"{}," * 5 + b"{}]"]
)
def test_messages_that_even_the_sdk_refuses_do_not_hold_up_the_next(service, messages):
    with service.database.write() as tx:
        outbox.put(tx, residents.meet(tx, HANAKO, NOON).id, messages, NOON)
    put(service, "次")
    service.works()
    assert counts(service) == {"dead": 1, "sent": 1}
    assert service.said() == ("次",)


def test_an_answer_that_the_sdk_cannot_read_is_no_answer(service, monkeypatch):
    """LINE took it, but answered in a shape of tomorrow: the retry key settles it."""

    monkeypatch.setattr(api, "_sent", lambda *_, **__: api.json_answer({}))
    put(service, "お知らせ")
    send(service)
    monkeypatch.undo()
    service.clock.passes(seconds=1)
    send(service)
    assert counts(service) == {"sent": 1}
    assert service.said() == ("お知らせ",)


def test_who_left_gets_no_push_but_is_still_answered(service):
    put(service, "お知らせ")
    service.hears(event("unfollow"))
    service.answers()
    assert counts(service) == {"dropped": 1}
    put(service, "もう一つ")
    send(service)
    assert counts(service) == {"dropped": 2}
    assert service.platform.calls() == ()


def test_after_23_hours_a_retry_key_is_not_trusted(service):
    put(service, "お知らせ")
    service.server.fail_next(Drops(after_effect=True))
    send(service)
    service.clock.now = NOON + RETRY_KEY_LIFE
    service.server.fail_next(Fails(500))
    send(service)
    service.clock.passes(minutes=20)
    assert send(service)
    assert len(service.platform.calls(PUSH)) == 2, "a third try could be a second delivery"
    assert counts(service) == {"dead": 1}


def test_the_order_is_kept_while_the_first_fails(service):
    for text, user in (("一", HANAKO), ("二", HANAKO), ("別の人", TARO)):
        put(service, text, user)
    service.platform.meet(TARO)
    service.server.fail_next(Fails(500))
    service.works()
    assert service.said() == ()
    assert len(service.platform.sent_to(TARO)) == 1, "others need not wait"
    service.clock.passes(seconds=1)
    service.works()
    assert service.said() == ("一", "二")


def test_eight_threads_send_each_once_and_in_order(service):
    texts = tuple(f"{number}" for number in range(12))
    for text in texts:
        put(service, text)
    start = threading.Barrier(8)

    def work() -> None:
        start.wait(10)
        while counts(service).get("waiting"):
            send(service)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert service.said() == texts


def test_a_worker_that_lost_its_lease_says_nothing_of_the_outcome(service, monkeypatch):
    """Killed or asleep for longer than its lease: the next worker has tried, and its word counts."""
    put(service, "お知らせ")
    line = service.worker._client()
    push = line.push

    def sleepy(*sending: str):
        answer = push(*sending)
        service.clock.passes(seconds=31)
        with service.database.write() as tx:
            outbox.claim(tx, "another", service.clock.now)
        return answer

    monkeypatch.setattr(line, "push", sleepy)
    send(service)
    assert counts(service) == {"waiting": 1}
    monkeypatch.undo()
    service.clock.passes(seconds=31)
    send(service)
    assert service.said() == ("お知らせ",)
    assert counts(service) == {"sent": 1}


def test_a_database_that_is_away_for_a_moment_hears_of_it_afterwards(service, monkeypatch):
    """Else the next answer to the same resident would wait until the lease is over."""
    put(service, "お知らせ")
    away = iter([sa.exc.OperationalError("UPDATE", {}, Exception("away"))] * 3)
    sent = delivery.sent

    def back_soon(*given: object) -> bool:
        for error in away:
            raise error
        return sent(*given)

    monkeypatch.setattr("bot.sender.AGAIN", 0.001)
    monkeypatch.setattr(delivery, "sent", back_soon)
    send(service)
    assert list(away) == [], "it was tried until it was heard"
    assert counts(service) == {"sent": 1}
    assert service.said() == ("お知らせ",)


def test_the_log_names_the_request_and_not_the_person(answered, caplog):
    caplog.set_level(logging.INFO)
    send(answered)
    assert "status 200" in caplog.text
    assert HANAKO not in caplog.text
