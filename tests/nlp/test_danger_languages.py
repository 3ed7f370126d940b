"""Danger in languages other than Japanese: the table of sentences, and how each is written in a hurry."""

import csv
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from nlp.danger import DangerKind, DangerRules, Severity
from nlp.danger_words import DangerFileError, load
from nlp.language import BESIDES_JAPANESE, Language
from nlp.likeness import load as load_likeness

DATA = Path(__file__).parents[2] / "data" / "danger.toml"
RULES = load(DATA)
BOTH = load(DATA, None, load_likeness())


@dataclass(frozen=True)
class Sentence:
    text: str
    language: Language
    kind: str
    """Empty where there is no danger."""
    severity: str
    held_out: str
    """`yes`: chosen before there were rules; `translated`: from the table of a writer who had seen none."""


def sentences() -> list[Sentence]:
    with (Path(__file__).parent / "danger_languages.csv").open(encoding="utf-8", newline="") as file:
        return [
            Sentence(
                row["sentence"], Language(row["language"]), row["expected"], row["severity"], row["held_out"]
            )
            for row in csv.DictReader(file)
        ]


SENTENCES = sentences()


def is_found(rules: DangerRules, each: Sentence) -> bool:
    found = rules.find(each.text)
    return found is not None and (found.kind, found.severity) == (each.kind, each.severity)


@pytest.mark.parametrize("language", [Language.JAPANESE, *BESIDES_JAPANESE])
def test_what_tells_of_a_danger_is_found_and_what_looks_like_one_is_not(language: Language) -> None:
    mine = [each for each in SENTENCES if each.language is language and each.held_out != "translated"]
    assert [each.text for each in mine if each.kind and not is_found(RULES, each)] == []
    alarms = [each.text for each in mine if not each.kind and RULES.find(each.text)]
    assert alarms == (["what does 119 day mean"] if language is Language.ENGLISH else [])


def test_words_of_another_writer() -> None:
    """Hints and scenes such as nobody thought of: few are found, and none is found that is harmless."""
    theirs = [each for each in SENTENCES if each.held_out == "translated"]
    dangerous = [each for each in theirs if each.kind]
    assert len(dangerous) >= 40
    assert sum(is_found(RULES, each) for each in dangerous) >= 14
    assert [each.text for each in theirs if not each.kind and BOTH.find(each.text)] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("my father is not breathing", Language.ENGLISH),
        ("我不想活了", Language.SIMPLIFIED_CHINESE),
        ("老公打我", Language.SIMPLIFIED_CHINESE),
        ("媽媽昏倒了", Language.TRADITIONAL_CHINESE),
        ("살려주세요", Language.KOREAN),
        ("bố tôi không thở", Language.VIETNAMESE),
        ("bo toi khong tho", Language.VIETNAMESE),
        ("tasukete", Language.JAPANESE),
        ("Help! 家が燃えてる", Language.JAPANESE),
    ],
)
def test_the_language_of_what_was_found_is_known(text: str, language: Language) -> None:
    found = RULES.find(text)
    assert found is not None
    assert found.language is language


@pytest.mark.parametrize(
    "text",
    [
        "MY HOUSE IS ON FIRE!!!",
        "my house is on fire,please come",
        "help!my house is on fire",
        "my   house\nis on\tfire",
        "my house is on fire🔥🔥",
        "집에 불이 났어요",
        "집에불이났어요!!",
        "집 에  불 이 났 어 요",
        "着 火 了",
        "我家着火了！！！",
        "nhà tôi đang cháy!!!",
        "NHÀ TÔI ĐANG CHÁY",
    ],
)
def test_spelling_hides_nothing(text: str) -> None:
    found = RULES.find(text)
    assert found is not None, text
    assert (found.kind, found.severity) == (DangerKind.FIRE_OR_ILLNESS, Severity.NOW)


def test_an_apostrophe_is_no_matter() -> None:
    for text in ("I can't breathe", "I can’t breathe", "i cant breathe"):
        assert RULES.find(text) is not None


@pytest.mark.parametrize(
    "text", ["firefly festival", "a campfire permit", "the deadline", "skill training", "dvds"]
)
def test_a_word_is_no_part_of_another(text: str) -> None:
    assert RULES.find(text) is None


@pytest.mark.parametrize("text", ["xe chạy qua nhà tôi", "quán ăn chay", "quan an chay o dau"])
def test_marks_tell_words_of_vietnamese_apart(text: str) -> None:
    assert RULES.find(text) is None
    assert RULES.find("nhà tôi cháy") is not None


@pytest.mark.parametrize(
    "text",
    [
        "自殺対策計画",
        "火災保険",
        "救命講習会",
        "救命胴衣の貸出",
        "消防署",
        "家庭内暴力相談窓口",
        "児童虐待防止条例",
    ],
)
def test_rules_of_chinese_leave_japanese_alone(text: str) -> None:
    found = RULES.find(text)
    assert found is None or found.language is Language.JAPANESE


def test_rules_of_japanese_leave_chinese_alone() -> None:
    assert RULES.find("火灾保险") is None
    assert RULES.find("火災保險怎麼辦理") is None
    assert RULES.find("自殺防治計畫在哪裡看") is None


def test_without_the_folder_japanese_is_looked_for_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "danger.toml").write_text(DATA.read_text(encoding="utf-8"), encoding="utf-8")
    alone = load(tmp_path / "danger.toml")
    assert alone.languages == {Language.JAPANESE}
    assert alone.find("家が燃えてる") is not None
    assert alone.find("my house is on fire") is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('language = "en"', 'language = "xx"', "language=xx"),
        ('way = "apart"', 'way = "upside"', "way=upside"),
        ('kind = "sea"', 'kind = "see"', "en.toml.*kind=see"),
        ('"@papers"', '"@paper"', "en.toml: paper がありません"),
    ],
)
def test_a_broken_file_says_which_and_what_to_mend(tmp_path: Path, old: str, new: str, says: str) -> None:
    (tmp_path / "danger").mkdir()
    (tmp_path / "danger.toml").write_text(DATA.read_text(encoding="utf-8"), encoding="utf-8")
    text = (DATA.with_suffix("") / "en.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "danger" / "en.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DangerFileError, match=says):
        load(tmp_path / "danger.toml")


HOSTILE = (
    *("fire ", "help me ", "he hits statistics ", "my husband insurance hits ", "a b ", "don't ", "é"),
    *(
        "救命救命保险",
        "老公统计打我",
        "불이났어요보험",
        "남편통계때려",
        "cháy bảo hiểm ",
        "chay bao hiem ",
        "chong danh gia ",
    ),
)


def best_of(tries: int, text: str) -> float:
    """Seconds of this thread on a processor; the best of several, since others use its caches too."""
    times = []
    for _ in range(tries):
        began = time.thread_time()
        BOTH.find(text)
        times.append(time.thread_time() - began)
    return min(times)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_hostile_text_takes_time_in_proportion(piece: str) -> None:
    short, long = (piece * 1250)[:1250], (piece * 5000)[:5000]
    assert best_of(5, long) < max(16 * best_of(5, short), 0.05)
