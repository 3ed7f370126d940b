"""Records as staff keep them, and files as their programs write them."""

import csv
import io
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from faq.cells import plain
from faq.models import (
    Answerer,
    EntryId,
    FaqEntry,
    Kind,
    LabelledQuestion,
    Office,
    OfficeId,
    Place,
    Provenance,
    Shelter,
    ShelterId,
    Status,
    Synonyms,
    Tone,
)

SOURCE = Provenance(
    "市政情報",
    "https://www.example.jp/a",
    date(2026, 2, 1),
    date(2026, 11, 1),
    date(2027, 3, 31),
    Status.CONFIRMED,
)
ENTRY = FaqEntry(
    EntryId("moving-in"),
    "引越し",
    Kind.STATUTORY,
    Tone.NORMAL,
    "転入の届出はいつまでですか",
    ("引っ越してきた", "転入届 いつまで"),
    "引っ越した日から14日以内です。\n窓口は区役所です。",
    "区民課",
    "096-334-1500",
    "https://www.example.jp/b",
    SOURCE,
)
OFFICE = Office(
    OfficeId("K001"),
    "中央区役所",
    "チュウオウクヤクショ",
    "区役所",
    "中央区",
    "手取本町1番1号",
    Place(32.80328437, 130.708129),
    "096-328-2610",
    "総務企画課",
    ("中央区", "市役所"),
    "Mo-Fr 09:00-16:30; PH off",
    "",
    "",
    "https://www.example.jp/c",
    SOURCE,
    "Chuo Ward Office",
    "",
    "431001",
    "熊本市",
)
SHELTER = Shelter(
    ShelterId("E43"), "河内中学校", "西区", "船津2470-1", Place(32.828426, 130.590585), True, SOURCE
)
WORDS = Synonyms(("転入", "引っ越し"), 0.8, "窓口の言い方")
ASKED = LabelledQuestion("q1", "引っ越してきたばっかり", EntryId("moving-in"), 2, Answerer.QUESTION)

FAQ_HEADING = [
    *("id", "category", "kind", "tone", "question", "phrasings", "answer", "section", "telephone", "link"),
    *("source", "source_url", "published_on", "confirmed_on", "valid_until", "status"),
]


def faq_row(**changed: str) -> list[str]:
    """The cells of a good row, but for what is changed."""
    cells = {
        "id": "moving-in",
        "category": "引越し",
        "kind": "statutory",
        "tone": "normal",
        "question": "転入の届出はいつまでですか",
        "phrasings": "引っ越してきた|転入届 いつまで",
        "answer": "引っ越した日から14日以内です。\n窓口は区役所です。",
        "section": "区民課",
        "telephone": "096-334-1500",
        "link": "https://www.example.jp/b",
        "source": "市政情報",
        "source_url": "https://www.example.jp/a",
        "published_on": "2026-02-01",
        "confirmed_on": "2026-11-01",
        "valid_until": "2027-03-31",
        "status": "確認済み",
    }
    return list((cells | changed).values())


def text_of(*rows: list[str], delimiter: str = ",") -> str:
    """The rows as Excel writes text: CRLF between rows, LF within a cell."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def faq_csv(*rows: list[str]) -> bytes:
    """An FAQ file as the service itself writes it."""
    return text_of(FAQ_HEADING, *rows).encode("utf-8-sig")


def workbook(
    path: Path, rows: list[list[object]], date_format: str = "yyyy/m/d", **other: list[list[object]]
) -> bytes:
    """An Excel file with the types of its cells as given."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"default_date_format": date_format}) as book:
        for name, sheet_rows in {"FAQ": rows, **other}.items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(sheet_rows):
                sheet.write_row(number, 0, cells)
    return path.read_bytes()


# Records with text of every nasty kind -------------------------------------------------------------

_NASTY = st.sampled_from(
    [
        *"=+-@'\"|,;\t\n ＝＋－＠　①Ⅲ髙﨑㍿ﾊﾟ🏢",
        "👨‍👩‍👧",
        "_x0041_",
        "_x000D_",
        "#N/A",
        "\u3099",
        "=cmd|'/c calc'!A1",
    ]
)
_LETTERS = st.one_of(st.characters(codec="utf-8"), _NASTY)


def _as_kept(text: str) -> str:
    from faq.cells import text as free_text

    return free_text().write(text)


def texts(least: int = 0) -> st.SearchStrategy[str]:
    """Text as records hold it: no blank ends, no control characters."""
    return st.lists(_LETTERS, max_size=12).map("".join).map(_as_kept).filter(lambda text: len(text) >= least)


items = (
    texts(least=1).map(lambda text: _as_kept(text.translate({ord("|"): "/", ord("｜"): "/"}))).filter(bool)
)
days = st.none() | st.dates(date(1900, 1, 1))
codes = st.text("abcXYZ0189-=@+_あ漢", min_size=1, max_size=20).map(plain)
slugs = st.from_regex(r"\A[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}\Z")
urls = st.sampled_from(["", "https://www.example.jp/?a=1&b=日本,語", "http://x.jp/#='\""])
telephones = st.sampled_from(["", "096-334-1500", "119", "#7119", "0963341500"])
_places = st.builds(Place, st.floats(20, 46), st.floats(122, 154))
sources = st.builds(
    lambda published, until, **rest: Provenance(
        published_on=published,
        valid_until=until if not (published and until) or until >= published else published,
        **rest,
    ),
    published=days,
    until=days,
    source=texts(least=1),
    source_url=urls,
    confirmed_on=days,
    status=st.sampled_from(Status),
)

entries = st.builds(
    FaqEntry,
    id=slugs,
    category=texts(),
    kind=st.sampled_from(Kind),
    tone=st.sampled_from(Tone),
    question=texts(least=1),
    phrasings=st.lists(items, max_size=3).map(tuple),
    answer=texts(least=1),
    section=texts(),
    telephone=telephones,
    link=urls,
    provenance=sources,
)
offices = st.builds(
    Office,
    id=codes,
    name=texts(least=1),
    kana=texts(),
    kind=texts(),
    ward=texts(),
    address=texts(),
    place=st.none() | _places,
    telephone=telephones,
    telephone_of=texts(),
    aliases=st.lists(items, max_size=3).map(tuple),
    hours=st.sampled_from(["", "Mo-Fr 09:00-16:30; PH off", "24/7", "Sa[1] 09:00-12:00,13:00-24:00"]),
    hours_note=texts(),
    description=texts(),
    link=urls,
    provenance=sources,
    english=texts(),
    remarks=texts(),
    municipality_code=st.sampled_from(["", "431001", "011002"]),
    municipality=texts(),
)
shelters = st.builds(
    Shelter,
    id=codes,
    name=texts(least=1),
    ward=texts(),
    address=texts(),
    place=_places,
    for_everybody=st.booleans(),
    provenance=sources,
    remarks=texts(),
)
synonyms = st.builds(
    Synonyms,
    words=st.lists(items, min_size=2, max_size=4).map(tuple),
    weight=st.floats(0, 1).map(abs),
    source=texts(),
)
questions = st.builds(
    lambda entry, handler, **rest: LabelledQuestion(
        faq_id=EntryId(entry) if handler is Answerer.QUESTION else None, handler=handler, **rest
    ),
    query_id=codes,
    query=texts(least=1),
    entry=codes,
    relevance=st.integers(0, 2),
    handler=st.sampled_from(Answerer),
)
