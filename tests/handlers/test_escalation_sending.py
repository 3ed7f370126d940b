"""From 「人に相談」 to a case of the section in charge: dialogues as pairs."""

from datetime import UTC, date, datetime, timedelta

import pytest

from faq import routing
from faq.retention import Purpose as Kept
from faq.routing import Topic
from faq.switchboard import Switchboard
from handlers.case_draft import MOST
from handlers.turn import Media, MessageId, Pressed, Unfollowed
from nlp.japan import today
from store import case_saying, links, particulars
from store.audit import ByResident
from store.cases import Reach, State
from store.links import Link, Purpose
from store.particulars import Field
from store.receipts import shown
from tests.dialogue import Speaker, hold
from tests.handlers.case_town import ASKED, hand_over, of_resident, said

OFFER = "「ここで伝える」を押すと"
ABOUT = "についてですね"
CONSENT = "まだ送っていません"
SENT = "お問い合わせを送りました"
LINE, TELEPHONE = ">送る（返事はこのトークで）", ">送る（返事は電話で）"


def test_what_was_asked_need_not_be_said_again(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("転入届に必要なもの", "14日以内"),
            (">人に相談", "096-334-1500"),
            (">ここで伝える", "「転入届（市外から引っ越してきたとき）」についてですね"),
            (">この用件で進む", "どちらの区"),
            (">東区", "お返事：11月26日（木）の夕方まで"),
            (LINE, "担当：東区役所 区民課"),
        ],
    )
    (case,) = of_resident(resident)
    assert (case.reach, case.ward, case.section, case.state) == (
        Reach.LINE,
        "東区",
        "higashi-kumin",
        State.NEW,
    )
    assert case.entry is not None
    assert said(resident) == ["転入届に必要なもの"]


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ("ラジコン飛行機を飛ばせる場所", "ラジコン飛行機を飛ばせる場所"),
        ("アポロ計画", "アポロ計画"),
        ("東区役所の電話番号", "東区役所"),
        ("住民票はどこで取れますか", "住民票"),
    ],
    ids=["none", "choose", "office", "procedure"],
)
def test_from_any_point_of_the_talk(resident: Speaker, asked: str, about: str) -> None:
    resident.says(asked)
    hold(resident, [("職員と話したい", OFFER), (">ここで伝える", ABOUT)])
    resident.says(">書き足す")
    resident.says("詳しく知りたいです")
    if "東区" in resident.buttons:
        resident.says("東区")
    hold(resident, [(LINE, SENT)])
    assert about in said(resident)[0]


def test_after_an_answer_that_did_not_help(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("犬の登録", "役に立ちましたか"),
            (">役に立たなかった", "お役に立てず"),
            (">人に相談", OFFER),
            (">ここで伝える", "犬"),
        ],
    )


def test_the_person_button_of_the_rich_menu(resident: Speaker) -> None:
    hold(
        resident,
        [(Pressed("menu:person"), OFFER), (">ここで伝える", "用件を、このトークに文章で"), (ASKED, CONSENT)],
    )


def test_without_buttons_all_can_be_typed(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("転入届に必要なもの", "14日以内"),
            ("人につないで", OFFER),
            ("ここで伝える", ABOUT),
            ("送る", "どちらの区"),
            ("北区です", CONSENT),
            ("このトークで", SENT),
        ],
    )


def test_who_has_not_asked_anything_writes_at_once(resident: Speaker) -> None:
    hold(
        resident,
        [("人に相談", OFFER), ("もやもやしているので聞いてもらえませんか", ABOUT), ("はい", CONSENT)],
    )
    assert said_nothing_yet(resident)


def test_what_it_is_about_may_be_said_with_the_wish(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("転入届に必要なもの", "14日以内"),
            ("医療費のことで職員と話したい", OFFER),
            (">ここで伝える", "「医療費」についてですね"),
        ],
    )


def test_words_are_added_and_all_of_them_are_shown_before_they_are_sent(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("粗大ごみの出し方", "ごみゼロコール"),
            ("人に相談", OFFER),
            (">ここで伝える", ABOUT),
            (">書き足す", "書き足すこと"),
            ("足が悪くて運べません", "粗大ごみの出し方\n足が悪くて運べません"),
            (">書き足す", "書き足すこと"),
            ("二階です", "足が悪くて運べません\n二階です"),
            (LINE, SENT),
        ],
    )
    assert said(resident) == ["粗大ごみの出し方\n足が悪くて運べません\n二階です"]


def test_something_else_sends_nothing_of_what_was_talked_of(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("生活保護を受けたい", "生活保護"),
            ("人に相談", OFFER),
            (">ここで伝える", "生活保護"),
            ("別の用件", "別の用件として"),
            ("公園の木の枝が折れそうです", CONSENT),
        ],
    )
    assert "生活保護" not in resident.hears("書き足す") + resident.hears("三本あります")
    hold(resident, [(LINE, SENT)])
    assert said(resident) == ["公園の木の枝が折れそうです\n三本あります"]


@pytest.mark.parametrize("ward", ["", "。東区に住んでいます"])
def test_another_matter_written_at_once_is_not_sent_as_the_one_talked_of(
    resident: Speaker, ward: str
) -> None:
    wish = f"母の介護のことで、どの窓口に行けばよいか相談したい{ward}"
    hold(
        resident, [("粗大ごみの出し方は？", "ごみゼロコール"), ("人に相談", OFFER), (">ここで伝える", ABOUT)]
    )
    resident.says(wish)
    if not ward:
        hold(resident, [(">東区", CONSENT)])
    hold(resident, [(LINE, "担当：東区役所 福祉課")])
    (case,) = of_resident(resident)
    assert (said(resident), case.entry) == ([wish], None)
    assert case.subject.startswith("母の介護のこと")


@pytest.mark.parametrize(
    ("asked", "more"),
    [
        ("転入届に必要なもの", "転入届のことで、東区役所に行けません"),
        ("ラジコン飛行機を飛ばせる場所", "国民健康保険のことかもしれません"),
    ],
    ids=["same section", "of no section"],
)
def test_words_that_may_be_of_the_same_matter_are_added(resident: Speaker, asked: str, more: str) -> None:
    resident.says(asked)
    hold(resident, [("人に相談", OFFER), (">ここで伝える", ABOUT)])
    heard = resident.hears(more)
    if "東区" in resident.buttons:
        heard = resident.hears(">東区")
    assert f"{asked}\n{more}" in heard


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("わたしのデータ", "残しているもの"), ("わたしのデータを消して", "消してよいですか")],
)
def test_who_asks_for_their_data_meanwhile_is_shown_it(resident: Speaker, asked: str, answered: str) -> None:
    hold(resident, [("人に相談", OFFER), (">ここで伝える", "文章で"), (asked, answered)])
    assert said_nothing_yet(resident)


def test_the_ward_is_not_asked_where_it_was_said(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("人に相談", OFFER),
            (">ここで伝える", "文章で"),
            ("東区で転入届を出したいが行けない", "東区役所 区民課"),
        ],
    )


def test_who_does_not_know_the_ward_is_led_on(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("転入届に必要なもの", "14日以内"),
            ("人に相談", OFFER),
            (">ここで伝える", ABOUT),
            (">この用件で進む", "どちらの区"),
            ("わかりません", "ひごまるコール"),
            (LINE, SENT),
        ],
    )


def test_what_staff_will_see_is_said_before_anything_is_sent(resident: Speaker) -> None:
    hold(resident, [("人に相談", OFFER), (">ここで伝える", "書かないでください"), (ASKED, CONSENT)])
    shown = resident.hears("よろしく頼みます")
    assert "ここまでのトークは、職員には見えません" in shown
    assert "お名前や電話番号は、ここに書かないでください" in shown
    assert said_nothing_yet(resident)


def test_by_telephone_through_a_form_of_its_own(resident: Speaker) -> None:
    hand_over(resident, how="電話で")
    (case,) = of_resident(resident)
    assert case.reach is Reach.TELEPHONE
    (page,) = [link for link in resident.told.as_json()["links"] if "/c/" in link]  # type: ignore[union-attr]
    with resident.talk.database.write() as tx:
        link = links.look(tx, Purpose.CASE_FORM, page.rpartition("/")[2], resident.talk.now)
    assert isinstance(link, Link)
    assert (link.about, link.resident) == (case.id, resident.talk.resident)
    hold(resident, [("問い合わせの状況", "受付番号")])
    assert "電話番号を入れる" in resident.buttons, "until it has been filled in"


def test_a_number_that_was_left_can_be_changed(resident: Speaker) -> None:
    hand_over(resident, how="電話で")
    (case,) = of_resident(resident)
    with resident.talk.database.write() as tx:
        whom, now = {Field.NAME: "熊本 花子", Field.TELEPHONE: "090-0000-0001"}, resident.talk.now
        mine, until = resident.talk.resident, today(now) + timedelta(days=30)
        kept = particulars.keep(tx, Kept.CASE, whom, mine, until, ByResident(mine), now)
        case_saying.reach_by(tx, mine, case.id, Reach.TELEPHONE, kept, now)
    hold(resident, [("どうなった", "受付番号")])
    assert "電話先を変える" in resident.buttons
    assert "電話番号を入れる" not in resident.buttons


@pytest.mark.parametrize(
    ("moment", "starts", "promised"),
    [
        (
            datetime(2026, 11, 24, 13, 0, tzinfo=UTC),
            "11月25日（水）9時から確認を始めます",
            "11月27日（金）の午前中まで",
        ),
        (
            datetime(2026, 11, 28, 3, 0, tzinfo=UTC),
            "11月30日（月）9時から確認を始めます",
            "12月2日（水）の午前中まで",
        ),
        (
            datetime(2026, 12, 30, 3, 0, tzinfo=UTC),
            "2027年1月4日（月）9時から",
            "2027年1月6日（水）の午前中まで",
        ),
        (datetime(2026, 12, 28, 6, 0, tzinfo=UTC), "", "2027年1月5日（火）の夕方まで"),
    ],
    ids=["at night", "on a Saturday", "at the year's end", "just before it"],
)
def test_by_when_and_from_when_the_clock_runs(
    resident: Speaker, moment: datetime, starts: str, promised: str
) -> None:
    resident.talk.now = moment
    hold(
        resident,
        [("人に相談", OFFER), (">ここで伝える", "文章で"), ("東区で転入届を出したいが行けない", promised)],
    )
    heard = resident.hears(LINE)
    assert promised in heard
    assert starts in heard
    assert bool(starts) == ("確認を始めます" in heard)


def test_who_is_in_a_hurry_is_told_to_telephone(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("人に相談", OFFER),
            (">ここで伝える", "文章で"),
            ("至急、水道を止めないでほしい", "お急ぎのときは、電話のほうが早く"),
            (LINE, "お急ぎのときは、電話のほうが早く"),
        ],
    )
    assert of_resident(resident)[0].urgent


@pytest.mark.parametrize("angry", ["責任者を出せ", "苦情を言いたい", "人間を出して", "クレーム"])
def test_who_is_angry_gets_both_ways_at_once(resident: Speaker, angry: str) -> None:
    hold(
        resident,
        [(angry, "096-334-1500"), (">ここで伝える", "文章で"), ("対応がひどすぎる", CONSENT), (LINE, SENT)],
    )


def test_an_elderly_person_who_writes_as_they_speak(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("すみませんが、係の人にかわってください", OFFER),
            ("ここで", "文章で"),
            ("目が悪くて字がよう見えんので、書類ば読んでくれる人はおらんですか", CONSENT),
            ("電話がいいです", SENT),
        ],
    )


def test_personal_data_is_masked_and_told_of(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("人に相談", OFFER),
            (">ここで伝える", "書かないでください"),
            ("山田太郎です。090-1234-5678に電話ください", "その部分を伏せました"),
            (LINE, SENT),
        ],
    )
    (words,) = said(resident)
    assert "090" not in words
    assert "山田" not in words


def test_danger_comes_before_what_was_begun_and_the_words_are_not_lost(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("人に相談", OFFER),
            (">ここで伝える", "文章で"),
            ("夫のことで相談したい", CONSENT),
            ("いま殴られています", "110"),
            (">人に相談", OFFER),
            (">ここで伝える", "「夫のことで相談したい」についてですね"),
        ],
    )
    assert said_nothing_yet(resident)


def test_leaving_sends_nothing(resident: Speaker) -> None:
    hold(
        resident,
        [("人に相談", OFFER), (">ここで伝える", "文章で"), (ASKED, CONSENT), (">やめる", "終わりにします")],
    )
    assert said_nothing_yet(resident)
    hold(resident, [("メニュー", "どのようなこと")])


def test_a_button_of_a_draft_that_is_over_sends_nothing(resident: Speaker) -> None:
    hold(resident, [("人に相談", OFFER), (">ここで伝える", "文章で"), (ASKED, CONSENT)])
    old = next(each for each in resident.told.routed.reply.parts[0].choices if each.label == LINE[1:])  # type: ignore[union-attr]
    press = Pressed(old.does.data)  # type: ignore[union-attr]
    hold(resident, [(">やめる", "終わり"), (press, "このボタンは、もう使えません")])
    hold(
        resident,
        [
            ("人に相談", OFFER),
            (">ここで伝える", "文章で"),
            ("別のこと全部", CONSENT),
            (press, "もう使えません"),
        ],
    )
    assert said_nothing_yet(resident)


def test_sent_twice_it_is_one(resident: Speaker) -> None:
    hold(resident, [("人に相談", OFFER), (">ここで伝える", "文章で"), (ASKED, CONSENT)])
    press = resident.talk.understand(LINE)
    hold(resident, [(press, SENT), (press, "このボタンは、もう使えません")])  # type: ignore[list-item]
    assert len(of_resident(resident)) == 1


def test_an_hour_later_nothing_is_sent_that_nobody_remembers(resident: Speaker) -> None:
    hold(resident, [("人に相談", OFFER), (">ここで伝える", "文章で"), (ASKED, CONSENT)])
    resident.talk.now += timedelta(hours=2)
    hold(resident, [(LINE, "もう一度「人に相談」から")])
    assert said_nothing_yet(resident)


def test_of_words_beyond_all_measure_the_first_tell_the_section(
    resident: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step looks at them again."""
    looked_at: list[int] = []

    def measured(_board: Switchboard, topic: Topic, _day: date) -> bool:
        looked_at.append(len(topic.words))
        return False

    monkeypatch.setattr(routing, "needs_ward", measured)
    for said_at_length in (
        "母の介護のことで相談したい。" * 300,
        "人に相談",
        ">ここで伝える",
        ">この用件で進む",
    ):
        resident.hears(said_at_length)
    assert looked_at == [MOST]


def test_too_long_to_be_sent_at_once(resident: Speaker) -> None:
    hold(
        resident,
        [("人に相談", OFFER), (">ここで伝える", "文章で"), ("あ" * 1001, "1000字まで"), (ASKED, CONSENT)],
    )


def test_a_question_while_it_is_offered_is_answered(resident: Speaker) -> None:
    hold(
        resident,
        [("人に相談", OFFER), ("粗大ごみの出し方", "ごみゼロコール"), ("東区役所の電話番号", "096-367-9121")],
    )


def test_no_more_than_five_at_a_time(resident: Speaker) -> None:
    for number in range(5):
        hand_over(resident, f"{number}つめの困りごとです")
    hold(resident, [("人に相談", "「別の用件を伝える」を押すと"), (">別の用件を伝える", "")])
    if "別の用件" in resident.buttons:
        resident.says("別の用件")
    hold(resident, [("六つめの困りごとです", CONSENT), (LINE, "5件まで")])


def test_pictures_are_refused_with_the_way_how(resident: Speaker) -> None:
    hand_over(resident)
    hold(resident, [(Media("image", MessageId("1")), "職員にも、写真やファイル")])


def test_who_blocks_the_account_and_comes_back_finds_the_case(resident: Speaker) -> None:
    case = hand_over(resident)
    resident.says(Unfollowed())
    hold(resident, [("問い合わせの状況", shown(case.receipt))])


def said_nothing_yet(speaker: Speaker) -> bool:
    return of_resident(speaker) == ()
