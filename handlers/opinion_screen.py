"""How drafts on which the city asks for opinions are shown: what is open, until when, and how to send an opinion."""

from datetime import datetime, timedelta
from typing import Final

from faq.plans import Phase, Plan
from handlers import opinion_draft, words
from handlers.booking_verbs import Asker
from handlers.case_promise import section_name
from handlers.city import City
from handlers.dates import say_day, say_time
from handlers.opinion_verbs import Step, to_plan, to_step
from handlers.turn import Card, Cards, Choice, Fact, OpenUrl, Part, Plain, Reply, Turn
from nlp.japan import JAPAN, today
from store import links, opinion_results, opinions
from store.conversations import IDLE, Conversation
from store.links import OPINION_FORM_LIFE, Purpose
from store.opinions import Opinion

MOST: Final = 10
"""Cards side by side."""
LATELY: Final = timedelta(days=365)
"""So long after the close a plan is still told of, where nothing is open."""
PAST: Final = 3


def show(turn: Turn) -> Reply:
    """What is open now; where nothing is, what is coming and how the last ones ended."""
    city = turn.city
    now = turn.message.sent_at
    open_now = [each for each in reversed(city.plans) if each.phase(now) is Phase.OPEN][:MOST]
    said = [_heading(city, len(open_now)), *_coming(city, now)]
    if not open_now:
        said += _over(turn, now)
    parts: tuple[Part, ...] = (Plain("\n".join(said)),)
    if open_now:
        parts += (Cards(tuple(_short(turn, each) for each in open_now), city.say("opinion.title")),)
    return Reply(parts, choices(turn), _left(turn))


def choices(turn: Turn) -> tuple[Choice, ...]:
    """What can be done beside the cards."""
    city = turn.city
    go_on = (to_step(city, "opinion.go_on", Step.GO_ON),) if _is_begun(turn) else ()
    sent = opinions.of_resident(turn.tx, turn.resident.id)
    mine = (to_step(city, "opinion.mine.button", Step.MINE),) if sent else ()
    return (*go_on, *mine, words.to_voices(city), words.to_a_person(city), words.to_the_menu(city))


def _is_begun(turn: Turn) -> bool:
    return opinion_draft.of_conversation(turn.conversation) is not None


def _left(turn: Turn) -> Conversation:
    """An opinion that was begun stays; any other talk is over."""
    return turn.conversation if _is_begun(turn) else IDLE


def _heading(city: City, count: int) -> str:
    said = city.say("opinion.open_now", count=count) if count else city.say("opinion.nothing_open")
    return "\n".join((city.say("opinion.about"), said))


def _coming(city: City, now: datetime) -> list[str]:
    return [
        city.say("opinion.coming", name=each.name, day=say_day(city, each.opens, today(now)))
        for each in reversed(city.plans)
        if each.phase(now) is Phase.COMING
    ][:PAST]


def _over(turn: Turn, now: datetime) -> list[str]:
    """Those that closed lately, with where the results are or when they come."""
    city = turn.city
    return [
        city.say(
            "opinion.over",
            name=each.name,
            day=say_day(city, each.last, today(now)),
            result=say_result(turn, each),
        )
        for each in city.plans
        if each.phase(now) is Phase.CLOSED and now - each.closes_at < LATELY
    ][:PAST]


def say_result(asker: Asker, plan: Plan) -> str:
    """Where the results are, or when they come."""
    city, at = asker.city, results_url(asker, plan)
    if at:
        return "\n".join((city.say("opinion.result.out"), at))
    if plan.results_on is not None and plan.results_on >= today(asker.now):
        day = say_day(city, plan.results_on, today(asker.now))
        return city.say("opinion.result.expected", day=day)
    return city.say("opinion.result.unknown")


def results_url(asker: Asker, plan: Plan) -> str:
    """The address of the results; empty where there are none."""
    found = opinion_results.find(asker.tx, plan.id)
    return page_of(asker.city, plan) if found is not None and found.is_public else plan.results_at


def page_of(city: City, plan: Plan) -> str:
    """The address of the plan's public page."""
    return f"{city.pages_url}/plans/{plan.id}"


def say_until(city: City, plan: Plan, now: datetime) -> str:
    """The close, to the minute: 11月30日（月） 17時まで."""
    day = say_day(city, plan.last, today(now))
    if plan.until is None:
        return city.say("opinion.until_day", day=day)
    return city.say("opinion.until_time", day=day, time=say_time(city, plan.until))


def say_left(city: City, plan: Plan, now: datetime) -> str:
    """How long is left, never more than there is."""
    minutes = int((plan.closes_at - now).total_seconds()) // 60
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return city.say("opinion.left.days", days=days, hours=hours % 24)
    if hours:
        return city.say("opinion.left.hours", hours=hours, minutes=minutes % 60)
    return city.say("opinion.left.soon", minutes=minutes)


def say_moment(city: City, at: datetime, now: datetime) -> str:
    """A day with its time."""
    local = at.astimezone(JAPAN)
    return city.say(
        "when.moment", day=say_day(city, local.date(), today(now)), time=say_time(city, local.time())
    )


def _short(turn: Turn, plan: Plan) -> Card:
    city, now = turn.city, turn.message.sent_at
    facts = (
        Fact(city.say("opinion.closes"), say_until(city, plan, now)),
        Fact(city.say("opinion.left.label"), say_left(city, plan, now)),
    )
    return Card(plan.name, plan.summary, facts, choices=(to_plan(city, plan), *_writing(turn, plan)))


def one(turn: Turn, plan: Plan) -> Reply:
    """One plan with all that is known of it."""
    city, now = turn.city, turn.message.sent_at
    phase = plan.phase(now)
    notes = [plan.summary, "" if city.language.is_japanese else city.say("opinion.japanese_only")]
    match phase:
        case Phase.COMING:
            notes.append(city.say("opinion.not_yet", day=say_day(city, plan.opens, today(now))))
        case Phase.CLOSED:
            over = city.say("opinion.late.over", name=plan.name, until=say_until(city, plan, now))
            notes += [over, say_result(turn, plan)]
        case Phase.OPEN if not plan.here:
            notes.append(city.say("opinion.not_here"))
        case Phase.OPEN if plan.asks_name:
            notes.append(city.say("opinion.name_needed"))
        case _:
            pass
    body = "\n".join(filter(None, notes))
    footnote = words.source_line(city, plan.provenance)
    card = Card(plan.name, body, _facts(turn, plan), footnote, (*_writing(turn, plan), *_reading(turn, plan)))
    back = to_step(city, "opinion.all", Step.LIST)
    return Reply((card,), (back, *choices(turn)), _left(turn))


def _facts(turn: Turn, plan: Plan) -> tuple[Fact, ...]:
    city, now = turn.city, turn.message.sent_at
    is_open = plan.phase(now) is Phase.OPEN
    ways = "opinion.ways_besides" if plan.here else "opinion.ways"
    facts = (
        Fact(city.say("opinion.closes"), say_until(city, plan, now)),
        Fact(city.say("opinion.left.label"), say_left(city, plan, now) if is_open else ""),
        Fact(city.say("opinion.whom"), plan.whom),
        Fact(city.say(ways), plan.ways),
        Fact(city.say("case.section"), section_name(city, plan.section) if plan.section else ""),
    )
    return tuple(each for each in facts if each.value)


def _writing(turn: Turn, plan: Plan) -> tuple[Choice, ...]:
    """The ways to write here: in the talk, and on the page by a link of one's own."""
    if not plan.takes(turn.message.sent_at):
        return ()
    here = () if plan.asks_name else (to_step(turn.city, "opinion.write", Step.WRITE, plan.id),)
    return (*here, form(turn, plan))


def told(city: City, opinion: Opinion) -> Choice:
    """To be told of the results after all, or not to be."""
    key, step = ("off", Step.TOLD_OFF) if opinion.wants_to_be_told else ("on", Step.TOLD_ON)
    return to_step(city, f"opinion.told.{key}", step, opinion.plan)


def form(asker: Asker, plan: Plan) -> Choice:
    """The page on which a longer opinion is written, by a link of its own."""
    token = links.mint(asker.tx, Purpose.OPINION_FORM, asker.resident.id, 0, OPINION_FORM_LIFE, asker.now)
    return Choice(asker.city.say("opinion.form"), OpenUrl(f"{asker.city.pages_url}/o/{plan.id}/{token}"))


def _reading(turn: Turn, plan: Plan) -> tuple[Choice, ...]:
    city, at = turn.city, results_url(turn, plan)
    results = (Choice(city.say("opinion.results"), OpenUrl(at)),) if at else ()
    documents = (Choice(city.say("opinion.documents"), OpenUrl(plan.documents)),) if plan.documents else ()
    return (*results, *documents)
