"""The menu, help, the way out, and the greeting."""

import pytest

from handlers import menu
from handlers.turn import Followed, Pressed
from nlp.language import Language
from tests.dialogue import Speaker, hold


def test_the_greeting_says_what_this_is_and_what_not_to_write(resident: Speaker) -> None:
    heard = resident.hears(Followed())
    for part in ("友だち追加ありがとうございます", "熊本市", "個人情報", "119番", "110番"):
        assert part in heard
    labels = [
        resident.talk.city.sayings.wordings[Language.JAPANESE].say(f"menu.{area}.label")
        for area in menu.AREAS
    ]
    assert set(labels) < set(resident.buttons)


@pytest.mark.parametrize("said", ["メニュー", "めにゅー", "はじめから", "メニュー出して", ">メニュー"])
def test_the_menu_from_anywhere(resident: Speaker, said: str) -> None:
    hold(
        resident,
        [("マイナンバーカード", "どれについて") if said[0] != ">" else ("ごみの分け方を知りたい", "ごみ")],
    )
    hold(resident, [(said, "どのようなことでお困りですか")])


@pytest.mark.parametrize("said", ["やめる", "キャンセル", "やめて"])
def test_the_way_out_ends_the_talk(resident: Speaker, said: str) -> None:
    hold(resident, [("マイナンバーカード", "どれについて"), (said, "終わりにします")])
    hold(resident, [("1", "番号だけでは")])


@pytest.mark.parametrize("said", ["使い方", "ヘルプ", "使い方がわからない"])
def test_help(resident: Speaker, said: str) -> None:
    hold(resident, [(said, "使いかた")])


@pytest.mark.parametrize("area", [area for area in menu.AREAS if area != "person"])
def test_each_example_of_an_area_is_answered(resident: Speaker, area: str) -> None:
    resident.says(Pressed(f"menu:{area}"))
    examples = [label for label in resident.buttons if label not in ("人に相談", "メニュー")]
    assert len(examples) >= 3
    for example in examples:
        told = resident.says(example)
        assert told.routed.reply.outcome != "none", f"{example} leads nowhere"


def test_the_area_of_a_person(resident: Speaker) -> None:
    hold(resident, [(Pressed("menu:person"), "ひごまるコール")])


def test_an_unknown_area_shows_the_menu(resident: Speaker) -> None:
    hold(resident, [(Pressed("menu:nowhere"), "どのようなことでお困りですか")])
