"""The form by which a notice to the desk is written."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError

from faq.counters import SectionId
from nlp.japan import JAPAN
from store import bulletins
from store.bulletins import Bulletin, BulletinDraft, Urgency
from store.sight import Viewer
from web.site import site
from web.typed import lines, moment, one_line, typed_moment

LONGEST_TITLE: Final = 60
LONGEST_TEXT: Final = 1000
LONGEST: Final = timedelta(days=366)
"""From its beginning to its end."""
DESK_CLOSES: Final = time(20)
LEAST: Final = timedelta(hours=1)


class BulletinForm(FlaskForm):  # type: ignore[misc]
    """A notice as it is typed."""

    version = HiddenField()
    urgency = RadioField(default=Urgency.NORMAL.value)
    title = StringField()
    text = TextAreaField()
    section = SelectField(validate_choice=False)
    begins = StringField()
    ends = StringField()

    def __init__(self, viewer: Viewer, sections: Mapping[str, str], there: Bulletin | None) -> None:
        """`sections`: names by id; `there`: the notice that is changed."""
        super().__init__(data=_data(there, viewer, site().clock()))
        say = site().say
        if there is not None and not self.is_submitted():
            self.version.data = str(there.version)
        self.theirs = {
            key: name
            for key, name in (("", say("bulletins.city")), *sections.items())
            if bulletins.may_keep(viewer, SectionId(key) if key else None)
        }
        self.urgency.choices = [(each.value, say(f"bulletins.urgency.{each}")) for each in Urgency]
        self.section.choices = list(self.theirs.items())
        for name in ("title", "begins", "ends"):
            self[name].flags.required = True

    def validate_title(self, field: Field) -> None:
        if not 0 < len(one_line(field.data)) <= LONGEST_TITLE:
            raise _wrong("title", most=LONGEST_TITLE)

    def validate_text(self, field: Field) -> None:
        if len(field.data or "") > LONGEST_TEXT:
            raise _wrong("text", most=LONGEST_TEXT)

    def validate_section(self, field: Field) -> None:
        if field.data not in self.theirs:
            raise _wrong("section")

    def validate_begins(self, field: Field) -> None:
        if moment(field.data) is None:
            raise _wrong("begins")

    def validate_ends(self, field: Field) -> None:
        begins, ends = moment(self.begins.data), moment(field.data)
        if ends is None:
            raise _wrong("ends")
        if begins is not None and not begins < ends <= begins + LONGEST:
            raise _wrong("order")
        if ends <= site().clock():
            raise _wrong("past")

    def draft(self) -> BulletinDraft:
        """What a form says that was found right."""
        begins, ends = moment(self.begins.data), moment(self.ends.data)
        assert begins is not None
        assert ends is not None
        return BulletinDraft(
            Urgency(self.urgency.data),
            one_line(self.title.data),
            lines(self.text.data),
            SectionId(self.section.data) if self.section.data else None,
            begins,
            ends,
        )

    @property
    def read_version(self) -> int:
        """Of the notice as it was when the form was opened; 0 where that is not told."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _data(there: Bulletin | None, viewer: Viewer, now: datetime) -> dict[str, object]:
    if there is not None:
        times = {"begins": typed_moment(there.begins_at), "ends": typed_moment(there.ends_at)}
        told = {"urgency": there.urgency.value, "title": there.title, "text": there.text}
        return {"section": there.section or "", **told, **times}
    closes = datetime.combine(now.astimezone(JAPAN).date(), DESK_CLOSES, JAPAN)
    ends = max(closes, now + LEAST)
    return {"section": viewer.section or "", "begins": typed_moment(now), "ends": typed_moment(ends)}


def _wrong(key: str, **values: object) -> ValidationError:
    return ValidationError(site().say(f"bulletins.wrong.{key}", **values))
