"""The forms on the page of a proposal: each carries the version of the proposal that its writer saw."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import Field as FormField
from wtforms import HiddenField, SelectField, StringField, TextAreaField, ValidationError

from faq.counters import SectionId
from nlp.japan import today
from store.collaboration_agreements import Agreement
from store.collaboration_evaluations import EvaluationDraft
from store.collaboration_stages import MOVES, Stage
from store.collaboration_steps import StepDraft
from store.collaborations import Collaboration
from web.numbers import number_of
from web.site import site
from web.typed import lines, one_line

Personal = Callable[[str], tuple[str, ...]]
"""What of a person stands in a text, in words."""

LINE: Final = 200
TEXT: Final = 2000


class CollaborationForm(FlaskForm):  # type: ignore[misc]
    """What all of them have."""

    version = HiddenField()

    def __init__(self, found: Collaboration, prefix: str, personal: Personal, **data: Any) -> None:
        super().__init__(prefix=f"{prefix}-", data={"version": str(found.version), **data})
        self.found = found
        self._personal = personal

    @property
    def read_version(self) -> int:
        return number_of(self.version.data or "")

    def check(self, field: FormField, most: int, *, needed: bool = True) -> None:
        """Raises where nothing is written, too much is, or a person could be known by it."""
        text = (field.data or "").strip()
        if needed and not text:
            raise wrong("empty")
        if len(text) > most:
            raise wrong("long", most=most)
        if found := self._personal(text):
            raise wrong("personal", what="、".join(found))


class StepForm(CollaborationForm):
    """To the next stage."""

    stage = SelectField(validate_choice=False)
    on = StringField()
    decided_by = StringField()
    words = TextAreaField()
    next_decides = StringField()
    next_due_on = StringField()

    def __init__(self, found: Collaboration, personal: Personal) -> None:
        day = today(site().clock())
        super().__init__(found, "step", personal, on=day.isoformat(), decided_by=found.decides)
        ways = [stage for stage in MOVES[found.stage] if stage is not Stage.EVALUATED]
        self.ways = frozenset(each.value for each in ways)
        self.stage.choices = [(each.value, site().say(f"collaborations.stages.{each}")) for each in ways]
        for name in ("stage", "on", "words"):
            self[name].flags.required = True

    def validate_stage(self, field: FormField) -> None:
        if field.data not in self.ways:
            raise wrong("stage")

    def validate_on(self, field: FormField) -> None:
        if _day(field.data) is None:
            raise wrong("day")

    def validate_decided_by(self, field: FormField) -> None:
        needed = self.stage.data in (Stage.DECIDED, Stage.DECLINED, Stage.AGREED)
        self.check(field, LINE, needed=needed)

    def validate_words(self, field: FormField) -> None:
        self.check(field, TEXT)

    def validate_next_decides(self, field: FormField) -> None:
        self.check(field, LINE, needed=False)

    def validate_next_due_on(self, field: FormField) -> None:
        _check_day(field)

    def draft(self) -> StepDraft:
        """What a form says that was found right."""
        on = _day(self.on.data)
        assert on is not None
        return StepDraft(
            Stage(self.stage.data),
            on,
            one_line(self.decided_by.data),
            lines(self.words.data),
            one_line(self.next_decides.data),
            _day(self.next_due_on.data),
        )


class PlanForm(CollaborationForm):
    """Who decides upon the next stage, and by when."""

    decides = StringField()
    due_on = StringField()

    def __init__(self, found: Collaboration, personal: Personal) -> None:
        due = found.due_on.isoformat() if found.due_on else ""
        super().__init__(found, "plan", personal, decides=found.decides, due_on=due)

    def validate_decides(self, field: FormField) -> None:
        self.check(field, LINE, needed=False)

    def validate_due_on(self, field: FormField) -> None:
        _check_day(field)

    @property
    def due(self) -> date | None:
        return _day(self.due_on.data)


class SectionForm(CollaborationForm):
    """To another section."""

    section = SelectField(validate_choice=False)

    def __init__(self, found: Collaboration, personal: Personal, sections: dict[str, str]) -> None:
        super().__init__(found, "section", personal, section=found.section)
        self.there = frozenset(sections)
        self.section.choices = list(sections.items())

    def validate_section(self, field: FormField) -> None:
        if field.data not in self.there:
            raise wrong("section")

    @property
    def to(self) -> SectionId:
        return SectionId(self.section.data)


class AgreementForm(CollaborationForm):
    """Who does what, for how long: as everybody reads it."""

    title = StringField()
    summary = TextAreaField()
    partner = StringField()
    citys_part = TextAreaField()
    partners_part = TextAreaField()
    begins = StringField()
    ends = StringField()

    def __init__(self, found: Collaboration, personal: Personal, there: Agreement | None) -> None:
        super().__init__(found, "agreement", personal, **_agreement(there))
        for name in ("title", "summary", "citys_part", "partners_part", "begins", "ends"):
            self[name].flags.required = True

    def validate_title(self, field: FormField) -> None:
        self.check(field, LINE)

    def validate_summary(self, field: FormField) -> None:
        self.check(field, TEXT)

    def validate_partner(self, field: FormField) -> None:
        self.check(field, LINE, needed=False)
        if (field.data or "").strip() and not self.found.may_be_named:
            raise wrong("not_to_be_named")

    def validate_citys_part(self, field: FormField) -> None:
        self.check(field, TEXT)

    def validate_partners_part(self, field: FormField) -> None:
        self.check(field, TEXT)

    def validate_begins(self, field: FormField) -> None:
        if _day(field.data) is None:
            raise wrong("day")

    def validate_ends(self, field: FormField) -> None:
        begins, ends = _day(self.begins.data), _day(field.data)
        if ends is None:
            raise wrong("day")
        if begins is not None and ends < begins:
            raise wrong("order")

    def agreement(self) -> Agreement:
        """What a form says that was found right."""
        begins, ends = _day(self.begins.data), _day(self.ends.data)
        assert begins is not None
        assert ends is not None
        return Agreement(
            one_line(self.title.data),
            lines(self.summary.data),
            one_line(self.partner.data),
            lines(self.citys_part.data),
            lines(self.partners_part.data),
            begins,
            ends,
        )


class EvaluationForm(CollaborationForm):
    """What both sides say of a fiscal year."""

    year = HiddenField()
    reached = TextAreaField()
    by_city = TextAreaField()
    by_partner = TextAreaField()

    def __init__(
        self, found: Collaboration, personal: Personal, year: int, there: EvaluationDraft | None
    ) -> None:
        said = there or EvaluationDraft("", "", "")
        data = {"reached": said.reached, "by_city": said.by_city, "by_partner": said.by_partner}
        super().__init__(found, f"evaluation{year}", personal, year=str(year), **data)

    def validate_reached(self, field: FormField) -> None:
        self.check(field, TEXT, needed=False)

    def validate_by_city(self, field: FormField) -> None:
        self.check(field, TEXT, needed=False)

    def validate_by_partner(self, field: FormField) -> None:
        self.check(field, TEXT, needed=False)

    def draft(self) -> EvaluationDraft:
        return EvaluationDraft(
            lines(self.reached.data), lines(self.by_city.data), lines(self.by_partner.data)
        )


def wrong(key: str, **values: object) -> ValidationError:
    return ValidationError(site().say(f"collaborations.wrong.{key}", **values))


def _check_day(field: FormField) -> None:
    if (field.data or "").strip() and _day(field.data) is None:
        raise wrong("day")


def _day(text: str | None) -> date | None:
    """What an input of the kind date tells; None where it is no day of our time."""
    try:
        found = date.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return found if 2000 <= found.year < 2200 else None


def _agreement(there: Agreement | None) -> dict[str, str]:
    if there is None:
        return {}
    return {
        "title": there.title,
        "summary": there.summary,
        "partner": there.partner,
        "citys_part": there.citys_part,
        "partners_part": there.partners_part,
        "begins": there.begins.isoformat(),
        "ends": there.ends.isoformat(),
    }
