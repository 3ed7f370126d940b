"""What a case is about, in the language of who asked: it is kept in Japanese, for the staff who read it."""

from faq.models import EntryId
from handlers import names
from handlers.city import City
from handlers.question import named


def shown(city: City, subject: str, entry: str) -> str:
    """The question of the entry, or the name of a procedure, consultation or office; their own words as they wrote
    them.
    """
    found = city.knowledge.entry(EntryId(entry)) if entry else None
    if found and found.question == subject:
        return named(city, found)
    ordinary = [each.name for each in city.procedures] + [each.name for each in city.schedule.programmes]
    office = next((each for each in city.directory.offices if each.name == subject), None)
    if office:
        return names.office(city, office)
    return names.shown(city, subject) if subject in ordinary else subject
