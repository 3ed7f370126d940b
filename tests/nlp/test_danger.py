"""Danger: the table of sentences, the texts and numbers, and a file that staff may have broken."""

import csv
import dataclasses
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.danger import Danger, DangerFileError, DangerKind, DangerRules, Severity, load
from nlp.folding import fold
from nlp.likeness import load as load_likeness

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
    def reading(text: str) -> str:
        return {"離巣加した": "リスカシタ", "熊本で暮らされた方": "クマモトデクラサレタホウ"}.get(text, "")

    heard = load(DATA, reading)
    assert RULES.find("離巣加した") is None
    assert heard.find("離巣加した") is not None
    assert heard.find("熊本で暮らされた方") is None


def test_every_kind_has_calm_words_and_a_number():
    for kind in DangerKind:
        for said in (RULES.now[kind], RULES.talk[kind]):
            assert said.lines[0].number
            assert len(said.text) <= 200
            assert "?" not in said.text
            assert "？" not in said.text
            assert "ですか" not in said.text
            assert "(" not in said.text
        assert RULES.now[kind].cannot_speak


def test_a_talk_goes_on_to_the_answer_so_it_shows_the_numbers_alone():
    assert [said.kind for said in RULES.talk.values() if said.cannot_speak] == []


def test_distress_without_a_name_hears_of_somebody_to_talk_to_first():
    found = RULES.find("もうつらい")
    assert found is not None
    assert [line.number for line in RULES.guidance(found).lines] == ["0120-279-338", "119", "110"]
    now = RULES.guidance(Danger(DangerKind.HELP, Severity.NOW, ""))
    assert [line.number for line in now.lines] == ["119", "110", "0120-279-338"]


def test_a_swallowed_battery_hears_nothing_of_gas():
    found = RULES.find("孫がボタン電池を飲み込みました")
    assert found is not None
    assert "ガス" not in RULES.guidance(found).text
    assert "072-727-2499" in [line.number for line in RULES.guidance(found).lines]


def test_the_texts_never_repeat_the_violent_word():
    hurtful = ("死", "殺", "殴", "自殺", "レイプ", "暴力", "虐待", "いじめ", "くらされ")
    said = [guidance.text for texts in (RULES.now, RULES.talk) for guidance in texts.values()]
    assert [text for text in said if any(word in text for word in hurtful)] == []


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
    guidance = RULES.guidance(Danger(kind, Severity.NOW, ""))
    assert number in [line.number for line in guidance.lines]
    assert number in RULES.numbers()


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
        ('lines = ["119", "7119"', 'lines = ["911", "7119"', "911 がありません"),
        ('status = "未確認"', 'status = "たぶん"', "確認済み か 未確認"),
        ('source = "熊本市 救急車の適正利用"', 'source = ""', "出典"),
        ('number = "119"', 'number = ""', "number か url"),
        ("[kind.missing]", "[kind.lost]", "missing がありません"),
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
    """Seconds; the best of several, since others use the machine too."""
    times = []
    for _ in range(tries):
        began = time.perf_counter()
        BOTH.find(text)
        times.append(time.perf_counter() - began)
    return min(times)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_hostile_text_takes_time_in_proportion(piece: str):
    short, long = (piece * 2000)[:1250], (piece * 5000)[:5000]
    assert best_of(5, long) < max(16 * best_of(5, short), 0.02)


def test_an_ordinary_message_is_looked_at_in_less_than_a_millisecond():
    assert best_of(50, "転入届はいつまでに出せばいいですか") < 0.001
