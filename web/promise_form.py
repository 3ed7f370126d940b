"""When somebody is promised a call: a quick choice or a time, within the hours of who is to call."""

from datetime import UTC, datetime, time

from flask_wtf import FlaskForm
from wtforms import Field as FormField
from wtforms import RadioField, StringField, ValidationError

from faq import hours
from faq.counters import Counter, SectionId
from faq.promised import FURTHEST, Quick, StateAt, is_there, promised_at
from nlp.japan import JAPAN, today
from web.days import day_of
from web.known import Known
from web.site import site


class PromiseForm(FlaskForm):  # type: ignore[misc]
    """A new time for a callback that there is."""

    quick = RadioField(default=Quick.SOON.value, validate_choice=False)
    day = StringField()
    clock = StringField()

    def __init__(self, at: StateAt) -> None:
        """`at`: whether who is to call is there at a moment."""
        super().__init__()
        self.at = at
        offer_times(self.quick)
        self.day.data = self.day.data or today(site().clock()).isoformat()

    def validate_quick(self, _: FormField) -> None:
        self.moment()

    def moment(self) -> datetime:
        """By when to call, in UTC. Raises ValidationError where that cannot be."""
        return moment_of(self.quick, self.day, self.clock, self.at)


def offer_times(quick: RadioField) -> None:
    """The quick choices in words."""
    quick.choices = [(each.value, site().say(f"callback_form.quick.{each}")) for each in Quick]


def moment_of(quick: RadioField, day: FormField, clock: FormField, at: StateAt) -> datetime:
    """What was chosen, in UTC. Raises ValidationError where nobody is there then, or it is no time."""
    now, say = site().clock(), site().say
    if quick.data not in set(Quick):
        raise ValidationError(say("callback_form.quick.missing"))
    if quick.data != Quick.AT:
        found = promised_at(Quick(quick.data), at, now)
        if found is None:
            raise ValidationError(say("callback_form.nobody_then"))
        return found.astimezone(UTC)
    chosen = _moment(day.data, clock.data)
    if chosen is None:
        raise ValidationError(say("callback_form.time_missing"))
    if not now < chosen <= now + FURTHEST:
        raise ValidationError(say("callback_form.time_wrong", days=FURTHEST.days))
    if not is_there(at, chosen):
        raise ValidationError(say("callback_form.nobody_then"))
    return chosen


def hours_of(known: Known, section: SectionId | None) -> StateAt:
    """When somebody of the section is there; the call centre where there is none."""
    office = next((each.office for each in known.sections if each.id == section), None)
    if section is None or office is None:
        return lambda moment: hours.state(site().profile.call_centre.hours, moment)
    return lambda moment: known.timetable.at(Counter(office, section), moment)


def _moment(day: str | None, clock: str | None) -> datetime | None:
    found = day_of(day or "")
    try:
        at = time.fromisoformat((clock or "").strip())
    except ValueError:
        return None
    return datetime.combine(found, at, JAPAN).astimezone(UTC) if found and at.tzinfo is None else None
