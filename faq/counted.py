"""Entries whose words are counted: all that a search reads of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from faq import matrix, meaning
from faq.features import Known
from faq.index import PreparedEntry
from faq.models import EntryId
from faq.ragged import Splice
from faq.rows import Entries, Rows


@dataclass(frozen=True)
class Counted:
    """Immutable; a change makes a new one."""

    entries: Entries
    """In the order given."""
    known: Known

    @classmethod
    def of(cls, prepared: Iterable[PreparedEntry]) -> "Counted":
        """Reads these entries; ValueError where two have one id."""
        rows, words = matrix.read(prepared)
        ids = Counter(rows.entries.ids)
        if len(ids) < len(rows.entries):
            twice = sorted(entry_id for entry_id, count in ids.items() if count > 1)
            raise ValueError(f"entries with the same id: {', '.join(twice)}")
        built = matrix.build(rows.segments, words)
        return cls(rows.entries, Known(built, meaning.build(built), rows.phrasings))

    def renewed(self, changed: Iterable[PreparedEntry], gone: Iterable[EntryId]) -> "Counted":
        """With changed entries in the place of those of the same id, or at the end, and without those that are gone.

        Only the changed entries are read; of the others, arrays are copied. The counts are those that `of` the
        same entries would make; mean vectors may differ a little (`meaning.DRIFT`).
        """
        latest = {prepared.entry.id: prepared for prepared in changed}
        replaced = {self.places[key]: row for row, key in enumerate(latest) if key in self.places}
        left = {self.places[key] for key in gone if key in self.places}
        if not latest and not left:
            return self
        before = self.known.matrix
        fresh, words = matrix.read(latest.values(), before.words)
        splice = Splice.of(len(self.entries), len(latest), replaced, left - replaced.keys())
        rows = Rows(self.entries, before.segments, self.known.phrasings).spliced(fresh, splice)
        after = before.spliced(words, rows.segments, fresh.segments, splice)
        means = self.known.meaning.spliced(after, fresh.segments, splice)
        return Counted(rows.entries, Known(after, means, rows.phrasings))

    @cached_property
    def places(self) -> dict[EntryId, int]:
        """Where each entry stands in the matrix."""
        return {entry_id: place for place, entry_id in enumerate(self.entries.ids)}
