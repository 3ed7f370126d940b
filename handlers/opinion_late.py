"""What is said when an opinion comes too late: at once, kindly, and with the words, so that nothing is lost."""

from typing import assert_never

from faq.plans import Plan
from handlers import words
from handlers.dates import say_day
from handlers.opinion_screen import page_of, say_until
from handlers.opinion_verbs import Step, to_step
from handlers.turn import Choice, OpenUrl, Part, Plain, Reply, Turn
from nlp.japan import today
from store.opinions import Closed, NeedsName, NotHere, NotYet, Refusal, TooMany


def refused(turn: Turn, plan: Plan | None, refusal: Refusal, written: str) -> Reply:
    """Why it was not taken; what was written is shown again, with the other ways that the city names."""
    city = turn.city
    parts: list[Part] = [Plain(_why(turn, plan, refusal))]
    if written:
        parts.append(Plain(city.say("opinion.late.words", words=written)))
    page = (Choice(city.say("opinion.look"), OpenUrl(page_of(city, plan))),) if plan else ()
    back = to_step(city, "opinion.all", Step.LIST)
    return Reply(tuple(parts), (back, *page, words.to_a_person(city), words.to_the_menu(city)))


def _why(turn: Turn, plan: Plan | None, refusal: Refusal) -> str:
    city, now = turn.city, turn.now
    match refusal:
        case Closed() if plan is not None:
            sorry = city.say("opinion.late.sorry", name=plan.name, until=say_until(city, plan, now))
            ways = city.say("opinion.late.ways", ways=plan.ways) if plan.ways else ""
            return "\n".join(filter(None, (sorry, ways, city.say("opinion.late.always"))))
        case NotYet() if plan is not None:
            return city.say("opinion.not_yet", day=say_day(city, plan.opens, today(now)))
        case NeedsName():
            return city.say("opinion.name_needed")
        case TooMany(most):
            return city.say("opinion.too_many", most=most)
        case Closed() | NotYet() | NotHere():
            return city.say("opinion.gone")
        case _:
            assert_never(refusal)
