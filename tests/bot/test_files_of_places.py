"""Importing sections, hours, closures and consultations: judged against what the store has."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.files import take_in
from faq.kinds import KINDS
from faq.terms import Before, Limit, Period
from faq.writing import write
from store import bookings, knowledge, places, terms
from tests.conftest import NOON
from tests.faq.place_files import CLOSURE, HOURS, PROGRAMME, PROGRAMME_DAY, SECTION, TERMS
from tests.faq.staff_files import workbook
from tests.store.town import LAW, OPERATOR, made, phoned, slot
from tests.store.untranslated import untranslate


@pytest.fixture
def importing(database, tmp_path, capsys):
    """Imports records as a file; gives the exit code and what was said."""

    def run(kind: str, *records: object, check: bool = False, replace: bool = False) -> tuple[int, str]:
        file = tmp_path / f"{kind}.csv"
        write(KINDS[kind], records, file)
        code = take_in(database, kind, file, NOON, check=check, replace_all=replace)
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


@pytest.fixture
def stored(database):
    """The records that are kept, by the function that reads them."""

    def read(all_of):
        with database.read() as tx:
            return all_of(tx)

    return read


def test_a_closure_is_entered_and_taken_back(importing, stored):
    code, said = importing("closures", CLOSURE)
    assert (code, "新規 1、変更 0" in said) == (0, True)
    assert stored(places.all_closures) == (CLOSURE,)
    before = stored(knowledge.version)
    code, said = importing("closures", replace=True)
    assert (code, "削除 1" in said) == (0, True)
    assert stored(places.all_closures) == ()
    assert stored(knowledge.version) == before + 1


def test_terms_of_what_is_booked_are_not_taken_away(importing, stored, database):
    law = replace(LAW, programme=PROGRAMME.id, opens=None)
    assert importing("programmes", PROGRAMME)[0] == 0
    assert importing("booking-terms", law, replace=True)[0] == 0
    with database.write() as tx:
        mine = phoned(tx, slot(tx, 13, terms=law), "はなこ", terms=law)
    code, said = importing("booking-terms", replace=True)
    assert (code, f"{PROGRAMME.id} に予約が1件残っています" in said) == (1, True)
    assert stored(terms.all_terms) == (law,)
    with database.write() as tx:
        bookings.cancel(tx, made(mine).id, OPERATOR, NOON)
    assert importing("booking-terms", replace=True)[0] == 0
    assert stored(terms.all_terms) == ()


def test_an_empty_file_does_not_wipe_out_what_a_city_cannot_be_without(importing, stored):
    offices = stored(places.all_offices)
    assert importing("offices", replace=True)[0] == 0
    assert stored(places.all_offices) == offices


def test_a_closure_from_excel(database, tmp_path, stored):
    heading = [column.name for column in KINDS["closures"].columns]
    cells = {"ID": "2026-12-05", "施設ID": "K002", "種別": "休み", "開始日": date(2026, 12, 5)}
    cells |= {"終了日": datetime(2026, 12, 5), "開始時刻": time(13), "終了時刻": time(17, 30)}  # noqa: DTZ001
    cells |= {"理由": "停電のため", "source": "東区役所", "status": "確認済み"}
    file = tmp_path / "closures.xlsx"
    workbook(file, [heading, [cells.get(name, "") for name in heading]], "h:mm")
    assert take_in(database, "closures", file, NOON, check=False, replace_all=False) == 0
    (closure,) = stored(places.all_closures)
    assert (closure.office, closure.first, closure.last) == ("K002", date(2026, 12, 5), date(2026, 12, 5))
    assert (closure.opens, closure.closes) == (time(13), time(17, 30))


def test_names_that_the_store_does_not_know(importing, stored):
    unknown = replace(CLOSURE, office="K999")
    code, said = importing("closures", CLOSURE, unknown)
    assert code == 1
    assert said.count("\n") == 3, "the doubled ID, the unknown office, and how many"
    code, said = importing("closures", replace(unknown, id="c2"))
    assert code == 1
    assert "2行目「施設ID」：このIDの施設はありません。" in said
    assert "何も変更していません" in said
    assert stored(places.all_closures) == ()


def test_what_contradicts_a_row_of_the_store(importing, stored):
    taken = next(each for each in stored(places.all_hours) if each.valid_to is None)
    code, said = importing("hours", replace(taken, id="another"))
    assert code == 1
    assert f"期間の重なる行があります（{taken.id}）" in said
    ended = replace(taken, valid_to=date(2027, 3, 31))
    later = replace(taken, id="another", valid_from=date(2027, 4, 1))
    assert importing("hours", ended, later, check=True)[0] == 0
    assert importing("hours", ended, later)[0] == 0


def test_replacing_offices_that_others_name_is_refused_with_their_rows(importing, stored):
    offices = stored(places.all_offices)
    code, said = importing("offices", *offices[:1], replace=True)
    assert code == 1
    for row in (*stored(places.all_sections)[:1], *stored(places.all_hours)[:1]):
        assert f"の「{row.id}」が合わなくなります" in said
    assert stored(places.all_offices) == offices


def test_replacing_sections_that_others_name_is_refused_with_their_rows(importing, stored):
    section = replace(SECTION, id="only-one")
    code, said = importing("sections", section, replace=True)
    assert code == 1
    named = next(each for each in stored(places.all_hours) if each.section)
    assert f"登録済みの hours の「{named.id}」" in said


def test_removing_an_entry_that_a_procedure_names_is_noted(importing, stored, database):
    with database.write() as tx:
        untranslate(tx)
    named = next(each for each in stored(places.all_procedures) if each.faq)
    rest = [entry for entry in stored(knowledge.all_entries) if entry.id != named.faq]
    code, said = importing("faq", *rest, check=True, replace=True)
    assert code == 0
    assert f"procedures の「{named.id}」" in said


def test_days_are_entered_for_a_consultation_that_is_there(importing, stored):
    assert importing("programme-days", replace(PROGRAMME_DAY, programme="none"))[0] == 1
    assert importing("programmes", replace(PROGRAMME, id="trial"))[0] == 0
    assert importing("programme-days", replace(PROGRAMME_DAY, programme="trial"))[0] == 0
    remaining = [each for each in stored(places.all_programmes) if each.id != "trial"]
    code, said = importing("programmes", *remaining, replace=True)
    assert code == 1
    assert "登録済みの programme-days の「trial 2026-12-07」" in said


def test_checking_changes_nothing_and_says_the_same(importing, stored):
    before = stored(knowledge.version)
    code, said = importing("closures", CLOSURE, check=True)
    assert (code, "取り込むと：新規 1、" in said) == (0, True)
    assert importing("hours", replace(HOURS, office="K999"), check=True)[0] == 1
    assert stored(places.all_closures) == ()
    assert stored(knowledge.version) == before


def test_terms_of_booking_from_excel(database, tmp_path, stored):
    heading = [column.name for column in KINDS["booking-terms"].columns]
    cells = {
        "相談ID": "legal",
        "受付": "有",
        "種類": "相談",
        "方法": "来所",
        "1枠の分": 30,
        "席数": 2.0,
        "何日先まで": 60,
    }
    cells |= {
        "受付開始": "14日前 8:30",
        "LINEの締切": "前日１７：００",
        "回数": "年度に１回",
        "決め方": "先着",
    }
    cells |= {"source": "要領", "status": "未確認"}
    file = tmp_path / "terms.xlsx"
    workbook(file, [heading, [cells.get(name, "") for name in heading]])
    assert take_in(database, "booking-terms", file, NOON, check=False, replace_all=False) == 0
    found = next(each for each in stored(terms.all_terms) if each.programme == "legal")
    assert (found.open, found.minutes, found.seats, found.ahead) == (True, 30, 2, 60)
    assert (found.opens, found.line_until) == (Before(14, time(8, 30)), Before(1, time(17)))
    assert found.limit == Limit(1, Period.FISCAL_YEAR)


def test_terms_of_booking_in_shift_jis(database, tmp_path, stored):
    columns = KINDS["booking-terms"].columns
    rows = [[column.name for column in columns], [column.write(TERMS) for column in columns]]
    file = tmp_path / "terms.csv"
    file.write_bytes("".join(",".join(row) + "\r\n" for row in rows).encode("cp932"))
    assert take_in(database, "booking-terms", file, NOON, check=False, replace_all=False) == 0
    assert TERMS in stored(terms.all_terms)


def test_terms_of_a_consultation_and_a_section_that_are_not_there(importing, stored):
    code, said = importing("booking-terms", replace(TERMS, programme="none", section="nobody"))
    assert code == 1
    assert "「相談ID」：このIDの相談はありません。" in said
    assert "「課ID」：このIDの課はありません。" in said


def test_a_slot_longer_than_the_consultation_is_refused(importing, stored):
    code, said = importing("booking-terms", replace(TERMS, minutes=200))
    assert code == 1
    assert "1枠（200分）が、legal の開始から終了まで（180分）より長く" in said
    assert importing("booking-terms", TERMS)[0] == 0
    code, said = importing("booking-terms", replace=True)
    assert (code, stored(terms.all_terms)) == (0, ())
