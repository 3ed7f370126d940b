"""The form by which anybody tells the city something: what is asked, and whether it was filled in right."""

import re
import secrets
from enum import StrEnum
from typing import Final

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
    ValidationError,
)
from wtforms import Field as FormField

from faq.photograph import Unfit
from faq.voice_categories import VoiceCategory
from nlp.telephones import read_telephone
from store.cases import Reach
from store.particulars import Field
from store.photographs import MOST
from store.voice_drafts import Begun
from store.voices import VoiceKind
from web.pictures import Brought
from web.speech import language, tell
from web.typed import even, lines, one_line, telephone

LONGEST: Final = 2000
"""Letters of what is told."""
LONGEST_PLACE: Final = 100
LONGEST_NAME: Final = 60
LONGEST_ADDRESS: Final = 200
_ONCE: Final = re.compile(r"[\w-]{22,64}", re.ASCII)


class Answer(StrEnum):
    """How somebody wants to be answered."""

    LINE = "line"
    PAGE = "page"
    LETTER = "letter"
    TELEPHONE = "telephone"
    NONE = "none"


class VoiceFields(FlaskForm):  # type: ignore[misc]
    """What is asked, with what was typed."""

    once = HiddenField()
    """Made for each form: what is sent twice is one voice. Nobody can guess another's."""
    kind = RadioField(validate_choice=False)
    category = SelectField(validate_choice=False)
    words = TextAreaField()
    place = StringField()
    pictures = MultipleFileField()
    without_pictures = BooleanField()
    may_publish = BooleanField()
    answer = RadioField(validate_choice=False)
    name = StringField()
    telephone = TelField()
    address = StringField()
    homepage = StringField()
    """Which nobody sees; programs that fill in every form fill it in."""

    def __init__(self, categories: tuple[VoiceCategory, ...], *, in_line: bool) -> None:
        """`in_line`: who fills it in came from the talk, and may be answered there."""
        super().__init__()
        self.categories, self.brought = categories, Brought((), (), too_many=False)
        speaks = language()
        self.kind.choices = [(each.value, tell(f"page.voice_form.{each}")) for each in VoiceKind]
        self.category.choices = [
            ("", tell("page.voice_form.any_category")),
            *((str(each.id), each.called(speaks)) for each in categories),
        ]
        ways = [each for each in Answer if in_line or each is not Answer.LINE]
        self.answer.choices = [(each.value, tell(f"page.voice_form.answer_{each}")) for each in ways]
        self.words.flags.required = True
        if not _ONCE.fullmatch(self.once.data or ""):
            self.once.data = secrets.token_urlsafe(24)
        self._begin(ways)

    def _begin(self, ways: list[Answer]) -> None:
        if self.kind.data not in list(VoiceKind):
            self.kind.data = VoiceKind.PROPOSAL.value
        if self.answer.data not in [each.value for each in ways]:
            self.answer.data = ways[0].value

    @property
    def form(self) -> str:
        """By which the form is known when it comes again."""
        return self.once.data or ""

    def take_up(self, begun: Begun) -> None:
        """What was begun in the talk, in a form that was not sent."""
        self.kind.data, self.category.data = begun.kind.value, begun.category or ""
        self.words.data, self.place.data = begun.words, begun.where

    @property
    def way(self) -> Answer:
        return Answer(self.answer.data)

    @property
    def reach(self) -> Reach:
        match self.way:
            case Answer.LINE:
                return Reach.LINE
            case Answer.LETTER:
                return Reach.LETTER
            case Answer.TELEPHONE:
                return Reach.TELEPHONE
            case Answer.PAGE | Answer.NONE:
                return Reach.PAGE

    @property
    def about(self) -> VoiceCategory | None:
        """The category; None where none was chosen, or the city has it no more."""
        return next((each for each in self.categories if each.id == self.category.data), None)

    @property
    def text(self) -> str:
        """One sort of line break, and no blanks around it."""
        return lines(self.words.data)

    @property
    def where(self) -> str:
        return one_line(self.place.data)

    @property
    def whom(self) -> dict[Field, str]:
        """Whom to answer on paper or by telephone; nothing where neither is wanted, whatever was typed."""
        match self.way:
            case Answer.LETTER:
                return {Field.NAME: one_line(self.name.data), Field.ADDRESS: one_line(self.address.data)}
            case Answer.TELEPHONE:
                return {
                    Field.NAME: one_line(self.name.data),
                    Field.TELEPHONE: telephone(self.telephone.data),
                }
            case Answer.LINE | Answer.PAGE | Answer.NONE:
                return {}

    def validate_words(self, field: FormField) -> None:
        if not self.text:
            raise ValidationError(tell("page.voice_form.words_missing"))
        _refuse_long(field, "words", LONGEST)

    def validate_place(self, field: FormField) -> None:
        _refuse_long(field, "place", LONGEST_PLACE)

    def validate_pictures(self, _: FormField) -> None:
        if self.brought.too_many:
            raise ValidationError(tell("page.voice_form.picture_many", most=MOST))
        for why in self.brought.unfit:
            raise ValidationError(tell(f"page.voice_form.picture_{Unfit(why).value}"))

    def validate_name(self, field: FormField) -> None:
        if self.way in (Answer.LETTER, Answer.TELEPHONE) and not one_line(field.data):
            raise ValidationError(tell("page.booking_fields.name.missing"))
        if len(field.data or "") > LONGEST_NAME:
            what = tell("page.case_form.name.label")
            raise ValidationError(tell("page.booking_fields.too_long", what=what, most=LONGEST_NAME))

    def validate_telephone(self, field: FormField) -> None:
        if self.way is not Answer.TELEPHONE:
            return
        if not one_line(field.data):
            raise ValidationError(tell("page.booking_fields.telephone.missing"))
        if read_telephone(even(field.data)) is None:
            raise ValidationError(tell("page.booking_fields.telephone.wrong"))

    def validate_address(self, field: FormField) -> None:
        if self.way is Answer.LETTER and not one_line(field.data):
            raise ValidationError(tell("page.voice_form.address_missing"))
        _refuse_long(field, "address", LONGEST_ADDRESS)

    def validate_homepage(self, field: FormField) -> None:
        if field.data:
            raise ValidationError(tell("page.voice_form.trap"))


def _refuse_long(field: FormField, name: str, most: int) -> None:
    if len(field.data or "") > most:
        what = tell(f"page.voice_form.{name}")
        raise ValidationError(tell("page.booking_fields.too_long", what=what, most=most))
