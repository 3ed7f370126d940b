"""Where something is done, and whether one office does it."""

from typing import assert_never

from faq.counters import Procedure
from faq.models import Office, OfficeId, Tone
from faq.procedures import Done, done, instead_of, offices_for, section_for
from handlers import words
from handlers.city import City
from handlers.heard import nothing_else
from handlers.office_card import One, about, card
from handlers.turn import Card, Choice, Part, Plain, Press, Reply, Say, Turn

_VERB = "at"
"""`at:PROCEDURE:OFFICE`: a procedure at one office."""


def matches(turn: Turn) -> bool:
    return _pressed(turn) is not None or _asked(turn)


def _asked(turn: Turn) -> bool:
    """A procedure, with where or at which office, and nothing else: 住民票はどこ, パスポートは東区で取れる."""
    heard = turn.heard
    if heard.procedure is None or heard.programmes:
        return False
    placed = heard.office or heard.ward or heard.kind or turn.mentions("words.which_counter")
    return bool(placed) and nothing_else(turn.city, heard, "words.doing", "words.office", "words.where")


def _pressed(turn: Turn) -> tuple[Procedure, Office] | None:
    verb, _, rest = turn.pressed.partition(":")
    procedure_id, _, office_id = rest.partition(":")
    procedure = next((each for each in turn.city.procedures if each.id == procedure_id), None)
    there = turn.city.directory.office(OfficeId(office_id))
    return (procedure, there) if verb == _VERB and procedure and there else None


def handle(turn: Turn) -> Reply:
    pressed = _pressed(turn)
    if pressed:
        return _at(turn, *pressed)
    heard = turn.heard
    assert heard.procedure is not None
    if heard.office:
        return _at(turn, heard.procedure, heard.office)
    able = offices_for(heard.procedure, _offices(turn.city), heard.ward)
    if heard.ward and able:
        return _yes(turn, heard.procedure, able[0])
    return _everywhere(turn, heard.procedure)


def _everywhere(turn: Turn, procedure: Procedure) -> Reply:
    """The kinds of office that do it, and a button for each ward."""
    city = turn.city
    wards = _ward_choices(city, procedure)
    body = [_done_at(city, procedure), procedure.condition, city.say("procedure.which_ward") if wards else ""]
    card = Card(
        procedure.name,
        "\n".join(filter(None, body)),
        footnote=words.source_line(city, procedure.provenance),
        choices=(*wards, *_details(city, procedure)),
    )
    return Reply((*_condolence(city, procedure), card), _onward(city))


def _condolence(city: City, procedure: Procedure) -> tuple[Plain, ...]:
    """Who asks where to report a death is spoken to as such."""
    entry = city.knowledge.entry(procedure.faq) if procedure.faq else None
    solemn = entry is not None and entry.tone is Tone.SOLEMN
    return (Plain(city.say("answer.condolence")),) if solemn else ()


def _done_at(city: City, procedure: Procedure) -> str:
    """The kinds as they are called, single offices by name."""
    if not procedure.done_at:
        return city.say("procedure.elsewhere")
    known = {office.id: office.name for office in city.directory.offices}
    places = [known.get(OfficeId(place), place) for place in procedure.done_at]
    return city.say(
        "procedure.done_at", procedure=procedure.name, places=city.say("procedure.and").join(places)
    )


def _offices(city: City) -> tuple[Office, ...]:
    """The counters first: the ward office before the head office in the same building."""
    counters = city.directory.counters
    return (*counters, *(office for office in city.directory.offices if office not in counters))


def _ward_choices(city: City, procedure: Procedure) -> tuple[Choice, ...]:
    """The first office of each ward that does it."""
    first = {
        ward: able[0] for ward in city.profile.wards if (able := offices_for(procedure, _offices(city), ward))
    }
    return tuple(
        Choice(ward, Press(f"{_VERB}:{procedure.id}:{office.id}", ward)) for ward, office in first.items()
    )


def _at(turn: Turn, procedure: Procedure, office: Office) -> Reply:
    match done(procedure, office):
        case Done.YES:
            return _yes(turn, procedure, office)
        case Done.NO:
            said = turn.city.say("procedure.no", procedure=procedure.name, office=office.name)
            return _instead(turn, procedure, office, said + procedure.why_not, "procedure.instead")
        case Done.UNKNOWN:
            said = turn.city.say("procedure.unknown", procedure=procedure.name, office=office.name)
            return _instead(turn, procedure, office, said, "procedure.sure")
        case other:
            assert_never(other)


def _yes(turn: Turn, procedure: Procedure, office: Office) -> Reply:
    one = One(office, section_for(procedure, office, turn.city.sections))
    said = turn.city.say("procedure.yes", procedure=procedure.name, office=one.name)
    body = "\n".join(filter(None, (said, procedure.condition)))
    choices = (*_details(turn.city, procedure), *_onward(turn.city))
    return Reply((*_condolence(turn.city, procedure), _card(turn, one, procedure, body)), choices, about(one))


def _instead(turn: Turn, procedure: Procedure, office: Office, said: str, key: str) -> Reply:
    """It is not done there, or nobody knows: where it is."""
    city = turn.city
    other = instead_of(office, procedure, _offices(city))
    choices = (*_details(city, procedure), *_onward(city))
    if other is None:
        return Reply((Plain(f"{said}\n{city.say('procedure.elsewhere')}"),), choices)
    one = One(other, section_for(procedure, other, city.sections))
    parts: tuple[Part, ...] = (
        *_condolence(city, procedure),
        Plain(f"{said}\n{city.say(key)}"),
        _card(turn, one, procedure, procedure.condition),
    )
    return Reply(parts, choices, about(one))


def _card(turn: Turn, one: One, procedure: Procedure, body: str) -> Card:
    """The office's card, with where the matrix comes from."""
    made = card(turn, one, body)
    source = turn.city.say("source.of_procedure", source=words.source_line(turn.city, procedure.provenance))
    return Card(made.title, made.body, made.facts, f"{made.footnote}\n{source}", made.choices)


def _details(city: City, procedure: Procedure) -> tuple[Choice, ...]:
    """What to bring, where an entry says it."""
    entry = city.knowledge.entry(procedure.faq) if procedure.faq else None
    return (Choice(city.say("procedure.details"), Say(entry.question)),) if entry else ()


def _onward(city: City) -> tuple[Choice, ...]:
    return (words.to_a_person(city), words.to_the_menu(city))
