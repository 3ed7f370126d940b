"""The main paths in やさしい日本語, as who is learning Japanese writes it."""

import pytest

from handlers.turn import Followed, Located, MessageId, Pressed
from nlp.language import Language
from tests.dialogue import Speaker, hold
from tests.handlers.booking_town import send_form
from tests.handlers.talk_town import approve, examples

EASY = Language.EASY
MOVED = "ひっこして きました。なにを しますか？"


@pytest.fixture
def speaker(resident: Speaker) -> Speaker:
    resident.speaks(EASY)
    return resident


@pytest.fixture
def guest(booker: Speaker) -> Speaker:
    """Where bookings are taken."""
    booker.speaks(EASY)
    return booker


def test_the_language_is_offered_and_chosen(resident: Speaker) -> None:
    hold(
        resident,
        [
            (Followed(), "やさしい 日本語（にほんご）が いい ときは"),
            (">やさしい日本語", "やさしい日本語で こたえます。"),
            ("ことばを かえたい", "ことばを えらんで ください"),
        ],
    )


def test_the_menu_help_and_the_way_out(speaker: Speaker) -> None:
    hold(
        speaker,
        [
            ("めにゅー", "なにを 知（し）りたいですか"),
            (">ごみ・リサイクル", "よく ある 質問（しつもん）です。"),
            ("つかいかたが わからない", "【つかいかた】"),
            ("やめます", "いまの 話（はなし）を おわります。"),
            ("ありがとう", "よかったです。"),
        ],
    )


@pytest.mark.parametrize("area", ["procedures", "waste", "offices", "consultations", "disaster"])
def test_each_example_of_the_menu_is_answered(speaker: Speaker, area: str) -> None:
    for example in examples(speaker, EASY, area):
        assert speaker.says(example).routed.reply.outcome != "none", example


def test_what_nobody_approved_is_answered_as_the_entry_says_it(speaker: Speaker) -> None:
    hold(
        speaker,
        [
            (MOVED, "14日以内に、転入届を出してください"),
            ("わからなかった", "ちがう ことばで 送（おく）って ください。"),
        ],
    )


def test_an_approved_translation_is_the_answer(speaker: Speaker) -> None:
    approve(speaker, "moving-in", EASY)
    hold(
        speaker,
        [
            (MOVED, "14日の あいだに「転入届（てんにゅうとどけ）」を 出（だ）して ください。"),
            ("はい", "ほかにも 知（し）りたい ことが"),
        ],
    )


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("東区役所の でんわばんごう", "096-367-9121"),
        ("東区役所は なんじまで", "いま やって います（16時30分まで）。"),
        ("区役所は なんじまで ですか？", "東区役所（ひがしくやくしょ）：熊本市東区"),
        (
            "年末年始は いつ やすみですか？",
            "12月29日（かようび）から 2027年1月3日（にちようび）までは、やすみです",
        ),
        ("東区役所は どようびも あいて いますか", "11月28日（どようび）は、やすみです。"),
    ],
)
def test_offices_and_hours(speaker: Speaker, said: str, answered: str) -> None:
    hold(speaker, [(said, answered)])


def test_shelters_near(speaker: Speaker) -> None:
    here = Located(32.8031, 130.7079, MessageId("here"))
    hold(
        speaker,
        [
            ("ちかくの ひなんじょは どこですか？", "「いる ところを おくる」を おして"),
            (here, "ちかい 窓口（まどぐち）と 避難所（ひなんじょ）です。"),
        ],
    )
    hold(
        speaker,
        [
            ("東区の ひなんじょ", "避難所（ひなんじょ）が 33 あります。"),
            (">つづきを みる", "これは 9番（ばん）から 16番までです。"),
        ],
    )


def test_a_booking_from_its_start_to_its_end(guest: Speaker) -> None:
    hold(
        guest,
        [
            ("べんごしの そうだんを よやくしたいです", "あいて いる 時間（じかん）"),
            ("12月4日", "12月4日（きんようび）"),
            ("1", "12時10分まで、この 時間（じかん）を とって おきます。"),
            (">もっと じかんが ほしい", "12時20分まで のばしました。"),
        ],
    )
    send_form(guest)
    hold(
        guest,
        [
            ("よやくを みたいです", "12月4日（きんようび） 13時から 13時30分まで\nいま：きまって います"),
            (">じかんを かえる", "いまの 予約は そのままです"),
            ("12月7日", "12月7日（げつようび）"),
            ("2", "12月7日（げつようび） 13時30分から 14時まで"),
            ("よやくを やめたいです", "この 予約（よやく）を やめますか"),
            ("やめません", "予約（よやく）は、そのままです"),
            ("いけなくなりました", "この 予約（よやく）を やめますか"),
            ("はい", "予約（よやく）を やめました。"),
        ],
    )


@pytest.mark.parametrize(
    "said", ["ひとと はなす", "しょくいんと はなしたいです", "そうだんしたい", Pressed("person")]
)
def test_the_way_to_a_person(speaker: Speaker, said: str | Pressed) -> None:
    hold(speaker, [(said, "電話（でんわ）すると、職員（しょくいん）が 話（はなし）を 聞（き）きます。")])


def test_a_case_from_its_words_to_its_end(speaker: Speaker) -> None:
    hold(
        speaker,
        [
            ("ひとと はなす", "「ここに かく」を おして ください"),
            (">ここに かく", "ここに 書（か）いて 送（おく）って ください。"),
            ("ひろばの つかいかたを ききたいです", "まだ 送（おく）って いません"),
            ("このとーくで", "職員（しょくいん）に 送（おく）りました"),
            ("どうなりましたか", "これから 職員（しょくいん）が 見（み）ます"),
            (">もっと かく", "もっと 書（か）きたい ことを"),
            ("らいげつ つかいます", "職員（しょくいん）が 読（よ）みます。"),
            ("そうだんを やめたい", "この 相談（そうだん）を やめますか"),
            ("はい", "相談（そうだん）を やめました。"),
        ],
    )


def test_my_data(speaker: Speaker) -> None:
    hold(
        speaker,
        [
            ("わたしの データ", "【ここに ある あなたの データ】"),
            ("わたしの データ", "やさしい日本語（あなたが えらびました）"),
            ("わたしの データを けして ください", "【消（け）して いいですか】"),
            (">けさない", "なにも 消（け）して いません"),
        ],
    )


def test_personal_data_is_masked(speaker: Speaker) -> None:
    hold(
        speaker,
        [("でんわは 090-1234-5678です", "大切（たいせつ）な ことが ありました：電話番号（でんわばんごう）")],
    )
