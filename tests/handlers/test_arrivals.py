"""What is not words."""

import pytest

from handlers.turn import Followed, Media, MessageId, Text, Unfollowed, Unsent
from store import queries, residents
from tests.dialogue import Speaker, hold


@pytest.mark.parametrize(
    ("kind", "answered"),
    [
        ("sticker", "スタンプをありがとうございます"),
        ("image", "このトークには送らないでください"),
        ("video", "このトークには送らないでください"),
        ("audio", "音声は聞き取れません"),
        ("file", "書類には個人情報"),
    ],
)
def test_media(resident: Speaker, kind: str, answered: str) -> None:
    hold(resident, [(Media(kind, MessageId("1")), answered)])


def test_a_sticker_does_not_end_a_choice(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("マイナンバーカード", "どれについて"),
            (Media("sticker", MessageId("1")), "スタンプ"),
            ("1", "出典："),
        ],
    )


def test_taking_a_message_back_deletes_its_words(resident: Speaker) -> None:
    resident.says(Text("ごみの分け方を知りたい", MessageId("mine")))
    assert resident.says(Unsent(MessageId("mine"))).routed.reply.parts == ()
    with resident.talk.database.read() as tx:
        assert queries.texts_of(tx, resident.talk.resident) == ()


def test_leaving_says_nothing_and_coming_back_is_greeted(resident: Speaker) -> None:
    assert resident.says(Unfollowed()).routed.reply.parts == ()
    assert follows(resident) is False
    hold(resident, [(Followed(), "前のご予約やお問い合わせは、そのまま残っています")])
    assert follows(resident) is True


def follows(resident: Speaker) -> bool:
    with resident.talk.database.read() as tx:
        known = residents.find(tx, resident.talk.resident)
    assert known is not None
    return known.follows
