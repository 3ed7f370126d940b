"""A knowledge as it would be after a change, to be asked before anybody publishes it."""

from collections.abc import Mapping, Sequence

from faq.index import prepare
from faq.models import EntryId, FaqEntry, LabelledQuestion, Synonyms
from faq.search import Knowledge


def altered(
    known: Knowledge, entries: Mapping[EntryId, FaqEntry | None], synonyms: Mapping[str, Synonyms | None]
) -> Knowledge:
    """With these entries by their id and synonyms by their first word; None: without it. The same where neither is."""
    changed = [prepare(entry) for entry in entries.values() if entry is not None]
    gone = [entry_id for entry_id, entry in entries.items() if entry is None]
    with_entries = known.renewed(changed, gone)
    if not synonyms:
        return with_entries
    groups: dict[str, Synonyms | None] = {group.words[0]: group for group in known.synonyms}
    return with_entries.with_synonyms([group for group in (groups | dict(synonyms)).values() if group])


def relabelled(
    known: Sequence[LabelledQuestion], changes: Mapping[tuple[str, str], LabelledQuestion | None]
) -> list[LabelledQuestion]:
    """Labelled questions with changes by question and entry; None: without that row."""
    rows: dict[tuple[str, str], LabelledQuestion | None] = {
        (row.query_id, row.faq_id or ""): row for row in known
    }
    return [row for row in (rows | dict(changes)).values() if row]
