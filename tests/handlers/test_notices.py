"""What is said unasked: neutral, and with what can be done about it."""

from datetime import timedelta

import pytest

from bot import telling
from bot.line_messages import messages
from faq.disaster import ClosedOffice
from faq.models import OfficeId
from handlers import notices as wording
from handlers.turn import SILENCE, Cards, Pressed, Reply, Unfollowed
from store import closing, disaster_measures, displacing, notices
from store.audit import SERVICE
from store.notices import Notice, NoticeKind
from store.tables import slots as slots_table
from tests.conftest import NOON
from tests.dialogue import Speaker, hold
from tests.handlers.booking_town import of_resident, send_form
from tests.store.disasters import with_closed

LOOK_CHANGE_CANCEL = ["確認する", "日時を変える", "取り消す"]
TOMORROW = ("法律相談 明日 予約", "1. 13:00〜13:30")


@pytest.fixture
def booked(booker: Speaker) -> Speaker:
    hold(booker, [TOMORROW, ("1", "お取りしています")])
    send_form(booker)
    return booker


@pytest.mark.parametrize(
    ("kind", "shown", "told", "buttons"),
    [
        (NoticeKind.CONFIRMED, "ご予約を受け付けました", "13時から", LOOK_CHANGE_CANCEL),
        (NoticeKind.REMINDER_DAY_BEFORE, "ご予約の日が近づきました", "11月25日（水）", LOOK_CHANGE_CANCEL),
        (NoticeKind.REMINDER_MORNING, "ご予約の時間が近づきました", "13時から", LOOK_CHANGE_CANCEL),
        (NoticeKind.DRAWN, "抽選の結果のお知らせです", "当選しました", LOOK_CHANGE_CANCEL),
        (NoticeKind.NOT_DRAWN, "抽選の結果のお知らせです", "抽選にもれました", ["別の時間"]),
        (NoticeKind.OFFER_GONE, "ご案内の期限が過ぎました", "次の方に", ["別の時間"]),
        (NoticeKind.CANCELLED, "ご予約を取り消しました", "お心当たりがないとき", ["別の時間"]),
        (NoticeKind.OFFER, "空きが出ました", "11月25日（水）", ["この日時で予約する", "見送る"]),
        (NoticeKind.CLOSED, "ご予約の日時についてのお知らせです", "市の都合で", ["日時を変える", "確認する"]),
        (NoticeKind.HOLD_WARNING, "まもなく時間が切れます", "お急ぎください", ["予約のつづき", "もっと時間がほしい"]),
    ],
)  # fmt: skip
def test_neutral_words_with_what_can_be_done(
    booked: Speaker, kind: NoticeKind, shown: str, told: str, buttons: list[str]
) -> None:
    reply = word(booked, kind)
    assert [choice.label for choice in telling.choices(reply)] == buttons
    assert told in telling.text(reply)
    assert "法律" not in str(messages(reply))
    assert "花子" not in str(messages(reply))
    (message,) = messages(reply)
    assert message["altText"] == shown, "all that a locked screen shows"


def test_every_kind_has_its_words(booked: Speaker) -> None:
    of_others = (NoticeKind.ANSWERED, NoticeKind.OPINION_ANSWERED, NoticeKind.COLLABORATION_STAGE)
    others = (*of_others, *(kind for kind in NoticeKind if kind.startswith("case_")))
    of_bookings = [kind for kind in NoticeKind if kind not in others]
    assert all(telling.text(word(booked, kind)) for kind in of_bookings)


def test_cancelled_from_the_reminder(booked: Speaker) -> None:
    reply = word(booked, NoticeKind.REMINDER_MORNING)
    hold(booked, [(press(reply, "取り消す"), "取り消しますか"), ("はい", "取り消しました")])
    hold(booked, [(press(reply, "取り消す"), "このボタンは、もう使えません。")])


def test_more_time_from_the_warning(booker: Speaker) -> None:
    hold(booker, [TOMORROW, ("1", "お取りしています")])
    booker.talk.now += timedelta(minutes=7)
    with booker.talk.database.write() as tx:
        (due,) = notices.claim_due(tx, booker.talk.now)
        reply = wording.word(tx, booker.talk.city.current(tx), due, booker.talk.now)
    assert "12時10分まで" in telling.text(reply)
    hold(
        booker,
        [
            (press(reply, "予約のつづき"), "お取りしています"),
            (press(reply, "もっと時間がほしい"), "12時20分まで延ばしました。"),
        ],
    )


def test_a_booking_that_a_disaster_moved(booked: Speaker) -> None:
    """Both times, whether the place is another, and what can be done; nothing of what it is about."""
    now, hall = booked.talk.now, OfficeId("hall")
    with booked.talk.database.write() as tx:
        (mine,) = of_resident(booked)
        assert mine.slot is not None
        tx.connection.execute(
            slots_table.update().where(slots_table.c.id == mine.slot.id).values(office=hall)
        )
        with_closed(tx, ClosedOffice(hall, now, now + timedelta(days=2)), now=now)
        present = disaster_measures.now_on(tx, now)
        terms = booked.talk.city.current(tx).terms
    assert displacing.keep(booked.talk.database, present, terms, now) == 1
    reply = word(booked, NoticeKind.MOVED)
    assert "これまで：11月25日（水）13時から" in telling.text(reply)
    assert "これから：11月25日（水）13時30分から" in telling.text(reply)
    assert "場所も変わりました" in telling.text(reply)
    assert [choice.label for choice in telling.choices(reply)] == LOOK_CHANGE_CANCEL
    assert "法律" not in str(messages(reply))


def test_another_date_from_the_news_of_a_closure(booked: Speaker) -> None:
    (mine,) = of_resident(booked)
    assert mine.slot is not None
    with booked.talk.database.write() as tx:
        closing.close(tx, mine.slot.id, SERVICE, NOON)
        due = next(each for each in notices.claim_due(tx, NOON) if each.kind is NoticeKind.CLOSED)
        reply = wording.word(tx, booked.talk.city.current(tx), due, NOON)
    hold(
        booked,
        [
            (press(reply, "日時を変える"), "新しい日時をえらんでください"),
            ("2", "11月27日（金）\n新しい時間"),
            ("1", "【日時を変えました】"),
        ],
    )


def test_what_was_taken_in(booker: Speaker) -> None:
    hold(booker, [("人権相談 南区 予約", "抽選し"), ("1", "抽選です。")])
    send_form(booker)
    assert "抽選の結果は、このトークでお知らせします。" in telling.text(word(booker, NoticeKind.CONFIRMED))


def test_nobody_is_told_who_left(booked: Speaker) -> None:
    booked.says(Unfollowed())
    assert word(booked, NoticeKind.REMINDER_MORNING) == SILENCE


def word(speaker: Speaker, kind: NoticeKind) -> Reply:
    """A notice of that kind about the only booking."""
    (mine,) = of_resident(speaker)
    with speaker.talk.database.write() as tx:
        sent = notices.NoticeState.SENT
        given = Notice(notices.NoticeId(1), speaker.talk.resident, kind, mine.id, NOON, None, sent)
        reply = wording.word(tx, speaker.talk.city.current(tx), given, NOON)
    assert not reply.parts or isinstance(reply.parts[0], Cards)
    return reply


def press(reply: Reply, label: str) -> Pressed:
    choice = next(each for each in telling.choices(reply) if each.label == label)
    return Pressed(choice.does.data)  # type: ignore[union-attr]
