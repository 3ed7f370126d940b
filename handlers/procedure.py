"""Where something is done, and whether one office does it."""

from typing import assert_never

from faq.counters import Procedure
from faq.models import Office, OfficeId, Place, Tone
from faq.procedures import Done, done, instead_of, offices_for, section_for
from faq.towns import Area
from handlers import names, procedure_hours, procedure_near, several, unclear, words
from handlers.city import City
from handlers.office_card import One, card
from handlers.procedure_talk import VERB, Wanted, about, wanted
from handlers.turn import AskLocation, Card, Choice, Part, Plain, Press, Reply, Turn


def matches(turn: Turn) -> bool:
    return wanted(turn) is not None


def handle(turn: Turn) -> Reply:
    asked = wanted(turn)
    assert asked is not None
    heard, procedure = turn.heard, asked.procedure
    if heard.when.unclear:
        return unclear.ask_back(
            turn.city,
            names.shown(turn.city, procedure.name),
            heard.when.unclear[0],
            about(procedure, asked.office),
        )
    if asked.office:
        return _at(turn, procedure, asked.office)
    able = offices_for(procedure, offices(turn.city), heard.ward)
    if asked.near is not None:
        return _near(turn, asked, asked.near)
    if heard.ward and able:
        return _yes(turn, procedure, able)
    return _everywhere(turn, procedure)


def _near(turn: Turn, asked: Wanted, near: Area | Place) -> Reply:
    able = offices_for(asked.procedure, offices(turn.city))
    reply = procedure_near.answer(turn, asked.procedure, able, near)
    return reply if reply else _everywhere(turn, asked.procedure)


def _everywhere(turn: Turn, procedure: Procedure) -> Reply:
    """The kinds of office that do it, their hours where a day is asked, and a button for each ward."""
    city = turn.city
    able = offices_for(procedure, offices(city))
    wards = _ward_choices(turn, procedure, able)
    hours = procedure_hours.say(turn, procedure, able)
    body = [
        _of_kinds(turn, procedure),
        *hours.lines,
        _done_at(city, procedure),
        procedure.condition,
        city.say("procedure.which_ward") if wards else "",
    ]
    sources = words.sources(city, *hours.sources, ("source.of_procedure", procedure.provenance))
    text = "\n".join(filter(None, body))
    made = Card(
        names.shown(city, procedure.name),
        text,
        footnote=sources,
        choices=(*wards, *_details(city, procedure)),
    )
    location = (Choice(city.say("button.location"), AskLocation()),) if wards else ()
    onward = (*location, *_onward(city))
    return Reply((*_condolence(city, procedure), made), onward, about(procedure, None))


def _of_kinds(turn: Turn, procedure: Procedure) -> str:
    """That offices of the kind asked about do not do it, where none of them does."""
    city, kinds = turn.city, turn.heard.kinds
    of_kind = city.directory.of_kinds(kinds)
    if not of_kind or any(done(procedure, office) is not Done.NO for office in of_kind):
        return ""
    name = several.kinds_shown(city, kinds)
    said = city.say("procedure.no", procedure=names.short(city, procedure.name), office=name)
    return city.listed((said, procedure.why_not), "sentences")


def _condolence(city: City, procedure: Procedure) -> tuple[Plain, ...]:
    """Who asks where to report a death is spoken to as such."""
    entry = city.knowledge.entry(procedure.faq) if procedure.faq else None
    solemn = entry is not None and entry.tone is Tone.SOLEMN
    return (Plain(city.say("answer.condolence")),) if solemn else ()


def _done_at(city: City, procedure: Procedure) -> str:
    """The kinds as they are called, single offices by name."""
    if not procedure.done_at:
        return city.say("procedure.elsewhere")
    known = {office.id: names.office(city, office) for office in city.directory.offices}
    places = [known.get(OfficeId(place)) or names.shown(city, place) for place in procedure.done_at]
    return city.say(
        "procedure.done_at", procedure=names.short(city, procedure.name), places=city.listed(places, "names")
    )


def offices(city: City) -> tuple[Office, ...]:
    """The counters first: the ward office before the head office in the same building."""
    counters = city.directory.counters
    return (*counters, *(office for office in city.directory.offices if office not in counters))


def _ward_choices(turn: Turn, procedure: Procedure, able: tuple[Office, ...]) -> tuple[Choice, ...]:
    """The first office of each ward that does it, or each office; the day asked about is asked again."""
    city, wards = turn.city, turn.city.profile.wards
    first = {ward: next((each for each in able if each.ward == ward), None) for ward in wards}
    named = first if wards else {office.name: office for office in able[:MOST_OFFICES]}
    days = " ".join(when.text for when in turn.heard.when.whens)
    if len(able) < 2:
        return ()
    return tuple(
        words.saying(city, label, f"{office.name} {procedure.name} {days}")
        if days
        else Choice(label, Press(f"{VERB}:{procedure.id}:{office.id}", label))
        for label, office in ((names.short(city, name), office) for name, office in named.items())
        if office
    )


MOST_OFFICES = 8
"""Buttons in one card."""


def _at(turn: Turn, procedure: Procedure, office: Office) -> Reply:
    city, named, shown = turn.city, names.short(turn.city, procedure.name), names.office(turn.city, office)
    match done(procedure, office):
        case Done.YES:
            return _yes(turn, procedure, (office,))
        case Done.NO:
            said = city.say("procedure.no", procedure=named, office=shown)
            said = city.listed((said, procedure.why_not), "sentences")
            return _instead(turn, procedure, office, said, "procedure.instead")
        case Done.UNKNOWN:
            said = city.say("procedure.unknown", procedure=named, office=shown)
            return _instead(turn, procedure, office, said, "procedure.sure")
        case other:
            assert_never(other)


def _yes(turn: Turn, procedure: Procedure, able: tuple[Office, ...]) -> Reply:
    """The first of the offices; the others of the ward by name."""
    city, named = turn.city, names.short(turn.city, procedure.name)
    one = One(able[0], section_for(procedure, able[0], city.sections))
    key = "procedure.at" if turn.heard.when.whens else "procedure.yes"
    others = city.listed((names.office(city, office) for office in able[1:]), "names")
    body = [
        city.say(key, procedure=named, office=names.counter(city, one.office, one.section)),
        city.say("procedure.also_in_ward", ward=names.short(city, able[0].ward), places=others)
        if others
        else "",
        procedure.condition,
    ]
    made = card(turn, one, "\n".join(filter(None, body)), procedure.provenance)
    choices = (*_details(city, procedure), *_onward(city))
    return Reply((*_condolence(city, procedure), made), choices, about(procedure, able[0]))


def _instead(turn: Turn, procedure: Procedure, office: Office, said: str, key: str) -> Reply:
    """It is not done there, or nobody knows: where it is."""
    city, named = turn.city, names.short(turn.city, procedure.name)
    other = instead_of(office, procedure, offices(city))
    choices = (*_details(city, procedure), *_onward(city))
    if other is None:
        return Reply((Plain(f"{said}\n{city.say('procedure.elsewhere')}"),), choices)
    one = One(other, section_for(procedure, other, city.sections))
    body = procedure.condition or city.say(
        "procedure.at", procedure=named, office=names.counter(city, one.office, one.section)
    )
    parts: tuple[Part, ...] = (
        *_condolence(city, procedure),
        Plain(_next_door(city, procedure, office, other) or f"{said}\n{city.say(key)}"),
        card(turn, one, body, procedure.provenance),
    )
    return Reply(parts, choices, about(procedure, other))


def _next_door(city: City, procedure: Procedure, office: Office, other: Office) -> str:
    """Who asks at the head office is not sent away from the building."""
    if not office.address or office.address != other.address:
        return ""
    return city.say(
        "procedure.same_building",
        procedure=names.short(city, procedure.name),
        office=names.office(city, office),
        other=names.office(city, other),
    )


def _details(city: City, procedure: Procedure) -> tuple[Choice, ...]:
    """What to bring, where an entry says it."""
    entry = city.knowledge.entry(procedure.faq) if procedure.faq else None
    return (words.saying(city, city.say("procedure.details"), entry.question),) if entry else ()


def _onward(city: City) -> tuple[Choice, ...]:
    return (words.to_a_person(city), words.to_the_menu(city))
