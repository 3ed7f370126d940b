from dataclasses import replace
from datetime import date, timedelta

import pytest

from faq.counters import SectionId
from faq.freshness import Doubt, Reason, stale
from faq.holdings import Holdings
from nlp.language import Language
from tests.faq.place_files import HOURS, SECTION, TRANSLATION
from tests.faq.staff_files import ENTRY, OFFICE

DAY = date(2026, 11, 24)
FRESH = replace(
    ENTRY.provenance, published_on=date(2026, 4, 1), confirmed_on=date(2026, 10, 1), valid_until=None
)
OPEN = replace(HOURS, weekly="Mo-Fr 09:00-16:30; PH off", valid_from=None, valid_to=None, provenance=FRESH)


def told(answer, section="", **dates):
    return replace(ENTRY, answer=answer, section=section, provenance=replace(FRESH, **dates))


def city(entry, **others):
    section = replace(SECTION, provenance=FRESH)
    office = replace(OFFICE, provenance=FRESH)
    return Holdings(entries=(entry,), offices=(office,), sections=(section,), hours=(OPEN,), **others)


def doubts(entry, day=DAY):
    found = [each for each in stale(city(entry), day) if each.kind == "faq"]
    return [doubt for each in found for doubt in each.doubts]


@pytest.mark.parametrize(
    ("dates", "reasons"),
    [
        ({}, []),
        ({"valid_until": DAY}, []),
        ({"valid_until": DAY - timedelta(days=1)}, [Reason.EXPIRED]),
        ({"confirmed_on": DAY - timedelta(days=365)}, []),
        ({"confirmed_on": DAY - timedelta(days=366)}, [Reason.UNCONFIRMED]),
        ({"confirmed_on": None}, [Reason.NEVER]),
        (
            {"confirmed_on": date(2020, 1, 1), "valid_until": date(2021, 1, 1)},
            [Reason.EXPIRED, Reason.UNCONFIRMED],
        ),
    ],
)
def test_dates(dates, reasons):
    assert [each.reason for each in doubts(told("届けてください。", **dates))] == reasons


@pytest.mark.parametrize(
    ("answer", "year"),
    [
        ("令和7年度は6月に受けられました。", "令和7年度"),
        ("令和8年度は6月に受けられます。", None),
        ("令和7年度に始まり、令和8年度も受けられます。", None),
        ("2025年度の予算です。", "2025年度"),
        ("令和元年度の決まりです。", "令和元年度"),
        ("平成31年度の決まりです。", "平成31年度"),
        ("令和7年6月に変わりました。", None),
    ],
)
def test_an_earlier_fiscal_year(answer, year):
    assert doubts(told(answer)) == ([Doubt(Reason.OLD_YEAR, year)] if year else [])


def test_in_march_the_fiscal_year_is_still_the_one_of_last_april():
    assert doubts(told("令和8年度は6月に受けられます。"), date(2027, 3, 31)) == []
    assert doubts(told("令和8年度は6月に受けられます。"), date(2027, 4, 1)) != []


@pytest.mark.parametrize(
    ("answer", "section", "other"),
    [
        ("受付は、平日の9時〜16時30分です。", "区役所 区民課", None),
        ("受付は、平日の8時30分から17時15分までです。", "区役所 区民課", "8:30–17:15"),
        ("区民課（8:30-17:15）へお越しください。", "", "8:30–17:15"),
        ("お問い合わせは096-328-2278（平日9時から17時）へ。", "", "9:00–17:00"),
        ("休日は9時から17時に診ています。", "区役所 区民課", None),
        ("受付は9時から17時です。", "動物愛護センター", None),
        ("19時〜翌朝8時に受け付けます。", "区役所 区民課", None),
    ],
    ids=[
        *("the same", "another", "of a counter that is named", "by its telephone"),
        *("of somebody else", "of whom nothing is known", "over midnight"),
    ],
)
def test_hours_that_the_table_does_not_have(answer, section, other):
    assert doubts(told(answer, section)) == ([Doubt(Reason.OTHER_HOURS, other)] if other else [])


def test_a_section_that_is_no_more_and_nobody_follows():
    gone = replace(SECTION, provenance=FRESH, valid_to=date(2026, 3, 31))
    holdings = replace(city(told("届けてください。", "区役所 区民課")), sections=(gone,), hours=())
    assert [each.doubts for each in stale(holdings, DAY)] == [(Doubt(Reason.DEAD_SECTION, "区民課"),)]


def test_what_may_be_wrong_today_comes_first_and_then_the_oldest():
    entries = [
        replace(told("届けてください。", confirmed_on=date(2024, 1, 1)), id="old"),
        replace(told("届けてください。", confirmed_on=date(2023, 1, 1)), id="older"),
        replace(told("届けてください。", valid_until=date(2026, 11, 1)), id="over"),
    ]
    found = stale(replace(city(ENTRY), entries=entries), DAY)
    assert [each.record.id for each in found] == ["over", "older", "old"]


def test_whose_it_is():
    found = stale(city(told("届けてください。", "区役所 区民課", confirmed_on=None)), DAY)
    assert [each.sections for each in found] == [{SectionId("chuo-kumin")}]


def test_a_translation_of_what_the_entry_no_longer_says():
    entry = told("届けてください。")
    english = replace(TRANSLATION, entry=entry.id, language=Language.ENGLISH, provenance=FRESH)
    holdings = city(entry, translations=(english, replace(TRANSLATION, entry=entry.id, provenance=FRESH)))
    assert stale(holdings, DAY) == ()
    (found,) = stale(holdings, DAY, {(entry.id, Language.ENGLISH)})
    assert (found.record, found.doubts) == (english, (Doubt(Reason.ENTRY_CHANGED, entry.id),))
    assert found.is_grave
