"""The form by which something is said in a disaster: few fields, for a telephone at night."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

import flask
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField, ValidationError

from faq.disaster import (
    ClosedOffice,
    Measure,
    Message,
    OpenCounter,
    OpenShelter,
    ShelterState,
    WasteNote,
    WaterPoint,
    What,
)
from faq.models import OfficeId, Place
from faq.shelter_list import Shelters
from nlp.language import BESIDES_JAPANESE, Language
from store.disaster_measures import LONGEST as LONGEST_HOLDS
from store.disaster_measures import MeasureDraft
from web.known import Known
from web.measure_filled import HOLDS, filled
from web.page_addresses import is_page
from web.site import site
from web.typed import even, lines, moment, one_line

HOURS: Final = (1, 3, 6, 12, 24, 48, 72, 168)
LONGEST_NAME: Final = 60
LONGEST: Final = 500
"""Letters of what is said."""
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "shelter": ("shelter", "state", "words"),
    "closed_office": ("office", "begins", "ends", "words"),
    "counter": ("name", "words"),
    "water": ("name", "ward", "words", "place"),
    "waste": ("words",),
    "message": ("words",),
}
"""Those that a kind has, besides source, time and how long it holds."""
_NEEDED: Final = ("shelter", "office", "name", "begins", "ends", "source", "as_of")


class MeasureForm(FlaskForm):  # type: ignore[misc]
    """One thing to be said. `draft` gives it once it was found right."""

    shelter = StringField()
    state = RadioField(default=ShelterState.OPEN.value)
    office = SelectField(validate_choice=False)
    begins = StringField()
    ends = StringField()
    name = StringField()
    ward = SelectField(validate_choice=False)
    words = TextAreaField()
    place = StringField()
    source = StringField()
    source_url = StringField()
    as_of = StringField()
    hours = SelectField(validate_choice=True)

    def __init__(self, kind: str, known: Known, there: Measure[What] | None, now: datetime) -> None:
        """`there`: what is changed."""
        super().__init__(data=filled(kind, known, there, now))
        self.kind, self._known, self._now = kind, known, now
        self._shelters = Shelters(known.directory.shelters)
        say = site().say
        self.state.choices = [(each.value, say(f"disasters.state.{each}")) for each in ShelterState]
        self.office.choices = [(each.id, each.name) for each in known.directory.offices]
        self.ward.choices = [("", say("disasters.no_ward")), *((each, each) for each in site().profile.wards)]
        self.hours.choices = [(str(each), say("disasters.hours", hours=each)) for each in HOURS]
        for each in _NEEDED:
            self[each].flags.required = True
        self.words.flags.required = kind in ("waste", "message")
        for each in set().union(*FIELDS.values()) - set(FIELDS[kind]):
            del self[each]
        if kind == "closed_office":
            del self.hours

    def validate_shelter(self, field: Field) -> None:
        if len(self._shelters.named(even(field.data))) != 1:
            raise _wrong("shelter")

    def validate_office(self, field: Field) -> None:
        if self._known.directory.office(OfficeId(field.data or "")) is None:
            raise _wrong("office")

    def validate_name(self, field: Field) -> None:
        if not 0 < len(one_line(field.data)) <= LONGEST_NAME:
            raise _wrong("name", most=LONGEST_NAME)

    def validate_ward(self, field: Field) -> None:
        if field.data not in ("", *site().profile.wards):
            raise _wrong("ward")

    def validate_words(self, field: Field) -> None:
        given = (field.data or "").strip()
        if len(given) > LONGEST or (field.flags.required and not given):
            raise _wrong("words", most=LONGEST)

    def validate_place(self, field: Field) -> None:
        if (field.data or "").strip() and _place(field.data) is None:
            raise _wrong("place")

    def validate_begins(self, field: Field) -> None:
        if moment(field.data) is None:
            raise _wrong("moment")

    def validate_ends(self, field: Field) -> None:
        begins, ends = moment(self.begins.data), moment(field.data)
        if ends is None:
            raise _wrong("moment")
        if ends <= max(begins or ends, self._now):
            raise _wrong("ends")

    def validate_source(self, field: Field) -> None:
        if not 0 < len(one_line(field.data)) <= LONGEST_NAME:
            raise _wrong("source", most=LONGEST_NAME)

    def validate_source_url(self, field: Field) -> None:
        typed = (field.data or "").strip()
        if typed and not is_page(typed, LONGEST):
            raise _wrong("source_url")

    def validate_as_of(self, field: Field) -> None:
        at = moment(field.data)
        if at is None:
            raise _wrong("moment")
        if not self._now - timedelta(days=7) < at < self._now + timedelta(minutes=5):
            raise _wrong("as_of")

    def draft(self) -> MeasureDraft:
        """What a form says that was found right."""
        as_of = moment(self.as_of.data)
        assert as_of is not None
        what = self._what()
        holds = int(self.hours.data) if self.hours else HOLDS[self.kind]
        return MeasureDraft(
            what,
            one_line(self.source.data),
            (self.source_url.data or "").strip(),
            min(as_of, self._now),
            expiry(what, self._now, holds),
        )

    def _what(self) -> What:
        make: Mapping[str, Callable[[], What]] = {
            "shelter": self._shelter,
            "closed_office": self._closed_office,
            "counter": self._counter,
            "water": lambda: WaterPoint(
                one_line(self.name.data), self.ward.data, self._text, _place(self.place.data)
            ),
            "waste": lambda: WasteNote(self._text),
            "message": self._message,
        }
        return make[self.kind]()

    @property
    def _text(self) -> str:
        return lines(self.words.data)

    def _shelter(self) -> OpenShelter:
        (found,) = self._shelters.named(even(self.shelter.data))
        return OpenShelter(found.id, ShelterState(self.state.data), self._text)

    def _closed_office(self) -> ClosedOffice:
        begins, ends = moment(self.begins.data), moment(self.ends.data)
        assert begins is not None
        assert ends is not None
        return ClosedOffice(OfficeId(self.office.data), begins, ends, self._text)

    def _counter(self) -> OpenCounter:
        name = one_line(self.name.data)
        office = next((each.id for each in self._known.directory.offices if each.name == name), None)
        return OpenCounter(name, office, self._text)

    def _message(self) -> Message:
        others = {each: translation(each) for each in BESIDES_JAPANESE}
        return Message({Language.JAPANESE: self._text, **{key: text for key, text in others.items() if text}})


def expiry(what: What, now: datetime, hours: int) -> datetime:
    """Until when it is said: of a closed office until it opens again, but no longer than anything may be said."""
    if isinstance(what, ClosedOffice):
        return min(what.ends_at, now + LONGEST_HOLDS)
    return now + timedelta(hours=hours)


def translation(language: Language) -> str:
    """What the form has for a message in another language; empty where it has nothing, or too much."""
    typed = lines(flask.request.form.get(f"in-{language}"))
    return typed if len(typed) <= LONGEST else ""


def _place(typed: str | None) -> Place | None:
    """32.80,130.70, as maps give it; None for anything else."""
    try:
        latitude, longitude = (float(each) for each in even(typed).split(","))
    except ValueError:
        return None
    return Place(latitude, longitude) if -90 <= latitude <= 90 and -180 <= longitude <= 180 else None


def _wrong(key: str, **values: object) -> ValidationError:
    return ValidationError(site().say(f"disasters.wrong.{key}", **values))
