"""The waiting list: joined and left by one tap; a place that became free is taken or passed."""

from datetime import timedelta

from handlers import notices as wording
from handlers.turn import Pressed
from store import bookings, notices, slots, waiting
from store.audit import SERVICE
from store.bookings import State
from store.db import Tx
from store.notices import NoticeKind
from store.slots import SlotId
from tests.conftest import NOON
from tests.dialogue import Speaker, hold
from tests.handlers.booking_town import CONSULTATION, book_out, of_resident, send_form

JOINED = ("法律相談 明日 予約", "「空きを待つ」と送ると、11月25日（水）に空きが出たときにお知らせします。")


def test_joined_and_left_by_one_tap(booker: Speaker) -> None:
    book_out(booker)
    hold(
        booker,
        [
            JOINED,
            (
                ">11月25日（水）の空きを待つ",
                "空きが出たら、お知らせします。\n11月25日（水）（時間は問わない）",
            ),
            ("予約の確認", "状況：空きを待っています"),
            (">空き待ちをやめる", "空き待ちをやめました。"),
            ("予約の確認", "見つかりませんでした"),
        ],
    )


def test_joined_in_words_and_once(booker: Speaker) -> None:
    book_out(booker)
    hold(
        booker,
        [
            JOINED,
            ("空きを待つ", "お知らせは、8時から20時までの間にお送りします。"),
            JOINED,
            ("空き待ち", "その日の空きは、すでにお待ちいただいています。"),
            ("予約をキャンセルしたい", "取り消しますか"),
            ("はい", "取り消しました"),
        ],
    )
    assert of_resident(booker) == ()


def test_no_list_where_the_day_is_not_full(booker: Speaker) -> None:
    hold(booker, [("法律相談 明日の10時 予約", "同じ日では、次の時間が空いています。"), ("空き待ち", "")])
    assert of_resident(booker) == ()


def test_an_offer_is_taken(booker: Speaker) -> None:
    offer(booker)
    hold(
        booker,
        [
            (press(booker, "この日時で予約する"), "15時まで、このお時間をお取りしています。"),
            ("予約の確認", "途中です（まだ決まっていません）"),
        ],
    )
    send_form(booker)
    hold(booker, [("予約の確認", "状況：決まっています")])


def test_an_offer_is_taken_from_the_list_of_bookings(booker: Speaker) -> None:
    offer(booker)
    hold(
        booker,
        [
            ("予約の確認", "状況：空きが出ました\n期限：15時"),
            (">この日時で予約する", "お取りしています"),
        ],
    )


def test_an_offer_is_passed_on(booker: Speaker, other: Speaker) -> None:
    book_out(booker)
    hold(other, [JOINED, ("空きを待つ", "お知らせします")])
    offer(booker)
    hold(other, [("予約の確認", "空きが出ました"), (">見送る", "わかりました。次の方にご案内します。")])
    assert of_resident(other) == ()
    assert [each.state for each in of_resident(booker)] == [State.WAITING]
    offer_next(booker)
    assert [each.state for each in of_resident(booker)] == [State.OFFERED]


def test_an_offer_that_is_over(booker: Speaker) -> None:
    offer(booker)
    button = press(booker, "この日時で予約する")
    booker.talk.now += timedelta(hours=4)
    book_out(booker, now=booker.talk.now)
    hold(booker, [(button, "お取りしていた時間が過ぎました。")])


def offer(speaker: Speaker) -> None:
    """Somebody cancels, and the place is offered to who waits."""
    if not of_resident(speaker):
        book_out(speaker)
        hold(speaker, [JOINED, ("空きを待つ", "お知らせします")])
    with speaker.talk.database.write() as tx:
        (taken,) = bookings.of_slot(tx, first_slot(tx), NOON)
        bookings.cancel(tx, taken.id, SERVICE, NOON)
    offer_next(speaker)


def offer_next(speaker: Speaker) -> None:
    with speaker.talk.database.write() as tx:
        assert waiting.offer_next(tx, first_slot(tx), CONSULTATION, NOON)


def first_slot(tx: Tx) -> SlotId:
    tomorrow = NOON + timedelta(days=2)
    return slots.of_programmes(tx, [CONSULTATION.programme], NOON, tomorrow, NOON)[0].id


def press(speaker: Speaker, label: str) -> Pressed:
    """The button of the notice that was sent."""
    with speaker.talk.database.write() as tx:
        due = [each for each in notices.claim_due(tx, NOON) if each.kind is NoticeKind.OFFER]
        reply = wording.word(tx, speaker.talk.city.current(tx), due[0], NOON)
    (cards,) = reply.parts
    choice = next(each for each in cards.cards[0].choices if each.label == label)  # type: ignore[union-attr]
    return Pressed(choice.does.data)  # type: ignore[union-attr]
