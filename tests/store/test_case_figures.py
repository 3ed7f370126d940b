"""Figures of cases, counted by hand."""

from datetime import date, datetime, timedelta

from faq.periods import Period
from nlp.japan import JAPAN
from store import case_acts, case_answers, case_erasing, case_figures, case_opening, case_saying
from store.audit import COMMAND, ByResident
from store.case_answers import In
from store.case_figures import CaseFigures, Misroute, OfSection
from tests.conftest import NOON
from tests.store.cases import HOKEN, KUMIN, PROMISED, draft, handed, person

NOVEMBER = Period.month_of(date(2026, 11, 24))
LATE = PROMISED + timedelta(minutes=1)


def test_nothing_is_counted_where_nothing_came(tx):
    assert case_figures.count(tx, NOVEMBER, NOON) == CaseFigures((), ())


def test_in_time_late_and_those_that_still_wait(tx, hanako, taro):
    clerk = person(tx, "clerk")
    for once, resident, at in (
        ("in time", hanako, PROMISED),
        ("late", hanako, LATE),
        ("waits", taro, None),
    ):
        case = handed(tx, resident, once)
        if at:
            case_answers.answer(tx, clerk, case.id, case.version, "はい", In.TELEPHONE, at)
    case_opening.open_case(tx, draft("no promise"), None, ByResident(taro), NOON)
    case_saying.withdraw(tx, taro, handed(tx, taro, "withdrawn").id, PROMISED)
    at_first = case_figures.count(tx, NOVEMBER, PROMISED)
    assert at_first.sections == (OfSection(KUMIN, opened=5, in_time=1, late=1, waiting=2, reopened=0),)
    later = case_figures.count(tx, NOVEMBER, LATE)
    assert later.sections == (OfSection(KUMIN, opened=5, in_time=1, late=2, waiting=1, reopened=0),)
    assert later.opened == 5


def test_an_answer_after_the_reopening_is_not_the_first(tx, hanako):
    clerk = person(tx, "clerk")
    case = handed(tx, hanako)
    case_answers.answer(tx, clerk, case.id, case.version, "はい", In.TELEPHONE, NOON, also_closes=True)
    for _ in range(2):
        again = case_saying.reopen(tx, hanako, case.id, LATE, "まだ", LATE)
        late = LATE + timedelta(hours=1)
        case_answers.answer(tx, clerk, case.id, again.version, "はい", In.TELEPHONE, late, also_closes=True)
    found = case_figures.count(tx, NOVEMBER, LATE + timedelta(days=1))
    assert found.sections == (OfSection(KUMIN, opened=1, in_time=1, late=0, waiting=0, reopened=1),)


def test_misroutes_by_the_pair_and_erased_cases_too(tx, hanako, taro):
    clerk, other = person(tx, "clerk"), person(tx, "other", section=HOKEN)
    made = [handed(tx, who, once) for who in (hanako, taro) for once in "12"]
    for case in made[:3]:
        case_acts.send_on(tx, clerk, case.id, case.version, HOKEN, "", PROMISED, NOON)
    case_acts.send_on(tx, other, made[0].id, made[0].version + 1, KUMIN, "", LATE, NOON)
    before = case_figures.count(tx, NOVEMBER, NOON)
    assert before == CaseFigures(
        (OfSection(HOKEN, 2, 0, 0, 2, 0), OfSection(KUMIN, 2, 0, 0, 2, 0)),
        (Misroute(KUMIN, HOKEN, 3), Misroute(HOKEN, KUMIN, 1)),
    )
    case_erasing.erase(tx, made[1].id, COMMAND, NOON)
    after = case_figures.count(tx, NOVEMBER, NOON)
    assert after.misroutes == before.misroutes
    assert after.sections[0] == OfSection(HOKEN, 2, 0, 0, 1, 0), "it came; nobody waits for it any more"


def test_a_month_is_japans(tx, hanako):
    first = datetime(2026, 11, 1, tzinfo=JAPAN)
    for once, at in (("october", first - timedelta(microseconds=1)), ("november", first)):
        case_opening.open_case(tx, draft(once), PROMISED, ByResident(hanako), at)
    assert case_figures.count(tx, NOVEMBER, NOON).opened == 1
    assert case_figures.count(tx, NOVEMBER.before(), NOON).opened == 1
