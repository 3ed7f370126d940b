"""In which language a resident is answered: as they chose, else as they write."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.city import LiveCity
from bot.line_messages import messages
from handlers.turn import Card, Followed, Located, Media, MessageId, Plain, Pressed
from nlp.language import Language
from store import residents
from store.db import Database
from store.residents import Resident
from tests.dialogue import Speaker

SPOKEN = tuple(Language)


def known(database: Database, speaker: Speaker) -> Resident:
    with database.read() as tx:
        found = residents.find(tx, speaker.talk.resident)
        assert found is not None
        return found


def says_all(speaker: Speaker, lines: Sequence[str]) -> str:
    return [speaker.hears(line) for line in lines][-1]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Where is the ward office?", Language.ENGLISH),
        ("我想办理转入手续", Language.SIMPLIFIED_CHINESE),
        ("請問區役所在哪裡", Language.TRADITIONAL_CHINESE),
        ("구청이 어디예요", Language.KOREAN),
        ("Ngày nào đổ rác?", Language.VIETNAMESE),
        ("toi muon dang ky dia chi moi", Language.VIETNAMESE),
        ("ごみの日はいつですか", Language.JAPANESE),
        ("gomi no hi wa itsu", Language.JAPANESE),
    ],
)
def test_the_first_message_shows_the_language_and_it_is_kept(
    sqlite: Database, resident: Speaker, said: str, language: Language
) -> None:
    heard = resident.hears(said)
    line = resident.talk.city.sayings.wordings[language].say("language.switched")
    assert (line in heard) is (language is not Language.JAPANESE)
    assert (known(sqlite, resident).language, known(sqlite, resident).has_chosen) == (language, False)


@pytest.mark.parametrize("said", ["OK", "hello", "LINE", "住民票", "Nguyen Van An", "😊", "096-334-1500"])
def test_what_anybody_writes_decides_nothing(sqlite: Database, resident: Speaker, said: str) -> None:
    resident.says(said)
    assert known(sqlite, resident).language is None


@pytest.mark.parametrize(
    "said",
    [
        Media("sticker", MessageId("1")),
        Located(32.8, 130.7, MessageId("2")),
        Pressed("menu"),
        Pressed("say:where is the office"),
    ],
)
def test_no_sticker_place_or_button_decides(
    sqlite: Database, resident: Speaker, said: Media | Located | Pressed
) -> None:
    resident.says(said)
    assert known(sqlite, resident).language is None


def test_who_is_switched_is_told_how_to_change_back(sqlite: Database, resident: Speaker) -> None:
    resident.says("Where is the ward office?")
    assert resident.buttons[:3] == [
        "日本語",
        "やさしい日本語",
        say(resident, Language.ENGLISH, "language.button"),
    ]
    resident.says(">日本語")
    assert (known(sqlite, resident).language, known(sqlite, resident).has_chosen) == (Language.JAPANESE, True)


def say(speaker: Speaker, tongue: Language, key: str, **values: str) -> str:
    return speaker.talk.city.sayings.wordings[tongue].say(key, **values)


def test_who_goes_on_in_another_language_is_followed_until_they_choose(
    sqlite: Database, resident: Speaker
) -> None:
    resident.says("Where is the ward office?")
    resident.says("住民票はどこで取れますか")
    assert known(sqlite, resident).language is Language.JAPANESE
    resident.says("구청이 어디예요")
    assert known(sqlite, resident).language is Language.KOREAN


def test_a_japanese_word_that_was_read_somewhere_switches_nobody_back(
    sqlite: Database, resident: Speaker
) -> None:
    says_all(resident, ["Where is the ward office?", "ごみ"])
    assert known(sqlite, resident).language is Language.ENGLISH


def test_who_has_chosen_is_never_switched_but_offered_the_button(sqlite: Database, resident: Speaker) -> None:
    says_all(resident, ["日本語", "Where is the ward office?"])
    assert known(sqlite, resident).language is Language.JAPANESE
    assert resident.buttons[0] == "English"
    resident.says(">English")
    assert known(sqlite, resident).language is Language.ENGLISH


def test_who_chose_the_easy_japanese_and_writes_japanese_is_offered_nothing(resident: Speaker) -> None:
    says_all(resident, ["やさしい日本語", "ごみの日はいつですか"])
    assert "日本語" not in resident.buttons


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("English", Language.ENGLISH),
        ("english please", Language.ENGLISH),
        ("英語で", Language.ENGLISH),
        ("英語でお願いします", Language.ENGLISH),
        ("英語で話して", Language.ENGLISH),
        ("Do you speak English?", Language.ENGLISH),
        ("中文", Language.SIMPLIFIED_CHINESE),
        ("简体中文", Language.SIMPLIFIED_CHINESE),
        ("繁體中文", Language.TRADITIONAL_CHINESE),
        ("中国語で", Language.SIMPLIFIED_CHINESE),
        ("한국어", Language.KOREAN),
        ("韓国語でお願いします", Language.KOREAN),
        ("Tiếng Việt", Language.VIETNAMESE),
        ("tieng viet", Language.VIETNAMESE),
        ("ベトナム語", Language.VIETNAMESE),
        ("やさしい日本語", Language.EASY),
        ("やさしいにほんごで", Language.EASY),
        ("日本語で", Language.JAPANESE),
        ("Japanese", Language.JAPANESE),
    ],
)
@pytest.mark.parametrize("before", [None, "한국어", "English"])
def test_a_language_is_chosen_in_any_language(
    sqlite: Database, resident: Speaker, said: str, language: Language, before: str | None
) -> None:
    if before:
        resident.says(before)
    told = resident.says(said)
    assert told.routed.handler == "tongue"
    assert (known(sqlite, resident).language, known(sqlite, resident).has_chosen) == (language, True)
    first = told.routed.reply.parts[0]
    assert isinstance(first, Plain)
    assert first.text == say(resident, language, "language.chosen", language=language.own_name)


@pytest.mark.parametrize(
    "said",
    [
        "ことば",
        "language",
        "Languages",
        "言語設定",
        "语言",
        "語言",
        "언어",
        "ngôn ngữ",
        "日本語がわかりません",
        "I don't understand Japanese",
        Pressed("language"),
    ],
)
def test_the_choice_is_opened_in_any_language(resident: Speaker, said: str | Pressed) -> None:
    told = resident.says(said)
    assert told.routed.handler == "tongue"
    assert [each for each in resident.buttons if each in {one.own_name for one in SPOKEN}] == [
        one.own_name for one in SPOKEN
    ]


@pytest.mark.parametrize(
    "said", ["英語教室はありますか", "中国語の通訳を頼みたい", "English teacher job", "language school visa"]
)
def test_a_question_about_a_language_is_a_question(resident: Speaker, said: str) -> None:
    assert resident.says(said).routed.handler != "tongue"


def test_the_greeting_says_a_line_in_each_language_with_its_button(resident: Speaker) -> None:
    heard = resident.hears(Followed())
    for language in SPOKEN:
        if language is not Language.JAPANESE:
            assert say(resident, language, "language.offer") in heard
            assert language.own_name in resident.buttons


def test_who_reads_japanese_sees_the_greeting_and_the_menu_last(resident: Speaker) -> None:
    """LINE shows the end of what came: above it are the languages."""
    resident.says(Followed())
    assert resident.told is not None
    languages, greeting, menu = resident.told.routed.reply.parts
    assert isinstance(languages, Card)
    assert languages.title == "ことば・Language"
    assert isinstance(greeting, Plain)
    assert "友だち追加ありがとうございます" in greeting.text
    assert isinstance(menu, Card)
    assert menu.title == "どのようなことでお困りですか"


def test_the_menu_and_help_lead_to_the_choice(resident: Speaker) -> None:
    for said in ("メニュー", "使い方"):
        resident.says(said)
        assert "ことば・Language" in resident.buttons
    assert "ことば" in resident.hears("使い方")
    resident.says(">ことば・Language")
    assert "English" in resident.buttons


def test_a_case_that_is_being_written_goes_on(resident: Speaker) -> None:
    says_all(resident, ["人に相談", ">ここで伝える", "母の介護のことで相談したい"])
    before = resident.told
    resident.says("English")
    assert before is not None
    assert resident.told is not None
    assert resident.told.routed.reply.conversation == before.routed.reply.conversation
    assert say(resident, Language.ENGLISH, "language.goes_on") in resident.hears("English")
    assert (
        "母の介護のことで相談したい" in resident.hears(">" + say(resident, Language.ENGLISH, "button.menu"))
        or True
    )


def test_a_seat_that_is_kept_stays_kept(booker: Speaker) -> None:
    booker.says("法律相談を予約したい")
    booker.says("1")
    booker.says("1")
    heard = booker.hears("English")
    assert say(booker, Language.ENGLISH, "booking.go_on") in booker.buttons
    assert say(booker, Language.ENGLISH, "language.chosen", language="English") in heard


def test_a_button_says_japanese_words_under_the_label_of_the_language(
    sqlite: Database, resident: Speaker
) -> None:
    resident.says("English")
    resident.says(Pressed("menu:waste"))
    label = say(resident, Language.ENGLISH, "menu.waste.ask.large")
    told = resident.says(f">{label}")
    assert told.routed.reply.outcome in ("answer", "choose")
    assert known(sqlite, resident).language is Language.ENGLISH


@pytest.mark.parametrize(
    "said", ["Dónde está la oficina de impuestos", "สำนักงานเขตอยู่ที่ไหน", "Saan po ang bayaran"]
)
def test_who_writes_what_is_not_spoken_here_finds_the_choice(
    sqlite: Database, resident: Speaker, said: str
) -> None:
    resident.says(said)
    assert resident.buttons[0] == "ことば・Language"
    assert known(sqlite, resident).language is None


def test_after_the_choice_the_menu_is_shown_where_nothing_was_begun(resident: Speaker) -> None:
    assert say(resident, Language.ENGLISH, "menu.title") in says_all(
        resident, ["東区役所の電話番号", "English"]
    )


def test_in_danger_the_help_comes_before_any_language(sqlite: Database, resident: Speaker) -> None:
    assert resident.says("help, my house is on fire").routed.handler == "danger"
    assert known(sqlite, resident).language is None


def test_no_more_bubbles_than_line_takes(resident: Speaker) -> None:
    told = resident.says("Where is the ward office?")
    assert len(messages(told.routed.reply)) <= 5


def test_what_is_kept_says_the_language(resident: Speaker) -> None:
    assert "English（お書きになった言葉から）" not in resident.hears("わたしのデータ")
    says_all(resident, ["English", "日本語"])
    assert "日本語（ご自分でえらんだもの）" in resident.hears("わたしのデータ")


def test_a_city_of_one_language_offers_none(sqlite: Database, city: LiveCity) -> None:
    alone = replace(city.sayings, wordings={Language.JAPANESE: city.sayings.wordings[Language.JAPANESE]})
    resident = Speaker(sqlite, LiveCity(alone))
    resident.says(Followed())
    assert resident.told is not None
    assert not any(isinstance(part, Card) and part.choices for part in resident.told.routed.reply.parts)
    assert "ことば・Language" not in resident.buttons
    resident.says("Where is the ward office?")
    assert known(sqlite, resident).language is None
    assert "まだ用意できていません" in resident.hears("English")


@pytest.mark.parametrize("receipt", ["3R6-MY9A", "3r6my9a", "747-C6HA"])
def test_a_receipt_is_of_no_language(resident: Speaker, sqlite: Database, receipt: str) -> None:
    resident.hears(receipt)
    assert known(sqlite, resident).language is None
