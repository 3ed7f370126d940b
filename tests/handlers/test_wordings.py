"""The catalogues of all languages, held against the Japanese one."""

import re
import tomllib
from pathlib import Path

import pytest

from handlers.wording import Catalogue, WrongWording, read_catalogue, read_translation
from nlp.language import BESIDES_JAPANESE, Language
from tests.test_docs import KEYS, ROOT

FOLDER = ROOT / "data/wording"
JAPANESE = read_catalogue(FOLDER / "ja.toml")
THERE = [each for each in BESIDES_JAPANESE if (FOLDER / f"{each}.toml").exists()]
KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
NAMES = re.compile(
    r"ひごまるコール|ことば|やさしい日本語|わたしのデータ|［[^］]*］|（[^）]*）|\([^)]*\)|「[^」]*」|“[^”]*”"
)
"""Names, and what is typed or shown in Japanese, which stand in quotes or brackets."""

LITTLE = """
[hello]
text = "{name}さん、こんにちは。{city}です。"
again = "またどうぞ。"
[words]
menu = ["メニュー", "menu"]
"""


def written(folder: Path, text: str) -> tuple[Path, Catalogue]:
    """A little catalogue beside a little Japanese one."""
    (folder / "ja.toml").write_text(LITTLE, encoding="utf-8")
    (folder / "en.toml").write_text(text, encoding="utf-8")
    return folder / "en.toml", read_catalogue(folder / "ja.toml")


@pytest.mark.parametrize("language", THERE)
def test_a_catalogue_says_all_that_the_japanese_one_says(language: Language) -> None:
    wording = read_translation(FOLDER / f"{language}.toml", JAPANESE)
    assert set(wording.sentences) | set(wording.groups) == KEYS


@pytest.mark.parametrize("language", THERE)
def test_tables_stand_in_the_order_of_the_japanese_ones(language: Language) -> None:
    japanese, other = (
        list(tomllib.loads(path.read_text("utf-8")))
        for path in (FOLDER / "ja.toml", FOLDER / f"{language}.toml")
    )
    assert other == [each for each in japanese if each in other]


@pytest.mark.parametrize("language", [each for each in THERE if not each.is_japanese])
def test_there_are_no_kana_where_nobody_reads_kana(language: Language) -> None:
    sentences = read_translation(FOLDER / f"{language}.toml", JAPANESE).sentences
    assert {key: said for key, said in sentences.items() if KANA.search(NAMES.sub("", said))} == {}


@pytest.mark.parametrize("language", THERE)
def test_the_shipped_languages_are_files_and_the_other_way_round(language: Language) -> None:
    shipped = {path.stem for path in FOLDER.glob("*.toml")} - {"columns", "pages", "staff"}
    assert language.value in shipped <= {each.value for each in Language}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[hello]\ntext = 'Hello {name}'", "hello.again is missing"),
        ("[hello]\ntext = 'Hello'\nagain = 'Bye'", "hello.text differs from ja.toml in {name}"),
        ("[hello]\ntext = 'Hello {nam}'\nagain = 'Bye'", "hello.text differs from ja.toml in {nam}, {name}"),
        ("[hello]\ntext = 'Hello {name}'\nagain = ' '", "hello.again is empty"),
        ("[hello]\ntext = 'Hello {name}'\nagain = 'Bye'\nmore = 'More'", "hello.more is no sentence"),
        ("[hello]\ntext = 'Hello {name}'\nagain = 'Bye'\n[words]\nmenus = []", "words.menus is no list"),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(WrongWording, match=re.escape(told)):
        read_translation(*written(tmp_path, text))


def test_the_order_and_the_names_of_the_city_are_free(tmp_path: Path) -> None:
    read = read_translation(*written(tmp_path, "[hello]\ntext = '{centre}: hi {name}'\nagain = 'Bye'"))
    assert read.say("hello.text", name="A", centre="B") == "B: hi A"


def test_words_are_added_to_the_japanese_ones_and_latin_ones_count_whole(tmp_path: Path) -> None:
    catalogue = "[hello]\ntext = '{name}'\nagain = 'Bye'\n[words]\nmenu = ['open now', 'đổ rác', '목록']"
    read = read_translation(*written(tmp_path, catalogue))
    assert read.words("words.menu") == {"メニュー", "menu", "opennow", "đổrác", "dorac", "목록"}
    assert read.mentions("words.menu", "areyouopennow", " are you open now ")
    assert not read.mentions("words.menu", "reopennowhere", " reopen nowhere ")
    assert read.mentions("words.menu", "ngaynaodorac", " ngay nao do rac ")
    assert read.mentions("words.menu", "목록보여줘", " 목록보여줘 ")
