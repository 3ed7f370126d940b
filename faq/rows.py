"""The entries of a knowledge row by row: what they say, their words, and how their phrasings are written."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from faq import entry_json
from faq.index import PreparedEntry
from faq.models import EntryId, FaqEntry
from faq.ragged import Ints, Splice, Starts, starts
from faq.segments import ANSWER, QUESTION, Segments
from faq.texts import END, Texts

Bytes = npt.NDArray[np.uint8]
GAP = "\t"
"""What ends the reading of a word; none has it within."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """Entries as JSON one after the other, mapped from a file and read when one is asked for."""

    json: Bytes
    start: Starts
    """(entries + 1,) into `json`."""

    def __len__(self) -> int:
        return len(self.start) - 1

    def __getitem__(self, number: int) -> FaqEntry:
        return entry_json.read(self.json[self.start[number] : self.start[number + 1]].tobytes())


NOTHING_SHELVED = Shelved(np.zeros(0, np.uint8), np.zeros(1, np.int64))


@dataclass(frozen=True, slots=True)
class Entries:
    """N entries: those of a file, and those that came later."""

    ids: tuple[EntryId, ...]
    """(N,)"""
    number: Ints
    """(N,) which shelved entry, or behind these, which loose one."""
    shelved: Shelved
    loose: tuple[FaqEntry, ...]

    @classmethod
    def of(cls, entries: Sequence[FaqEntry]) -> "Entries":
        """These, none from a file."""
        ids = tuple(entry.id for entry in entries)
        return cls(ids, np.arange(len(entries)), NOTHING_SHELVED, tuple(entries))

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, place: int) -> FaqEntry:
        number = int(self.number[place])
        shelved = len(self.shelved)
        return self.shelved[number] if number < shelved else self.loose[number - shelved]

    def __iter__(self) -> Iterator[FaqEntry]:
        return (self[place] for place in range(len(self)))

    def spliced(self, fresh: "Entries", splice: Splice) -> "Entries":
        """Some rows of these, some of the fresh ones, which are loose."""
        shelved = len(self.shelved)
        ids = chain.from_iterable((fresh if new else self).ids[span] for new, span in splice.runs())
        number = splice.flat(self.number, fresh.number + shelved + len(self.loose))
        late = np.flatnonzero(number >= shelved)
        loose = self.loose + fresh.loose
        kept = tuple(loose[at] for at in (number[late] - shelved).tolist())
        number[late] = np.arange(shelved, shelved + len(late))
        return Entries(tuple(ids), number, self.shelved, kept)


@dataclass(frozen=True, slots=True)
class Phrasings:
    """The questions and phrasings of N entries, P of them, as letters and as readings."""

    letters: Texts
    read: Texts
    """The reading of each word, with `GAP` behind it."""
    entry_start: Starts
    """(N + 1,) into both."""

    @property
    def entry_of(self) -> Ints:
        """(P,) the entry of each."""
        return np.repeat(np.arange(len(self.entry_start) - 1), np.diff(self.entry_start))

    def of(self, places: Ints) -> tuple[list[str], list[str], Ints]:
        """Letters and readings of the phrasings of some entries, and where those of each begin."""
        first, stop = self.entry_start[places].tolist(), self.entry_start[places + 1].tolist()
        letters = [self.letters.between(a, b) for a, b in zip(first, stop, strict=True)]
        read = [self.read.between(a, b) for a, b in zip(first, stop, strict=True)]
        firsts = np.cumsum([0, *map(len, letters[:-1])])
        readings = [words.replace(GAP, "") for words in chain.from_iterable(read)]
        return list(chain.from_iterable(letters)), readings, firsts

    def readings(self) -> list[str]:
        """(P,) how each is read, without gaps."""
        return self.read.joined.replace(GAP, "").split(END)[:-1]

    def words_read(self) -> list[str]:
        """How each word is read, phrasing after phrasing."""
        return self.read.joined.replace(END, "").split(GAP)[:-1]

    def spliced(self, fresh: "Phrasings", splice: Splice) -> "Phrasings":
        """Some rows of these, some of the fresh ones."""
        groups = self.entry_start, fresh.entry_start
        counts = splice.flat(np.diff(self.entry_start), np.diff(fresh.entry_start))
        return Phrasings(
            self.letters.spliced(groups[0], fresh.letters, groups[1], splice),
            self.read.spliced(groups[0], fresh.read, groups[1], splice),
            starts(counts),
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """N entries with all that belongs to each."""

    entries: Entries
    segments: Segments
    phrasings: Phrasings

    def spliced(self, fresh: "Rows", splice: Splice) -> "Rows":
        """Some of these rows, some of the fresh ones."""
        return Rows(
            self.entries.spliced(fresh.entries, splice),
            self.segments.spliced(fresh.segments, splice),
            self.phrasings.spliced(fresh.phrasings, splice),
        )


def read(prepared: Iterable[PreparedEntry], number_of: Callable[[str], int]) -> Rows:
    """Takes entries one by one; their words are kept as numbers only."""
    entries: list[FaqEntry] = []
    phrases: list[tuple[str, str]] = []
    words, lengths, kinds = array("i"), array("i"), bytearray()
    segments, phrasings = array("i"), array("i")
    for each in prepared:
        said = [phrase.words for phrase in each.questions]
        answered = [*each.answer, each.context]
        entries.append(each.entry)
        phrases += ((phrase.plain, _with_gaps(phrase.readings)) for phrase in each.questions)
        words.extend(map(number_of, chain.from_iterable((*said, *answered))))
        lengths.extend(map(len, (*said, *answered)))
        kinds += bytes([QUESTION]) * len(said) + bytes([ANSWER]) * len(answered)
        segments.append(len(said) + len(answered))
        phrasings.append(len(said))
    return Rows(
        Entries.of(entries),
        Segments(
            _ints(words), starts(_ints(lengths)), np.frombuffer(kinds, np.int8), starts(_ints(segments))
        ),
        Phrasings(
            Texts.of(plain for plain, _ in phrases),
            Texts.of(read for _, read in phrases),
            starts(_ints(phrasings)),
        ),
    )


def _with_gaps(readings: Iterable[str]) -> str:
    return "".join(reading.replace(GAP, " ") + GAP for reading in readings)


def _ints(numbers: "array[int]") -> Ints:
    return np.frombuffer(numbers, np.int32) if numbers else np.zeros(0, np.int32)
