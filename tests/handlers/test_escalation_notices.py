"""What is told unasked of a case: neutral, with who says it, and with what can be done about it."""

from datetime import timedelta

import pytest

from bot import telling
from bot.line_messages import messages
from handlers.turn import Reply, Unfollowed
from store import case_chores, links
from store.case_answers import In
from store.cases import Ending, State
from store.links import Link, Purpose
from tests.dialogue import Speaker, hold
from tests.handlers.case_town import Clerk, hand_over, of_resident, said, told

WORDS = "介護の相談は、地域包括支援センターで受け付けています。"


@pytest.fixture
def clerk(resident: Speaker) -> Clerk:
    hand_over(resident)
    return Clerk(resident)


def locked(reply: Reply) -> str:
    """What a locked screen shows."""
    (message,) = messages(reply)
    return str(message["altText"])


def labels(reply: Reply) -> list[str]:
    return [choice.label for choice in telling.choices(reply)]


def test_a_general_answer_comes_with_who_and_when(resident: Speaker, clerk: Clerk) -> None:
    (reply,) = clerk.answers(WORDS)
    heard = telling.text(reply)
    assert WORDS in heard
    assert "11月24日（火）　ひごまるコールより" in heard
    assert "山田" not in heard, "a section answers, not a person"
    assert locked(reply) == "お問い合わせへのお返事"
    assert {"はい、解決した", "まだ"} <= set(labels(reply))


def test_solved_by_button_and_by_typing(resident: Speaker, clerk: Clerk) -> None:
    clerk.answers(WORDS)
    hold(resident, [("はい", "終わりにします")])
    assert of_resident(resident)[0].ending is Ending.SOLVED


@pytest.mark.parametrize("not_yet", [">まだ", "まだ", "いいえ", "まだ解決していません"])
def test_not_yet_joins_the_same_case(resident: Speaker, clerk: Clerk, not_yet: str) -> None:
    clerk.answers(WORDS)
    hold(
        resident,
        [(not_yet, "まだ解決していないことを、担当に伝えました"), ("場所がわかりません", "書き足しました")],
    )
    (case,) = of_resident(resident)
    assert case.state is State.TAKEN
    assert said(resident)[1:] == ["まだ解決していません。", "場所がわかりません"]


def test_an_individual_answer_is_announced_and_nothing_more(resident: Speaker, clerk: Clerk) -> None:
    (reply,) = clerk.answers("あなたの還付金は1,200円です。", In.PAGE)
    sent = str(messages(reply))
    assert "1,200" not in sent
    assert "介護" not in sent
    assert locked(reply) == "お返事が届いています"
    with resident.talk.database.write() as tx:
        (page,) = [link for link in telling.links(reply) if "/a/" in link]
        link = links.look(tx, Purpose.CASE_ANSWER, page.rpartition("/")[2], resident.talk.now)
    assert isinstance(link, Link)
    assert link.resident == resident.talk.resident


def test_a_new_link_to_it_at_any_time(resident: Speaker, clerk: Clerk) -> None:
    (reply,) = clerk.answers("あなたの還付金は1,200円です。", In.PAGE)
    resident.talk.now += timedelta(days=8)
    hold(resident, [("どうなった", "受付番号"), (">お返事を見る", "お返事を読む")])
    fresh = [link for link in telling.links(resident.told.routed.reply) if "/a/" in link]  # type: ignore[union-attr]
    assert fresh
    assert set(fresh).isdisjoint(telling.links(reply))


def test_sent_on_with_the_new_section_and_promise(resident: Speaker, clerk: Clerk) -> None:
    clerk.takes()
    (reply,) = clerk.sends_on("nishi-fukushi")
    heard = telling.text(reply)
    assert "西区役所 福祉課が担当することになりました" in heard
    assert "11月24日（火）の夕方まで" in heard
    assert "担当違い" not in heard
    assert locked(reply) == "お問い合わせのお知らせ"


def test_sent_on_twice_by_night_it_is_told_once_and_as_it_is(resident: Speaker, clerk: Clerk) -> None:
    resident.talk.now += timedelta(hours=10)
    assert clerk.sends_on("nishi-fukushi") + clerk.sends_on("higashi-kumin") == ()
    resident.talk.now += timedelta(hours=11)
    (reply,) = told(resident)
    assert "東区役所 区民課が担当することになりました" in telling.text(reply)


def test_sent_on_and_answered_by_night_the_answer_is_enough(resident: Speaker, clerk: Clerk) -> None:
    resident.talk.now += timedelta(hours=10)
    clerk.sends_on("nishi-fukushi")
    clerk.answers(WORDS)
    resident.talk.now += timedelta(hours=11)
    (reply,) = told(resident)
    assert WORDS in telling.text(reply)


def test_an_end_that_the_resident_has_undone_by_night_is_not_told(resident: Speaker, clerk: Clerk) -> None:
    resident.talk.now += timedelta(hours=10)
    assert clerk.closes() == ()
    hold(resident, [("もう一度聞く", "つづきとして"), ("まだ困っています", "つづきとして承りました")])
    resident.talk.now += timedelta(hours=11)
    assert told(resident) == ()


def test_elsewhere_names_the_authority_with_telephone_and_source(resident: Speaker, clerk: Clerk) -> None:
    with resident.talk.database.read() as tx:
        named = next(
            each for each in resident.talk.city.current(tx).neighbours if each.telephone and each.link
        )
    (reply,) = clerk.names(named.id, "こちらが窓口です。")
    heard = telling.text(reply)
    for expected in (named.name, named.telephone, "こちらが窓口です。", "出典："):
        assert expected in heard
    assert "もう一度聞く" in labels(reply)
    assert of_resident(resident)[0].ending is Ending.ELSEWHERE


def test_closed_by_staff_with_the_way_back(resident: Speaker, clerk: Clerk) -> None:
    (reply,) = clerk.closes()
    assert "対応を終わりにしました" in telling.text(reply)
    hold(resident, [(">もう一度聞く", "つづきとして"), ("まだ困っています", "つづきとして承りました")])
    assert of_resident(resident)[0].is_open


def test_unheard_for_a_week_with_the_way_back(resident: Speaker, clerk: Clerk) -> None:
    clerk.answers(WORDS)
    resident.talk.now += timedelta(days=8)
    with resident.talk.database.write() as tx:
        case_chores.close_unheard(tx, resident.talk.now)
    (reply,) = told(resident)
    assert "終わりにしました" in telling.text(reply)
    assert len(telling.text(reply).splitlines()) <= 4
    hold(resident, [(">もう一度聞く", "つづきとして"), ("まだ困っています", "つづきとして承りました")])


def test_an_answer_that_also_closes_does_not_ask(resident: Speaker, clerk: Clerk) -> None:
    (reply,) = clerk.answers(WORDS, also_closes=True)
    assert "まだ" not in labels(reply)
    assert "もう一度聞く" in labels(reply)


def test_at_night_it_waits_for_the_morning(resident: Speaker, clerk: Clerk) -> None:
    resident.talk.now += timedelta(hours=10)
    assert clerk.answers(WORDS) == ()
    resident.talk.now += timedelta(hours=11)
    assert len(told(resident)) == 1


def test_nobody_is_told_who_left(resident: Speaker, clerk: Clerk) -> None:
    clerk.takes()
    resident.says(Unfollowed())
    assert clerk.sends_on("nishi-fukushi") == ()
