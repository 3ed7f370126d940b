"""The form of a case that is handed over for a caller: whose it is, by when they answer, whom they call."""

from datetime import datetime
from typing import Final

from wtforms import BooleanField, HiddenField, SelectField, StringField, ValidationError
from wtforms import Field as FormField

from faq.counters import SectionId
from faq.models import EntryId, FaqEntry
from faq.neighbours import Neighbour, fitting
from faq.routing import Topic, needs_ward, route, ward_named
from nlp.japan import today
from store.case_opening import CaseDraft
from store.cases import Reach
from web.cautions import alarm_of
from web.contact_form import LONGEST, ContactForm
from web.known import Known
from web.site import site
from web.switchboard import switchboard
from web.typed import one_line
from web.written import masked

LONGEST_SUBJECT: Final = 60


class HandingForm(ContactForm):
    """Which section, what about, and whom to call."""

    subject = StringField()
    ward = SelectField(default="", validate_choice=False)
    urgent = BooleanField()
    entry = HiddenField()
    shown_ward = HiddenField()
    """The ward by which the section was found that the page shows."""
    shown_section = HiddenField()
    """The section whose promise the page shows."""

    def __init__(self, known: Known, sections: dict[str, str]) -> None:
        super().__init__(sections)
        say, wards = site().say, site().profile.wards
        self.known, self.board = known, switchboard(known)
        there = {str(each.id) for each in self.board.sections}
        self.sections = {name: label for name, label in sections.items() if name in there}
        self.section.choices = [("", say("new_case.no_section")), *self.sections.items()]
        self.ward.choices = [("", say("new_case.no_ward")), *((ward, ward) for ward in wards)]
        for name in ("section", "subject"):
            self[name].flags.required = True

    def begin(self) -> None:
        """Takes up what another page knows: the words, the entry that was shown, the section if it was chosen."""
        super().begin()
        words = self.about.data = (self.about.data or "")[:LONGEST]
        self.subject.data = one_line(self.subject.data or words)[:LONGEST_SUBJECT]
        self.ward.data = self.ward.data or ward_named(self.board, words)
        chosen = self.section.data if self.section.data in self.sections else ""
        self.find_section()
        self.section.data = chosen or self.section.data
        self.show()

    def settle(self) -> bool:
        """Follows what was changed since the page was shown; whether whose it is was changed."""
        of_ward, of_section = self.shown_ward.data or "", self.shown_section.data or ""
        other_ward, other_section = self.ward.data != of_ward, self.section.data != of_section
        if other_ward or not (self.section.data or of_section):
            self.find_section()
        self.show()
        return bool(other_ward or other_section or self.section.data != of_section)

    def find_section(self) -> None:
        """By what it is about and by the ward; none before anything is said, or where only the ward could tell."""
        day, topic = today(site().clock()), self.topic
        can_tell = (topic.entry or topic.words) and not needs_ward(self.board, topic, day)
        routed = route(self.board, topic, day) if can_tell else None
        self.section.data = routed.section if routed else ""

    def show(self) -> None:
        """Keeps what the page shows."""
        self.shown_ward.data, self.shown_section.data = self.ward.data, self.section.data

    @property
    def topic(self) -> Topic:
        words = f"{self.subject.data or ''} {self.about.data or ''}".strip()
        return Topic(self.answered, words, self.ward.data or "")

    @property
    def answered(self) -> FaqEntry | None:
        """The entry that was read out."""
        return self.known.knowledge.entry(EntryId(self.entry.data)) if self.entry.data else None

    @property
    def asks_ward(self) -> bool:
        """Whether nobody can tell the section before the ward."""
        return not self.section.data and needs_ward(self.board, self.topic, today(site().clock()))

    @property
    def promised_at(self) -> datetime | None:
        """By when the chosen section answers; None too where none is chosen."""
        here = self.section.data in self.sections
        return self.board.promised_at(SectionId(self.section.data), site().clock()) if here else None

    @property
    def neighbour(self) -> Neighbour | None:
        """Who it may be instead of the city."""
        return fitting(self.known.neighbours, self.topic.words)

    @property
    def alarm(self) -> str:
        return alarm_of(self.known, self.topic.words)

    def validate_section(self, field: FormField) -> None:
        if self.settle() and field.data:
            raise ValidationError(site().say("new_case.changed"))
        if not field.data:
            raise ValidationError(site().say("new_case.section_missing"))
        super().validate_section(field)

    def validate_ward(self, field: FormField) -> None:
        if field.data and field.data not in site().profile.wards:
            raise ValidationError(site().say("new_case.ward_wrong"))

    def validate_subject(self, field: FormField) -> None:
        if not 0 < len(one_line(field.data)) <= LONGEST_SUBJECT:
            raise ValidationError(site().say("new_case.subject_wrong", most=LONGEST_SUBJECT))

    def validate_name(self, field: FormField) -> None:
        if one_line(self.telephone.data) and not one_line(field.data):
            raise ValidationError(site().say("contact_form.name_missing"))
        super().validate_name(field)

    def validate_telephone(self, field: FormField) -> None:
        if one_line(self.name.data) and not one_line(field.data):
            raise ValidationError(site().say("contact_form.telephone_missing"))
        super().validate_telephone(field)

    def draft(self) -> CaseDraft:
        """What a form says that was found right, its words masked."""
        entry = self.answered
        subject, about = (masked(self.known, each.data or "") for each in (self.subject, self.about))
        return CaseDraft(
            once=self.sent_once,
            section=SectionId(self.section.data),
            subject=subject,
            words=(about or subject,),
            entry=entry.id if entry else None,
            ward=self.ward.data or "",
            reach=Reach.TELEPHONE,
            urgent=bool(self.urgent.data),
        )
