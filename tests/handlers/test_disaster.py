"""What is said while a disaster lasts, as pairs; and what is not."""

from datetime import timedelta

import pytest

from faq.disaster import (
    ClosedOffice,
    Message,
    OpenCounter,
    OpenShelter,
    ShelterState,
    WasteNote,
    WaterPoint,
)
from faq.models import Place
from handlers.turn import Followed, Pressed
from nlp.language import Language
from store import disaster, disaster_measures, disaster_switch
from tests.conftest import NOON
from tests.dialogue import Speaker, hold
from tests.store.disasters import EAST, HOUR, leader, said, switch_on

HALL = "@32.8032,130.7079"
"""The city hall."""


def shelters_of(resident, ward):
    with resident.talk.database.read() as tx:
        return resident.talk.city.current(tx).directory.shelters_in(ward)


@pytest.fixture
def known(resident: Speaker) -> Speaker:
    """A resident while it is known where to go."""
    near = sorted(shelters_of(resident, "中央区"), key=lambda each: each.name)
    measures = [
        OpenShelter(near[0].id, ShelterState.FULL),
        OpenShelter(near[1].id, ShelterState.OPEN, "ペットと一緒に入れます。"),
        OpenShelter(near[2].id, ShelterState.CLOSED),
        ClosedOffice(EAST, NOON - HOUR, NOON + 20 * HOUR, "中央区役所をご利用ください。"),
        OpenCounter("中央区役所", words="住民票とり災証明だけ受け付けます。"),
        WaterPoint("水前寺江津湖公園", "中央区", "17時まで", Place(32.791, 130.734)),
        WaterPoint("健軍水源地", "東区", "18時まで"),
        WasteNote("燃やすごみの収集は、きょうはお休みします。"),
        Message(
            {Language.JAPANESE: "川に近づかないでください。", Language.ENGLISH: "Keep away from rivers."}
        ),
    ]
    with resident.talk.database.write() as tx:
        switch_on(tx, measures)
    return resident


@pytest.fixture
def unknown(resident: Speaker) -> Speaker:
    """A resident just after it was switched on, when nothing is known yet."""
    with resident.talk.database.write() as tx:
        switch_on(tx)
    return resident


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("メニュー", "【大雨】いまの災害のご案内"),
        ("メニュー", "11月24日（火）12時から"),
        ("メニュー", "川に近づかないでください。"),
        ("メニュー", "開いている所 1、いっぱいの所 1"),
        ("災害情報", "いまの災害のご案内"),
        ("避難所", "開いている避難所は1か所、いっぱいの避難所は1か所"),
        ("避難所あいてる？", "位置情報を送る"),
        ("どこに避難すればいい", "位置情報を送る"),
        ("近くの避難所はどこ？", "開いている避難所は1か所"),
        ("中央区の避難所", "中央区では、3か所の避難所の状況"),
        ("水前寺の避難所", "水前寺のあたりの避難所です"),
        ("西区の避難所", "西区で開いている避難所の情報は、まだ入っていません"),
        (HALL, "ペットと一緒に入れます。"),
        (HALL, "お近くで水を配っている所です"),
        (HALL, "熊本市災害対策本部（11月24日（火）12時時点）"),
        ("水が出ない", "水を配っている所は、2か所"),
        ("給水所はどこですか", "水前寺江津湖公園"),
        ("水", "健軍水源地"),
        ("断水してるんだけど", "18時まで"),
        ("ごみはいつ", "燃やすごみの収集は、きょうはお休みします。"),
        ("ごみ出していい？", "きょうはお休みします"),
        ("がれきはどこに出せばいい", "きょうはお休みします"),
        ("開いている窓口はどこ", "住民票とり災証明だけ受け付けます。"),
        ("窓口開いてる？", "東区役所の窓口は、11月24日（火）11時から11月25日（水）8時までお休みします"),
        ("緊急の電話", "119"),
        ("安否確認したい", "171"),
        (Pressed("disaster:telephones"), "119"),
        (Pressed("disaster:waste"), "いまのごみの出し方"),
        (Pressed("disaster:unheard-of"), "いまの災害のご案内"),
        (Pressed("menu:disaster"), "いまの災害のご案内"),
        (Pressed("menu:usual"), "どのようなことでお困りですか"),
        (Followed(), "いまの災害のご案内"),
    ],
)
def test_what_is_known_is_said(known: Speaker, said: str, heard: str) -> None:
    hold(known, [(said, heard)])


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("メニュー", "まだ情報がありません"),
        ("避難所", "どの避難所が開いているか、まだ情報が入っていません（11月24日（火）12時現在）"),
        (HALL, "指定避難所（開いているとは限りません）"),
        ("水が出ない", "給水している場所は、まだ情報が入っていません"),
        ("ごみはいつ", "まだ情報が入っていません"),
        ("開いている窓口", "どの窓口が開いているか、まだ情報が入っていません"),
        ("水が出ない", "096-334-1500"),
        ("水が出ない", "https://www.city.kumamoto.jp"),
    ],
)
def test_what_is_not_known_is_not_guessed(unknown: Speaker, said: str, heard: str) -> None:
    hold(unknown, [(said, heard)])


@pytest.mark.parametrize(
    ("said", "handler"),
    [
        ("大型ごみを出したい", "question"),
        ("住民票の写しはどこで取れますか？", "procedure"),
        ("東区役所は開いてる？", "office"),
        ("避難所にペットを連れて行ける？", "question"),
        ("水道料金を払いたい", "question"),
        ("家の前の川があふれて逃げ遅れた", "danger"),
        ("人に相談", "escalation"),
        ("近くの窓口", "nearest"),
    ],
)
def test_ordinary_questions_go_where_they_always_go(known: Speaker, said: str, handler: str) -> None:
    assert known.says(said).routed.handler == handler


def test_without_a_disaster_the_same_words_go_where_they_always_went(resident: Speaker) -> None:
    for asked in ("水が出ない", "ごみはいつ", "避難所あいてる", HALL, "メニュー"):
        assert resident.says(asked).routed.handler != "disaster"
    assert "災害のご案内" not in resident.hears("メニュー")


def test_open_shelters_come_first_and_full_ones_say_so(known: Speaker) -> None:
    heard = known.hears(HALL)
    places = [heard.index(state) for state in ("開いています。", "いっぱいです。", "閉まっています。")]
    assert places == sorted(places)


def test_the_office_says_first_that_it_is_closed(known: Speaker) -> None:
    heard = known.hears("東区役所の電話番号は？")
    assert heard.index("大雨のため、東区役所の窓口は") < heard.index("電話")
    assert "中央区役所をご利用ください。" in heard
    assert "いま受付中です" not in known.hears("東区役所は開いてる？")
    assert "お休みします" not in known.hears("西区役所の電話番号は？")


def test_names_of_wards_and_offices_are_said_as_the_resident_reads_them(known: Speaker) -> None:
    known.says("English")
    assert "Higashi Ward Office（東区役所） is closed from" in known.hears("Higashi ward office")
    known.says("shelter")
    assert "Chuo Ward" in known.buttons
    assert "Chuo Ward（中央区）" in known.hears(">Chuo Ward")


def test_an_answer_says_first_that_its_counter_is_closed(known: Speaker) -> None:
    heard = known.hears("引っ越してきたときの手続きは？")
    assert heard.startswith("大雨のため、東区役所の窓口は")
    assert "出典：熊本市災害対策本部" in heard


def test_nobody_is_asked_whether_it_helped_and_the_talk_ends_well(known: Speaker) -> None:
    heard = known.hears("引っ越してきたときの手続きは？")
    assert "お役に立ちましたか" not in heard
    assert known.buttons
    assert known.says("ありがとう").routed.handler == "smalltalk"


def test_asking_again_after_the_end_says_that_it_is_over(known: Speaker) -> None:
    with known.talk.database.write() as tx:
        on = disaster.present(tx, NOON)
        assert on is not None
        disaster_switch.end(tx, leader(tx, "ender"), on.id, NOON + HOUR)
    known.talk.now = NOON + HOUR
    hold(known, [(Pressed("disaster:water"), "災害のときのご案内は、終わりました")])
    assert "お役に立ちましたか" in known.hears("引っ越してきたときの手続きは？")


def test_it_is_over_by_itself_at_its_very_moment(known: Speaker) -> None:
    known.talk.now = NOON + 24 * HOUR - timedelta(seconds=1)
    assert "いまの災害のご案内" in known.hears("メニュー")
    known.talk.now = NOON + 24 * HOUR
    assert "いまの災害のご案内" not in known.hears("メニュー")


def test_what_has_expired_is_not_said_any_more(resident: Speaker) -> None:
    with resident.talk.database.write() as tx:
        switch_on(
            tx, [said(WasteNote("きょうはお休み"), holds=HOUR), said(WaterPoint("公園"), holds=2 * HOUR)]
        )
    resident.talk.now = NOON + HOUR
    hold(resident, [("ごみはいつ", "まだ情報が入っていません"), ("給水所", "公園")])


def test_a_change_is_taken_up_with_the_next_turn(unknown: Speaker) -> None:
    hold(unknown, [("給水所", "まだ情報が入っていません")])
    with unknown.talk.database.write() as tx:
        on = disaster.present(tx, NOON)
        assert on is not None
        disaster_measures.say(tx, leader(tx, "writer"), on.id, [said(WaterPoint("白川公園"))], NOON)
    hold(unknown, [("給水所", "白川公園")])


def test_many_places_with_water_come_in_pages(resident: Speaker) -> None:
    with resident.talk.database.write() as tx:
        switch_on(tx, [WaterPoint(f"給水所{number}番") for number in range(1, 11)])
    assert "給水所9番" not in resident.hears("給水所")
    hold(resident, [(">つづきを見る", "給水所9番")])
    assert "つづきを見る" not in resident.buttons


def test_somebody_elsewhere_is_told_where_to_ask(known: Speaker) -> None:
    hold(known, [("@43.06,141.35", "熊本市から離れている")])
