"""The form by which a sentence of the desk is written."""

from collections.abc import Mapping
from typing import Final

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField, ValidationError

from faq import blanks
from faq.blanks import WrongBlank
from faq.counters import SectionId
from nlp.folding import fold
from nlp.readings import reading
from nlp.token_filters import hiragana
from store import canned
from store.canned import Canned, CannedDraft
from store.sight import Viewer
from web.site import site
from web.typed import one_line

LONGEST_TITLE: Final = 40
LONGEST_TEXT: Final = 500


class CannedForm(FlaskForm):  # type: ignore[misc]
    """A sentence as it is typed."""

    version = HiddenField()
    title = StringField()
    kana = StringField()
    text = TextAreaField()
    team = SelectField(validate_choice=False)

    def __init__(self, viewer: Viewer, sections: Mapping[str, str], there: Canned | None) -> None:
        """`sections`: names by id; `there`: the sentence that is changed."""
        super().__init__(data=_data(there, viewer))
        if there is not None and not self.is_submitted():
            self.version.data = str(there.version)
        everybody = ("", site().say("canned.everybody"))
        self.theirs = {
            key: name
            for key, name in (everybody, *sections.items())
            if canned.may_keep(viewer, SectionId(key) if key else None)
        }
        self.team.choices = list(self.theirs.items())
        for name in ("title", "text"):
            self[name].flags.required = True

    def validate_title(self, field: Field) -> None:
        if not 0 < len(one_line(field.data)) <= LONGEST_TITLE:
            raise _wrong("title", most=LONGEST_TITLE)

    def validate_kana(self, field: Field) -> None:
        if len(one_line(field.data)) > 2 * LONGEST_TITLE:
            raise _wrong("kana", most=2 * LONGEST_TITLE)

    def validate_text(self, field: Field) -> None:
        if not 0 < len((field.data or "").strip()) <= LONGEST_TEXT:
            raise _wrong("text", most=LONGEST_TEXT)
        found = blanks.parse(field.data)
        if isinstance(found, WrongBlank):
            raise _wrong("blank", near=found.near, most=blanks.LONGEST_NAME)

    def validate_team(self, field: Field) -> None:
        if field.data not in self.theirs:
            raise _wrong("team")

    def draft(self) -> CannedDraft:
        """What a form says that was found right. A reading that is not given is looked up."""
        title, pieces = one_line(self.title.data), blanks.parse((self.text.data or "").strip())
        assert not isinstance(pieces, WrongBlank)
        text = "\n".join(blanks.written(pieces).splitlines())
        kana = hiragana(one_line(self.kana.data)) or hiragana(fold(reading(title)))
        return CannedDraft(SectionId(self.team.data) if self.team.data else None, title, kana, text)

    @property
    def read_version(self) -> int:
        """Of the sentence as it was when the form was opened; 0 where that is not told."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _data(there: Canned | None, viewer: Viewer) -> dict[str, object]:
    if there is None:
        return {"team": viewer.section or ""}
    told = {"title": there.title, "kana": there.kana, "text": there.text}
    return {"team": there.team or "", **told}


def _wrong(key: str, **values: object) -> ValidationError:
    return ValidationError(site().say(f"canned.wrong.{key}", **values))
