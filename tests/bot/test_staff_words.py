"""Every sentence that staff are told is there, and is said."""

import pytest

from bot.staff_words import MOST_LINES, Saying, words
from faq.counters import SectionId
from handlers.wording import Wording, read_wording
from store.cases import CaseId, State
from store.contacts import ContactId, Way
from store.receipts import Receipt
from store.staff_digests import Standing
from store.staff_notices import (
    OfAlarm,
    OfCase,
    OfContact,
    StaffNotice,
    StaffNoticeId,
    StaffNoticeKind,
)
from tests.conftest import DATA, NOON
from tests.store.cases import KUMIN

SECTION = (KUMIN, "中央区役所 区民課")
APART = {
    StaffNoticeKind.ALARM: OfAlarm(7, KUMIN),
    StaffNoticeKind.DIGEST: OfContact(ContactId(3)),
    StaffNoticeKind.TEST: OfContact(ContactId(3)),
}


class Heard(dict[str, str]):
    """Sentences, and which were said."""

    def __init__(self, sentences):
        super().__init__(sentences)
        self.said = set()

    def __getitem__(self, key):
        self.said.add(key)
        return super().__getitem__(key)


@pytest.fixture
def saying(sayings):
    return Saying(Wording(Heard(sayings.staff_wording.sentences), {}), "熊本市", "https://helpdesk.example")


def case(number, promised=NOON, is_new=True):
    return Standing(CaseId(number), Receipt("K7M4RXA"), is_new, promised, unread=True)


def said(saying, kind, way=Way.MAIL, section=SECTION, promised=NOON, standing=None):
    about = APART.get(kind, OfCase(CaseId(41), Receipt("K7M4RXA"), KUMIN, State.NEW, promised))
    notice = StaffNotice(StaffNoticeId(5), kind, about, 1, NOON)
    standing = standing or (case(1, None), case(2))
    return words(saying, way, notice, section, standing, NOON.replace(hour=9))


def test_each_kind_is_worded_for_each_way_and_no_sentence_is_left_over(saying):
    for kind in StaffNoticeKind:
        for way in Way:
            told = said(saying, kind, way)
            assert told.subject
            assert "https://helpdesk.example/staff/" in told.body
    said(saying, StaffNoticeKind.NEW, section=(SectionId("gone"), ""), promised=None)
    said(saying, StaffNoticeKind.DIGEST, standing=(case(1),) * (MOST_LINES + 1))
    saying.say("sender")
    assert set(saying.wording.sentences) == saying.wording.sentences.said


def test_a_long_digest_names_the_first(saying):
    body = said(saying, StaffNoticeKind.DIGEST, standing=(case(1),) * (MOST_LINES + 5)).body
    assert body.count("K7M-4RXA") == MOST_LINES
    assert "・ほか5件" in body


def test_a_section_that_is_gone_has_a_name_all_the_same(saying):
    assert "担当の課に、案件 K7M-4RXA が" in said(saying, StaffNoticeKind.NEW, section=(KUMIN, "")).body


def test_a_mail_says_where_to_look_without_its_link(saying):
    """By the names that the pages themselves have."""
    pages = read_wording(DATA / "wording/pages.toml").sentences
    for kind in StaffNoticeKind:
        body = said(saying, kind).body
        part = "alarms.show" if kind is StaffNoticeKind.ALARM else "cases.show"
        assert f"メニューの「{pages[f'menu.{part}.label']}」" in body
        if kind not in APART:
            assert "受付番号 K7M-4RXA をさがしてください" in body
