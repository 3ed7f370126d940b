"""Pieces of what is said in a disaster: moments, sources, where else to look."""

from dataclasses import dataclass
from datetime import datetime

from faq.disaster import DisasterNow, Measure, What
from handlers import opening, words
from handlers.city import City
from handlers.dates import say_day, say_time
from handlers.turn import Choice, Fact, OpenUrl, Plain, Press, Reply
from nlp.japan import JAPAN
from nlp.language import Language

VERB = "disaster"
"""`disaster:AREA`, and `disaster:AREA:WHERE:FIRST` for a page of what there is."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which of the many a button leads to."""

    where: str
    """A ward, or empty."""
    first: int


def page_of(pressed: str) -> Page:
    """What the data of a button tells; the first page of all where it tells nothing."""
    _, _, where, first = (pressed.split(":") + [""] * 4)[:4]
    return Page(where, int(first) if first.isascii() and first.isdecimal() else 0)


def moment(city: City, at: datetime) -> str:
    """11月22日（日）18時: by its day, since it may be read the day after."""
    there = at.astimezone(JAPAN)
    day = say_day(city, there.date(), there.date())
    return city.say("disaster.moment", day=day, time=say_time(city, there.time()))


def named(city: City, disaster: DisasterNow) -> str:
    """What is on: in the words of the language where staff chose a usual word, else as they wrote it."""
    japanese = city.wordings[Language.JAPANESE]
    keys = japanese.keys_below("disaster.kind.")
    usual = next((key for key in keys if japanese.say(key) == disaster.what), None)
    return city.say(usual) if usual else disaster.what


def by_staff(city: City, written: str) -> str:
    """What staff wrote in Japanese, marked so where the talk is in another language; empty where they wrote nothing."""
    return city.say("disaster.by_staff", words=written) if written else ""


def source(city: City, *measures: Measure[What]) -> str:
    """Who says so and as of when, each once."""
    named = [(each.source, moment(city, each.as_of)) for each in measures]
    said = (city.say("disaster.source", source=source, moment=at) for source, at in dict.fromkeys(named))
    return "\n".join(said)


def page_fact(city: City, measure: Measure[What]) -> tuple[Fact, ...]:
    """The page of the source, where there is one."""
    if not measure.source_url:
        return ()
    return (Fact(city.say("fact.link"), city.say("fact.open_page"), measure.source_url),)


def not_known(city: City, area: str, now: datetime, choices: tuple[Choice, ...] = ()) -> Reply:
    """That nothing is known of it yet, and how to find out: nothing is guessed."""
    here = city.say(f"disaster.none.{area}", moment=moment(city, now))
    how = city.say("disaster.find_out", page=city.profile.url, now=opening.centre_now(city, now))
    return Reply((Plain(f"{here}\n\n{how}"),), (*choices, *elsewhere(city), *onward(city)))


def elsewhere(city: City) -> tuple[Choice, ...]:
    """The city's own page and the call centre."""
    page = Choice(city.say("disaster.page"), OpenUrl(city.profile.url))
    return (page, words.call(city, city.profile.call_centre.telephone))


def onward(city: City) -> tuple[Choice, ...]:
    return (words.to_a_person(city), words.to_the_menu(city))


def more(city: City, area: str, where: str, first: int) -> Choice:
    """The next page."""
    label = city.say("near.more")
    return Choice(label, Press(f"{VERB}:{area}:{where}:{first}", label))
