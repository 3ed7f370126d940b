from datetime import UTC, datetime

import pytest

from web.typed import even, lines, moment, one_line, telephone, typed_moment


def test_a_moment_comes_back_as_it_was_typed() -> None:
    found = moment(" 2026-11-23T08:30 ")
    assert found == datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert typed_moment(found) == "2026-11-23T08:30"


@pytest.mark.parametrize(
    "text", [None, "", "明日", "2026-13-01T00:00", "0001-01-01T00:00", "2026-11-23T08:30+09:00"]
)
def test_what_is_no_moment_of_our_time(text: str | None) -> None:
    assert moment(text) is None


def test_what_is_pasted_is_made_even() -> None:
    assert one_line(" 東区\n役所 ") == "東区 役所"
    assert even(" ３２．８０ , 130 ") == "32.80 , 130"
    assert lines("\r\n東区\r\n役所 \n") == "東区\n役所"
    assert telephone(" ０９６ー０００ー００００") == "096-000-0000"
