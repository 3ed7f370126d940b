"""The section that a call goes to is at hand: first what deals with it, and where the caller is."""

import re

import pytest

from store.sight import Role
from tests.web.conftest import Service
from web.known import Known
from web.suggested import thing_of
from web.transfer import likely, targets

WARDS = ["chuo", "higashi", "nishi", "minami", "kita"]


@pytest.fixture
def known(pages: Service) -> Known:
    with pages.site.database.read() as tx:
        return pages.site.city(tx)


@pytest.mark.parametrize(
    ("key", "words", "first"),
    [
        ("entry:moving-in", "転入", [f"{ward}-kumin" for ward in WARDS]),
        ("entry:moving-in", "西区に転入", ["nishi-kumin", "chuo-kumin", "higashi-kumin"]),
        ("entry:moving-in", "北区役所で転入届", ["kita-kumin", "chuo-kumin"]),
        ("entry:after-birth", "東区 出産", ["higashi-kumin", "higashi-hokenkodomo"]),
        ("entry:waste-sorting", "ごみ", ["honcho-haikibutsu"]),
        ("entry:specific-checkup", "健診", ["higomaru-kenshin"]),
        ("office:K301", "公民館", []),
        ("programme:human-rights-kita", "人権相談", ["kita-soumu"]),
        ("programme:child-kita", "子育ての相談", ["kita-hokenkodomo"]),
        ("programme:tax", "税務相談", []),
    ],
)
def test_the_likeliest_sections(known: Known, key: str, words: str, first: list[str]):
    thing = thing_of(known, key)
    assert thing is not None
    found = list(likely(known, thing, words))
    assert found[: len(first)] == first
    assert bool(found) == bool(first)


def test_all_sections_stand_behind_the_first(known: Known):
    found = targets(known, ("nishi-kumin",))  # type: ignore[arg-type]
    assert [each.id for each in found[:2]] == ["nishi-kumin", "honcho-haikibutsu"]
    assert len(found) == len(known.sections)


def test_a_section_is_found_by_reading_by_other_names_and_by_what_it_does(known: Known):
    (section,) = (each for each in targets(known) if each.id == "higashi-kumin")
    assert section.name == "東区役所 区民課"
    assert section.telephone == "096-367-9125"
    for words in ("ひがしくやくしょ", "くみんか", "市民課", "住民票"):
        assert words in section.sought


def test_whether_a_section_is_open_now(pages: Service):
    pages.clock.passes(hours=6)
    page = pages.signed_in(pages.account("sato", Role.OPERATOR)).get("/operators/open-now").text
    said = dict(re.findall(r'data-section="([^"]+)">([^<]+)', page))
    assert said["higashi-kumin"].startswith("いまは受付時間外です。")
    assert said["higomaru-general"] == "いま受付中です（20時まで）。"
    with pages.site.database.read() as tx:
        known = pages.site.city(tx)
    assert len(said) == len(known.sections)
