"""協働の提案 in the talk: what it is, the way to the form, how one's own stand, and taking one back."""

import re
from datetime import timedelta

import pytest

from handlers.turn import Card, Cards
from nlp.japan import today
from nlp.language import Language
from store import collaboration_acts, collaboration_drafts, collaborations, links
from store.collaboration_drafts import DraftId
from store.collaboration_stages import Stage
from store.collaborations import Collaboration
from store.links import Link, Purpose
from store.receipts import shown
from store.sight import Role, Viewer
from tests.dialogue import Speaker, hold
from tests.handlers.case_town import told
from tests.store.cases import person
from tests.store.collaborations import moved, proposed

ABOUT = "【市と一緒に取り組む（協働の提案）】"
LINK = re.compile(r"/k/([\w-]+)")


@pytest.fixture
def chief(resident: Speaker) -> Viewer:
    with resident.talk.database.write() as tx:
        return person(tx, "chief", Role.ADMIN, None)


def propose(speaker: Speaker, once: str = "1") -> Collaboration:
    with speaker.talk.database.write() as tx:
        return proposed(tx, speaker.talk.resident, once)


def newest(speaker: Speaker) -> Collaboration:
    with speaker.talk.database.read() as tx:
        return collaborations.of_resident(tx, speaker.talk.resident)[0]


def move(speaker: Speaker, chief: Viewer, stage: Stage, **more: object) -> None:
    with speaker.talk.database.write() as tx:
        found = collaborations.of_resident(tx, speaker.talk.resident)[0]
        moved(tx, chief, found, stage, speaker.talk.now, **more)


def pass_time(speaker: Speaker, minutes: int = 11) -> None:
    speaker.talk.now += timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "said",
    [
        "協働の提案をしたい",
        "市と一緒にやりたい",
        "市といっしょに何かしたい",
        "市と協力して取り組みたい",
        "協働って何ですか",
        "協働事業の提案はどうやって出せばいいですか",
    ],
)
def test_who_wishes_it_hears_what_it_is(resident: Speaker, said: str) -> None:
    heard = resident.hears(said)
    for words in (
        ABOUT,
        "提出 → 市の助言",
        "平成23年条例第12号）第3章",
        "確認できていません",
        "お一人でも、団体でも",
    ):
        assert words in heard
    assert "提案を書く" in resident.buttons


@pytest.mark.parametrize("said", ["市と一緒に住んでいる母の介護", "公園の花壇が荒れている", "提案書の書き方"])
def test_questions_stay_questions(resident: Speaker, said: str) -> None:
    assert ABOUT not in resident.hears(said)


def test_what_is_typed_stands_in_the_form(resident: Speaker) -> None:
    hold(resident, [("協働の提案", ABOUT), (">提案を書く", "どんなことを、市と一緒にしたいですか")])
    heard = resident.hears("公園の花壇をみんなで育てたい。電話は090-1234-5678です")
    assert "送信するまで、市には届きません" in heard
    found = LINK.search(str(resident.told))
    assert found is not None
    with resident.talk.database.read() as tx:
        link = links.look(tx, Purpose.COLLABORATION_FORM, found[1], resident.talk.now)
        assert isinstance(link, Link)
        typed = collaboration_drafts.words_of(tx, resident.talk.resident, DraftId(link.about))
    assert typed.startswith("公園の花壇をみんなで育てたい")
    assert "090" not in typed


def test_without_a_word_to_the_form(resident: Speaker) -> None:
    hold(
        resident,
        [("協働の提案", ABOUT), (">提案を書く", "どんなこと"), (">書かずに進む", "フォームを開いて")],
    )
    assert "フォームを開く" in resident.buttons


@pytest.mark.parametrize(
    ("said", "answered"), [("やめる", ""), ("メニュー", ""), ("わたしのデータ", "残しているもの")]
)
def test_the_ways_out_are_open(resident: Speaker, said: str, answered: str) -> None:
    hold(resident, [("協働の提案", ABOUT), (">提案を書く", "どんなこと")])
    heard = resident.hears(said)
    assert answered in heard
    assert "フォームを開いて" not in heard


def test_danger_goes_before_and_the_talk_stays_open(resident: Speaker) -> None:
    hold(resident, [("協働の提案", ABOUT), (">提案を書く", "どんなこと"), ("もう死にたい", "")])
    assert resident.told is not None
    assert resident.told.routed.handler == "danger"


def test_the_proposer_sees_the_stage_who_decides_and_by_when(resident: Speaker, chief: Viewer) -> None:
    found = propose(resident)
    due = today(resident.talk.now) + timedelta(days=5)
    with resident.talk.database.write() as tx:
        collaboration_acts.plan(tx, chief, found.id, found.version, "広聴課長", due, resident.talk.now)
    hold(
        resident,
        [
            ("提案の状況", "いまの段階：提出"),
            ("協働の提案はどうなった", "次の段階：市の助言"),
            ("提案の段階", "次を決めるところ：広聴課長"),
        ],
    )
    assert shown(found.receipt) in resident.hears("提案の状況")
    resident.says(shown(found.receipt))
    assert resident.told is not None
    assert resident.told.routed.handler == "collaboration"
    resident.speaks(Language.JAPANESE)
    pass_time(resident, 7 * 24 * 60)
    assert "めやすの日を過ぎています" in resident.hears("提案の状況")


def test_nothing_is_there_to_be_seen(resident: Speaker) -> None:
    hold(resident, [("提案の状況", "受け付けている協働の提案は、ありません")])


def test_each_stage_is_told_once_in_neutral_words(resident: Speaker, chief: Viewer) -> None:
    propose(resident)
    (received,) = told(resident)
    part = received.parts[0]
    assert isinstance(part, Cards)
    assert part.summary == "協働の提案のお知らせ"
    assert "提案を受け付けました" in part.cards[0].body
    move(resident, chief, Stage.ADVISED, words="市の花壇の計画と合わせると、より良くなります。")
    assert told(resident) == ()
    pass_time(resident)
    (advised,) = told(resident)
    part = advised.parts[0]
    assert isinstance(part, Cards)
    assert part.cards[0].body == "市の花壇の計画と合わせると、より良くなります。"
    assert "公園の花壇" not in str(advised), "others may see the screen"
    assert told(resident) == ()
    hold(resident, [(">提案の状況", "市の助言　")])


def test_it_is_told_in_the_language_that_they_speak(resident: Speaker, chief: Viewer) -> None:
    resident.speaks(Language.ENGLISH)
    propose(resident)
    told(resident)
    move(resident, chief, Stage.DECLINED, words="今回は見送ります。", decided_by="市長")
    pass_time(resident)
    (declined,) = told(resident)
    card = declined.parts[0].cards[0]  # type: ignore[union-attr]
    assert isinstance(card, Card)
    assert card.title == "About your proposal"
    assert [fact.label for fact in card.facts] == ["Receipt no.", "Stage", "Decided by"]
    hold(resident, [("status of my proposal", "Not taken up"), ("work with the city", "as equals")])


def test_taking_back_asks_first(resident: Speaker) -> None:
    propose(resident)
    hold(
        resident,
        [
            ("提案の状況", "いまの段階：提出"),
            (">取り下げる", "もとに戻せません"),
            (">取り下げない", "提案は、そのままです"),
            ("提案の状況", "いまの段階：提出"),
            (">取り下げる", "もとに戻せません"),
            (">取り下げる", "提案を取り下げました"),
            ("提案の状況", "いまの段階：取り下げ"),
        ],
    )
    assert newest(resident).stage is Stage.WITHDRAWN
    assert "取り下げる" not in resident.buttons


def test_my_data_tells_of_it_and_erasing_takes_it_back(resident: Speaker) -> None:
    found = propose(resident)
    assert "協働の提案：1件" in resident.hears("わたしのデータ")
    assert f"協働の提案：受付番号 {shown(found.receipt)}" in resident.hears(">消す")
    resident.says(">取り消して全部消す")
    assert newest(resident).stage is Stage.WITHDRAWN


@pytest.mark.parametrize(
    "wish",
    ["市と一緒に花壇を作りたい", "市といっしょに公園ば掃除したか", "市役所と一緒に祭りをしたいんですが"],
)
def test_what_one_would_like_to_do_may_stand_in_the_wish(resident: Speaker, wish: str) -> None:
    assert resident.says(wish).routed.handler == "collaboration"
