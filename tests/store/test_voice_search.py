"""Staff find voices by words that stand nowhere in clear, and only what they may read."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from faq.counters import SectionId
from store import audit, case_erasing, residents, voice_search, voice_shares, voice_sight, voice_tags
from store.audit import COMMAND
from store.case_refusals import NotThere
from store.cases import CaseId
from store.db import Database, Tx
from store.residents import ResidentId
from store.sight import Role
from store.voice_search import Asked, Page, Step
from store.voice_shares import Share
from store.voice_tags import Tag
from store.voices import VoiceKind
from tests.conftest import NOON
from tests.line import HANAKO
from tests.store.answered_voices import Desk, answered, told
from tests.store.cases import HOKEN, KUMIN, person

RARE = "紫陽花電車"


@pytest.fixture
def desk(tx: Tx) -> Desk:
    return Desk.of(tx)


def titles(page: Page) -> list[str]:
    return [row.title for row in page.rows]


def test_words_are_found_in_any_spelling_in_what_was_said_and_answered(
    tx: Tx, desk: Desk, hanako: ResidentId
):
    answered(tx, desk, told(tx, hanako, subject="ベンチ"))
    told(tx, hanako, "2", "街灯がＬＥＤになるとうれしい", subject="街灯")
    for words, found in (
        ("べんち", ["ベンチ"]),
        ("led 街灯", ["街灯"]),
        ("11月中に", ["ベンチ"]),
        ("街灯 ベンチ", []),
        ("", ["街灯", "ベンチ"]),
    ):
        assert titles(voice_search.search(tx, desk.clerk, Asked(words), NOON)) == found, words
    [row] = voice_search.search(tx, desk.clerk, Asked("LED"), NOON).rows
    assert row.excerpt == "街灯がＬＥＤになるとうれしい"


def test_every_other_question_narrows_it(tx: Tx, desk: Desk, hanako: ResidentId):
    case = answered(tx, desk, told(tx, hanako, subject="a"))
    told(
        tx, hanako, "2", subject="b", kind=VoiceKind.LETTER, category=None,
        received_on=date(2026, 3, 31), may_publish=False,
    )  # fmt: skip
    tagged = voice_tags.tag(tx, desk.clerk, case, "公園", NOON)
    assert isinstance(tagged, Tag)
    for asked, found in (
        (Asked(tag=tagged.id), ["a"]),
        (Asked(category="roads"), ["a"]),
        (Asked(kind=VoiceKind.LETTER), ["b"]),
        (Asked(year=2025), ["b"]),
        (Asked(year=2026), ["a"]),
        (Asked(section=KUMIN), ["b", "a"]),
        (Asked(section=HOKEN), []),
        (Asked(step=Step.CAN), ["a"]),
        (Asked(step=Step.NOT_WISHED), ["b"]),
        (Asked(step=Step.READY), []),
    ):
        assert titles(voice_search.search(tx, desk.clerk, asked, NOON)) == found, asked
    assert voice_search.years(tx, desk.clerk, NOON) == (2026, 2025)
    desk.ready(tx, case)
    assert voice_search.counts(tx, desk.clerk, NOON) == {Step.READY: 1, Step.NOT_WISHED: 1}


def test_a_search_goes_on_where_it_stopped(
    tx: Tx, desk: Desk, hanako: ResidentId, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(voice_search, "PAGE", 2)
    monkeypatch.setattr(voice_search, "LOOKED", 3)
    for number in range(5):
        told(tx, hanako, str(number), "公園" if number % 2 == 0 else "道", subject=str(number))
    pages, older = [], None
    while True:
        page = voice_search.search(tx, desk.clerk, Asked("公園"), NOON, older)
        pages.append(titles(page))
        assert page.looked <= 3
        if (older := page.older_than) is None:
            break
    assert pages == [["4", "2"], ["0"]]
    first = voice_search.search(tx, desk.clerk, Asked(), NOON)
    assert titles(first) == ["4", "3"]
    assert titles(voice_search.search(tx, desk.clerk, Asked(), NOON, first.older_than)) == ["2", "1"]


def test_others_find_nothing_until_it_is_shared_and_each_look_is_audited(
    tx: Tx, desk: Desk, hanako: ResidentId
):
    case = answered(tx, desk, told(tx, hanako))
    other, operator = person(tx, "hoken", section=HOKEN), person(tx, "op", Role.OPERATOR)
    outside = person(tx, "outside", outside=True)
    for viewer in (other, operator, outside):
        assert voice_search.search(tx, viewer, Asked(), NOON).rows == ()
        assert voice_sight.told(tx, viewer, case, NOON) is None
    assert voice_shares.share(tx, other, case, HOKEN, 7, NOON) == NotThere()
    shared = voice_shares.share(tx, desk.clerk, case, HOKEN, 7, NOON)
    assert isinstance(shared, Share)
    [row] = voice_search.search(tx, other, Asked(), NOON).rows
    assert row.is_shared
    opened = voice_sight.told(tx, other, case, NOON)
    assert opened is not None
    assert opened.words.startswith("江津湖")
    acts = sa.select(audit.audit.c.act).where(audit.audit.c.actor_id == other.account)
    assert list(tx.connection.scalars(acts)) == ["voice.searched", "voice.searched", "voice.read"]
    assert voice_shares.share(tx, other, case, SectionId("chuo-fukushi"), 7, NOON) == NotThere()
    assert voice_sight.told(tx, other, case, NOON + timedelta(days=7)) is None, "a share ends by itself"
    longer = voice_shares.share(tx, desk.clerk, case, HOKEN, 30, NOON)
    assert isinstance(longer, Share)
    assert (longer.id, longer.until) == (shared.id, NOON + timedelta(days=30))
    assert voice_shares.end(tx, desk.clerk, case, shared.id, NOON)
    assert not voice_shares.end(tx, desk.clerk, case, shared.id, NOON)
    assert voice_sight.told(tx, other, case, NOON) is None


def test_erased_voices_are_found_no_more(tx: Tx, desk: Desk, hanako: ResidentId):
    case = told(tx, hanako).case.id
    voice_tags.tag(tx, desk.clerk, case, "公園", NOON)
    case_erasing.erase(tx, case, COMMAND, NOON)
    assert voice_search.search(tx, desk.clerk, Asked(), NOON).rows == ()
    assert voice_tags.of_cases(tx, [case]) == {}


def test_no_word_of_a_voice_stands_in_the_file(sqlite: Database):
    """Neither of what was said, nor of the text that is made ready, nor of what was looked for."""
    with sqlite.write() as tx:
        desk, resident = Desk.of(tx), residents.meet(tx, HANAKO, NOON).id
        case = answered(
            tx, desk, told(tx, resident, words=f"{RARE}を走らせて", subject=f"{RARE}のこと"), RARE
        )
        ready = desk.ready(tx, case)
        assert RARE in ready.shown.words
        assert voice_search.search(tx, desk.clerk, Asked(RARE), NOON).rows
    assert RARE.encode() not in bytes_of(sqlite)
    with sqlite.write() as tx:
        desk.published(tx, case)
    assert RARE.encode() in bytes_of(sqlite), "what is published is clear, so the test can fail"


def bytes_of(database: Database) -> bytes:
    assert database.file is not None
    assert database.forget()
    return database.file.read_bytes()


def test_a_case_that_is_no_voice_is_not_among_them(tx: Tx, desk: Desk, hanako: ResidentId):
    from tests.store.cases import handed

    case = handed(tx, hanako).id
    assert voice_search.search(tx, desk.clerk, Asked(), NOON).rows == ()
    assert voice_sight.told(tx, desk.clerk, CaseId(case), NOON) is None
