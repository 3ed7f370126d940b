"""The pages that residents open speak their language; what is typed stays while they switch."""

import pytest

from nlp.language import BESIDES_JAPANESE, Language
from store import residents
from store.bookings import State
from store.links import Purpose
from store.residents import ResidentId
from tests.web.conftest import Service
from tests.web.own_links import Owner
from tests.web.town import LEGAL, TOLD, Town

LANGUAGES = (Language.JAPANESE, *BESIDES_JAPANESE)


@pytest.fixture
def town(pages: Service) -> Town:
    return Town(pages, LEGAL).offer(LEGAL)


def speaks(service: Service, resident: ResidentId, language: Language) -> None:
    with service.site.database.write() as tx:
        residents.speak(tx, resident, language, chosen=True)


def is_in(page: str, language: Language) -> bool:
    """By the tag of the page, and by the language that is not offered as another."""
    return (
        f'<html lang="{language.tag}">' in page
        and f'lang="{language.tag}"><span aria-current="true">' in page
    )


def test_the_form_speaks_as_its_resident_and_writes_days_in_their_language(town: Town):
    link = town.link(town.hold(town.slot(13)))
    assert is_in(town.service.visitor().get(link).text, Language.JAPANESE)
    speaks(town.service, town.resident(), Language.ENGLISH)
    page = town.service.visitor().get(link).text
    assert is_in(page, Language.ENGLISH)
    english = town.service.site.wordings[Language.ENGLISH]
    assert english.say("when.month.nov") in page
    assert "11月27日" not in page
    assert '<dd lang="ja">法律相談' in page, "what the city calls it stays"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_can_be_switched_by_a_link(pages: Service, language: Language):
    owner = Owner.of(pages)
    entry = owner.answered("還付の通知は、12月4日に発送します。")
    for purpose, about in (
        (Purpose.CASE_FORM, owner.case.id),
        (Purpose.CASE_ANSWER, entry),
        (Purpose.MY_DATA, 0),
    ):
        link = owner.link(purpose, about)
        page = pages.visitor().get(f"{link}?lang={language}")
        assert (page.status_code, is_in(page.text, language)) == (200, True), purpose


def test_what_is_typed_stays_while_the_form_is_switched_and_nothing_is_sent(town: Town):
    held = town.hold(town.slot(13))
    link, visitor = town.link(held), town.service.visitor()
    switched = visitor.send(link, **(TOLD | {"telephone": "12"}), speak="vi")
    assert switched.status_code == 200
    assert is_in(switched.text, Language.VIETNAMESE)
    assert TOLD["name"] in switched.text
    assert 'aria-invalid="true"' not in switched.text, "nothing is judged before it is sent"
    assert town.now(held).state is State.HELD
    assert f"{link}?lang=vi" in switched.text, "what is sent next is answered in it"
    sent = visitor.send(link, f"{link}?lang=vi", **TOLD)
    assert sent.status_code == 303
    receipt = visitor.get(sent.location).text
    assert is_in(receipt, Language.VIETNAMESE)


def test_the_case_form_keeps_what_is_typed_too(pages: Service):
    owner = Owner.of(pages)
    link, visitor = owner.link(Purpose.CASE_FORM, owner.case.id), pages.visitor()
    switched = visitor.send(link, name="Nguyễn Văn A", telephone="090-1111-2222", speak="vi")
    assert "Nguyễn Văn A" in switched.text
    assert is_in(switched.text, Language.VIETNAMESE)


def test_who_opens_nothing_is_told_so_in_the_language_of_the_browser(pages: Service):
    for asked, language in (
        ("zh-TW,zh;q=0.9", Language.TRADITIONAL_CHINESE),
        ("zh-CN", Language.SIMPLIFIED_CHINESE),
        ("fr, ko-KR;q=0.8", Language.KOREAN),
        ("fr", Language.JAPANESE),
    ):
        visitor = pages.visitor()
        visitor.headers["Accept-Language"] = asked
        page = visitor.get("/me/" + "x" * 43)
        assert page.status_code == 404
        assert is_in(page.text, language), asked


def test_pages_of_staff_are_japanese_whatever_the_browser_asks(pages: Service):
    visitor = pages.visitor()
    visitor.headers["Accept-Language"] = "en"
    page = visitor.get("/login?lang=en").text
    assert '<html lang="ja">' in page
    assert "本文へ移動" in page
