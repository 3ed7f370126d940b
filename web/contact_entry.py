"""The form by which a contact of a section is written down."""

from collections.abc import Mapping
from typing import Final

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, RadioField, SelectField, StringField, ValidationError

from faq.counters import SectionId
from store.contact_addresses import LINE_GROUP, MAIL, is_odd_number, is_url
from store.contacts import Contact, ContactDraft, Way
from web.site import site
from web.typed import one_line

LONGEST_LABEL: Final = 40


class ContactEntryForm(FlaskForm):  # type: ignore[misc]
    """A contact as it is typed."""

    section = SelectField(validate_choice=False)
    way = RadioField(default=Way.MAIL.value, validate_choice=False)
    label = StringField()
    address = StringField()
    digest = BooleanField()
    office_hours = BooleanField()

    def __init__(self, sections: Mapping[str, str], there: Contact | None, section: str = "") -> None:
        """`sections`: names by id; `there`: the contact that is changed; `section`: for whom a new one is begun."""
        super().__init__(data=_data(there, section))
        self.there = there
        self.sections = sections
        self.section.choices = list(sections.items())
        self.way.choices = [(way.value, site().say(f"contacts.ways.{way}")) for way in Way]
        self.label.flags.required = True
        self.address.flags.required = there is None

    def validate_section(self, field: Field) -> None:
        if self.there is None and field.data not in self.sections:
            raise _wrong("section")

    def validate_way(self, field: Field) -> None:
        if self.there is None and field.data not in set(Way):
            raise _wrong("way")

    def validate_label(self, field: Field) -> None:
        if not 0 < len(one_line(field.data)) <= LONGEST_LABEL:
            raise _wrong("label", most=LONGEST_LABEL)

    def validate_address(self, field: Field) -> None:
        text = (field.data or "").strip()
        if self.there is not None and not text:
            return
        if (way := self._way) is not None and not _fits(way, text):
            raise _wrong(f"address.{way}")

    @property
    def _way(self) -> Way | None:
        if self.there is not None:
            return self.there.way
        return Way(self.way.data) if self.way.data in set(Way) else None

    def draft(self) -> ContactDraft:
        """What a form says that was found right."""
        way = self._way
        assert way is not None
        return ContactDraft(
            SectionId(self.there.section if self.there else self.section.data),
            way,
            one_line(self.label.data),
            (self.address.data or "").strip(),
            bool(self.digest.data),
            bool(self.office_hours.data),
        )


def _fits(way: Way, text: str) -> bool:
    if way is Way.MAIL:
        return bool(MAIL.fullmatch(text))
    if way is Way.LINE_GROUP:
        return bool(LINE_GROUP.fullmatch(text))
    return is_url(text, development=not site().is_secure) and not is_odd_number(text.split("/")[2])


def _data(there: Contact | None, section: str) -> dict[str, object]:
    """The address itself is not shown again."""
    if there is None:
        return {"section": section}
    return {"label": there.label, "digest": there.digest, "office_hours": there.office_hours}


def _wrong(key: str, **values: object) -> ValidationError:
    return ValidationError(site().say(f"contacts.wrong.{key}", **values))
