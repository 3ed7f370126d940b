"""わたしの提言 and 市長への手紙: dialogues as pairs, from the first tap to the receipt."""

import pytest

from handlers.turn import Media, MessageId
from nlp.language import Language
from store import case_talk, voices
from store.case_talk import EntryKind
from store.receipts import shown
from store.voices import Voice, VoiceKind, Way
from tests.dialogue import Speaker, hold

LAMP = "公園の街灯が消えていて夜がこわいです"
SHIROYAMA = "@32.7903,130.6889"
"""In the city."""


def told(speaker: Speaker) -> tuple[Voice, ...]:
    """Their voices, the newest first."""
    with speaker.talk.database.read() as tx:
        return voices.of_resident(tx, speaker.talk.resident)


def words_of(speaker: Speaker, voice: Voice) -> list[str]:
    with speaker.talk.database.read() as tx:
        heard = case_talk.told_to(tx, speaker.talk.resident, voice.case.id)
    return [each.words for each in heard if each.kind is EntryKind.SAID]


def picture(number: int) -> Media:
    return Media("image", MessageId(f"picture {number}"))


def test_a_proposal_by_buttons(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("市に声を届ける", "次の方法で届けられます"),
            (">わたしの提言", "何についてのことですか"),
            (">道路・街灯・公園", "文章で送ってください"),
            (LAMP, "どこのことですか"),
            (SHIROYAMA, "写真があるとわかりやすいときは"),
            (picture(1), "写真を受け取りました（1枚）"),
            (picture(2), "（2枚）"),
            (">次へ", "公開してもよいですか"),
            (">公開してよい", "まだ送っていません"),
        ],
    )
    assert told(resident) == ()
    heard = resident.hears(">送る")
    (voice,) = told(resident)
    assert "「わたしの提言」を送りました" in heard
    assert shown(voice.case.receipt) in heard
    assert (voice.kind, voice.way, voice.category) == (VoiceKind.PROPOSAL, Way.LINE, "roads")
    assert (voice.may_publish, voice.wants_answer) == (True, True)
    assert voice.place is not None
    assert voice.place.at is not None
    assert words_of(resident, voice) == [LAMP]


def test_a_letter_typed_from_end_to_end(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("市長に手紙を書きたい", "市長にあてて"),
            ("まちづくり", "文章で送ってください"),
            ("空き家を若い人に貸すしくみを作ってください", "公開してもよいですか"),
            ("いいえ", "まだ送っていません"),
            ("送る", "「市長への手紙」を送りました"),
        ],
    )
    (voice,) = told(resident)
    assert (voice.kind, voice.may_publish, voice.place) == (VoiceKind.LETTER, False, None)
    assert voice.case.section == "honcho-kocho"


def test_the_name_of_a_way_typed_below_the_ways_begins_it(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("市に声を届けたい", "次の方法で届けられます"),
            ("わたしの提言", "何についてのことですか"),
            ("やめる", "何も送っていません"),
            ("わたしの提言", "インターネットでの提案・苦情"),
            ("市に声を届けたい", "次の方法で届けられます"),
            ("市長と話す会", "市長と話す会など"),
            ("今募集しているパブコメは？", "募集"),
        ],
    )


def test_the_answer_to_a_letter_is_promised_for_a_month_later(resident: Speaker) -> None:
    write(resident, "市長に手紙を書きたい")
    assert "お返事：12月" in resident.hears(">送る")


def write(resident: Speaker, begin: str = "提言を送りたい", words: str = LAMP) -> None:
    """As far as the whole, with nothing but the words."""
    hold(
        resident,
        [
            (begin, "何についてのことですか"),
            (">飛ばす", "文章で送ってください"),
            (words, "公開してもよいですか"),
            ("飛ばす", "まだ送っていません"),
        ],
    )


def test_nothing_but_the_words_is_needed(resident: Speaker) -> None:
    write(resident)
    hold(resident, [("お願いします", "を送りました")])
    (voice,) = told(resident)
    assert (voice.category, voice.place, voice.may_publish) == (None, None, False)


def test_what_says_nothing_is_no_proposal(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("提言を送りたい", "何について"),
            ("はい", "下のボタンから選んでください"),
            ("とばす", "文章で送ってください"),
            ("こんにちは", "文章で送ってください"),
            ("戻る", "何についてのことですか"),
            ("戻る", "次の方法で届けられます"),
        ],
    )


def test_who_begins_with_the_words_is_asked_what_they_are_about(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("提言を送りたい", "何について"),
            (LAMP, "書かれた内容に加えました"),
            ("街灯", "どこのことですか"),
            ("水前寺公園の東側", "写真があるとわかりやすいときは"),
            ("ありません", "公開してもよいですか"),
            ("どうぞ", "水前寺公園の東側"),
            ("はい", "を送りました"),
        ],
    )
    (voice,) = told(resident)
    assert voice.place is not None
    assert (voice.place.words, voice.place.at) == ("水前寺公園の東側", None)


def test_every_step_can_be_gone_back_from(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("提言を送りたい", "何について"),
            (">ごみ・環境", "文章で"),
            (LAMP, "どこのことですか"),
            (">戻る", "文章で送ってください"),
            ("カラスがごみ置き場を荒らしています", "どこのことですか"),
            ("飛ばす", "写真があると"),
            ("戻る", "どこのことですか"),
            (">飛ばす", "写真があると"),
            (">飛ばす", "公開しても"),
            (">戻る", "写真があると"),
            ("次へ", "公開しても"),
            ("公開しない", "カラスがごみ置き場を荒らしています"),
            (">戻る", "公開してもよいですか"),
        ],
    )
    assert told(resident) == ()


@pytest.mark.parametrize("stop", [">やめる", "やめる", "キャンセル"])
def test_who_stops_has_sent_nothing(resident: Speaker, stop: str) -> None:
    write(resident)
    hold(resident, [(stop, "何も送っていません"), ("送る", "")])
    assert told(resident) == ()


def test_the_whole_can_be_mended(resident: Speaker) -> None:
    write(resident)
    hold(
        resident,
        [
            (">直す", "どれを直しますか"),
            (">文章を書き直す", "文章で送ってください"),
            ("側溝のふたが割れています", "側溝のふたが割れています"),
            ("分野を変える", "何について"),
            (">道路・街灯・公園", "どこのことですか"),
            ("健軍の商店街", "健軍の商店街"),
            ("直す", "どれを直しますか"),
            (">文章を足す", "書き足すことを"),
            ("雨の日にすべります", "割れています\n雨の日にすべります"),
            ("返事のいる・いらないを変える", "返事の受け取り：いらない"),
            ("公開してよいかを変える", "公開してもよいですか"),
            ("公開してよい", "公開：公開してよい"),
            ("書き足す", "書き足すことを"),
            (">戻る", "まだ送っていません"),
        ],
    )
    heard = resident.hears("送る")
    (voice,) = told(resident)
    assert "お返事：" not in heard
    assert (voice.wants_answer, voice.may_publish, voice.category) == (False, True, "roads")
    assert words_of(resident, voice) == ["側溝のふたが割れています\n雨の日にすべります"]


def test_a_place_and_a_photograph_are_taken_whenever_they_come(resident: Speaker) -> None:
    write(resident)
    hold(
        resident,
        [
            (SHIROYAMA, "地図の位置"),
            (picture(1), "写真：1枚"),
            ("@35.68,139.76", "の外のようです"),
            (Media("audio", MessageId("voice")), "受け取れるのは、文章と写真、位置情報だけです"),
        ],
    )


def test_more_photographs_than_may_be_are_not_taken(resident: Speaker) -> None:
    write(resident)
    hold(resident, [(picture(each), f"写真：{each}枚") for each in (1, 2, 3)])
    hold(resident, [(picture(4), "写真は3枚までです"), ("写真を選び直す", "写真があると")])


def test_personal_data_is_masked_before_it_is_kept(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("提言を送りたい", "何について"),
            ("飛ばす", "文章で"),
            ("090-1234-5678に電話をください。道に穴があります", "個人情報（電話番号）"),
        ],
    )
    assert "090-1234-5678" not in resident.hears("飛ばす")


def test_words_too_many_are_refused_kindly(resident: Speaker) -> None:
    hold(
        resident,
        [("提言を送りたい", "何について"), ("飛ばす", "文章で"), ("穴がある。" * 300, "1000字まで")],
    )


def test_danger_comes_first_and_the_voice_waits(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("提言を送りたい", "何について"),
            ("飛ばす", "文章で"),
            ("死にたいです", "いのちの電話"),
            (">つづきを書く", "公開してもよいですか"),
            ("いいえ", "【送る内容】\n死にたいです"),
        ],
    )


def test_what_is_said_after_a_danger_is_not_taken_for_the_voice(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("提言を送りたい", "何について"),
            ("飛ばす", "文章で"),
            ("死にたいです", "いのちの電話"),
            ("粗大ごみの出し方", "ごみゼロコール"),
        ],
    )


def test_the_menu_leads_out_and_back(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("提言を送りたい", "何について"),
            ("飛ばす", "文章で"),
            (LAMP, "公開しても"),
            ("市に声を届ける", "次の方法で"),
            (">市長への手紙", "書きかけの内容があります"),
            (">公開しない", "種類：市長への手紙"),
        ],
    )


def test_a_button_of_what_was_sent_sends_nothing_more(resident: Speaker) -> None:
    write(resident)
    press = resident.talk.understand(">送る")
    hold(resident, [(press, "を送りました"), (press, "もう使えません")])  # type: ignore[list-item]
    assert len(told(resident)) == 1


def test_one_sees_how_it_stands(resident: Speaker) -> None:
    write(resident)
    hold(resident, [("送る", "を送りました")])
    (voice,) = told(resident)
    hold(
        resident,
        [
            ("どうなった", "の「わたしの提言」"),
            ("どうなった", shown(voice.case.receipt)),
            (">書き足す", "文章で送ってください"),
            ("雨の日もです", "書き足しました"),
        ],
    )
    assert words_of(resident, voice) == [LAMP, "雨の日もです"]


def test_the_same_matter_is_offered_to_be_added_to(resident: Speaker) -> None:
    write(resident)
    hold(resident, [("送る", "を送りました")])
    first = told(resident)[0]
    write(resident, words="街灯が公園で消えていて、夜はとてもこわい")
    hold(
        resident,
        [
            ("送る", "同じことではありませんか"),
            ("たぶん", "同じことではありませんか"),
            ("前のものに書き足す", shown(first.case.receipt)),
        ],
    )
    assert words_of(resident, first) == [LAMP, "街灯が公園で消えていて、夜はとてもこわい"]
    assert len(told(resident)) == 1


def test_or_sent_as_another_all_the_same(resident: Speaker) -> None:
    write(resident)
    hold(resident, [("送る", "を送りました")])
    write(resident)
    hold(resident, [("送る", "同じことでは"), (">別のこととして送る", "を送りました")])
    assert len(told(resident)) == 2


def test_another_matter_is_not_asked_about(resident: Speaker) -> None:
    write(resident)
    hold(resident, [("送る", "を送りました")])
    write(resident, words="図書館を夜まで開けてください")
    hold(resident, [("送る", "を送りました")])


def test_more_than_five_at_a_time_are_not_taken(resident: Speaker) -> None:
    for words in ("道に穴がある", "市電が遅い", "図書館が暗い", "給食が冷たい", "駐輪場が足りない"):
        write(resident, words=words)
        hold(resident, [("送る", "を送りました")])
    write(resident, words="花火がうるさい")
    hold(resident, [("送る", "5件まで")])


@pytest.mark.parametrize("language", [each for each in Language if not each.is_japanese])
def test_in_every_language_by_its_own_buttons(resident: Speaker, language: Language) -> None:
    resident.speaks(language)
    say = wording(resident, language)
    hold(
        resident,
        [
            (say("voice.menu.button"), say("voice.menu.title")),
            (">" + say("voice.menu.proposal"), say("voice.category.title")),
            (say("voice.skip"), say("voice.example")),
            ("The lamp in the park is broken 公園のライト", say("voice.publish.title")),
            (say("voice.publish.yes"), say("voice.overview.title")),
            (say("voice.send"), ""),
        ],
    )
    (voice,) = told(resident)
    assert voice.may_publish


def wording(speaker: Speaker, language: Language):
    with speaker.talk.database.read() as tx:
        return speaker.talk.city.current(tx).speaking(language).say


@pytest.mark.parametrize("asked", ["市長への手紙の出し方", "インターネットでの提案・苦情"])
def test_under_what_the_knowledge_says_of_it_stands_the_way(resident: Speaker, asked: str) -> None:
    resident.says(asked)
    hold(resident, [(">市に声を届ける", "次の方法で届けられます")])


@pytest.mark.parametrize(
    "wish",
    [
        "市長さんに手紙ば書きたかとだけど",
        "しちょうにてがみをかきたい",
        "I want to write a letter to the mayor",
        "我想给市长写信",
        "시장에게 편지를 쓰고 싶어요",
        "Tôi muốn viết thư cho thị trưởng",
    ],
)
def test_whoever_would_like_to_write_to_the_mayor_begins(resident: Speaker, wish: str) -> None:
    assert resident.says(wish).routed.handler == "voice"


@pytest.mark.parametrize(
    "wish",
    [
        "市長に言いたいことがある",
        "市に言いたかことのあるとだけど",
        "市に要望があります",
        "ご意見を送りたい",
        "いけんをいいたい",
        "市役所に文句がある",
        "I want to send an opinion to the city",
    ],
)
def test_whoever_has_something_to_say_chooses_how(resident: Speaker, wish: str) -> None:
    assert resident.says(wish).routed.handler == "voice_menu"


@pytest.mark.parametrize(
    "question",
    [
        "市長さんに手紙を書きたかとですが、どこに送ればよかですか",
        "市長への手紙の書き方",
        "市長への手紙はどう出すのですか",
        "わたしの提言とは何ですか",
        "市に意見をネットで送りたい",
        "離婚のことで専門家の意見を聞きたい",
    ],
)
def test_what_asks_about_it_is_for_the_knowledge(resident: Speaker, question: str) -> None:
    assert resident.says(question).routed.handler == "question"


@pytest.mark.parametrize("said", ["間違えた", "送りません", "いいえ"])
def test_second_thoughts_are_no_words_for_the_city(resident: Speaker, said: str) -> None:
    hold(
        resident,
        [
            ("市長に手紙を書きたい", "何について"),
            ("飛ばす", "文章で"),
            (LAMP, "公開しても"),
            ("公開しない", "まだ送っていません"),
            (said, "どれを直しますか"),
            ("送る", "を送りました"),
        ],
    )
    assert words_of(resident, told(resident)[0]) == [LAMP]


def test_a_question_meanwhile_is_answered_and_what_was_begun_waits(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("提言を送りたい", "何について"),
            ("道路・街灯・公園", "文章で"),
            (LAMP, "どこのことですか"),
            ("東区役所の電話番号", "096-367-9121"),
            ("ごみの出し方", "どれについて"),
            ("2", "燃やすごみ"),
            ("はい", "ありがとうございます"),
            ("メニュー", "どのようなことでお困りですか"),
            (">つづきを書く", "どこのことですか"),
        ],
    )


def test_who_wants_no_more_of_it_is_not_led_back(resident: Speaker) -> None:
    hold(
        resident,
        [("提言を送りたい", "何について"), ("飛ばす", "文章で"), (LAMP, "公開しても"), ("メニュー", "")],
    )
    resident.hears("やめる")
    assert "つづきを書く" not in resident.buttons


@pytest.mark.parametrize("said", ["さっきのを取り消したい", "送った提言を取り下げたい"])
def test_what_was_sent_can_be_taken_back_in_plain_words(resident: Speaker, said: str) -> None:
    write(resident)
    hold(resident, [(said, "どれを直しますか"), ("送る", "を送りました"), (said, "取り下げますか")])
