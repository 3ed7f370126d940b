"""The form by which a mailing is written: its words in each language, to whom it goes, and when."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from faq.counters import SectionId
from faq.topics import TopicId
from nlp.japan import JAPAN
from nlp.language import Language
from store.mailings import LINK_MOST, LONGEST, TEXT_MOST, TITLE_MOST, Mailing, MailingDraft, Words
from store.sight import Role, Viewer
from web.door import viewer
from web.known import Known
from web.numbers import number_of
from web.page_addresses import is_page
from web.personal import personal_in
from web.site import site
from web.typed import lines, moment, one_line, typed_moment

LASTS: Final = timedelta(days=3)
EVENING: Final = time(20)


class _Ticks(SelectMultipleField):
    """Any of the choices, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _units(text: str) -> int:
    """As LINE counts letters: in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _key(language: Language) -> str:
    return language.value.replace("-", "_").lower()


def _title(language: Language) -> Callable[["MailingForm", Field], None]:
    def check(form: "MailingForm", _field: Field) -> None:
        title, text = form.words(language)
        if not title and (text or language is Language.JAPANESE):
            raise wrong("no_title")
        form.check_words(title, TITLE_MOST)

    return check


def _text(language: Language) -> Callable[["MailingForm", Field], None]:
    def check(form: "MailingForm", _field: Field) -> None:
        title, text = form.words(language)
        if not text and (title or language is Language.JAPANESE):
            raise wrong("no_text")
        form.check_words(text, TEXT_MOST)

    return check


class _Bound(FlaskForm):  # type: ignore[misc]
    version = HiddenField()
    link = StringField()
    topics = _Ticks(validate_choice=False)
    wards = _Ticks(validate_choice=False)
    section = SelectField(validate_choice=False)
    begins = StringField()
    ends = StringField()
    urgent = BooleanField()


for _language in Language:
    setattr(_Bound, f"title_{_key(_language)}", StringField(validators=[_title(_language)]))
    setattr(_Bound, f"text_{_key(_language)}", TextAreaField(validators=[_text(_language)]))


class MailingForm(_Bound):
    """A mailing as it is typed."""

    def __init__(self, who: Viewer, known: Known, sections: dict[str, str], there: Mailing | None) -> None:
        """`sections`: names by id; `there`: the mailing that is changed."""
        super().__init__(data=_data(there, who, site().clock()))
        self.known = known
        if there is not None and not self.is_submitted():
            self.version.data = str(there.version)
        self.topics.choices = [(topic.id, topic.name) for topic in known.topics]
        self.wards.choices = [(ward, ward) for ward in site().profile.wards]
        own = {"": site().say("mailings.city"), **sections}
        if who.role is not Role.ADMIN:
            mine = who.section or ""
            own = {mine: own.get(mine, mine)}
        self.offered = own
        self.section.choices = list(own.items())
        for name in ("title_ja", "text_ja", "topics", "ends"):
            self[name].flags.required = True

    def words(self, language: Language) -> tuple[str, str]:
        """Title and text in a language; empty where nothing is typed."""
        title, text = (self[f"{part}_{_key(language)}"].data or "" for part in ("title", "text"))
        return one_line(title), lines(text)

    def check_words(self, text: str, most: int) -> None:
        """Raises where LINE would cut it, or a person could be known by it."""
        if _units(text) > most:
            raise wrong("long", most=most, length=_units(text))
        self.check_personal(text)

    def check_personal(self, text: str) -> None:
        if found := personal_in(self.known, text, viewer().shown):
            raise wrong("personal", what="、".join(found))

    def validate_link(self, field: Field) -> None:
        link = (field.data or "").strip()
        if link and not is_page(link, LINK_MOST):
            raise wrong("link")
        self.check_personal(link)

    def validate_topics(self, field: Field) -> None:
        if not field.data or not set(field.data) <= {topic.id for topic in self.known.topics}:
            raise wrong("topics")

    def validate_wards(self, field: Field) -> None:
        if not set(field.data or ()) <= set(site().profile.wards):
            raise wrong("wards")

    def validate_section(self, field: Field) -> None:
        if field.data not in self.offered:
            raise wrong("section")

    def validate_begins(self, field: Field) -> None:
        if (field.data or "").strip() and moment(field.data) is None:
            raise wrong("begins")

    def validate_ends(self, field: Field) -> None:
        now = site().clock()
        begins, ends = moment(self.begins.data) or now, moment(field.data)
        if ends is None:
            raise wrong("ends")
        if ends <= max(begins, now):
            raise wrong("order")
        if ends > max(begins, now) + LONGEST:
            raise wrong("longest", days=LONGEST.days)

    def draft(self) -> MailingDraft:
        """What a form says that was found right."""
        ends = moment(self.ends.data)
        assert ends is not None
        said = {language: Words(*self.words(language)) for language in Language if any(self.words(language))}
        return MailingDraft(
            words=said,
            link=(self.link.data or "").strip(),
            topics=tuple(map(TopicId, self.topics.data or ())),
            wards=tuple(self.wards.data or ()),
            section=SectionId(self.section.data) if self.section.data else None,
            send_at=moment(self.begins.data),
            not_after=ends,
            urgent=bool(self.urgent.data),
        )

    @property
    def read_version(self) -> int:
        """Of the mailing as it was when the form was opened."""
        return number_of(self.version.data or "")

    @property
    def in_languages(self) -> list[tuple[Language, Field, Field]]:
        """The fields of each language besides Japanese."""
        others = [language for language in Language if language is not Language.JAPANESE]
        return [(each, self[f"title_{_key(each)}"], self[f"text_{_key(each)}"]) for each in others]


def wrong(key: str, **values: object) -> ValidationError:
    return ValidationError(site().say(f"mailings.wrong.{key}", **values))


def _data(there: Mailing | None, who: Viewer, now: datetime) -> dict[str, Any]:
    if there is None:
        last = datetime.combine((now.astimezone(JAPAN) + LASTS).date(), EVENING, JAPAN)
        return {"section": who.section or "", "ends": typed_moment(last)}
    what = there.what
    data: dict[str, Any] = {
        "link": what.link,
        "topics": list(what.topics),
        "wards": list(what.wards),
        "section": what.section or "",
        "begins": typed_moment(what.send_at) if what.send_at else "",
        "ends": typed_moment(what.not_after),
        "urgent": what.urgent,
    }
    for language, words in what.words.items():
        data |= {f"title_{_key(language)}": words.title, f"text_{_key(language)}": words.text}
    return data
