"""Names of the city's offices and services in other languages."""

from pathlib import Path

import pytest

from faq.foreign_names import ForeignNames, read_foreign_names
from faq.models import Provenance, Status
from faq.readings import Reading, Readings
from nlp.language import Language

EN, KO, VI, HANS = Language.ENGLISH, Language.KOREAN, Language.VIETNAMESE, Language.SIMPLIFIED_CHINESE
NOBODY = Provenance("", "", None, None, None, Status.UNCONFIRMED)
READINGS = Readings([Reading("出水", "いずみ", NOBODY)])


@pytest.fixture(scope="module")
def names() -> ForeignNames:
    return read_foreign_names(Path("data/foreign-names.csv"))


@pytest.mark.parametrize(
    ("name", "kana", "language", "said"),
    [
        ("東区役所", "ヒガシクヤクショ", EN, "Higashi Ward Office"),
        ("東区役所", "ヒガシクヤクショ", KO, "히가시구청"),
        ("東区役所", "ヒガシクヤクショ", VI, "Văn phòng quận Higashi"),
        ("東区役所", "ヒガシクヤクショ", HANS, "東区役所"),
        ("託麻総合出張所", "タクマソウゴウシュッチョウジョ", EN, "Takuma Branch Office"),
        ("中央区", "", EN, "Chuo Ward"),
        ("出水小学校", "", EN, "Izumi Elementary School"),
        ("出水南小学校", "", EN, "出水南小学校"),
        ("健軍東小学校", "", KO, "健軍東小学校"),
        ("東部中学校", "", EN, "Tobu Junior High School"),
        ("人権相談（東区役所）", "", EN, "Human rights consultation (Higashi Ward Office)"),
        ("区民課", "クミンカ", EN, "Residents' Affairs Section"),
        ("税務室", "", KO, "세무실"),
        ("ノットホーム", "", EN, "Nottohomu"),
        ("ABCホール", "", Language.JAPANESE, "ABCホール"),
        ("Kumamoto", "", EN, "Kumamoto"),
    ],
)
def test_a_name_is_said_as_the_language_says_it(
    names: ForeignNames, name: str, kana: str, language: Language, said: str
) -> None:
    assert names.say(name, language, READINGS, kana) == said


def test_the_city_s_own_english_name_is_kept(names: ForeignNames) -> None:
    assert names.say("国際会館", EN, READINGS, "", "International House") == "International House"


def test_a_name_that_lacks_a_language_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("japanese,en,ko,vi\n区民課,Residents,,Ban\n", encoding="utf-8")
    with pytest.raises(ValueError, match=":2: a name or a language is missing"):
        read_foreign_names(file)


def test_an_ending_says_where_the_name_goes(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("japanese,en,ko,vi\n〜区役所,Ward Office,{name}구청,quận {name}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r":2: \{name\} is missing"):
        read_foreign_names(file)
