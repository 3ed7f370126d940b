"""The form by which staff enter what came on paper, by fax, mail or telephone, or was said at a counter."""

import secrets
from datetime import date, datetime, time, timedelta
from typing import Final

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    TextAreaField,
    ValidationError,
)
from wtforms import Field as FormField

from faq import voice_routing
from faq.counters import SectionId
from faq.routing import Handed, Topic
from faq.voice_categories import VoiceCategory, VoiceCategoryId
from nlp.japan import JAPAN, today
from nlp.masking import mask
from store.case_opening import CaseDraft
from store.cases import Reach
from store.voices import VoiceDraft, VoiceKind, Way
from web.known import Known
from web.site import site
from web.switchboard import switchboard
from web.typed import lines

WAYS: Final = (Way.LETTER, Way.FAX, Way.MAIL, Way.TELEPHONE, Way.COUNTER)
"""By which it comes to the city itself."""
LONGEST: Final = 4000
"""Letters of a letter: some pages."""
OLDEST: Final = timedelta(days=366)
"""So long ago a letter may have come that is entered."""
SUBJECT: Final = 30
"""Letters of a subject."""
_ANSWERS: Final = ("post", "telephone", "none")


class EnteredLetterForm(FlaskForm):  # type: ignore[misc]
    """Kind, way, day, category, words, and what the writer wishes."""

    once = HiddenField()
    kind = RadioField(default=VoiceKind.LETTER.value, validate_choice=False)
    way = RadioField(default=Way.LETTER.value, validate_choice=False)
    received_on = DateField()
    category = SelectField(default="", validate_choice=False)
    words = TextAreaField()
    section = SelectField(default="", validate_choice=False)
    answer = RadioField(default=_ANSWERS[0], validate_choice=False)
    may_publish = BooleanField()

    def __init__(self, known: Known, sections: dict[str, str]) -> None:
        super().__init__()
        say = site().say
        self.known, self.board = known, switchboard(known)
        there = {str(each.id) for each in self.board.sections}
        self.sections = {name: label for name, label in sections.items() if name in there}
        self.kind.choices = [(each.value, say(f"voice_kinds.{each}")) for each in VoiceKind]
        self.way.choices = [(each.value, say(f"voice_ways.{each}")) for each in WAYS]
        names = [(str(each.id), each.name) for each in known.voice_categories]
        self.category.choices = [("", say("new_letter.no_category")), *names]
        self.section.choices = [("", say("new_letter.by_itself")), *self.sections.items()]
        self.answer.choices = [(each, say(f"new_letter.answer.{each}")) for each in _ANSWERS]
        for name in ("words", "received_on"):
            self[name].flags.required = True

    def begin(self) -> None:
        """Makes it the form of another letter."""
        self.once.data = secrets.token_urlsafe(16)
        self.received_on.data = today(site().clock())

    def validate_kind(self, field: FormField) -> None:
        _among(field, VoiceKind)

    def validate_way(self, field: FormField) -> None:
        _among(field, WAYS)

    def validate_answer(self, field: FormField) -> None:
        _among(field, _ANSWERS)

    def validate_received_on(self, field: FormField) -> None:
        day = today(site().clock())
        if field.data is None or not day - OLDEST <= field.data <= day:
            field.errors = []  # its own error says nothing that helps
            raise ValidationError(site().say("new_letter.wrong.day"))

    def validate_category(self, field: FormField) -> None:
        if field.data and self.chosen is None:
            raise ValidationError(site().say("new_letter.wrong.category"))

    def validate_words(self, _: FormField) -> None:
        if not self.text:
            raise ValidationError(site().say("new_letter.wrong.words"))
        if len(self.text) > LONGEST:
            raise ValidationError(site().say("new_letter.wrong.long", most=LONGEST))

    def validate_section(self, field: FormField) -> None:
        if field.data and field.data not in self.sections:
            raise ValidationError(site().say("new_letter.wrong.section"))

    @property
    def text(self) -> str:
        """As it is kept: one sort of line break, no blanks around it, masked."""
        written = lines(self.words.data)
        return mask(written, self.known.public).text

    @property
    def chosen(self) -> VoiceCategory | None:
        named = (each for each in self.known.voice_categories if each.id == self.category.data)
        return next(named, None)

    def handed(self) -> Handed | None:
        """Whose it is, and by when they answer; None where the city has no sections at all."""
        rules, topic = site().profile.voices, Topic(None, self.text, "")
        opened = self._opened
        chosen = SectionId(self.section.data) if self.section.data else None
        if chosen is not None and chosen != rules.letters:
            return voice_routing.to_section(self.board, chosen, opened)
        if VoiceKind(self.kind.data) is VoiceKind.LETTER:
            return voice_routing.letter(self.board, rules, topic, opened)
        return voice_routing.proposal(self.board, rules, self.chosen, topic, opened)

    def draft(self, section: SectionId) -> CaseDraft:
        """The case of a form that was found right."""
        first = self.text.partition("\n")[0]
        subject = first if len(first) <= SUBJECT else first[: SUBJECT - 1] + "…"
        reach = Reach.TELEPHONE if self.answer.data == "telephone" else Reach.LETTER
        return CaseDraft(str(self.once.data or ""), section, subject, (self.text,), reach=reach)

    def about(self) -> VoiceDraft:
        """The voice of it."""
        category = self.chosen
        return VoiceDraft(
            VoiceKind(self.kind.data),
            Way(self.way.data),
            VoiceCategoryId(category.id) if category else None,
            None,
            may_publish=bool(self.may_publish.data),
            wants_answer=self.answer.data != "none",
            received_on=self._day,
        )

    @property
    def _day(self) -> date:
        day = self.received_on.data
        assert day is not None, "the form was found right"
        return day

    @property
    def _opened(self) -> datetime:
        """From when on the time for an answer runs: from the beginning of the day on which it came."""
        return min(site().clock(), datetime.combine(self._day, time(9), JAPAN))


def _among(field: FormField, allowed: object) -> None:
    known = {str(each) for each in allowed}  # type: ignore[attr-defined]
    if field.data not in known:
        raise ValidationError(site().say("new_letter.wrong.choice"))
