import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.decoding import decode, lost_letters
from faq.problems import Problem
from faq.sentences import Fault

_LETTERS_OF_WINDOWS = sorted(
    letter
    for lead in range(0x81, 0xFD)
    for trail in range(0x40, 0xFD)
    for letter in bytes([lead, trail]).decode("cp932", "ignore")
    if letter > "\xa0"
    and not "\uf8f0" <= letter <= "\uf8f3"
    and letter.encode("cp932", "ignore").decode("cp932") == letter
)
JAPANESE = "番号,①Ⅲ髙﨑㈱,～－∥,ﾊﾝｶｸ"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_the_letters_of_windows_survive(encoding: str) -> None:
    assert decode(JAPANESE.encode(encoding)) == JAPANESE


def test_utf16_of_the_other_byte_order_is_known_by_its_mark() -> None:
    assert decode(b"\xfe\xff" + JAPANESE.encode("utf-16-be")) == JAPANESE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("文字".encode("euc-jp") + b"\xff\xfd", Fault.NOT_DECODABLE),
        (b"id\n\x80\xa0", Fault.NOT_DECODABLE),
        (b"\xff\xfe\x00", Fault.NOT_DECODABLE),
        ("a文字".encode("utf-16-be"), Fault.NOT_TEXT),
        (b"a\0b", Fault.NOT_TEXT),
        ("ﾃｽﾄ".encode("cp932")[:2], Fault.AMBIGUOUS),
    ],
)
def test_what_fits_no_encoding_is_refused_and_never_guessed(data: bytes, reason: Fault) -> None:
    problem = decode(data)
    assert isinstance(problem, Problem)
    assert problem.reason.startswith(reason.partition("{")[0])


def test_the_encodings_that_were_tried_are_named() -> None:
    problem = decode(b"\x80\xff\xff")
    assert isinstance(problem, Problem)
    assert all(name in problem.reason for name in ("UTF-8", "CP932", "UTF-16"))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff")))
def test_text_in_utf8_comes_out_as_it_is_or_not_at_all(text: str) -> None:
    assert decode(text.encode()) == text or isinstance(decode(text.encode()), Problem)


@given(st.text(st.sampled_from(_LETTERS_OF_WINDOWS)))
def test_text_of_windows_with_kanji_comes_out_as_it_is(text: str) -> None:
    assert decode(("漢字," + text).encode("cp932")) == "漢字," + text


@pytest.mark.parametrize(
    ("text", "encoding", "lost"),
    [
        ("受付は9時?16時です", "cp932", 1),
        ("平日?土曜,9:00?16:30,土?田", "cp932", 3),
        ("いつまでに届け出る?,https://example.jp/?id=1", "cp932", 0),
        ("受付は9時〜16時です", "cp932", 0),
        ("受付は9時?16時です", "utf-8", 0),
        ("受付は9時?16時です", "utf-8-sig", 0),
    ],
)
def test_letters_that_excel_could_not_write(text: str, encoding: str, lost: int) -> None:
    data = text.encode(encoding)
    assert lost_letters(data, str(decode(data))) == lost
