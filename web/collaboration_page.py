"""The page of one proposal, as every view of it shows it: what is proposed, the steps, and all that can be done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, assert_never

import flask

from faq.periods import Period
from nlp.japan import today
from store import (
    collaboration_acts,
    collaboration_agreements,
    collaboration_evaluations,
    collaboration_steps,
    collaborations,
)
from store.collaboration_agreements import Agreement
from store.collaboration_evaluations import RUNNING, Evaluation, EvaluationDraft
from store.collaboration_refusals import CannotFollow, No, NotThere, Refused, WrongDay
from store.collaboration_stages import MOVES, Stage
from store.collaboration_steps import Step, StepDraft, StepId
from store.collaborations import Collaboration, CollaborationId
from store.db import Tx
from web.bubble import Bubble
from web.collaboration_forms import (
    AgreementForm,
    CollaborationForm,
    EvaluationForm,
    PlanForm,
    SectionForm,
    StepForm,
)
from web.door import viewer
from web.personal import personal_in
from web.section_names import section_names
from web.site import site
from web.times import say_day

TONES: Final = {
    Stage.SUBMITTED: "key",
    Stage.ADVISED: "key",
    Stage.DECIDED: "key",
    Stage.AGREED: "good",
    Stage.CARRIED_OUT: "good",
    Stage.EVALUATED: "",
    Stage.DECLINED: "",
    Stage.WITHDRAWN: "",
}
"""In which colour a stage is shown."""


@dataclass(frozen=True, slots=True)
class Page:
    """A proposal that the viewer keeps, and all that they may send about it."""

    tx: Tx
    found: Collaboration
    steps: tuple[Step, ...]
    agreement: Agreement | None
    evaluations: tuple[Evaluation, ...]
    sections: dict[str, str]
    step: StepForm
    plan: PlanForm
    section: SectionForm
    agree: AgreementForm
    years: tuple[EvaluationForm, ...]
    """Those that can still be written."""

    @property
    def forms(self) -> tuple[CollaborationForm, ...]:
        return (self.step, self.plan, self.section, self.agree, *self.years)


def page_of(tx: Tx, number: int) -> Page:
    """The page of a proposal that the viewer keeps; else it is not there."""
    found = collaborations.find(tx, viewer(), CollaborationId(number)) or flask.abort(404)
    personal = partial(personal_in, site().city(tx), writer=viewer().shown)
    agreement = collaboration_agreements.of_collaboration(tx, found.id)
    said = collaboration_evaluations.of_collaboration(tx, found.id)
    sections = dict(section_names(tx))
    return Page(
        tx,
        found,
        collaboration_steps.of_collaboration(tx, found.id),
        agreement,
        said,
        sections,
        StepForm(found, personal),
        PlanForm(found, personal),
        SectionForm(found, personal, sections),
        AgreementForm(found, personal, agreement),
        tuple(
            EvaluationForm(found, personal, year, _of_year(said, year))
            for year in _years(found, agreement, said)
        ),
    )


def _years(found: Collaboration, agreement: Agreement | None, said: Sequence[Evaluation]) -> list[int]:
    """The fiscal years that have begun, and are not public yet."""
    if agreement is None or found.stage not in RUNNING:
        return []
    public = {each.year for each in said if each.published_at is not None}
    begun = Period.year_of(today(site().clock())).first.year
    years = collaboration_evaluations.years_of(agreement)
    return [year for year in years if year not in public and year <= begun]


def _of_year(said: Sequence[Evaluation], year: int) -> EvaluationDraft | None:
    return next((each.what for each in said if each.year == year), None)


def shown(
    page: Page,
    *,
    refused: Refused | None = None,
    of: CollaborationForm | None = None,
    preview: Bubble | None = None,
    whom: Sequence[tuple[str, str]] = (),
) -> str:
    """The page. `of`: the form that was not taken, for what was `refused` or is wrong in it; it stays filled in."""
    found, now = page.found, site().clock()
    for form in page.forms:
        form.version.data = str(found.version)
    return flask.render_template(
        "collaborations/one.html",
        page=page,
        found=found,
        moves=[stage for stage in MOVES[found.stage] if stage is not Stage.EVALUATED],
        late=found.is_late(today(now)),
        can_undo=collaboration_acts.may_undo(page.steps[-1], now),
        trouble=say_refused(refused) if refused else "",
        wrong=of if of is not None and of.errors else None,
        preview=preview,
        whom=whom,
        tones=TONES,
    )


def bubble_of(page: Page, draft: StepDraft) -> Bubble:
    """What the proposer would be told."""
    now = site().clock()
    step = Step(
        StepId(0),
        page.found.id,
        page.found.steps + 1,
        draft.stage,
        draft.on,
        now,
        viewer().account,
        viewer().shown,
        draft.decided_by,
        draft.words,
        draft.next_decides,
        draft.next_due_on,
        untold=True,
    )
    then = replace(page.found, stage=draft.stage, decides=draft.next_decides, due_on=draft.next_due_on)
    return site().bubbles.collaboration(page.tx, then, step, now)


def say_refused(refused: Refused) -> str:
    """Why nothing was done, and what to do."""
    say = site().say
    match refused:
        case No():
            return say(f"collaborations.refused.{refused.name.lower()}")
        case CannotFollow(stage):
            return say("collaborations.refused.cannot_follow", stage=say(f"collaborations.stages.{stage}"))
        case WrongDay(earliest, latest):
            return say("collaborations.refused.wrong_day", earliest=say_day(earliest), latest=say_day(latest))
        case NotThere():
            return flask.abort(404)
        case _:
            assert_never(refused)
