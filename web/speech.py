"""In which language a page for residents speaks, and its sentences: those of the talk's catalogues, below `page`.

As was chosen on the page; else as the resident whose link it is speaks in the talk; else, where nobody knows who opens
it, as the browser asks. Pages of staff speak Japanese.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

import flask
from werkzeug.exceptions import RequestEntityTooLarge

from faq.retention import Rule
from faq.working_hours import part_of_day
from nlp.holidays import is_holiday
from nlp.japan import JAPAN
from nlp.language import Language
from store import residents
from store.db import Tx
from store.residents import ResidentId
from web.site import site

PAGES: Final = (
    *("booking_form", "booking_receipt", "case_form", "case_answer", "my_data"),
    *("collaboration_form", "collaborations_public"),
    "published_voices",
    *("voice_figures", "hearings"),
    *("voice_form", "voice_state"),
    *("plans", "opinion_form"),
)
"""The blueprints whose pages residents open."""
_TRADITIONAL: Final = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def hear(tx: Tx, resident: ResidentId | None) -> None:
    """From now on this request's page speaks as the resident does, where the talk has learnt it."""
    known = residents.find(tx, resident) if resident is not None else None
    flask.g.spoken = known.language if known else None


def language() -> Language:
    """Of this page."""
    if not is_residents():
        return Language.JAPANESE
    wanted = (chosen(), flask.g.get("spoken"), *_of_browser())
    return next((each for each in wanted if each in site().wordings), Language.JAPANESE)


def is_residents() -> bool:
    """Whether this is a page that residents open, or an address at which there is nothing, of whomever."""
    return flask.request.blueprint in PAGES or flask.request.url_rule is None


def chosen() -> Language | None:
    """What was chosen on the page itself: by a button of its form, or by a link, which its address carries on."""
    word = _pressed() or flask.request.args.get("lang", "")
    return Language(word) if word in list(Language) else None


def is_switched() -> bool:
    """Whether a form was sent only to be shown in another language."""
    return "speak" in flask.request.form


def tell(key: str, **values: object) -> str:
    """A sentence of the page's language; the city's and the call centre's names may be used in any."""
    profile = site().profile
    centre = profile.call_centre
    named = {"city": profile.name, "centre": centre.name, "telephone": centre.telephone}
    return site().wordings[language()].say(key, **(named | values))


def tell_day(day: date | datetime) -> str:
    """With its year and weekday; of a moment (aware) the day that it is in Japan."""
    if isinstance(day, datetime):
        day = day.astimezone(JAPAN).date()
    weekday = tell(f"when.weekday.{_WEEKDAYS[day.weekday()]}")
    if is_holiday(day):
        weekday = tell("when.holiday", weekday=weekday)
    month = tell(f"when.month.{_MONTHS[day.month - 1]}")
    return tell("when.day_in_year", year=day.year, month=month, day=day.day, weekday=weekday)


def tell_clock(at: datetime) -> str:
    """Of an aware moment the time that it is in Japan."""
    local = at.astimezone(JAPAN)
    return tell("when.minutes" if local.minute else "when.hours", hour=local.hour, minute=local.minute)


def tell_moment(at: datetime) -> str:
    return f"{tell_day(at)} {tell_clock(at)}"


def tell_promised_part(promised_at: datetime) -> str:
    """By when somebody telephones, as the talk promised it: in the morning of that day."""
    return tell(f"page.case_form.promised.{part_of_day(promised_at)}", day=tell_day(promised_at))


def tell_after(rule: Rule, name: str) -> str:
    """From when on the days of a rule are counted; `name` is that of its purpose or trace."""
    return rule.after if language().is_japanese else tell(f"my_data.after.{name}")


def languages() -> tuple[tuple[Language, str], ...]:
    """Those that a page can be shown in, each in its own words."""
    return tuple((each, each.own_name) for each in Language if each in site().wordings)


def _pressed() -> str:
    try:
        return flask.request.form.get("speak", "")
    except RequestEntityTooLarge:  # the page that tells so has a language too
        return ""


def _of_browser() -> Iterator[Language]:
    for tag, _ in flask.request.accept_languages:
        small = tag.lower()
        if small.startswith(_TRADITIONAL):
            yield Language.TRADITIONAL_CHINESE
        elif small.startswith("zh"):
            yield Language.SIMPLIFIED_CHINESE
        elif small.split("-")[0] in list(Language):
            yield Language(small.split("-")[0])


IN_TEMPLATES: Final = {
    "tell": tell,
    "tell_after": tell_after,
    "page_language": language,
    "chosen_language": chosen,
    "languages": languages,
}
"""What every template may call."""
FILTERS: Final = {each.__name__: each for each in (tell_day, tell_clock, tell_moment, tell_promised_part)}
