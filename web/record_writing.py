"""What the pages share on which records are written: the form, what its reader saw, and what others wrote meanwhile."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import flask

from faq.changes import RecordName
from faq.problems import Problem
from faq.record_cells import cells_of, record_of
from faq.references import registers
from faq.schemas import Schema
from store import editions, knowledge, proposals, records
from store.db import Tx
from store.proposals import ClusterId, InvalidRecord, Proposal, Refusal
from web import kinds
from web.door import viewer
from web.merging import Cells, Merged, merge
from web.numbers import number_of, sent_number
from web.plain_remarks import COLUMNS, plainness
from web.proposal_words import say_record_problem, say_refusal
from web.record import translations_of
from web.record_choices import choices_of
from web.record_form import RecordForm, attributes, groups_of
from web.site import site

SUBMIT = "submit"
PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Writing:
    """A record that is being written at, as whoever writes has it before them."""

    schema: Schema[Any]
    key: str
    """Empty for a new one."""
    was: Cells | None
    """What is published, as they saw it; None: nothing."""
    base: Cells
    """What the form began with."""
    proposal: Proposal | None = None
    """The one that is being revised."""
    version: int = 0
    """Of the proposal, as they saw it."""

    @property
    def kind(self) -> str:
        return self.schema.name

    def sent(self) -> "Writing":
        """The same as the form says that it was seen."""
        was, base = (_read(flask.request.form.get(name, "")) for name in ("was", "base"))
        version = sent_number("version")
        return replace(self, was=was, base=base or {}, version=version)

    def before(self) -> Any | None:
        """The record that they saw."""
        if self.was is None:
            return None
        found = record_of(self.schema, self.was)
        return flask.abort(400) if isinstance(found, tuple) else found


def form_of(tx: Tx, writing: Writing, cells: Cells) -> RecordForm:
    """The form with what was sent, else with these cells."""
    made = RecordForm(writing.schema, choices_of(tx, writing.schema), cells, is_new=not writing.key)
    if flask.request.method == "GET":
        made.why.data = writing.proposal.why if writing.proposal else ""
    return made


def checked(tx: Tx, writing: Writing, form: RecordForm) -> Any | None:
    """The record that was typed; None where the form says what is wrong with it."""
    found = record_of(writing.schema, form.cells(), registers(knowledge.everything(tx)))
    if isinstance(found, tuple):
        form.tell(found)
        return None
    name = writing.schema.name_of(found)
    if writing.was is None and records.find(tx, writing.kind, name) is not None:
        first = next(column for column in writing.schema.columns if column.field in writing.schema.key)
        form.tell([Problem(0, first.name, "", site().say("knowledge.wrong.taken"))])
        return None
    return found


def cluster() -> ClusterId | None:
    """The unanswered questions that this is to answer, where the address or the form names them."""
    found = number_of(flask.request.values.get("cluster", ""))
    return ClusterId(found) if found > 0 else None


def tell(form: RecordForm, key: str, refused: Refusal) -> None:
    """Puts into the form why the store did not take it: beside its field what is of this record, the rest on top."""
    if not isinstance(refused, InvalidRecord):
        form.form_errors.append(say_refusal(refused))
        return
    own = [each for each in refused.problems if each.what.key in (key, "")]
    form.tell(each.problem for each in own)
    form.form_errors += [say_record_problem(each) for each in refused.problems if each not in own]


def stored_cells(tx: Tx, writing: Writing) -> Cells | None:
    """What is published now under the key; None where there is nothing, or the record is a new one."""
    return seen_cells(writing.schema, records.find(tx, writing.kind, writing.key)) if writing.key else None


def clash(tx: Tx, writing: Writing, form: RecordForm) -> str:
    """The page that shows what both wrote; the form goes on with both, over what is there now."""
    stored = stored_cells(tx, writing)
    both = merge(writing.schema, writing.was or {}, form.cells(), stored or {})
    form.put(both.cells)
    who = editions.conflict(tx, RecordName(writing.kind, writing.key))
    return render(tx, replace(writing, was=stored, base=stored or {}), form, both, who.by_shown)


def render(tx: Tx, writing: Writing, form: RecordForm, both: Merged | None = None, by: str = "") -> str:
    """The page with the form; with `both`, it tells who else wrote, and what."""
    under_way = proposals.open_of(tx, viewer(), writing.kind, writing.key) if writing.key else ()
    stored = records.find(tx, writing.kind, writing.key) if writing.key else None
    return flask.render_template(
        "knowledge/edit.html",
        writing=writing,
        schema=writing.schema,
        form=form,
        groups=groups_of(form),
        attributes=attributes,
        was=_written(writing.was),
        base=_written(writing.base),
        cluster=cluster(),
        both=both,
        by=by,
        under_way=[each for each in under_way if writing.proposal is None or each.id != writing.proposal.id],
        translations=translations_of(tx, stored),
        shown=form.cells(),
        title=kinds.title_of(writing.schema, stored) if stored else "",
        checked_columns=COLUMNS.get(writing.kind, ()),
        plainness=plainness(writing.kind, form.cells()),
        previewed=flask.request.form.get("act") == PREVIEW,
    )


def _written(cells: Cells | None) -> str:
    return "" if cells is None else json.dumps(cells, ensure_ascii=False)


def _read(text: str) -> Mapping[str, str] | None:
    """The cells of a hidden field; None where there were none."""
    if not text:
        return None
    try:
        found = json.loads(text)
    except ValueError:
        flask.abort(400)
    if not isinstance(found, dict) or not all(isinstance(cell, str) for cell in found.values()):
        flask.abort(400)
    return found


def seen_cells(schema: Schema[Any], record: Any | None) -> Cells | None:
    """The cells of a record that is there."""
    return None if record is None else cells_of(schema, record)
