"""The forms of a case: each has a name of its own, so that all stand on one page and what is typed in one stays."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms import Field as FormField

from faq.counters import SectionId
from faq.neighbours import Neighbour, NeighbourId
from store.case_acts import BY_HAND
from store.case_answers import In
from store.cases import Case, Ending
from store.sight import AccountId
from web.site import site
from web.typed import lines

LONGEST: Final = 2000
"""Letters of an answer or a note; LINE takes 5,000 UTF-16 units."""
LONGEST_REASON: Final = 200
Finds = Callable[[str], tuple[str, ...]]
OTHER: Final = "other"
"""The reason that is told in one's own words."""
REASONS: Final = ("procedure", "ward", "misheard", OTHER)
"""Why a case is another section's."""


class CaseForm(FlaskForm):  # type: ignore[misc]
    """What was seen when it was written: the version of the case, and the last line of its talk."""

    version = HiddenField()
    seen = HiddenField()

    def __init__(self, name: str, case: Case, seen: int = 0, **begins: object) -> None:
        super().__init__(prefix=name, data={"version": case.version, "seen": seen, **begins})

    @property
    def read_version(self) -> int:
        """0 where that is not told."""
        return _number(self.version.data)

    @property
    def seen_line(self) -> int:
        """The line up to which the talk was read."""
        return _number(self.seen.data)


class WordsForm(CaseForm):
    """One in which something is written."""

    words = TextAreaField()
    """Shown on one line where that is what its page asks for."""

    @property
    def text(self) -> str:
        """As it is kept: one sort of line break, and no blanks around it."""
        return lines(self.words.data)

    def check(self, most: int, missing: str = "") -> None:
        """Raises ValidationError for too long a text; and for none, where that is `missing`."""
        if missing and not self.text:
            raise wrong(missing)
        if len(self.text) > most:
            raise wrong("long", most=most)


class ReplyForm(WordsForm):
    """An answer, and where it is given."""

    how = RadioField(default=In.LINE.value, validate_choice=False)
    closes = BooleanField()

    def __init__(self, case: Case, seen: int, personal: Finds) -> None:
        """`personal` finds what of a person stands in a text."""
        super().__init__("reply", case, seen)
        self.personal = personal
        self.in_line = case.resident is not None
        if not self.in_line:
            self.how.data = In.PAGE.value
        ways = (In.LINE, In.PAGE) if self.in_line else (In.PAGE,)
        self.how.choices = [(each.value, site().say(f"cases.how.{each}")) for each in ways]

    def validate_words(self, _: FormField) -> None:
        self.check(LONGEST, "words_missing")

    def validate_how(self, field: FormField) -> None:
        if field.data not in (In.LINE.value, In.PAGE.value):
            raise wrong("how_missing")
        if self.way is In.LINE and (found := self.personal(self.text)):
            raise wrong("personal", what="、".join(found))

    @property
    def way(self) -> In:
        """In LINE where nothing that can be was chosen, and they are in LINE."""
        return In.LINE if self.in_line and self.how.data != In.PAGE.value else In.PAGE


class TelephoneForm(WordsForm):
    """What was said on the telephone."""

    closes = BooleanField()

    def __init__(self, case: Case, seen: int = 0) -> None:
        super().__init__("phone", case, seen)

    def validate_words(self, _: FormField) -> None:
        self.check(LONGEST, "told_missing")


class NoteForm(WordsForm):
    """A note among staff."""

    def __init__(self, case: Case) -> None:
        super().__init__("note", case)

    def validate_words(self, _: FormField) -> None:
        self.check(LONGEST, "note_missing")


class SendOnForm(CaseForm):
    """Whose it is instead, and why."""

    section = SelectField(validate_choice=False)
    reason = RadioField(default=REASONS[0], validate_choice=False)
    more = StringField()

    def __init__(self, case: Case, sections: Mapping[str, str], proposed: SectionId | None) -> None:
        super().__init__("on", case, section=proposed or "")
        say = site().say
        self.others = {name: label for name, label in sections.items() if name != case.section}
        self.section.choices = [("", say("cases.on.no_section")), *self.others.items()]
        self.reason.choices = [(each, say(f"cases.on.reasons.{each}")) for each in REASONS]

    def validate_section(self, field: FormField) -> None:
        if field.data not in self.others:
            raise wrong("section_missing")

    def validate_reason(self, field: FormField) -> None:
        if field.data not in REASONS:
            raise wrong("reason_missing")

    def validate_more(self, field: FormField) -> None:
        if len(field.data or "") > LONGEST_REASON:
            raise wrong("long", most=LONGEST_REASON)
        if self.reason.data == OTHER and not (field.data or "").strip():
            raise wrong("reason_missing")

    @property
    def why(self) -> str:
        """The reason in words, as colleagues read it."""
        more = " ".join((self.more.data or "").split())
        if self.reason.data == OTHER:
            return more
        reason = site().say(f"cases.on.reasons.{self.reason.data}")
        return site().say("cases.on.why", reason=reason, more=more) if more else reason


class ElsewhereForm(WordsForm):
    """Which authority it is for, and what else there is to say."""

    neighbour = SelectField(validate_choice=False)

    def __init__(
        self, case: Case, neighbours: Iterable[Neighbour], fits: Neighbour | None, personal: Finds
    ) -> None:
        super().__init__("else", case, neighbour=fits.id if fits else "")
        self.personal = personal
        self.by_id = {each.id: each for each in neighbours}
        names = [(each.id, each.name) for each in self.by_id.values()]
        self.neighbour.choices = [("", site().say("cases.elsewhere.none")), *names]

    def validate_neighbour(self, _: FormField) -> None:
        if self.chosen is None:
            raise wrong("neighbour_missing")

    def validate_words(self, _: FormField) -> None:
        self.check(LONGEST)
        if found := self.personal(self.text):
            raise wrong("personal_elsewhere", what="、".join(found))

    @property
    def chosen(self) -> Neighbour | None:
        return self.by_id.get(NeighbourId(self.neighbour.data or ""))


class CloseForm(WordsForm):
    """Why nothing more is to be done."""

    ending = RadioField(default=Ending.SOLVED.value, validate_choice=False)

    def __init__(self, case: Case) -> None:
        super().__init__("close", case)
        self.ending.choices = [(each.value, site().say(f"cases.close.{each}")) for each in BY_HAND]

    def validate_ending(self, field: FormField) -> None:
        if field.data not in {each.value for each in BY_HAND}:
            raise wrong("ending_missing")

    def validate_words(self, _: FormField) -> None:
        self.check(LONGEST_REASON)


class AssignForm(CaseForm):
    """Who is to look after it."""

    account = SelectField(validate_choice=False)

    def __init__(self, case: Case, people: Mapping[AccountId, str]) -> None:
        super().__init__("assign", case, account=str(case.taken_by or ""))
        self.people = {str(account): shown for account, shown in people.items()}
        self.account.choices = [("", site().say("cases.nobody_chosen")), *self.people.items()]

    def validate_account(self, field: FormField) -> None:
        if field.data not in self.people:
            raise wrong("account_missing")

    @property
    def chosen(self) -> AccountId:
        return AccountId(int(self.account.data))


def wrong(key: str, **values: object) -> ValidationError:
    """What is wrong, in words: `cases.wrong.*` of the wording."""
    return ValidationError(site().say(f"cases.wrong.{key}", **values))


def _number(text: object) -> int:
    told = str(text or "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 18 else 0
