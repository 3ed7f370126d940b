"""Danger told in another language is answered in it, with the Japanese below for who helps."""

import pytest

from faq.danger_texts import OCCASIONS
from nlp.danger import Danger, DangerKind, Severity
from nlp.language import BESIDES_JAPANESE, Language
from store import residents
from tests.dialogue import Speaker, hold

FIRE = "今すぐ119番に電話してください"
"""Of the Japanese text of fire and illness, for who stands by."""


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("my father is not breathing", "call 119 now"),
        ("there is a fire in my house", "call 119 now"),
        ("I want to die", "Thank you for telling us."),
        ("my husband hits me", "It is not your fault."),
        ("救命 着火了", "请马上拨打119"),
        ("我不想活了", "谢谢您告诉我们。"),
        ("請叫救護車", "請馬上撥打119"),
        ("我想自殺", "謝謝您告訴我們。"),
        ("살려주세요 불이 났어요", "지금 바로 119에 전화하세요"),
        ("남편이 때려요", "당신의 잘못이 아닙니다."),
        ("cứu tôi với, cháy nhà", "hãy gọi 119 ngay"),
        ("chong danh toi", "Bạn không có lỗi."),
        ("i got 架空請求 what should i do", "hang up"),
        ("我遇到詐欺", "請先掛斷電話"),
    ],
)
def test_the_first_message_is_answered_in_its_language(resident: Speaker, said: str, answered: str) -> None:
    told = resident.says(said)
    assert told.routed.handler == "danger"
    assert told.routed.reply.found is None, "nothing is matched"
    hold(resident, [(said, answered), (said, "【日本語】"), (said, "24")])


def test_the_japanese_text_and_the_mark_stand_below(resident: Speaker) -> None:
    heard = resident.hears("my house is on fire")
    mark = heard.index("have not checked it yet")
    assert heard.index("call 119 now") < mark < heard.index(FIRE) < heard.index("Fire and ambulance")


def test_numbers_are_named_in_the_language_and_dialled_as_ever(resident: Speaker) -> None:
    heard = resident.hears("tôi muốn chết")
    assert "Đường dây sự sống Kumamoto" in heard
    assert "096-353-4343" in heard
    assert "24 giờ" in heard


def speaks(resident: Speaker, language: Language) -> None:
    talk = resident.talk
    with talk.database.write() as tx:
        residents.speak(tx, talk.resident, language, chosen=True)


@pytest.mark.parametrize(
    ("language", "said", "answered"),
    [
        (Language.VIETNAMESE, "tasukete", "Hãy gọi ngay"),
        (Language.VIETNAMESE, "火事です", "hãy gọi 119 ngay"),
        (Language.VIETNAMESE, "there is a fire in my house", "call 119 now"),
        (Language.VIETNAMESE, "我朋友 自殺", "有人聽您說"),
        (Language.VIETNAMESE, "i got 架空請求 what should i do", "hang up"),
        (Language.TRADITIONAL_CHINESE, "救命", "請"),
        (Language.TRADITIONAL_CHINESE, "着火了", "請馬上撥打119"),
        (Language.EASY, "家が燃えています", "火事（かじ）"),
    ],
)
def test_who_has_chosen_a_language_hears_it_unless_they_write_another(
    resident: Speaker, language: Language, said: str, answered: str
) -> None:
    resident.hears("こんにちは")
    speaks(resident, language)
    hold(resident, [(said, answered)])


def test_who_writes_japanese_hears_japanese_only(resident: Speaker) -> None:
    heard = resident.hears("Help! 家が燃えてる")
    assert FIRE in heard
    assert "【日本語】" not in heard


@pytest.mark.parametrize(
    "said",
    [
        "fire department hours",
        "how do I throw away a fire extinguisher",
        "火灾保险怎么办理",
        "自殺防治計畫",
        "소화기 버리는 방법",
        "rác cháy được vứt ngày nào",
    ],
)
def test_dangerous_looking_words_raise_no_alarm(resident: Speaker, said: str) -> None:
    assert resident.says(said).routed.handler != "danger"


@pytest.mark.parametrize("language", BESIDES_JAPANESE)
def test_there_are_words_for_every_occasion_in_every_language(resident: Speaker, language: Language) -> None:
    with resident.talk.database.read() as tx:
        texts = resident.talk.city.current(tx).danger_texts
    for kind, severity in OCCASIONS:
        said, japanese = (
            texts.guidance(Danger(kind, severity, ""), each) for each in (language, Language.JAPANESE)
        )
        assert said.language is language, f"{kind} {severity} is not there in {language}"
        assert said.is_draft
        assert [line.number for line in said.lines] == [line.number for line in japanese.lines]
        assert [line.name for line in said.lines if line in japanese.lines] == [], "named in Japanese"
    assert texts.guidance(Danger(DangerKind.HELP, Severity.NOW, ""), language).cannot_speak
