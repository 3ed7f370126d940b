"""The form of a record of any kind: a field for each column, made from the schema of its file."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import flask
from wtforms import Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lack it
from wtforms.form import BaseForm
from wtforms.widgets import CheckboxInput, ListWidget

from faq import cells
from faq.cells import CellType
from faq.problems import Problem
from faq.schemas import Column, Schema
from web import kinds
from web.record_choices import Choices
from web.site import site

PREFIX: Final = "cell-"
_FIRST: Final[Mapping[str, tuple[str, ...]]] = {"faq": ("question", "phrasings", "answer")}
"""What is written first, where it is not what stands first in the file."""
LONG: Final = 200
"""Letters from which a text is written in several lines."""
MOST_WHY: Final = 500
"""Letters of a reason."""
_WHY: Final = "why"
_SOURCED: Final = "provenance."
_INPUTS: Final[tuple[tuple[CellType[Any], Mapping[str, str]], ...]] = (
    (cells.DATE, {"type": "date"}),
    (cells.TIME, {"type": "time"}),
    (cells.TELEPHONE, {"type": "tel", "autocomplete": "off"}),
    (cells.URL, {"type": "url", "autocomplete": "off"}),
    (cells.SLUG, {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    (cells.CODE, {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
)


class RecordForm(BaseForm):
    """Fields by the headings of their columns."""

    def __init__(
        self, schema: Schema[Any], choices: Choices, record_cells: Mapping[str, str], *, is_new: bool
    ) -> None:
        """Filled with what was sent, else with the cells given; the key of a record that is there stays."""
        self.schema, self.suggested = schema, choices.suggested
        self.fixed = () if is_new else tuple(each.name for each in schema.columns if _is_fixed(schema, each))
        fields = {
            column.name: _field(schema.name, column, choices)
            for column in schema.columns
            if column.name not in self.fixed
        }
        super().__init__(fields | {_WHY: TextAreaField()}, prefix=PREFIX)
        self.kept = {name: record_cells.get(name, "") for name in self.fixed}
        self.kept_words = {
            name: choices.word_of(name, cell) or kinds.words_of(schema.name, schema.column(name), cell)
            for name, cell in self.kept.items()
        }
        self.process(
            flask.request.form if flask.request.method == "POST" else None,
            data={column.name: _shown(column, record_cells.get(column.name, "")) for column in self.columns},
        )

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those that have a field, in the order of the file."""
        return tuple(column for column in self.schema.columns if column.name not in self.fixed)

    @property
    def why(self) -> Any:
        """The field for the reason, which is told to who approves and kept in the history."""
        return self[_WHY]

    def says_why(self) -> bool:
        """Whether a reason was given; else the form asks for it."""
        text = (self.why.data or "").strip()
        if not 0 < len(text) <= MOST_WHY:
            self.why.errors = [site().say("knowledge.wrong.why", most=MOST_WHY)]
        return not self.why.errors

    def cells(self) -> dict[str, str]:
        """What was typed, as the cells of a row."""
        return self.kept | {column.name: _typed(column, self[column.name].data) for column in self.columns}

    def put(self, typed: Mapping[str, str]) -> None:
        """Fills the fields with other cells."""
        for column in self.columns:
            self[column.name].data = _shown(column, typed.get(column.name, ""))

    def tell(self, problems: Iterable[Problem]) -> None:
        """Puts what is wrong beside the fields; what is of no field, on top."""
        for problem in problems:
            says = kinds.say_problem(problem)
            if problem.column in self._fields:
                label = kinds.column_label(self.schema.name, problem.column)
                field = self[problem.column]
                field.errors = [*field.errors, f"{label}：{says}"]
            else:
                self.form_errors.append(says)


def groups_of(form: RecordForm) -> tuple[tuple[str, tuple[Column, ...]], ...]:
    """The columns in the groups in which they are filled in, each with its heading (of the first, none)."""
    ours = [each for each in form.columns if not each.field.startswith(_SOURCED)]
    first = [each for name in _FIRST.get(form.schema.name, ()) for each in ours if each.name == name]
    rest = [each for each in ours if each not in first]
    sourced = [each for each in form.columns if each not in ours]
    found = (("", first), ("more" if first else "", rest), ("source", sourced))
    return tuple((name, tuple(columns)) for name, columns in found if columns)


def attributes(column: Column, field: Field) -> dict[str, object]:
    """What the input of a field is told besides, by the type of its column."""
    found: dict[str, object] = next((dict(extra) for kind, extra in _INPUTS if kind is column.type), {})
    if found.get("type") in ("date", "time") and isinstance(column.parse(field.data or ""), cells.Wrong):
        del found["type"]  # such an input would drop what was typed, and it has to be mended
    if isinstance(field, TextAreaField):
        found["rows"] = _rows(column, field.data or "")
    if column.type.limit and not column.type.several:
        found |= counted(column.type.limit)
    if column.required:
        found["required"] = True
    return found


def counted(limit: int) -> dict[str, object]:
    """What a field is told that counts the letters left, in words with `#` for their number."""
    left, over = (site().say(f"knowledge.counter.{each}", count="#") for each in ("left", "over"))
    return {"data-limit": limit, "data-left": left, "data-over": over}


def _is_fixed(schema: Schema[Any], column: Column) -> bool:
    """What tells records apart stays; but of words that mean the same it is the first, which may change."""
    return column.field in schema.key and not column.type.several


def _rows(column: Column, text: str) -> int:
    lines = text.count("\n") + 1 + (0 if column.type.several else len(text) // 40)
    return min(max(lines + 1, 3), 16)


def _field(kind: str, column: Column, choices: Choices) -> Any:
    words: dict[str, Any] = {
        "label": kinds.column_label(kind, column.name),
        "description": kinds.column_help(kind, column.name),
    }
    if column.name in choices.named:
        return _Select(pairs=_choosable(column, choices.named[column.name]), **words)
    taken = [(word, kinds.word_of(kind, column, word)) for word in column.type.choices]
    if taken and column.type.several:
        return _Ticks(pairs=taken, **words)
    if taken:
        return _Select(pairs=_choosable(column, taken), **words)
    if column.type.several or column.type.limit > LONG:
        return TextAreaField(**words)
    return StringField(**words)


def _choosable(column: Column, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    may_be_empty = not column.required or column.refers_to
    return [*([("", "—")] if may_be_empty else []), *pairs]


def _choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


class _Select(SelectField):
    """One of the choices; a value that is none of them any more, or never was, is not lost."""

    def __init__(self, pairs: list[tuple[str, str]], **options: Any) -> None:
        self.pairs = pairs
        super().__init__(validate_choice=False, choices=_choices(pairs), **options)

    def iter_choices(self) -> Any:
        if self.data and self.data not in [value for value, _ in self.pairs]:
            self.choices = _choices([*self.pairs, (self.data, self.data)])
        return super().iter_choices()


class _Ticks(SelectMultipleField):
    """Any of the choices, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, pairs: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(validate_choice=False, choices=_choices(pairs), **options)


def _shown(column: Column, cell: str) -> object:
    """A cell as its field holds it."""
    if not column.type.several:
        return cell
    values = [value for value in cell.split("|") if value]
    return values if column.type.choices else "\n".join(values)


def _typed(column: Column, data: object) -> str:
    """What a field holds, as a cell."""
    match data:
        case list():
            return "|".join(map(str, data))
        case str():
            lines = data.splitlines() if column.type.several else []
            return "|".join(filter(None, map(str.strip, lines))) if column.type.several else data
        case _:
            return ""
