"""city.toml."""

from pathlib import Path

import pytest

from faq.decision import WITH_VECTORS, Thresholds
from faq.profile import WrongProfile, read_profile

LITTLE = Path(__file__).parents[1] / "data" / "little_city" / "city.toml"


def profile(folder: Path, added: str) -> Path:
    file = folder / "city.toml"
    file.write_text(LITTLE.read_text(encoding="utf-8") + added, encoding="utf-8")
    return file


def test_the_usual_thresholds_hold_where_a_city_says_nothing() -> None:
    little = read_profile(LITTLE)
    assert (little.thresholds, little.with_vectors) == (Thresholds(), WITH_VECTORS)


def test_a_city_says_how_sure_an_answer_must_be(tmp_path: Path) -> None:
    file = profile(tmp_path, "\n[sureness]\nanswer = 0.7\n[sureness_with_vectors]\nrival = 1\n")
    own = read_profile(file)
    assert own.thresholds == Thresholds(answer=0.7)
    assert own.with_vectors.rival == 1
    assert own.with_vectors.answer == WITH_VECTORS.answer


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("[sureness]\nanswr = 0.7", "answr is no threshold; these are: answer, choose"),
        ("[sureness]\nanswer = 70", "answer = 70 is no share"),
        ("[sureness]\nanswer = 'high'", "answer = high is no share"),
        ("[[[", "is not TOML"),
    ],
)
def test_what_is_wrong_is_named_with_the_file(tmp_path: Path, added: str, said: str) -> None:
    with pytest.raises(WrongProfile, match=r"city\.toml") as refused:
        read_profile(profile(tmp_path, f"\n{added}\n"))
    assert said in str(refused.value)
