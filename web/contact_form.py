"""What is asked of a caller who is to be called: name and telephone, and in a few words what about."""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Final

from flask_wtf import FlaskForm
from wtforms import Field as FormField
from wtforms import HiddenField, SelectField, StringField, TelField, TextAreaField, ValidationError

from faq.counters import SectionId
from nlp.telephones import read_telephone
from store.particulars import Field
from web.site import site
from web.typed import even, one_line, telephone

LONGEST: Final = 500
"""Letters of what it is about."""
LONGEST_NAME: Final = 60
LONGEST_TELEPHONE: Final = 100


class ContactForm(FlaskForm):  # type: ignore[misc]
    """The part that callbacks and slips have in common."""

    once = HiddenField()
    name = StringField()
    telephone = TelField()
    section = SelectField(default="", validate_choice=False)
    about = TextAreaField()

    def __init__(self, sections: Mapping[str, str]) -> None:
        """`sections`: names by id."""
        super().__init__()
        self.sections = sections

    def begin(self) -> None:
        """Makes it the form of a new case, about what another page sent."""
        self.once.data = secrets.token_urlsafe(16)

    def validate_name(self, field: FormField) -> None:
        if len(field.data or "") > LONGEST_NAME:
            raise ValidationError(site().say("contact_form.name_long", most=LONGEST_NAME))

    def validate_telephone(self, field: FormField) -> None:
        if one_line(field.data) and read_telephone(even(field.data, LONGEST_TELEPHONE)) is None:
            raise ValidationError(site().say("contact_form.telephone_wrong"))

    def validate_section(self, field: FormField) -> None:
        if field.data and field.data not in self.sections:
            raise ValidationError(site().say("contact_form.section_wrong"))

    def validate_about(self, field: FormField) -> None:
        if len(field.data or "") > LONGEST:
            raise ValidationError(site().say("contact_form.about_long", most=LONGEST))

    @property
    def whom(self) -> Mapping[Field, str]:
        """Whom to call, of a form that was found right; the name keeps its letters."""
        number = telephone(self.telephone.data, LONGEST_TELEPHONE)
        return {Field.NAME: one_line(self.name.data), Field.TELEPHONE: number}

    @property
    def chosen_section(self) -> SectionId | None:
        return SectionId(self.section.data) if self.section.data else None

    @property
    def sent_once(self) -> str:
        """The same for what is sent again as it was; another case in a form that the browser kept is another."""
        told = [repr(field.data) for field in self if field.name != "csrf_token"]
        if not self.once.data:
            told.append(secrets.token_urlsafe(16))
        return hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()
