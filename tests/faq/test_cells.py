from datetime import date

import pytest

from faq import cells
from faq.cells import CellType, Wrong
from faq.sentences import Fault


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("2026/11/22", date(2026, 11, 22)),
        ("2026/1/5", date(2026, 1, 5)),
        ("２０２６／１１／２２", date(2026, 11, 22)),
        ("　2026年11月22日 ", date(2026, 11, 22)),
        ("令和8年11月22日", date(2026, 11, 22)),
        ("令和 8年 1月 5日", date(2026, 1, 5)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("昭和64年1月7日", date(1989, 1, 7)),
    ],
)
def test_dates_as_people_in_japan_write_them(written: str, day: date) -> None:
    assert cells.DATE.parse(written) == day
    assert cells.DATE.write(day) == day.isoformat()


@pytest.mark.parametrize(
    "written",
    ["2026-02-29", "2026-13-01", "26-11-22", "11/22/2026", "2026-11/22", "46348", "令和0年1月1日",
     "令和元年4月30日", "2026-11-22 10:00", "未定", "令和99999年1月1日", "0001-01-01", "٢٠٢٦-١١-٢٢"],
)  # fmt: skip
def test_what_is_no_day_is_no_date(written: str) -> None:
    assert cells.DATE.parse(written) == Wrong(Fault.BAD_DATE)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("096-334-1500", "096-334-1500"),
        ("０９６－３３４－１５００", "096-334-1500"),
        ("096ー334ー1500", "096-334-1500"),
        ("096‐334−1500", "096-334-1500"),
        ("0963341500", "0963341500"),
        ("119", "119"),
        ("#7119", "#7119"),
        ("0120-279-338", "0120-279-338"),
        ("963341500", Wrong(Fault.LOST_ZERO)),
        ("96-334-1500", Wrong(Fault.LOST_ZERO)),
        ("096-334-1500（代表）", Wrong(Fault.BAD_TELEPHONE)),
        ("096-334-1500、096-334-1507", Wrong(Fault.BAD_TELEPHONE)),
        ("096(334)1500", Wrong(Fault.BAD_TELEPHONE)),
        ("096-334-150", Wrong(Fault.BAD_TELEPHONE)),
        ("-", Wrong(Fault.BAD_TELEPHONE)),
    ],
)
def test_telephones(written: str, read: str | Wrong) -> None:
    assert cells.TELEPHONE.parse(written) == read


@pytest.mark.parametrize(
    ("written", "good"),
    [
        ("https://www.city.kumamoto.jp/kiji?id=1&x=あ", True),
        ("http://x.jp", True),
        ("ftp://x.jp", False),
        ("javascript:alert(1)", False),
        ("www.city.kumamoto.jp", False),
        ("https://", False),
        ("https://x.jp https://y.jp", False),
        ("https://[x", False),
    ],
)
def test_addresses_of_pages(written: str, good: bool) -> None:
    assert cells.URL.parse(written) == (written if good else Wrong(Fault.BAD_URL))


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        (cells.LATITUDE, "３２．８０", 32.8),
        (cells.LATITUDE, "130.7", Wrong(Fault.BAD_LATITUDE)),
        (cells.LATITUDE, "nan", Wrong(Fault.BAD_LATITUDE)),
        (cells.LATITUDE, "1e999", Wrong(Fault.BAD_LATITUDE)),
        (cells.LONGITUDE, "32.8", Wrong(Fault.BAD_LONGITUDE)),
        (cells.LONGITUDE, "-130.7", Wrong(Fault.BAD_LONGITUDE)),
        (cells.WEIGHT, "0.8", 0.8),
        (cells.WEIGHT, "1.1", Wrong(Fault.BAD_WEIGHT)),
        (cells.RELEVANCE, "２", 2),
        (cells.RELEVANCE, "2.0", Wrong(Fault.BAD_RELEVANCE)),
        (cells.SLUG, "ｍｏｖｉｎｇ-in", "moving-in"),
        (cells.SLUG, "Moving-in", Wrong(Fault.BAD_SLUG)),
        (cells.SLUG, "a" * 65, Wrong(Fault.BAD_SLUG)),
        (cells.CODE, "K 001", Wrong(Fault.BAD_CODE)),
        (cells.MUNICIPALITY, "431001", "431001"),
        (cells.MUNICIPALITY, "11002", Wrong(Fault.BAD_MUNICIPALITY)),
        (cells.items(), "転入|　引っ越し ｜|", ("転入", "引っ越し")),
        (cells.items(least=2), "転入", Wrong(Fault.LONE_WORD)),
        (cells.items(limit=3), "転入|引っ越し", Wrong(Fault.LONG_ITEM.format(length=4, limit=3))),
        (cells.text(3), "四文字だ", Wrong(Fault.TOO_LONG.format(length=4, limit=3))),
        (cells.text(), "　①Ⅲ髙﨑\r\n二行目\r三行目 ", "①Ⅲ髙﨑\n二行目\n三行目"),
        (cells.text(), "a\x1bb", Wrong(Fault.FORBIDDEN)),
        (cells.text(), "文字化\ufffd", Wrong(Fault.FORBIDDEN)),
    ],
)
def test_other_cells(kind: CellType[object], written: str, read: object) -> None:
    assert kind.parse(written) == read
