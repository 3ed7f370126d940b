"""Danger: the table of sentences, and a file that staff may have broken."""

import csv
import dataclasses
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.danger import Danger, DangerKind, DangerRules, Severity
from nlp.danger_words import DangerFileError, load
from nlp.folding import fold
from nlp.likeness import load as load_likeness
from nlp.readings import reading

DATA = Path(__file__).parents[2] / "data" / "danger.toml"
RULES = load(DATA)
BOTH = load(DATA, None, load_likeness())
"""As the service looks: the rules, and where they find nothing, what the message is like."""


@dataclasses.dataclass(frozen=True)
class Sentence:
    text: str
    kinds: tuple[str, ...]
    """Kinds that a person would accept; empty where there is no danger."""
    severity: str


def sentences(name: str, text: str, kinds: str) -> list[Sentence]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Sentence(row[text], tuple(filter(None, row[kinds].split("|"))), row["severity"]) for row in rows]


FRESH = sentences("danger_fresh.csv", "text", "kind")
"""Written by somebody who had seen neither the rules nor the other table."""
SENTENCES = [*sentences("danger_sentences.csv", "sentence", "expected"), *FRESH]


def rightly(found: Danger | None, sentence: Sentence) -> bool:
    return found is not None and found.kind in sentence.kinds and found.severity == sentence.severity


def missed(rules: DangerRules) -> list[str]:
    return [each.text for each in SENTENCES if each.kinds and not rightly(rules.find(each.text), each)]


def false_alarms(rules: DangerRules) -> list[str]:
    return [each.text for each in SENTENCES if not each.kinds and rules.find(each.text)]


def test_no_danger_is_missed_and_few_alarms_are_false():
    dangerous = sum(bool(each.kinds) for each in SENTENCES)
    alarms = false_alarms(RULES)
    harmless = len(SENTENCES) - dangerous
    sys.stdout.write(f"{dangerous} dangerous, missed {missed(RULES)}\n")
    sys.stdout.write(f"{harmless} harmless, false alarms {alarms}\n")
    assert dangerous >= 850
    assert harmless >= 640
    assert missed(RULES) == []
    assert len(alarms) <= 0.01 * harmless


def test_sentences_of_who_had_not_seen_the_rules():
    assert [each.text for each in FRESH if each.kinds and not rightly(RULES.find(each.text), each)] == []
    assert [each.text for each in FRESH if not each.kinds and BOTH.find(each.text)] == []


@pytest.mark.parametrize(
    "text",
    ["薬を全部飲んだ", "飲んだの、薬、全部", "くすり もう ぜんぶ のんだ"],
)
def test_several_lists_must_each_be_met_in_any_order(text: str):
    found = RULES.find(text)
    assert found is not None
    assert (found.kind, found.severity) == (DangerKind.SUICIDE, Severity.NOW)
    assert RULES.find("薬を飲んだ") is None


@pytest.mark.parametrize("kind", DangerKind)
@pytest.mark.parametrize("severity", Severity)
def test_each_family_of_rules_is_needed(kind: DangerKind, severity: Severity):
    left = tuple(rule for rule in RULES.rules if (rule.kind, rule.severity) != (kind, severity))
    if len(left) == len(RULES.rules):
        assert severity is Severity.TALK, f"nothing finds {kind} now"
        assert not any(each.kinds == (kind,) and each.severity == severity for each in SENTENCES)
        return
    assert missed(dataclasses.replace(RULES, rules=left))


@pytest.mark.parametrize(
    "text",
    [
        "死にたい",
        "シニタイ",
        "ｼﾆﾀｲ",
        "し に た い",
        "しにたいーー!",
        "死\nに\nた\nい",
        "死・に・た・い",
        "しに〜たい",
    ],
)
def test_spelling_hides_nothing(text: str):
    found = RULES.find(text)
    assert found is not None
    assert (found.kind, found.severity) == (DangerKind.SUICIDE, Severity.NOW)


def test_what_excuses_a_word_must_stand_near_it():
    far = "自殺対策の計画を見たいです。" + "それから、" * 10 + "もう死にたい"
    assert RULES.find("自殺対策の計画を見たいです。") is None
    assert RULES.find(far) is not None


def test_the_dialect_word_for_beating_is_not_the_word_for_living():
    assert RULES.find("旦那にくらされた") == Danger(DangerKind.DV, Severity.NOW, "「くらされ」と「旦那」")
    assert RULES.find("熊本で暮らされた方") is None


def test_the_reading_finds_unusual_kanji_but_never_a_homophone():
    def of_these(text: str) -> str:
        return {"離巣加した": "リスカシタ", "熊本で暮らされた方": "クマモトデクラサレタホウ"}.get(text, "")

    heard = load(DATA, of_these)
    assert RULES.find("離巣加した") is None
    assert heard.find("離巣加した") is not None
    assert heard.find("熊本で暮らされた方") is None


@pytest.mark.parametrize("text", ["タヒ2たい", "たひ²たい", "ちかん２あいました"])
def test_digits_among_kana_are_read_aloud(text: str):
    assert RULES.find(text) is None
    found = load(DATA, reading).find(text)
    assert found is not None
    assert found.severity is Severity.NOW


def test_kana_alone_are_heard_as_they_are_written():
    heard: list[str] = []
    rules = load(DATA, lambda text: heard.append(text) or "")
    assert rules.find("しにたい") is not None
    assert rules.find("ごみの日はいつ？") is None
    assert heard == ["ごみの日はいつ？"]


def broken(tmp_path: Path, old: str, new: str) -> Path:
    text = DATA.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "danger.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('kind = "sea"', 'kind = "see"', "kind=see"),
        ('severity = "now"', 'severity = "later"', "severity=later"),
        ('"@家族"', '"@家俗"', "家俗 がありません"),
        ("[words]", "[words", "TOML の書き方"),
        ('"fire_or_illness", "crime", "help"]', '"fire_or_illness", "crime"]', "help がありません"),
    ],
)
def test_a_broken_file_says_what_to_mend(tmp_path: Path, old: str, new: str, says: str):
    with pytest.raises(DangerFileError, match=says):
        load(broken(tmp_path, old, new))


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_looked_at(text: str):
    BOTH.find(text)
    assert fold(fold(text)) == fold(text)


HOSTILE = ["あ", "ー", "ーa ", "a ", "火事保険", "統計殴られ", "夫が殴統計", "㍿", "ﷺ", " ", "fire work "]


def best_of(tries: int, text: str) -> float:
    """Seconds of this thread on a processor; the best of several, since others use its caches too."""
    times = []
    for _ in range(tries):
        began = time.thread_time()
        BOTH.find(text)
        times.append(time.thread_time() - began)
    return min(times)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_hostile_text_takes_time_in_proportion(piece: str):
    short, long = (piece * 2000)[:1250], (piece * 5000)[:5000]
    assert best_of(5, long) < max(16 * best_of(5, short), 0.02)


def test_an_ordinary_message_is_looked_at_in_less_than_a_millisecond():
    assert best_of(50, "転入届はいつまでに出せばいいですか") < 0.001
