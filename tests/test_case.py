"""A case from a resident's tap to its end: to the wrong section, to the right one, answered, not solved, and reopened.

The resident writes in the talk, staff press the buttons of their pages, and the clock's chore tells what there is.
"""

from collections.abc import Callable

import pytest

from bot.app import create_app
from bot.city import LiveCity
from bot.relaying import RelayRules
from bot.telling import text
from faq.counters import SectionId
from faq.periods import Period
from nlp.japan import today
from store import case_figures
from store.cases import Case, Ending, State
from store.db import Database
from tests.dialogue import Speaker, hold
from tests.handlers.case_town import hand_over, of_resident, told
from tests.line import SECRET, Clock
from tests.site import site_of
from tests.web.casework import Casework, at, casework_of, opened, sends
from tests.web.conftest import Service
from tests.web.town import plain

WRONG, RIGHT = SectionId("higashi-kumin"), SectionId("chuo-kumin")
ASKED = "転入届を出したいけれど、平日は仕事で行けません"
ANSWER = "日曜日の窓口か、代理の方による届け出をご利用ください。"
AGAIN = "代理の方には、委任状をお渡しください。"


@pytest.fixture
def work(database: Database, city: LiveCity) -> Casework:
    clock = Clock()
    app = create_app(site_of(database, city, clock), SECRET, lambda: None, RelayRules())
    return casework_of(Service(site_of(database, city, clock), app, clock))


@pytest.fixture
def passes(work: Casework, speaker: Speaker) -> Callable[[int], None]:
    """Lets minutes go by, for residents and staff alike."""

    def passes(minutes: int) -> None:
        work.service.clock.passes(minutes=minutes)
        speaker.talk.now = work.service.clock()

    return passes


@pytest.fixture
def speaker(database: Database, city: LiveCity) -> Speaker:
    return Speaker(database, city)


def heard(speaker: Speaker) -> str:
    """What the service has said unasked."""
    return "\n".join(map(text, told(speaker)))


def test_a_case_from_the_tap_to_its_end(
    work: Casework, speaker: Speaker, passes: Callable[[int], None]
) -> None:
    case = hand_over(speaker, ASKED)
    first = work.clerk("先", case.section)
    assert ASKED in opened(first, case)
    hold(speaker, [("どうなった？", "お問い合わせ"), ("転入届の窓口は？", "転入届")])

    passes(5)
    other = RIGHT if case.section != RIGHT else WRONG
    sends(first, case, "/send-on", on_section=other, on_reason="procedure")
    assert first.get(at(case)).status_code == 404, "it is no longer theirs"
    assert "担当することになりました" in heard(speaker)

    second = work.clerk("次", other)
    page = opened(second, case)
    assert "担当違いで回しました" in plain(page)
    passes(5)
    sends(second, case, "/take")
    sends(second, case, "/reply", reply_words=ANSWER, reply_how="line")
    said = heard(speaker)
    assert ANSWER in said
    assert "解決しましたか" in said

    passes(5)
    hold(speaker, [("まだ", "まだ解決していないことを"), ("妻に頼めますか", "")])
    waits = _now(speaker, case)
    assert (waits.state, waits.taken_by_shown) == (State.TAKEN, "次さん")
    assert "妻に頼めますか" in opened(second, case)
    passes(5)
    sends(second, case, "/reply", reply_words=AGAIN, reply_how="line")
    assert AGAIN in heard(speaker)
    hold(speaker, [(">はい、解決した", "")])
    assert (_now(speaker, case).state, _now(speaker, case).ending) == (State.CLOSED, Ending.SOLVED)

    passes(5)
    hold(
        speaker,
        [
            ("どうなった？", "お問い合わせ"),
            (">もう一度聞く", "つづき"),
            ("委任状はどこにありますか", "つづき"),
        ],
    )
    again = _now(speaker, case)
    assert (again.id, again.state, again.reopened) == (case.id, State.TAKEN, 1)
    assert "委任状はどこにありますか" in opened(second, case)
    passes(5)
    sends(second, case, "/reply", reply_words="市のページにあります。", reply_how="line", reply_closes="y")
    assert "市のページにあります。" in heard(speaker)
    assert _now(speaker, case).state is State.CLOSED
    assert len(of_resident(speaker)) == 1, "all of it is one case"
    with work.service.site.database.read() as tx:
        now = work.service.clock()
        counted = case_figures.count(tx, Period.month_of(today(now)), now)
    (moved,) = counted.misroutes
    assert (moved.from_section, moved.to_section, moved.number) == (case.section, other, 1)
    (of_section,) = counted.sections
    assert (of_section.section, of_section.opened, of_section.in_time, of_section.reopened) == (
        other,
        1,
        1,
        1,
    )


def _now(speaker: Speaker, case: Case) -> Case:
    return next(each for each in of_resident(speaker) if each.id == case.id)
