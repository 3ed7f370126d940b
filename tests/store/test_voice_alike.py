"""Voices that may be of one matter are proposed to who keeps both."""

from dataclasses import replace

from store import case_saying, voice_alike, voices
from store.audit import ByResident
from store.case_opening import CaseDraft
from tests.conftest import NOON
from tests.store.cases import HOKEN, KUMIN, person
from tests.store.told import about


def tells(tx, resident, words, section=KUMIN):
    draft = CaseDraft(words, section, words, (words,))
    plain = replace(about(), place=None)
    return voices.tell(tx, draft, plain, None, ByResident(resident), NOON)


def test_the_likest_of_what_stands_and_is_theirs(tx, hanako):
    clerk = person(tx, "clerk")
    mine = tells(tx, hanako, "公園の街灯が消えている")
    like = tells(tx, hanako, "街灯が公園で消えています")
    tells(tx, hanako, "図書館を夜まで開けて")
    tells(tx, hanako, "公園の街灯が消えている夜", HOKEN)
    assert [each.case.id for each in voice_alike.alike(tx, clerk, mine)] == [like.case.id]
    case_saying.withdraw(tx, hanako, like.case.id, NOON)
    assert voice_alike.alike(tx, clerk, mine) == ()
