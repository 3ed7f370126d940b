"""What is public in a city, as the search for personal data takes it."""

from collections.abc import Iterable
from itertools import chain

from faq.offices import Directory
from nlp.mentions import Everybodys


def everybodys(public: Iterable[str], directory: Directory) -> Everybodys:
    """Its numbers and addresses, and the names of its offices and shelters."""
    names = chain.from_iterable((office.name, *office.aliases) for office in directory.offices)
    shelters = (shelter.name for shelter in directory.shelters)
    return Everybodys(frozenset(public), frozenset(filter(None, chain(names, shelters))))
