"""Names of offices, sections, wards, shelters and services, as the resident's language shows them.

English, Vietnamese and Korean say the name and the Japanese in brackets, which is what stands on the door; Chinese
reads the Japanese characters; やさしい日本語 adds how they are read.
"""

import re
from typing import Final

from faq.counters import Section
from faq.models import Office
from handlers.city import City
from nlp.language import Language
from nlp.readings import reading
from nlp.token_filters import hiragana

_SEVERAL: Final = re.compile(r"[・、]")


def office(city: City, one: Office) -> str:
    """Higashi Ward Office（東区役所）."""
    return shown(city, one.name, one.kana, one.english)


def section(city: City, one: Section) -> str:
    """Residents' Affairs Section（区民課）."""
    return shown(city, one.name, one.kana)


def counter(city: City, of: Office, one: Section | None) -> str:
    """An office, or a section of it: Higashi Ward Office Welfare Section（東区役所 福祉課）."""
    if one is None or one.name in of.name:
        return office(city, of)
    name, said = f"{of.name} {one.name}", f"{short_office(city, of)} {short(city, one.name, one.kana)}"
    if city.language is Language.EASY:
        return f"{office(city, of)} {section(city, one)}"
    return name if said == name else city.say("names.both", said=said, name=name)


def short_office(city: City, one: Office) -> str:
    """Higashi Ward Office, for the label of a button."""
    return short(city, one.name, one.kana, one.english)


def shown(city: City, name: str, kana: str = "", english: str = "") -> str:
    """Any other name that is made of ordinary words: of a ward, a programme, a procedure."""
    if city.language is Language.EASY:
        return _with_reading(city, name, kana)
    said = short(city, name, kana, english)
    return name if said == name else city.say("names.both", said=said, name=name)


def place(city: City, name: str) -> str:
    """The name of a part of the city or of what is named after one, a school or a shelter: read as the city's list of
    readings has it, and never as a dictionary guesses.
    """
    if city.language is not Language.EASY:
        return shown(city, name)
    endings = {ending for ending, _ in city.foreign_names.endings}
    known = all(
        each.ruby or each.text in endings or city.readings.of(each.text)
        for each in city.readings.segments(name)
    )
    return _with_reading(city, name, "") if known else name


def short(city: City, name: str, kana: str = "", english: str = "") -> str:
    """The same without the Japanese, for the label of a button: twenty letters are all that is seen of it."""
    return city.foreign_names.say(name, city.language, city.readings, kana, english)


def several(city: City, names: str) -> str:
    """Names one after the other, as an entry has its sections: 区役所 区民課・総合出張所. Each is said on its own."""
    groups = [group for group in _SEVERAL.split(names) if group]
    said = [" ".join(short(city, name) for name in group.split(" ")) for group in groups]
    return names if said == groups else city.say("names.both", said=", ".join(said), name=names)


def _with_reading(city: City, name: str, kana: str) -> str:
    """東区役所（ひがしくやくしょ）; a name in kana needs no reading."""
    heard = kana or "".join(piece.ruby or reading(piece.text) for piece in city.readings.segments(name))
    read = hiragana(heard)
    return name if read == hiragana(name) else city.say("names.with_reading", name=name, reading=read)
