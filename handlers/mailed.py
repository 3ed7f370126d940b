"""The bubble of a mailing: what is said, about what, by whom and when, and the way to hear of it no more.

All who get it in one language get the same, so its buttons name the mailing, and who presses them is known by LINE.
"""

from datetime import date

from handlers import names, words
from handlers.city import City
from handlers.dates import say_date
from handlers.turn import Card, Choice, Fact, OpenUrl
from nlp.language import Language
from store.mailings import MailingDraft, Words

HELPED, OFF = "mailing:helped:", "mailing:off:"
"""What the buttons send, before the name of the mailing."""


def card(city: City, what: MailingDraft, unit: str, day: date) -> Card:
    """In the language of the city as it speaks here; `unit` names the mailing, `day` is when it is sent."""
    said, language = words_for(what, city.language)
    topics = [topic.called(city.language) for topic in city.topics if topic.id in what.topics]
    facts = [Fact(city.say("mailing.topics"), city.listed(topics, "names"))] if topics else []
    if what.wards:
        facts.append(
            Fact(
                city.say("mailing.wards"),
                city.listed([names.shown(city, ward) for ward in what.wards], "names"),
            )
        )
    return Card(
        said.title,
        said.text
        if _is_read(language, city.language)
        else f"{city.say('mailing.japanese_only')}\n\n{said.text}",
        tuple(facts),
        city.say("mailing.source", section=_section(city, what), day=say_date(city, day)),
        tuple(_choices(city, what, unit)),
    )


def words_for(what: MailingDraft, language: Language) -> tuple[Words, Language]:
    """What is said to who speaks a language, and in which it is: theirs, else the plain Japanese, else the Japanese."""
    wanted = (language, *(() if language is Language.JAPANESE else (Language.EASY,)), Language.JAPANESE)
    found = next(each for each in wanted if each in what.words)
    return what.words[found], found


def _is_read(language: Language, by: Language) -> bool:
    return language is by or by.is_japanese


def _section(city: City, what: MailingDraft) -> str:
    named = (names.section(city, section) for section in city.sections if section.id == what.section)
    return next(named, None) or names.shown(city, city.profile.name)


def _choices(city: City, what: MailingDraft, unit: str) -> list[Choice]:
    more = [Choice(city.say("mailing.more"), OpenUrl(what.link))] if what.link else []
    # Nobody is asked how they liked it while a disaster lasts.
    helped = [words.press(city, "mailing.helped", HELPED + unit)] if city.disaster is None else []
    return [*more, *helped, words.press(city, "mailing.off", OFF + unit)]
