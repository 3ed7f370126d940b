import re
from datetime import date

import pytest

from faq.models import Status
from faq.retention import Purpose, Trace, WrongRetention, read_retention
from tests.conftest import DATA

SHIPPED = (DATA / "retention.toml").read_text(encoding="utf-8")


def test_the_rules_that_ship():
    rules = read_retention(DATA / "retention.toml")
    assert set(rules.particulars) == set(Purpose)
    assert set(rules.traces) == set(Trace)
    every = [*rules.particulars.values(), *rules.traces.values()]
    assert {rule.status for rule in every} == {Status.UNCONFIRMED}, "no city has confirmed these"
    assert all(rule.source_url.startswith("https://laws.e-gov.go.jp/") for rule in every)


def test_the_day_of_deletion_is_counted_from_the_event():
    rules = read_retention(DATA / "retention.toml")
    assert rules.delete_on(Purpose.CONSULTATION, date(2026, 12, 10)) == date(2027, 1, 9)
    assert rules.delete_on(Purpose.APPLICATION, date(2026, 12, 10)) == date(2027, 3, 10)


@pytest.mark.parametrize(
    ("pattern", "replacement", "told"),
    [
        (r"\[traces\.audit\]", "[traces.audits]", "[traces.audits] is no thing that is kept"),
        (r"\[traces\.audit\][^\[]*", "", "[traces.audit] is missing"),
        (r"\[particulars\.", "[personal.", "[personal] is no thing that is kept"),
        (r"days = 1827", "days = -1", "traces.audit: days must be a whole number from 0 to 36525"),
        (r"days = 1827", "days = 36526", "traces.audit: days must be a whole number"),
        (r"days = 1827", "days = 1.5", "traces.audit: days must be a whole number"),
        (r"days = 1827", "days = true", "traces.audit: days must be a whole number"),
        (r"days = 1827", "", "traces.audit: days must be a whole number"),
        (r'after = "操作した日"', "", "traces.audit: after is missing"),
        (r'label = "操作の記録"', 'label = " "', "traces.audit: label is missing"),
        (r'label = "操作の記録"', "label = 3", "traces.audit: label is missing"),
        (r'status = "未確認"', 'status = "たぶん"', "status must be one of: 確認済み, 未確認"),
        (r"\A", "days", "is not TOML in UTF-8"),
    ],
)
def test_a_wrong_file_says_what_to_mend(tmp_path, pattern, replacement, told):
    file = tmp_path / "retention.toml"
    file.write_text(re.sub(pattern, replacement, SHIPPED), encoding="utf-8")
    with pytest.raises(WrongRetention, match=re.escape(told)) as raised:
        read_retention(file)
    assert str(file) in str(raised.value)


def test_a_file_of_another_encoding(tmp_path):
    file = tmp_path / "retention.toml"
    file.write_bytes(SHIPPED.encode("cp932"))
    with pytest.raises(WrongRetention, match="UTF-8"):
        read_retention(file)
