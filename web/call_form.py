"""The form by which a call is logged: few keys, and none of them lost where something is wrong."""

import hashlib
import secrets
from collections.abc import Callable, Container, Mapping
from datetime import datetime, timedelta
from typing import Final

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, StringField, ValidationError

from faq.counters import SectionId
from faq.models import EntryId
from store.calls import CallChannel, CallDraft, Outcome, Sort
from store.sight import AccountId
from web.known import Known
from web.site import site
from web.written import masked

LONGEST: Final = 500
"""Letters of the words of a call."""
LONGEST_CALL: Final = timedelta(hours=12)
"""A form that was open for longer has begun with another call."""


class CallForm(FlaskForm):  # type: ignore[misc]
    """Channel, outcome, and what else is known. Which button sends it is the outcome."""

    once = HiddenField()
    began = HiddenField()
    channel = RadioField(default=CallChannel.PHONE.value, validate_choice=False)
    sort = RadioField(default=Sort.INQUIRY.value, validate_choice=False)
    outcome = StringField()
    text = StringField()
    entry = StringField()
    section = SelectField(default="", validate_choice=False)
    uncounted = BooleanField()

    def __init__(self, is_entry: Callable[[str], bool], sections: Mapping[str, str]) -> None:
        """`is_entry` knows the ids of entries; `sections`: names by id."""
        super().__init__()
        say = site().say
        self.is_entry, self.sections = is_entry, sections
        self.channel.choices = [(each.value, say(f"calls.channel.{each}")) for each in CallChannel]
        self.sort.choices = [(each.value, say(f"calls.sort.{each}")) for each in Sort]
        self.section.choices = [("", say("calls.no_section")), *sections.items()]

    def begin(self, now: datetime) -> None:
        """Makes it the form of a new call."""
        self.once.data, self.began.data = secrets.token_urlsafe(16), now.isoformat()

    def validate_channel(self, field: Field) -> None:
        _must_be_one_of(set(CallChannel), field)

    def validate_sort(self, field: Field) -> None:
        _must_be_one_of(set(Sort), field)

    def validate_section(self, field: Field) -> None:
        _must_be_one_of({"", *self.sections}, field)

    def validate_outcome(self, field: Field) -> None:
        if field.data not in set(Outcome):
            raise ValidationError(site().say("calls.outcome_missing"))

    def validate_text(self, field: Field) -> None:
        if len(field.data or "") > LONGEST:
            raise ValidationError(site().say("calls.text_long", most=LONGEST))

    def validate_entry(self, field: Field) -> None:
        field.data = (field.data or "").strip()
        if field.data and not self.is_entry(field.data):
            raise ValidationError(site().say("calls.entry_wrong"))

    @property
    def said_wrong(self) -> str:
        """What is wrong with what was sent, in sentences."""
        return "".join(message for field in self for message in field.errors)

    def draft(self, operator: AccountId, known: Known, now: datetime) -> CallDraft:
        """What a form says that was found right, its words masked."""
        outcome = Outcome(self.outcome.data or "")
        taken = outcome is Outcome.APPLICATION
        entry = EntryId(self.entry.data) if self.entry.data else None
        return CallDraft(
            operator=operator,
            once=self._once(),
            channel=CallChannel(self.channel.data),
            sort=Sort.APPLICATION if taken else Sort(self.sort.data),
            outcome=outcome,
            text=masked(known, self.text.data or "", entry),
            began_at=self._began(now),
            entry=entry,
            section=SectionId(self.section.data) if self.section.data else None,
            counts=not self.uncounted.data,
        )

    def _once(self) -> str:
        """The same for what is sent again as it was; another call in a form that the browser kept is another."""
        fields = ("channel", "sort", "outcome", "text", "entry", "section", "uncounted")
        told = [self.once.data or secrets.token_urlsafe(16), *(repr(self[name].data) for name in fields)]
        return hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()

    def _began(self, now: datetime) -> datetime:
        """When the form was opened; now where it does not tell, or what cannot be."""
        try:
            told = datetime.fromisoformat(self.began.data or "")
        except ValueError:
            return now
        return told if told.tzinfo and now - LONGEST_CALL <= told <= now else now


def _must_be_one_of(offered: Container[str], field: Field) -> None:
    """The list may have changed while the form was open."""
    if field.data not in offered:
        raise ValidationError(site().say("calls.choice_wrong"))
