"""Residents who speak another language: they are heard, and answered by the rule for translations."""

from dataclasses import replace

import pytest

from faq.models import EntryId, Status
from faq.translations import Translation
from handlers import foreign_desk
from handlers.turn import ReplyOutcome
from nlp.language import Language
from store import knowledge, residents, translations
from tests.conftest import NOON
from tests.dialogue import Speaker, hold

PLAZA = "096-359-2121"


def speaking(speaker: Speaker, language: Language) -> Speaker:
    """The resident, who has chosen a language."""
    with speaker.talk.database.write() as tx:
        residents.speak(tx, speaker.talk.resident, language, chosen=True)
    return speaker


def put(speaker: Speaker, language: Language, answer: str, status: Status) -> Translation:
    """A translation of the entry on lost My Number cards."""
    entry = EntryId("mynumber-lost")
    with speaker.talk.database.write() as tx:
        made = next(each for each in translations.of_entry(tx, entry) if each.language is language)
        made = replace(made, answer=answer, provenance=replace(made.provenance, status=status))
        knowledge.take_in(tx, [made], NOON)
    return made


@pytest.fixture
def foreigner(resident: Speaker) -> Speaker:
    return speaking(resident, Language.ENGLISH)


@pytest.mark.parametrize(
    ("language", "said", "handler", "answered"),
    [
        (Language.ENGLISH, "Where is Higashi Ward Office?", "office", "Higashi Ward Office（東区役所）"),
        (Language.ENGLISH, "East Ward office phone", "office", "096-367-9121"),
        (Language.ENGLISH, "Is Higashi Ward Office open on Saturday?", "office", "closed"),
        (Language.ENGLISH, "phone number of takuma branch office", "office", "096-380-3111"),
        (Language.ENGLISH, "shelters in Higashi ward", "nearest", "Higashi Ward（東区）"),
        (Language.ENGLISH, "nearest shelter", "nearest", "location"),
        (Language.ENGLISH, "free legal consultation", "consultation", "Legal consultation（法律相談）"),
        (Language.ENGLISH, "where to register my hanko", "procedure", "Seal registration（印鑑登録）"),
        (Language.SIMPLIFIED_CHINESE, "东区政府在哪里", "office", "【東区役所】"),
        (Language.TRADITIONAL_CHINESE, "東區公所電話", "office", "096-367-9121"),
        (Language.KOREAN, "동구청 전화번호", "office", "096-367-9121"),
        (Language.KOREAN, "동구청 어디예요", "office", "히가시구청（東区役所）"),
        (Language.VIETNAMESE, "số điện thoại văn phòng quận đông", "office", "096-367-9121"),
        (Language.EASY, "東区役所は どこですか", "office", "東区役所（ひがしくやくしょ）"),
    ],
)
def test_places_and_procedures_are_heard(
    resident: Speaker, language: Language, said: str, handler: str, answered: str
) -> None:
    speaker = speaking(resident, language)
    assert speaker.says(said).routed.handler == handler
    hold(speaker, [(said, answered)])


def test_a_button_of_a_ward_leads_on(foreigner: Speaker) -> None:
    foreigner.hears("Where can I get a certificate of residence?")
    assert "Higashi Ward" in foreigner.buttons
    hold(foreigner, [(">Higashi Ward", "Higashi Ward Office")])


@pytest.mark.parametrize("said", ["Higashi ward office wedding dress", "동구청 환전", "東區公所換台幣"])
def test_what_is_left_over_is_not_passed_over(resident: Speaker, said: str) -> None:
    languages = {"H": Language.ENGLISH, "동": Language.KOREAN, "東": Language.TRADITIONAL_CHINESE}
    speaker = speaking(resident, languages[said[0]])
    assert speaker.says(said).routed.handler == "question"


def test_an_answer_that_staff_approved_is_given(foreigner: Speaker) -> None:
    put(foreigner, Language.ENGLISH, "Stop the card first.", Status.CONFIRMED)
    heard = foreigner.hears("I lost my My Number card")
    assert "Stop the card first." in heard
    assert "カードを止めて" not in heard
    assert PLAZA not in heard
    assert "0120-95-0178" in heard
    assert "酒田市" in heard


def test_a_draft_finds_and_names_the_entry_and_is_no_answer(foreigner: Speaker) -> None:
    draft = put(foreigner, Language.ENGLISH, "Stop the card first.", Status.UNCONFIRMED)
    heard = foreigner.hears("I lost my My Number card")
    assert draft.question in heard
    assert "This answer is in Japanese only." in heard
    assert "カードを止めて" in heard
    assert PLAZA in heard
    assert "Stop the card first." not in heard


def test_plain_japanese_that_staff_approved_stands_for_the_entry(foreigner: Speaker) -> None:
    put(foreigner, Language.EASY, "まず カードを とめます。", Status.CONFIRMED)
    hold(foreigner, [("I lost my My Number card", "まず カードを とめます。")])


def test_who_reads_plain_japanese_gets_it_once_it_is_approved(resident: Speaker) -> None:
    speaker = speaking(resident, Language.EASY)
    asked = "マイナンバーカードをなくしました。"
    put(speaker, Language.EASY, "まず カードを とめます。", Status.UNCONFIRMED)
    assert "カードを止めて" in speaker.hears(asked)
    put(speaker, Language.EASY, "まず カードを とめます。", Status.CONFIRMED)
    heard = speaker.hears(asked)
    assert "まず カードを とめます。" in heard
    assert PLAZA not in heard


def test_candidates_are_named_in_the_language(foreigner: Speaker) -> None:
    assert foreigner.says("health insurance").routed.reply.outcome is ReplyOutcome.CHOOSE
    with foreigner.talk.database.read() as tx:
        drafts = [each for each in translations.all_translations(tx) if each.language is Language.ENGLISH]
    assert any(each.question in label for each in drafts for label in foreigner.buttons)


def test_what_is_not_found_leads_to_who_speaks_the_language(foreigner: Speaker) -> None:
    heard = foreigner.hears("Where can I buy a wedding dress?")
    assert PLAZA in heard
    assert "096-334-1500" in heard
    assert "Consultation Plaza for Foreign Residents（外国人総合相談プラザ）" in heard


def test_a_city_without_such_a_desk_names_its_call_centre(foreigner: Speaker) -> None:
    with foreigner.talk.database.read() as tx:
        city = foreigner.talk.city.current(tx).speaking(Language.ENGLISH)
    alone = replace(city, profile=replace(city.profile, foreign_desk=None))
    assert PLAZA not in foreign_desk.said(alone)
    assert "096-334-1500" in foreign_desk.said(alone)


def test_a_japanese_question_of_who_speaks_another_language_is_searched_as_such(foreigner: Speaker) -> None:
    hold(foreigner, [("印鑑登録をしたいです。", "This answer is in Japanese only.")])


def test_translations_are_taken_up_at_once(foreigner: Speaker) -> None:
    asked = "How do I adopt a unicorn?"
    assert foreigner.says(asked).routed.reply.outcome is ReplyOutcome.NONE
    with foreigner.talk.database.write() as tx:
        made = next(each for each in translations.all_translations(tx) if each.language is Language.ENGLISH)
        knowledge.take_in(tx, [replace(made, entry=EntryId("library"), question=asked)], NOON)
    assert foreigner.says(asked).routed.reply.outcome is ReplyOutcome.ANSWER
