"""Told later, from the question that found no answer to the answer in the talk."""

from dataclasses import replace
from datetime import date, timedelta

from bot import telling
from bot.line_messages import messages
from faq.models import EntryId, Provenance, Status, Tone
from handlers import notices as wording
from handlers.turn import SILENCE, Choice, Press, Pressed, Reply, Unfollowed
from store import knowledge, told
from store.notices import Answered, Notice, NoticeId, NoticeKind, NoticeState
from store.queries import QueryId
from tests.conftest import NOON
from tests.dialogue import Speaker, hold
from tests.faq.town import entry

ASK = "答えが決まったら知らせて"
STRANGE = "ラジコン飛行機を飛ばせる場所"
NOTED = "承りました。答えが決まりましたら、このトークで一度だけ、8時から20時のあいだにお知らせします。"


def waiting(speaker: Speaker) -> int:
    with speaker.talk.database.read() as tx:
        return len(told.of_resident(tx, speaker.talk.resident))


def test_by_the_button(resident: Speaker) -> None:
    hold(resident, [(STRANGE, "答えが決まったら、このトークでお知らせできます。"), (f">{ASK}", NOTED)])
    assert waiting(resident) == 1
    hold(resident, [(">知らせなくていい", "わかりました。お知らせはしません。")])
    assert waiting(resident) == 0


def test_by_typing_for_telephones_and_pcs_without_buttons(resident: Speaker) -> None:
    hold(
        resident,
        [
            (STRANGE, ASK),
            ("わかったら教えてください", NOTED),
            ("知らせなくていい", "わかりました。"),
            ("知らせないで", "お知らせをお待ちいただいているご質問は、いまはありません。"),
        ],
    )


def test_after_none_of_these(resident: Speaker) -> None:
    hold(resident, [("アポロ計画", "1."), (">どれでもない", ASK), (f">{ASK}", NOTED)])
    assert waiting(resident) == 1


def test_after_an_answer_that_did_not_help(resident: Speaker) -> None:
    hold(resident, [("犬の登録", "役に立ちましたか"), (">役に立たなかった", ASK), (f">{ASK}", NOTED)])
    hold(resident, [("犬の登録", "役に立ちましたか"), ("いいえ", ASK), ("あとで知らせて", NOTED)])
    assert waiting(resident) == 2


def test_without_a_question_it_asks_for_one(resident: Speaker) -> None:
    hold(resident, [(ASK, "ご質問をもう一度送ってください")])
    hold(resident, [("犬の登録", "役に立ちましたか"), (ASK, "ご質問をもう一度送ってください")])
    assert waiting(resident) == 0


def test_a_button_of_an_older_question_is_for_that_question(resident: Speaker) -> None:
    old = next(
        choice for choice in telling.choices(resident.says(STRANGE).routed.reply) if choice.label == ASK
    )
    hold(resident, [("犬の登録", "役に立ちましたか"), (press(old), NOTED), (press(old), "もう使えません")])
    assert waiting(resident) == 1


def test_an_hour_later_words_alone_do_not_say_which(resident: Speaker) -> None:
    hold(resident, [(STRANGE, ASK)])
    resident.talk.now += timedelta(hours=2)
    hold(resident, [(ASK, "ご質問をもう一度送ってください")])


def test_who_writes_in_another_language_is_not_asked_in_japanese(resident: Speaker) -> None:
    assert ASK not in resident.hears("where can I rent an airplane")


def test_the_answer_comes_once_with_source_and_without_what_was_asked(resident: Speaker) -> None:
    query = wished(resident)
    reply = answered(resident, query, "dog")
    text = telling.text(reply)
    assert "以前いただいたご質問の答えが決まりました" in text
    assert "答えの本文です。" in text
    assert "出典：熊本市" in text
    assert "2026年10月1日に確認" in text
    assert "ラジコン" not in text
    (message,) = messages(reply)
    assert message["altText"] == "以前いただいたご質問に、お答えできるようになりました", "a locked screen"
    assert answered(resident, query, "dog") == SILENCE
    assert waiting(resident) == 0


def test_the_bereaved_get_condolences_inside_the_answer(resident: Speaker) -> None:
    reply = answered(resident, wished(resident), "solemn", tone=Tone.SOLEMN)
    assert "お悔やみ申し上げます。" in telling.text(reply)
    (message,) = messages(reply)
    assert "お悔やみ" not in message["altText"]


def test_an_answer_that_has_gone_again_is_not_told_and_still_awaited(resident: Speaker) -> None:
    query = wished(resident)
    assert worded(resident, query, EntryId("gone")) == SILENCE
    assert waiting(resident) == 1


def test_nobody_is_told_who_left(resident: Speaker) -> None:
    query = wished(resident)
    resident.says(Unfollowed())
    assert answered(resident, query, "dog") == SILENCE


def wished(speaker: Speaker) -> QueryId:
    hold(speaker, [(STRANGE, ASK), (f">{ASK}", NOTED)])
    with speaker.talk.database.read() as tx:
        (wish,) = told.of_resident(tx, speaker.talk.resident)
    return wish.query


def answered(speaker: Speaker, query: QueryId, entry_id: str, tone: Tone = Tone.NORMAL) -> Reply:
    """The notice in words, once an entry has been published."""
    made = entry(entry_id, "犬の散歩", "答えの本文です。")
    source = Provenance("熊本市", "https://example.jp", None, date(2026, 10, 1), None, Status.CONFIRMED)
    with speaker.talk.database.write() as tx:
        knowledge.take_in(tx, [replace(made, tone=tone, provenance=source)], NOON)
    return worded(speaker, query, made.id)


def worded(speaker: Speaker, query: QueryId, entry_id: EntryId) -> Reply:
    about, talk = Answered(query, entry_id), speaker.talk
    notice = Notice(NoticeId(1), talk.resident, NoticeKind.ANSWERED, about, NOON, None, NoticeState.SENT)
    with talk.database.write() as tx:
        return wording.word(tx, talk.city.current(tx), notice, NOON)


def press(choice: Choice) -> Pressed:
    assert isinstance(choice.does, Press)
    return Pressed(choice.does.data)
