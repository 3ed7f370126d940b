"""Another city brings its own data, and nothing of the first one is in the code."""

import ast
import csv
from pathlib import Path

import pytest

from bot import seeds, talking, telling
from bot.city import LiveCity, read_sayings
from faq.profile import read_profile
from store.db import Database
from store.migrations import create_in_memory
from tests.conftest import DATA, NOON

LITTLE = Path(__file__).parent / "data" / "little_city"
ROOT = DATA.parent
PACKAGES = ("bot", "faq", "handlers", "nlp", "store", "web")


@pytest.fixture(scope="module")
def little(keyring):
    """A city with two offices and one consultation; it speaks as every city."""
    database = Database("sqlite://", keyring)
    create_in_memory(database)
    assert seeds.fill_if_empty(database, LITTLE, NOON)
    yield database, LiveCity(read_sayings(LITTLE))
    database.close()


@pytest.fixture
def answer(little):
    """The text that is said to a text."""

    def ask(text: str) -> str:
        return telling.text(talking.ask(*little, text, NOON).routed.reply)

    return ask


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("浜支所の電話番号は", ["浜支所", "000-000-0002"]),
        ("市役所はどこ", ["みなと町市本町1番"]),
        ("パスポートは浜支所で取れる?", ["受け付けていません", "支所には、パスポートの機械がないためです。", "市民課"]),
        ("市役所は12月5日に開いている?", ["9時", "12時"]),
        ("浜支所は11月26日に開いている?", ["津波の訓練のため"]),
        ("海の相談はいつ?", ["12月3日", "浜支所の会議室"]),
        ("船を泊めたい", ["港湾課へ申し込んでください。"]),
        ("支所はどこ", ["【浜支所】", "みなと町市浜2番", "000-000-0002"]),
        ("港湾課の電話", ["【みなと町市役所 港湾課】", "000-000-0102"]),
        ("支所は土曜あいてる？", ["【浜支所】", "お休みです"]),
        ("明日は？", ["窓口によって違います。"]),
        ("パスポートはどこ？", ["パスポートの申請は、市役所で受け付けています。", "手続きの出典："]),
        ("パスポートを土曜に申請できる？", ["窓口の時間は", "市役所で受け付けています。"]),
        ("支所でパスポート作れる？", ["支所では受け付けていません。"]),
        ("浜の支所は何時まであいとると", ["【浜支所】"]),
        ("漁業相談はいつ", ["【海の相談】", "12月3日"]),
        ("一番近い市役所", ["位置情報"]),
        ("ラーメン", ["みなと町コール", "000-000-0100"]),
        ("こんにちは", ["みなと町市"]),
        ("火事です", ["119番に、今すぐ電話してください。"]),
        ("市長と話す会はありますか", ["【市長と港を語る会】", "12月12日（土）", "［空いている時間を見る］"]),
        ("魚の会はいつ", ["この会は、中止になりました。"]),
        ("海の会の報告", ["8人が参加", "海の家のことを話しました。"]),
        ("市への苦情の伝え方", ["お金の使い方を調べて", "法律の助言は、ここではできません。"]),
    ],
)  # fmt: skip
def test_it_is_answered_from_its_own_data(answer, asked, said):
    reply = answer(asked)
    assert [words for words in said if words not in reply] == []
    assert [word for word in sorted(names_of_the_first()) if word in reply] == []


# The code -------------------------------------------------------------------------------------------


def column(file: str, *names: str) -> set[str]:
    with (DATA / file).open(encoding="utf-8", newline="") as rows:
        return {part for row in csv.DictReader(rows) for name in names for part in row[name].split("|")}


def names_of_the_first() -> set[str]:
    """What only the city that ships is called, has, and can be reached by."""
    profile = read_profile(DATA / "city.toml")
    names = {
        profile.name,
        profile.code,
        *profile.wards,
        profile.call_centre.name,
        profile.call_centre.telephone,
    }
    names |= column("offices.csv", "ID", "名称", "種別", "電話番号", "所在地_連結表記")
    names |= column("sections.csv", "ID", "名称", "電話番号")
    return {name for name in names if len(name) > 2} | {"kumamoto", "くまもと", "ひごまる"}


def texts_of(source: str) -> list[str]:
    """The strings of a program, without what explains it."""
    tree = ast.parse(source)
    explained = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained
    ]


def test_the_code_names_nothing_of_the_city_that_ships():
    names = names_of_the_first()
    assert len(names) > 100
    found = {}
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*")):
            if file.suffix == ".py":
                texts = texts_of(file.read_text(encoding="utf-8"))
            elif file.suffix in (".html", ".js", ".css"):
                texts = [file.read_text(encoding="utf-8")]
            else:
                continue
            if named := {name for name in names for text in texts if name.casefold() in text.casefold()}:
                found[file.relative_to(ROOT).as_posix()] = named
    assert found == {}
