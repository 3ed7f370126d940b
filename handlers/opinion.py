"""パブリックコメント: what is open now and until when, one's own opinions, and withdrawing one until the close."""

from typing import assert_never

from handlers import opinion_late, opinion_screen, words
from handlers.booking_verbs import Asker
from handlers.opinion_verbs import Act, Going, Step, act_of, plan_of, read_step, to_act, to_plan, to_step
from handlers.turn import Card, Cards, Choice, Fact, OpenUrl, Plain, Reply, Turn
from store import buttons, opinion_results, opinions, receipts
from store.buttons import Button
from store.notices import OfOpinion
from store.opinions import Closed, NotHere, Opinion, OpinionId, State

MOST = 5
"""Opinions side by side."""


def matches(turn: Turn) -> bool:
    """A button of ours, 「パブリックコメント」, 「送った意見」, or the receipt of an own opinion."""
    if turn.button is not None:
        return act_of(turn.button) is not None
    if turn.pressed:
        return read_step(turn.pressed) is not None
    return turn.says("words.opinion_list") or _is_of_own(turn)


def _is_of_own(turn: Turn) -> bool:
    receipt, says = receipts.parse(turn.text), turn.says("words.opinion_mine")
    if receipt is None and not says:
        return False
    found = opinions.of_resident(turn.tx, turn.resident.id)
    return bool(found) if says else any(each.receipt == receipt for each in found)


def handle(turn: Turn) -> Reply:
    if turn.button is not None:
        return _acted(turn, turn.button)
    going = read_step(turn.pressed)
    if going is not None:
        return _stepped(turn, going)
    return opinion_screen.show(turn) if turn.says("words.opinion_list") else mine(turn)


def _stepped(turn: Turn, going: Going) -> Reply:
    match going.step:
        case Step.LIST:
            return opinion_screen.show(turn)
        case Step.MINE:
            return mine(turn)
        case Step.KEEP:
            return mine(turn, turn.city.say("opinion.withdraw.kept"))
        case Step.PLAN | Step.TOLD_ON | Step.TOLD_OFF:
            return _of_plan(turn, going)
        case Step.WRITE | Step.GO_ON | Step.SEND_TOLD | Step.SEND_QUIET:
            raise AssertionError("handlers/opinion_writing.py stands before")
        case other:
            assert_never(other)


def _of_plan(turn: Turn, going: Going) -> Reply:
    plan = plan_of(turn.city, going.what)
    if plan is None:
        return opinion_late.refused(turn, None, NotHere(), "")
    if going.step is Step.PLAN:
        return opinion_screen.one(turn, plan)
    wants = going.step is Step.TOLD_ON
    opinions.tell_me(turn.tx, turn.resident.id, plan.id, wants)
    return mine(turn, turn.city.say("opinion.told.is_on" if wants else "opinion.told.is_off"))


def mine(turn: Turn, first: str = "") -> Reply:
    """The resident's own opinions, the latest first; `first` is said before."""
    city = turn.city
    found = opinions.of_resident(turn.tx, turn.resident.id)[:MOST]
    onward = (to_step(city, "opinion.all", Step.LIST), words.to_a_person(city), words.to_the_menu(city))
    lead = (Plain(first),) if first else ()
    if not found:
        return Reply((*lead, Plain(city.say("opinion.mine.none"))), onward)
    cards = tuple(_card(turn, each) for each in found)
    return Reply((*lead, Cards(cards, city.say("opinion.mine.title"))), onward)


def _card(turn: Turn, opinion: Opinion) -> Card:
    city, plan = turn.city, plan_of(turn.city, opinion.plan)
    facts = (
        Fact(city.say("opinion.receipt"), receipts.shown(opinion.receipt)),
        Fact(city.say("opinion.received"), opinion_screen.say_moment(city, opinion.received_at, turn.now)),
        Fact(city.say("opinion.state.label"), city.say(f"opinion.state.{_state(turn, opinion)}")),
    )
    return Card(
        plan.name if plan else city.say("opinion.title"), opinion.words, facts, "", _acts(turn, opinion)
    )


def _state(turn: Turn, opinion: Opinion) -> str:
    if opinion.state is State.WITHDRAWN:
        return "withdrawn"
    plan, results = plan_of(turn.city, opinion.plan), opinion_results.find(turn.tx, opinion.plan)
    if results is not None and results.is_public:
        return "answered"
    return "received" if plan is not None and turn.message.sent_at < plan.closes_at else "read"


def _acts(turn: Turn, opinion: Opinion) -> tuple[Choice, ...]:
    city, plan, state = turn.city, plan_of(turn.city, opinion.plan), _state(turn, opinion)
    if plan is None or state == "withdrawn":
        return ()
    if state == "answered":
        return (Choice(city.say("opinion.results"), OpenUrl(opinion_screen.page_of(city, plan))),)
    told = opinion_screen.told(city, opinion)
    if state == "read":
        return (to_plan(city, plan), told)
    return (to_plan(city, plan), told, to_act(turn, "opinion.withdraw.button", Act.ASK_WITHDRAW, opinion.id))


# Withdrawing ---------------------------------------------------------------------------------------


def _acted(turn: Turn, button: Button) -> Reply:
    act, opinion = act_of(button), OpinionId(button.subject)
    found = opinions.own(turn.tx, turn.resident.id, opinion)
    if found is None:
        return mine(turn, turn.city.say("opinion.gone"))
    return _ask(turn, found) if act is Act.ASK_WITHDRAW else _withdraw(turn, found)


def _ask(turn: Turn, opinion: Opinion) -> Reply:
    city = turn.city
    said = city.say("opinion.withdraw.ask", receipt=receipts.shown(opinion.receipt))
    yes = to_act(turn, "opinion.withdraw.yes", Act.WITHDRAW, opinion.id)
    return Reply((Plain(said),), (yes, to_step(city, "opinion.withdraw.no", Step.KEEP)))


def _withdraw(turn: Turn, opinion: Opinion) -> Reply:
    city, plan = turn.city, plan_of(turn.city, opinion.plan)
    buttons.spend(turn.tx, turn.resident.id, turn.token, turn.now)
    done = opinions.withdraw(turn.tx, turn.resident.id, opinion.id, turn.message.sent_at, turn.now)
    if isinstance(done, Closed) and plan is not None:
        until = opinion_screen.say_until(city, plan, turn.now)
        return mine(turn, city.say("opinion.withdraw.late", until=until))
    return mine(turn, city.say("opinion.withdraw.done" if isinstance(done, Opinion) else "opinion.gone"))


# What is told unasked ------------------------------------------------------------------------------


def word(to: Asker, about: OfOpinion) -> Reply:
    """That the city has answered; silence where it is not theirs any more, or they want to hear nothing."""
    city, found = to.city, opinions.own(to.tx, to.resident.id, about.opinion)
    plan = plan_of(city, found.plan) if found else None
    if found is None or plan is None or not found.wants_to_be_told:
        return Reply(())
    summary = city.say("opinion.notice.summary")
    results = Choice(city.say("opinion.results"), OpenUrl(opinion_screen.page_of(city, plan)))
    card = Card(summary, city.say("opinion.notice.body", name=plan.name), choices=(results,))
    return Reply((Cards((card,), summary),), (words.to_the_menu(city), words.to_a_person(city)))
