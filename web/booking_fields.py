"""What is asked of who comes to a booking: the same fields on the resident's form and on the operator's page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_wtf import FlaskForm
from wtforms import Field as FormField
from wtforms import SelectMultipleField, StringField, TelField, TextAreaField, ValidationError
from wtforms.form import BaseForm
from wtforms.widgets import CheckboxInput, ListWidget

from faq.eligibility import fits
from faq.terms import Ages, Sort, Terms
from nlp.birth_dates import read_birth_date
from nlp.japan import today
from nlp.telephones import read_telephone
from store.particulars import Field
from web.site import site
from web.speech import tell
from web.typed import even, one_line, telephone

LONGEST: Final = {"name": 60, "kana": 60, "subject": 40, "opposing_party": 80, "remarks": 200}
"""Letters."""
_NEEDED: Final = ("name", "kana", "telephone", "birth_date", "confirmed")
_READING: Final = re.compile(r"[ぁ-ゖァ-ヺA-Za-zÀ-ɏḀ-ỿ][ぁ-ゖァ-ヺーゝゞヽヾA-Za-zÀ-ɏḀ-ỿ ・.,'’-]*")
"""Kana, or Latin letters for names that have no others."""


@dataclass(frozen=True, slots=True)
class Given:
    """Who comes, as it was given and found right."""

    name: str
    kana: str
    telephone: str
    birth_date: date | None
    """None: not asked."""
    others: Mapping[Field, str]

    def fields(self) -> Mapping[Field, str]:
        """What is kept."""
        return {
            Field.NAME: self.name,
            Field.KANA: self.kana,
            Field.TELEPHONE: self.telephone,
            Field.BIRTH_DATE: self.birth_date.isoformat() if self.birth_date else "",
            **self.others,
        }


class _Boxes(SelectMultipleField):
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, _form: BaseForm) -> None:
        """Only what was offered; another is no slip of a person's."""
        if not set(self.data or ()) <= {choice[0] for choice in self.iter_choices()}:
            raise ValidationError(tell("page.booking_fields.not_offered"))


class BookingFields(FlaskForm):  # type: ignore[misc]
    """What these terms ask of who comes on that day, with what was typed, where something was sent."""

    name = StringField()
    kana = StringField()
    telephone = TelField()
    birth_date = StringField()
    subject = StringField()
    opposing_party = StringField()
    accommodations = _Boxes()
    remarks = TextAreaField()
    confirmed = _Boxes()

    def __init__(self, terms: Terms, day: date) -> None:
        super().__init__()
        self.terms, self.day = terms, day
        self.accommodations.choices = [(word, word) for word in terms.accommodations]
        self.confirmed.choices = [(str(at), says) for at, says in enumerate(statements(terms))]
        for name in _not_asked(terms):
            delattr(self, name)
        for field in self:
            field.flags.required = field.name in _NEEDED

    def validate_name(self, field: FormField) -> None:
        _refuse_empty(field)
        _refuse_long(field)

    def validate_kana(self, field: FormField) -> None:
        _refuse_empty(field)
        _refuse_long(field)
        if not _READING.fullmatch(even(field.data)):
            raise _wrong(field, "wrong")

    def validate_telephone(self, field: FormField) -> None:
        _refuse_empty(field)
        if read_telephone(even(field.data)) is None:
            raise _wrong(field, "wrong")

    def validate_birth_date(self, field: FormField) -> None:
        _refuse_empty(field)
        born = read_birth_date(even(field.data), today(site().clock()))
        if born is None:
            raise _wrong(field, "wrong")
        if self.terms.ages and not fits(self.terms.ages, born, self.day):
            raise ValidationError(say_ages(self.terms.ages))

    def validate_subject(self, field: FormField) -> None:
        _refuse_long(field)

    def validate_opposing_party(self, field: FormField) -> None:
        _refuse_long(field)

    def validate_remarks(self, field: FormField) -> None:
        _refuse_long(field)

    def validate_confirmed(self, field: _Boxes) -> None:
        if len(set(field.data or ())) < len(list(field.iter_choices())):
            raise _wrong(field, "missing")


def asks_birth_date(terms: Terms) -> bool:
    """Only where the number of times or an age depends on it."""
    return terms.limit is not None or terms.ages is not None


def statements(terms: Terms) -> tuple[str, ...]:
    """What the person confirms: where they live, how they are insured, and what must not be the case."""
    found = []
    for name, either in (("residence", terms.residence), ("insurance", terms.insurance)):
        if either:
            told = _listed("choices", (tell(f"page.booking_fields.{name}.{each.name}") for each in either))
            found.append(tell(f"page.booking_fields.{name}.says", either=told))
    return (*found, *terms.exclusions)


def _listed(how: str, items: Iterable[str]) -> str:
    """One after the other, as the language of the page does it."""
    before, *others = items
    for left, one in enumerate(others, start=1 - len(others)):
        before = tell(f"list.{how}.{'comma' if left else 'last'}", before=before, one=one)
    return before


def say_ages(ages: Ages) -> str:
    """Who is old enough and not too old, and what to do otherwise."""
    bounds = (("from", ages.least), ("to", ages.most))
    known = (tell(f"page.booking_fields.ages.{name}", age=age) for name, age in bounds if age is not None)
    told = _listed("sentences", known)
    return tell("page.booking_fields.ages.says", ages=told)


def given(form: BookingFields) -> Given:
    """What a form says that was found right."""
    born = _told(form, "birth_date")
    kept = (Field.SUBJECT, Field.OPPOSING_PARTY, Field.REMARKS)
    others = {field: text for field in kept if (text := _told(form, field.value))}
    if wanted := (form["accommodations"].data if "accommodations" in form else None):
        others[Field.ACCOMMODATIONS] = "、".join(wanted)
    return Given(
        name=_told(form, "name"),
        kana=even(form.kana.data),
        telephone=telephone(form.telephone.data),
        birth_date=read_birth_date(born, today(site().clock())) if born else None,
        others=others,
    )


def _not_asked(terms: Terms) -> tuple[str, ...]:
    asked = {
        "birth_date": asks_birth_date(terms),
        "subject": terms.sort is Sort.CONSULTATION,
        "opposing_party": terms.asks_opposing_party,
        "accommodations": bool(terms.accommodations),
        "remarks": terms.sort is not Sort.APPLICATION,
        "confirmed": bool(statements(terms)),
    }
    return tuple(name for name, is_asked in asked.items() if not is_asked)


def _told(form: BookingFields, name: str) -> str:
    """Without blanks at its ends and line breaks; names keep their letters, which NFKC would make others."""
    return one_line(form[name].data) if name in form else ""


def _refuse_empty(field: FormField) -> None:
    if not even(field.data):
        raise _wrong(field, "missing")


def _refuse_long(field: FormField) -> None:
    if len(field.data or "") > LONGEST[field.name]:
        what = tell(f"page.booking_fields.{field.name}.label")
        raise ValidationError(tell("page.booking_fields.too_long", what=what, most=LONGEST[field.name]))


def _wrong(field: FormField, how: str) -> ValidationError:
    return ValidationError(tell(f"page.booking_fields.{field.name}.{how}"))
