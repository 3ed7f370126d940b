"""An opinion is written in the talk: what comes is added, shown once as a whole, and sent when the resident says so.

What decides whether it is in time is LINE's own moment of the press by which it is sent.
"""

from dataclasses import replace

from faq.plans import Phase, Plan
from handlers import my_data, opinion_draft, opinion_late, opinion_screen, words
from handlers.opinion_draft import OpinionDraft
from handlers.opinion_draft import Step as Stand
from handlers.opinion_verbs import Step, plan_of, read_step, to_step
from handlers.turn import Card, Fact, Plain, Reply, Turn
from store import opinions, receipts
from store.audit import ByResident
from store.opinions import LONGEST, Closed, Opinion, Way

_LEAVES = ("words.stop", "words.menu", "words.help")
_OURS = (Step.WRITE, Step.GO_ON, Step.SEND_TOLD, Step.SEND_QUIET)


def matches(turn: Turn) -> bool:
    """A button of a draft, or whatever is written while one is open, but for the ways out."""
    going = read_step(turn.pressed)
    if going is not None:
        return going.step in _OURS
    draft = opinion_draft.of_conversation(turn.conversation)
    if draft is None or not turn.text or any(turn.says(group) for group in _LEAVES):
        return False
    if my_data.is_asked_for(turn):
        return False
    return draft.step is Stand.WRITING or turn.says("words.opinion_go_on")


def handle(turn: Turn) -> Reply:
    draft = opinion_draft.of_conversation(turn.conversation)
    going = read_step(turn.pressed)
    if going is not None and going.step is Step.WRITE:
        return _begin(turn, plan_of(turn.city, going.what))
    if draft is None or (going is not None and going.step is not Step.GO_ON and going.what != draft.once):
        return _gone(turn)
    plan = plan_of(turn.city, draft.plan)
    if plan is None:
        return opinion_late.refused(turn, None, opinions.NotHere(), draft.words)
    if going is None and draft.step is Stand.WRITING:
        return _typed(turn, plan, draft)
    if going is None or going.step is Step.GO_ON:
        return _go_on(turn, plan, replace(draft, step=Stand.WRITING))
    return _send(turn, plan, draft, told=going.step is Step.SEND_TOLD)


def _begin(turn: Turn, plan: Plan | None) -> Reply:
    refusal = opinions.refused(plan, ByResident(turn.resident.id), turn.message.sent_at, has_name=False)
    if plan is None or refusal is not None:
        return opinion_late.refused(turn, plan, refusal or opinions.NotHere(), "")
    return _ask(turn, plan, opinion_draft.begun(plan.id))


def _ask(turn: Turn, plan: Plan, draft: OpinionDraft) -> Reply:
    until = opinion_screen.say_until(turn.city, plan, turn.now)
    said = Plain(turn.city.say("opinion.ask", name=plan.name, until=until))
    return Reply((said,), (words.press(turn.city, "booking.stop", "stop"),), draft.as_conversation())


def _go_on(turn: Turn, plan: Plan, draft: OpinionDraft) -> Reply:
    if plan.phase(turn.message.sent_at) is Phase.CLOSED:
        return opinion_late.refused(turn, plan, Closed(plan.closes_at), draft.words)
    return _check(turn, plan, draft) if draft.words else _ask(turn, plan, draft)


def _typed(turn: Turn, plan: Plan, draft: OpinionDraft) -> Reply:
    if draft.words and turn.says("words.case_send"):
        return _send(turn, plan, draft, told=False)
    added = "\n".join(filter(None, (draft.words, turn.text.strip())))
    if plan.phase(turn.message.sent_at) is Phase.CLOSED:
        return opinion_late.refused(turn, plan, Closed(plan.closes_at), added)
    if len(added) > LONGEST:
        return _too_long(turn, plan, draft)
    return _check(turn, plan, replace(draft, words=added))


def _too_long(turn: Turn, plan: Plan, draft: OpinionDraft) -> Reply:
    said = Plain(turn.city.say("opinion.too_long", most=LONGEST))
    asked = _check(turn, plan, draft) if draft.words else _ask(turn, plan, draft)
    choices = (opinion_screen.form(turn, plan), *asked.choices)
    return replace(asked, parts=(said, *asked.parts), choices=choices)


def _check(turn: Turn, plan: Plan, draft: OpinionDraft) -> Reply:
    """All of it once more, before anything is sent."""
    city = turn.city
    facts = (
        Fact(city.say("opinion.plan"), plan.name),
        Fact(city.say("opinion.closes"), opinion_screen.say_until(city, plan, turn.now)),
        Fact(city.say("opinion.left.label"), opinion_screen.say_left(city, plan, turn.message.sent_at)),
    )
    buttons = (
        to_step(city, "opinion.send_told", Step.SEND_TOLD, draft.once),
        to_step(city, "opinion.send_quiet", Step.SEND_QUIET, draft.once),
    )
    card = Card(city.say("opinion.check.title"), city.say("opinion.check.body"), facts, choices=buttons)
    shown = Plain(f"{city.say('opinion.words')}\n{draft.words}")
    leave = words.press(city, "booking.stop", "stop")
    return Reply((shown, card), (*buttons, leave), draft.as_conversation())


def _send(turn: Turn, plan: Plan, draft: OpinionDraft, *, told: bool) -> Reply:
    if not draft.words:
        return _ask(turn, plan, draft)
    sent = opinions.OpinionDraft(draft.once, draft.plan, draft.words, Way.LINE, told)
    by = ByResident(turn.resident.id)
    made = opinions.send(turn.tx, sent, by, turn.message.sent_at, turn.now)
    if isinstance(made, Opinion):
        return received(turn, plan, made)
    return opinion_late.refused(turn, plan, made, draft.words)


def received(turn: Turn, plan: Plan, opinion: Opinion) -> Reply:
    """The receipt, and what can be done from now on."""
    city = turn.city
    until = opinion_screen.say_until(city, plan, turn.now)
    body = (
        city.say("opinion.sent.told" if opinion.wants_to_be_told else "opinion.sent.quiet"),
        city.say("opinion.sent.until", until=until),
    )
    facts = (
        Fact(city.say("opinion.receipt"), receipts.shown(opinion.receipt)),
        Fact(city.say("opinion.plan"), plan.name),
        Fact(city.say("opinion.received"), opinion_screen.say_moment(city, opinion.received_at, turn.now)),
    )
    mine = to_step(city, "opinion.mine.button", Step.MINE)
    card = Card(city.say("opinion.sent.title"), "\n".join(body), facts)
    return Reply((card,), (mine, opinion_screen.told(city, opinion), words.to_the_menu(city)))


def _gone(turn: Turn) -> Reply:
    """A button of a draft that is not open any more: what it sent is shown."""
    city = turn.city
    back = to_step(city, "opinion.all", Step.LIST)
    mine = to_step(city, "opinion.mine.button", Step.MINE)
    return Reply(
        (Plain(city.say("opinion.not_open")),), (mine, back, words.to_the_menu(city)), turn.conversation
    )
