"""わたしのデータ: seen and erased in the talk, and nothing erased or cancelled without a word."""

from datetime import timedelta

import pytest

from bot.talking import Talk
from handlers.turn import Followed, Unfollowed
from store import ahead, booked, leaving, queries, residents
from store.bookings import State
from tests.dialogue import Speaker, hold
from tests.handlers.booking_town import send_form
from tests.handlers.test_booking_mine import TOMORROW

ASKED = "消してよいですか"


def wish(speaker: Speaker) -> bool | None:
    """Whether they wait for what is to come to be over; None: they are not leaving."""
    with speaker.talk.database.read() as tx:
        found = leaving.of_resident(tx, speaker.talk.resident)
    return found.waits if found else None


def is_known(speaker: Speaker) -> bool:
    with speaker.talk.database.read() as tx:
        return residents.find(tx, speaker.talk.resident) is not None


@pytest.fixture
def booking(booker: Speaker) -> Speaker:
    """Somebody who has booked 13時 tomorrow."""
    hold(booker, [TOMORROW, ("1", "お取りしています")])
    send_form(booker)
    return booker


def state(speaker: Speaker) -> State:
    """Of the only booking."""
    with speaker.talk.database.read() as tx:
        (mine,) = booked.all_of_resident(tx, speaker.talk.resident, speaker.talk.now)
    return mine.state


def step(speaker: Speaker) -> None:
    leaving.step(speaker.talk.database, speaker.talk.now)


@pytest.mark.parametrize(
    "said",
    ["わたしのデータ", "私のデータを見せて", "自分の個人情報を確認したい", "トーク履歴を見せてください"],
)
def test_it_says_what_is_kept_and_until_when(resident: Speaker, said: str) -> None:
    resident.says("ごみの出し方")
    heard = resident.hears(said)
    for words in (
        "【あなたについて残しているもの】",
        "友だちをやめる（ブロックする）と30日後に、下のものと一緒に消します。",
        "尋ねた言葉：1件。質問を受けた日から365日で消します",
        "ご予約：なし",
        "お電話や窓口でうかがったことは",
        "30分のあいだ、一度だけ開けます",
    ):
        assert words in heard
    assert resident.buttons[:2] == ["全部見る・持ち帰る", "消す"]


@pytest.mark.parametrize(
    "said",
    [
        "退会",
        "退会したいです",
        "私の情報を消して",
        "履歴を削除",
        "履歴を全部消してください",
        "アカウントを削除したい",
        "わたしのデータを消せますか",
    ],
)
def test_to_erase_asks_first(resident: Speaker, said: str) -> None:
    hold(resident, [(said, ASKED), (">消さない", "何も消していません。")])
    assert wish(resident) is None
    assert is_known(resident)


@pytest.mark.parametrize(
    "said",
    [
        "私のマイナンバーを見たい",
        "私の住民票を見たい",
        "自分の情報を市がどう持ってるか開示してほしい",
        "町内会を退会したい",
        "パソコンのデータを消したい",
        "履歴書の書き方",
        "私のデータを消さないで",
        "データを見たい",
    ],
)
def test_it_takes_nothing_that_is_about_something_else(resident: Speaker, said: str) -> None:
    assert resident.says(said).routed.handler != "my_data"


def test_it_says_exactly_what_goes_and_what_stays(resident: Speaker) -> None:
    resident.says("ごみの出し方")
    heard = resident.hears("私の情報を消して")
    for words in (
        "・尋ねた言葉（1件）",
        "件数だけの集計と、職員の操作の記録",
        "市が公文書として残したものは",
        "開示（見ること）を請求できます",
        "個人情報の保護に関する法律 第76条",
        "※いまも同じ内容かどうか、確認できていません。",
        "もとに戻せません",
    ):
        assert words in heard
    assert "フォーム" not in heard
    assert resident.buttons[:2] == ["全部消す", "消さない"]


def test_erased_once_confirmed(resident: Speaker) -> None:
    resident.says("ごみの出し方")
    hold(resident, [("退会", ASKED), (">全部消す", "このお返事が届いたあとに、全部消します。")])
    assert is_known(resident), "the answer has to go out first"
    step(resident)
    assert not is_known(resident)


def test_a_button_is_pressed_once_and_by_its_owner_alone(resident: Speaker) -> None:
    hold(resident, [("退会", ASKED)])
    button = resident.talk.understand(">全部消す")
    hold(resident, [(button, "全部消します"), (button, "このボタンは、もう使えません。")])
    other = Speaker(resident.talk.database, resident.talk.city)
    other.talk = Talk.of(resident.talk.database, resident.talk.city, "other", resident.talk.now)
    hold(other, [(button, "このボタンは、もう使えません。")])
    assert wish(other) is None


def test_bookings_are_told_of_and_cancelled_only_where_they_say_so(booking: Speaker) -> None:
    heard = booking.hears("退会")
    assert "【まだ終わっていないもの】" in heard
    assert "・ご予約：" in heard
    assert "法律相談" not in heard, "others may see the screen"
    assert booking.buttons[:3] == ["終わるまで残す", "取り消して全部消す", "消さない"]
    assert state(booking) is State.CONFIRMED
    hold(booking, [(">取り消して全部消す", "まだ終わっていなかったもの（1件）は、取り消しました。")])
    assert state(booking) is State.CANCELLED


def test_bookings_can_be_kept_until_they_are_over(booking: Speaker) -> None:
    booking.says("ごみの出し方")
    hold(booking, [("退会", ASKED), (">終わるまで残す", "残りは、それが終わったら消します。")])
    step(booking)
    assert state(booking) is State.CONFIRMED
    with booking.talk.database.read() as tx:
        assert queries.texts_of(tx, booking.talk.resident) == ()
    hold(booking, [("わたしのデータ", "終わったら、全部消すことになっています。")])
    hold(booking, [(">消すのをやめる", "これから先のものは消しません。")])
    assert wish(booking) is None
    assert is_known(booking)


def test_who_comes_back_is_told_that_all_is_there(booking: Speaker) -> None:
    booking.says(Unfollowed())
    booking.talk.now += timedelta(days=1)
    hold(booking, [(Followed(), "前のご予約やお問い合わせは、そのまま残っています。")])
    with booking.talk.database.read() as tx:
        assert not ahead.of_resident(tx, booking.talk.resident, booking.talk.now).is_nothing
    hold(booking, [(Followed(), "友だち追加ありがとうございます。")])


@pytest.mark.parametrize("said", ["消す", "消してください"])
def test_what_the_button_says_can_be_typed(resident: Speaker, said: str) -> None:
    hold(resident, [("わたしのデータ", "残しているもの"), (said, ASKED)])
    assert wish(resident) is None, "nothing goes before it is confirmed"


def test_the_same_word_of_something_else_stays_what_it_was(resident: Speaker) -> None:
    resident.says("わたしのデータ")
    hold(resident, [("ごみの収集日", "ごみ")])
    assert ASKED not in resident.hears("消す")
