"""city.toml."""

from pathlib import Path

import pytest

from faq.decision import WITH_VECTORS, Thresholds
from faq.profile import Licence, WrongProfile, read_profile

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
        ("[published_years.r3]\nphone = 1", "r3, which is no fiscal year like 2021"),
        ("[published_years.2021]\ntelex = 1", "has telex; what it may have: phone, fax"),
        ("[published_years.2021]\nphone = '1'", "phone = 1 is no whole number"),
    ],
)
def test_what_is_wrong_is_named_with_the_file(tmp_path: Path, added: str, said: str) -> None:
    with pytest.raises(WrongProfile, match=r"city\.toml") as refused:
        read_profile(profile(tmp_path, f"\n{added}\n"))
    assert said in str(refused.value)


def test_years_that_the_city_published(tmp_path: Path) -> None:
    told = "\n[published_years]\nsource = '概要'\n[published_years.2021]\nphone = 3\n[published_years.2020]\nweb = 2\n"
    years = read_profile(profile(tmp_path, told)).published_years
    assert [(each.year, dict(each.numbers), each.source) for each in years] == [
        (2020, {"web": 2}, "概要"),
        (2021, {"phone": 3}, "概要"),
    ]
    assert read_profile(LITTLE).published_years == ()


def test_no_licence_is_claimed_that_the_city_did_not_name(tmp_path: Path) -> None:
    assert read_profile(LITTLE).licence == Licence("", "")
    own = "\n[open_data]\nlicence = 'CC BY 4.0'\nlicence_url = 'https://example.jp/by'\n"
    assert read_profile(profile(tmp_path, own)).licence == Licence("CC BY 4.0", "https://example.jp/by")
