"""Personal data in what staff write about a case: it may stand on the city's own page, never in LINE."""

from collections.abc import Callable, Iterable, Iterator

from nlp.masking import LABELS, Masked, Personal, mask, telephones_in
from nlp.names import Introduced, introduced_names
from web.known import Known


def personal_in(known: Known, text: str, writer: str) -> tuple[str, ...]:
    """What of a person stands in a text, in words (電話番号, お名前), each once; empty where nothing does.

    What the city publishes is nobody's, and whoever signs with their own name (`writer`) tells nothing of another.
    """
    found = _masked(known, text, lambda asked: _others(asked, writer)).kinds
    return tuple(label.strip("［］") for kind, label in LABELS.items() if kind in found)


def without_personal(known: Known, text: str) -> str:
    """The text with personal data replaced by labels, its lines left as they are."""
    return _masked(known, text, introduced_names).text


def _masked(known: Known, text: str, names: Callable[[str], Iterable[Introduced]]) -> Masked:
    """A number that an entry shows is no secret, where its answer is quoted."""
    found = mask(text, known.public, names)
    if Personal.TELEPHONE not in found.kinds:
        return found
    shown = {number for entry in known.knowledge.entries for number in telephones_in(entry.answer)}
    return mask(text, known.public | shown, names)


def _others(text: str, writer: str) -> Iterator[Introduced]:
    parts = writer.split()
    own = {*parts, "".join(parts)}
    for name in introduced_names(text):
        if "".join(text[name.start : name.end].split()) not in own:
            yield name
