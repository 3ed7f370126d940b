"""What is said in danger: a text for every occasion, calm and with a number, and what stands in for a missing one."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from faq.amending import RecordProblem
from faq.amending import admit as amend
from faq.changes import Change, RecordName
from faq.danger_files import read_danger_texts
from faq.danger_texts import OCCASIONS, DangerText, DangerTexts, LineId
from faq.exchange import Records
from faq.fitting import Admitted, admit
from faq.holdings import Holdings
from faq.kinds import KINDS
from faq.problems import Problem, Refused
from faq.sentences import Fault
from nlp.danger import Danger, DangerKind, Severity
from nlp.danger_words import DangerFileError
from tests.faq.place_files import DANGER_TEXTS, LINE, TOWN

DATA = Path(__file__).parents[2] / "data"
SHIPPED = read_danger_texts(DATA)
SEA_NOW = next(each for each in DANGER_TEXTS if each.occasion == (DangerKind.SEA, Severity.NOW))
SEA_LOST = Fault.DANGER_WITHOUT_TEXT.format(danger="sea", severity="now")


def numbers_of(kind: DangerKind, severity: Severity = Severity.NOW) -> list[str]:
    return [line.number for line in SHIPPED.guidance(Danger(kind, severity, "")).lines]


# What ships ----------------------------------------------------------------------------------------


def test_every_occasion_has_calm_words_and_a_number():
    assert SHIPPED.by_occasion.keys() == set(OCCASIONS)
    for (_, severity), said in SHIPPED.by_occasion.items():
        assert said.lines[0].number
        assert len(said.text) <= 200
        assert [sign for sign in ("?", "？", "ですか", "(") if sign in said.text] == []
        assert bool(said.cannot_speak) is (severity is Severity.NOW), "a talk goes on to the answer"


def test_nobody_is_promised_to_come():
    promises = ("向かいます", "伺います", "うかがいます", "駆けつけ", "対応します", "連絡します")
    said = [each.text for each in SHIPPED.by_occasion.values()]
    assert [text for text in said if any(word in text for word in promises)] == []


def test_the_texts_never_repeat_the_violent_word():
    hurtful = ("死", "殺", "殴", "自殺", "レイプ", "暴力", "虐待", "いじめ", "くらされ")
    said = [each.text for each in SHIPPED.by_occasion.values()]
    assert [text for text in said if any(word in text for word in hurtful)] == []


def test_distress_without_a_name_hears_of_somebody_to_talk_to_first():
    assert numbers_of(DangerKind.HELP, Severity.TALK) == ["0120-279-338", "119", "110"]
    assert numbers_of(DangerKind.HELP) == ["119", "110", "0120-279-338"]


def test_who_swallowed_something_hears_nothing_of_gas():
    assert "ガス" not in SHIPPED.guidance(Danger(DangerKind.POISON, Severity.NOW, "")).text


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (DangerKind.FIRE_OR_ILLNESS, "119"),
        (DangerKind.SEA, "118"),
        (DangerKind.CRIME, "110"),
        (DangerKind.SCAM, "188"),
        (DangerKind.SUICIDE, "096-353-4343"),
        (DangerKind.DV, "0120-279-889"),
        (DangerKind.CHILD_ABUSE, "189"),
        (DangerKind.PREGNANCY, "0120-783-449"),
        (DangerKind.SEXUAL_VIOLENCE, "#8891"),
        (DangerKind.BULLYING, "0120-0-78310"),
        (DangerKind.MISSING, "110"),
        (DangerKind.GAS, "119"),
        (DangerKind.POISON, "072-727-2499"),
        (DangerKind.DISASTER, "119"),
    ],
)
def test_the_right_number_is_among_the_lines(kind: DangerKind, number: str):
    assert number in numbers_of(kind)
    assert number in SHIPPED.numbers()


# The files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("danger-texts.csv", "119|7119|8000|110", "911|7119", "このIDの連絡先はありません"),
        ("danger-texts.csv", "missing,talk", "lost,talk", "使えない値です"),
        ("danger-texts.csv", "missing,talk", "help,talk", "同じです"),
        ("danger-lines.csv", "119,消防・救急,119", "119,消防・救急,", "どちらかを入れてください"),
        ("danger-lines.csv", "https://www.pref.kumamoto.jp/site/police/63826.html", "", "確かめたページ"),
        ("danger-lines.csv", "未確認", "たぶん", "確認済み、未確認"),
    ],
)
def test_a_broken_file_says_what_to_mend(tmp_path: Path, file: str, old: str, new: str, says: str):
    for name in ("danger-texts.csv", "danger-lines.csv"):
        shutil.copy(DATA / name, tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DangerFileError, match=says):
        read_danger_texts(tmp_path)


def test_a_folder_without_the_texts_is_no_city(tmp_path: Path):
    shutil.copy(DATA / "danger-lines.csv", tmp_path)
    with pytest.raises(FileNotFoundError):
        read_danger_texts(tmp_path)


# What staff may take away --------------------------------------------------------------------------


def taken_in(*texts: DangerText, known: Holdings, replace_all: bool = False) -> Admitted | Refused:
    read = Records(texts, (), tuple(range(2, len(texts) + 2)))
    return admit(KINDS["danger-texts"], read, known, replace_all=replace_all)


def proposed(*changes: Change, known: Holdings = TOWN) -> list[RecordProblem]:
    found = amend(changes, known)
    return [] if isinstance(found, Admitted) else list(found)


def removal(text: DangerText) -> Change:
    return Change("danger-texts", KINDS["danger-texts"].name_of(text), text, None)


WITHOUT_SEA = [each for each in DANGER_TEXTS if each is not SEA_NOW]
NO_TEXTS = replace(TOWN, danger_texts=())


@pytest.mark.parametrize(
    ("known", "given", "replace_all"),
    [(NO_TEXTS, WITHOUT_SEA, False), (TOWN, WITHOUT_SEA, True)],
    ids=["the first file", "a file that replaces all"],
)
def test_a_file_that_leaves_an_occasion_without_a_text_is_refused(
    known: Holdings, given: Sequence[DangerText], replace_all: bool
):
    refused = taken_in(*given, known=known, replace_all=replace_all)
    assert refused == Refused.because([Problem(0, "", "", SEA_LOST)])


def test_what_an_earlier_version_lacks_keeps_nothing_else_out():
    lacking = replace(TOWN, danger_texts=WITHOUT_SEA)
    assert isinstance(taken_in(replace(WITHOUT_SEA[0], text="すぐに。"), known=lacking), Admitted)
    assert isinstance(taken_in(SEA_NOW, known=lacking), Admitted)


def test_a_proposal_may_change_a_text_but_not_remove_it():
    whole = replace(SEA_NOW, text="118番へ。")
    assert proposed(Change("danger-texts", "sea now", SEA_NOW, whole)) == []
    name = RecordName("danger-texts", "sea now")
    assert proposed(removal(SEA_NOW)) == [RecordProblem(name, Problem(0, "", "", SEA_LOST))]
    assert len(proposed(*map(removal, DANGER_TEXTS))) == len(OCCASIONS), "nor all at once"


def test_a_line_that_a_text_shows_does_not_go():
    found = proposed(Change("danger-lines", LINE.id, LINE, None))
    assert {each.what for each in found} == {
        RecordName("danger-line-names", f"{LINE.id} en"),
        *(RecordName("danger-texts", f"{kind} {severity}") for kind, severity in OCCASIONS),
    }
    assert all("danger-" in each.problem.reason for each in found)


def test_a_text_names_only_lines_that_are_there():
    wrong = replace(SEA_NOW, cannot_speak=(LineId("nobody"),))
    (problem,) = {each.problem for each in proposed(Change("danger-texts", "sea now", SEA_NOW, wrong))}
    assert (problem.column, problem.reason) == ("cannot_speak", Fault.UNKNOWN_LINE)


# What stands in ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken",
    [WITHOUT_SEA, [*WITHOUT_SEA, replace(SEA_NOW, text="")], [*WITHOUT_SEA, replace(SEA_NOW, lines=())]],
    ids=["missing", "empty", "without a line"],
)
def test_an_occasion_without_a_helpful_text_borrows_it(broken: list[DangerText]):
    found = DangerTexts.of(broken, [LINE], SHIPPED)
    assert found.borrowed == {SEA_NOW.occasion}
    assert found.by_occasion[SEA_NOW.occasion] == SHIPPED.by_occasion[SEA_NOW.occasion]
    assert found.by_occasion[DangerKind.SEA, Severity.TALK].text == SEA_NOW.text


def test_a_line_that_is_gone_is_left_out_while_another_is_there():
    both = replace(SEA_NOW, lines=(LineId("gone"), LINE.id))
    found = DangerTexts.of([*WITHOUT_SEA, both], [LINE], SHIPPED)
    assert found.by_occasion[SEA_NOW.occasion].lines == (LINE,)
    assert not found.borrowed
