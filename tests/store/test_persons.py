from datetime import date

import pytest

from store import persons
from store.db import Tx

BORN = date(1950, 1, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("くまもと はなこ", BORN), ("クマモト　ハナコ", BORN)),
        (("ｸﾏﾓﾄﾊﾅｺ", BORN), ("くまもとはなこ", BORN)),
        (("おおた りょーこ", BORN), ("オオタリョーコ", BORN)),
        (("Smith, John", BORN), ("SMITH JOHN", BORN)),
        (("やまもと きょうこ", BORN), ("ヤマモト　キヨウコ", BORN)),
        (("いけづか しづか", BORN), ("いけずか しずか", BORN)),
        (("まつを かほる", BORN), ("マツオ　カホル", BORN)),
        (("はなこ", "096-328-2111"), ("ハナコ", "０９６（３２８）２１１１")),
        (("はなこ", "096-328-2111"), ("はなこ", "+81 96 328 2111")),
    ],
)
def test_the_same_person_however_written(tx: Tx, one, other) -> None:
    assert persons.digest(tx, *one) == persons.digest(tx, *other)


@pytest.mark.parametrize(
    "other",
    [("くまもとはなえ", BORN), ("くまもとはなこ", date(1950, 2, 1)), ("くまもとはなこ", "1950-01-02")],
)
def test_another_person(tx: Tx, other) -> None:
    assert persons.digest(tx, "くまもとはなこ", BORN) != persons.digest(tx, *other)


@pytest.mark.parametrize("nobody", [("", BORN), ("　・", BORN), ("はなこ", ""), ("はなこ", "なし")])
def test_nobody_is_not_one_person_for_all(tx: Tx, nobody) -> None:
    with pytest.raises(ValueError, match="without"):
        persons.digest(tx, *nobody)


def test_a_person_is_a_keyed_hash(tx: Tx) -> None:
    assert len(persons.digest(tx, "はなこ", BORN)) == 32
