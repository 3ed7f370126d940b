"""What is near a location."""

import pytest

from tests.dialogue import Speaker, hold

CITY_HALL = "@32.8032,130.7079"


def test_a_location_finds_counters_and_shelters(resident: Speaker) -> None:
    heard = resident.hears(CITY_HALL)
    assert "中央区役所" in heard
    assert "開いているとは限りません" in heard
    assert heard.count("指定避難所（") == 3


def test_distances_are_said_where_both_ends_are_known(resident: Speaker) -> None:
    hold(resident, [(CITY_HALL, "約"), ("@32.9036,130.6942", "北区役所")])


@pytest.mark.parametrize(
    "asked",
    [
        "近くの避難所はどこ？",
        "避難所どこ",
        "一番近い避難場所を教えてください",
        "大雨なので避難所さがしてます",
        "ひなんじょどこ",
        "避難所どこね",
        "ここから一番近い避難所",
        "近くの窓口",
        "一番近い区役所はどこ",
        "最寄りの区役所",
    ],
)
def test_asking_for_a_shelter_asks_for_the_location(resident: Speaker, asked: str) -> None:
    hold(resident, [(asked, "位置情報を送る")])
    assert resident.buttons[0] == "位置情報を送る"


@pytest.mark.parametrize(
    "asked", ["避難所にペットを連れて行ける？", "避難所に持っていく物は？", "福祉避難所はどこ"]
)
def test_other_questions_about_shelters_are_not_stolen(resident: Speaker, asked: str) -> None:
    assert resident.says(asked).routed.handler == "question"


def test_welfare_shelters_are_not_offered(resident: Speaker) -> None:
    with resident.talk.database.read() as tx:
        city = resident.talk.city.current(tx)
    welfare = [shelter for shelter in city.directory.shelters if not shelter.for_everybody]
    assert welfare
    for shelter in welfare:
        heard = resident.hears(f"@{shelter.place.latitude},{shelter.place.longitude}")
        assert shelter.name not in heard


def test_somebody_elsewhere_is_told_where_to_ask(resident: Speaker) -> None:
    hold(resident, [("@43.06,141.35", "熊本市から離れている")])


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        ("健軍の避難所", "健軍のあたりの指定避難所です"),
        ("水前寺の近く", "水前寺のあたりから近い窓口と指定避難所です"),
        ("船津の近くの避難所はどこですか", "河内交流室・公民館"),
        ("植木の近くの窓口", "北区役所"),
        ("避難所 南区", "南区には、指定避難所が"),
        ("東区の避難所を教えて", "東区には、指定避難所が"),
        ("南区 避難所 一覧", "南区には、指定避難所が"),
        ("中央区の避難所はどこですか", "中央区には、指定避難所が"),
        ("帯山の避難所", "帯山のあたりの指定避難所です"),
        ("健軍小学校の近くの避難所", "健軍小学校のあたりの指定避難所です"),
        ("水前寺のあたりの窓口", "水前寺のあたりから近い窓口と指定避難所です"),
        ("秋津の近くの避難所ば教えて", "秋津のあたりの指定避難所です"),
    ],
)
def test_a_ward_or_a_part_of_the_city_in_the_text(resident: Speaker, asked: str, heard: str) -> None:
    assert resident.says(asked).routed.handler == "nearest"
    hold(resident, [(asked, heard), (asked, "開いているとは限りません"), (asked, "出典：")])


def test_no_distance_is_made_up_for_a_part_of_the_city(resident: Speaker) -> None:
    heard = resident.hears("水前寺の近く")
    assert "距離：" not in heard


def test_the_shelters_of_a_ward_are_read_page_by_page(resident: Speaker) -> None:
    assert "1〜8番目" in resident.hears("西区の避難所")
    assert "9〜16番目" in resident.hears(">つづきを見る")
    for _ in range(10):
        if "つづきを見る" not in resident.buttons:
            break
        resident.says(">つづきを見る")
    assert resident.buttons == ["位置情報を送る", "人に相談", "メニュー"]


@pytest.mark.parametrize(
    "asked",
    [
        "東区役所どこ？",
        "熊本駅の近くの図書館",
        "うちの近くの公園",
        "一番近い病院",
        "近くのスーパー",
        "最寄りの出張所",
    ],
)
def test_near_alone_does_not_steal(resident: Speaker, asked: str) -> None:
    assert resident.says(asked).routed.handler != "nearest"
