"""What is like a danger though no rule knows it, and what never may be."""

import csv
from pathlib import Path

import pytest

from nlp.danger import Danger, DangerKind, Severity
from nlp.danger_words import load
from nlp.folding import fold
from nlp.likeness import THRESHOLD, Likeness
from nlp.likeness import load as load_likeness

DATA = Path(__file__).parents[2] / "data"
LIKENESS = load_likeness()
RULES = load(DATA / "danger.toml")
BOTH = load(DATA / "danger.toml", None, LIKENESS)


@pytest.mark.parametrize(
    "text",
    [
        "誰も私がいなくなっても気づかない",
        "誰にもわかってもらえんで、一人で泣きよる",
        "生徒がお腹をすかせていつもパンを盗ります",
    ],
)
def test_what_no_rule_knows_gets_numbers_and_then_the_answer(text: str):
    assert RULES.find(text) is None
    found = BOTH.find(text)
    assert found is not None
    assert (found.kind, found.severity) == (DangerKind.HELP, Severity.TALK)
    assert found.because.startswith("似た言い方：「")


def test_it_takes_nothing_from_a_rule():
    always = load(DATA / "danger.toml", None, Likeness({}, 9.0))
    assert always.find("旦那にくらされた") == Danger(DangerKind.DV, Severity.NOW, "「くらされ」と「旦那」")


@pytest.mark.parametrize("text", ["もういいです", "まだです", "もう一回", "2人です", "しまった", ""])
def test_a_short_reply_is_like_nothing(text: str):
    assert BOTH.find(text) is None


@pytest.mark.parametrize("text", ["What is the best ramen shop near here?", "How do I reset my password"])
def test_a_question_in_english_is_not_taken_for_a_danger(text: str):
    assert BOTH.find(text) is None


def test_the_citys_own_questions_hear_hardly_more_than_by_the_rules():
    asked = [row["query"] for row in rows("questions.csv")]
    asked += [text for row in rows("faq.csv") for text in (row["question"], *row["phrasings"].split("|"))]
    more = [text for text in asked if BOTH.find(text) != RULES.find(text)]
    assert len(asked) > 2500
    assert len(more) <= 0.002 * len(asked), f"python -m nlp.make_likeness data tests/nlp learns from {more}"


def test_pieces_weigh_as_the_file_says():
    likeness = Likeness({"飲": 2.0, "飲ん": 2.0, "届": -4.0}, -1.0)
    assert likeness.score(fold("飲")) == -1.0 + 2.0
    assert likeness.score(fold("飲んだ")) == pytest.approx(-1.0 + 4.0 / 2**0.5)
    assert likeness.score(fold("飲んで届")) < THRESHOLD
    assert likeness.score("") == -1.0


def test_a_damaged_file_is_told_of(tmp_path: Path):
    (tmp_path / "likeness.csv").write_text("piece,weight\nあ,1.0\n", encoding="utf-8")
    with pytest.raises(ValueError, match="make_likeness"):
        load_likeness(tmp_path / "likeness.csv")


def test_what_it_finds_is_never_now():
    always = load(DATA / "danger.toml", None, Likeness({}, 9.0))
    found = always.find("転入届はいつまでに出せばいいですか")
    assert found is not None
    assert (found.kind, found.severity) == (DangerKind.HELP, Severity.TALK)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
