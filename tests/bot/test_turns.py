import json
from datetime import timedelta

import pytest

from bot import turns
from bot.turns import LINGER, Ready, Wait
from handlers import question, tell_later
from handlers.turn import Media, Pressed
from store import conversations, inbox, outbox, queries, residents
from store.inbox import MOST_AT_ONCE, InboxId, InboxItem
from tests.conftest import NOON
from tests.line import HANAKO, event, message_event, postback_event, text_event

SECOND = timedelta(seconds=1)


def items(*events: dict[str, object]) -> tuple[InboxItem, ...]:
    """Events as they wait in the inbox, one received each second from noon."""
    return tuple(
        InboxItem(InboxId(number), str(raw["webhookEventId"]), NOON, NOON + number * SECOND, True, body)
        for number, raw in enumerate(events)
        for body in [json.dumps(raw).encode()]
    )


PRESS, STICKER = postback_event("hd:menu"), message_event({"type": "sticker", "id": "1"})


@pytest.mark.parametrize(
    ("sent", "taken", "said"),
    [
        (["ごみの日はいつ"], 1, "ごみの日はいつ"),
        (["すみません", "あの", "ごみの", "出し方"], 4, "ごみの 出し方"),
        (["すみません", "ごみの日はいつ", "あの"], 2, "ごみの日はいつ"),
        (["ごみの日はいつ", "粗大ごみは？"], 1, "ごみの日はいつ"),
        ([PRESS, "ごみの"], 1, Pressed("menu")),
        (["ごみの", PRESS], 1, "ごみの"),
        (["あの", "ごみの", STICKER, "出し方"], 2, "ごみの"),
        ([STICKER, STICKER], 1, Media("sticker", "1")),
    ],
)
def test_bubbles_are_one_message(sent, taken, said):
    waiting = items(*(text_event(each) if isinstance(each, str) else each for each in sent))
    ready = turns.gather(waiting, NOON)
    assert isinstance(ready, Ready)
    assert ready.items == waiting[:taken]
    assert (ready.message.said.text if isinstance(said, str) else ready.message.said) == said
    assert ready.event.id == waiting[taken - 1].event_id, "the last has the freshest reply token"


def test_an_unfinished_bubble_waits_from_the_last_word_on():
    waiting = items(text_event("すみません"), text_event("ごみの"))
    until = NOON + SECOND + LINGER
    assert turns.gather(waiting, NOON + SECOND) == Wait(until)
    assert turns.gather(waiting, until - SECOND / 1000) == Wait(until)
    assert isinstance(turns.gather(waiting, until), Ready)


def test_somebody_who_never_finishes_is_answered_all_the_same():
    assert isinstance(turns.gather(items(*[text_event("あの")] * MOST_AT_ONCE), NOON), Ready)


def test_three_bubbles_get_one_answer(service):
    for bubble in ("すみません", "あの", "ごみの"):
        service.hears(text_event(bubble, at=service.clock.now))
        service.works()
        service.clock.passes(seconds=1)
    assert service.said() == ()
    service.hears(text_event("分け方を知りたい", at=service.clock.now))
    service.works()
    assert len(service.platform.calls("/v2/bot/message/reply")) == 1
    with service.database.write() as tx:
        hanako = residents.meet(tx, HANAKO, NOON).id
        assert queries.texts_of(tx, hanako) == ("ごみの 分け方を知りたい",)
        assert inbox.counts(tx) == {"done": 4}


def test_a_lonely_opener_is_answered_after_a_while(service):
    service.hears(text_event("すみません"))
    service.works()
    assert service.said() == ()
    service.clock.passes(seconds=3)
    service.works()
    assert len(service.said()) >= 1


def test_what_was_sent_first_is_answered_first(service):
    """LINE may deliver in another order."""
    service.hears(text_event("ありがとう", at=NOON), text_event("メニュー", at=NOON - SECOND))
    service.works()
    said = service.said()
    service.hears(text_event("メニュー"))
    service.works()
    assert said[0] == service.said()[-1]


def test_a_conversation_is_remembered_for_an_hour(service):
    service.hears(text_event("asdf"))
    service.works()
    with service.database.write() as tx:
        hanako = residents.meet(tx, HANAKO, NOON).id
        assert conversations.current(tx, hanako, NOON).topic == tell_later.MISSED


def test_who_leaves_and_comes_back(service):
    service.hears(event("unfollow"))
    service.works()
    with service.database.read() as tx:
        assert not residents.find(tx, residents.ResidentId(1)).follows
    service.hears(event("follow", follow={"isUnblocked": True}))
    service.works()
    with service.database.read() as tx:
        assert residents.find(tx, residents.ResidentId(1)).follows
    assert service.said()


def test_what_was_taken_back_is_forgotten(service):
    service.hears(text_event("ごみの分け方を知りたい", message_id="77"))
    service.works()
    service.hears({**event("unsend", unsend={"messageId": "77"}), "replyToken": None})
    service.works()
    with service.database.write() as tx:
        hanako = residents.meet(tx, HANAKO, NOON).id
        assert queries.texts_of(tx, hanako) == ()
        assert outbox.counts(tx)["sent"] == 1


@pytest.mark.parametrize("taken_back", ["75", "76", "77"])
def test_taking_back_any_bubble_forgets_the_question(service, taken_back):
    for number, bubble in (("75", "すみません"), ("76", "ごみの"), ("77", "分け方を知りたい")):
        service.hears(text_event(bubble, message_id=number))
    service.works()
    service.hears({**event("unsend", unsend={"messageId": taken_back}), "replyToken": None})
    service.works()
    with service.database.write() as tx:
        assert queries.texts_of(tx, residents.meet(tx, HANAKO, NOON).id) == ()


# When a handler fails -------------------------------------------------------------------------------


@pytest.fixture
def failing(monkeypatch):
    """A handler that has written much, and then fails."""

    def fails(turn):
        asked = queries.Query(turn.text, "question", "none")
        queries.record(turn.tx, turn.resident.id, asked, turn.now, channel="LINE", message_ids=["1"])
        outbox.put(turn.tx, turn.resident.id, b"[]", turn.now)
        raise RuntimeError(turn.text)

    monkeypatch.setattr(question, "handle", fails)


def trouble(service) -> str:
    with service.database.read() as tx:
        return service.city.current(tx).say("trouble.text")


def test_a_failing_handler_leaves_nothing_and_the_resident_is_told_once(service, failing, caplog):
    service.hears(*(text_event(bubble) for bubble in ("すみません", "ごみの", "分け方を知りたい")))
    service.works()
    assert service.said() == (trouble(service),)
    with service.database.write() as tx:
        hanako = residents.meet(tx, HANAKO, NOON).id
        assert queries.texts_of(tx, hanako) == ()
        assert inbox.counts(tx) == {"failed": 3}
    assert "RuntimeError" in caplog.text
    assert "分け方" not in caplog.text, "an error's message may quote the resident"
    service.clock.passes(hours=1)
    service.works()
    assert len(service.said()) == 1


def test_after_a_failure_the_next_message_is_answered(service, failing):
    service.hears(text_event("分け方を知りたい"), text_event("メニュー"))
    service.works()
    assert service.said()[0] == trouble(service)
    assert len(service.said()) > 1


def test_what_can_be_neither_answered_nor_apologized_for_is_given_up(service, failing, monkeypatch):
    monkeypatch.setattr(turns, "apologize", _raises)
    service.hears(text_event("分け方を知りたい"), text_event("メニュー"))
    service.works()
    assert len(service.said()) > 0
    with service.database.read() as tx:
        assert inbox.counts(tx) == {"failed": 1, "done": 1}


def _raises(*_: object) -> None:
    raise RuntimeError
