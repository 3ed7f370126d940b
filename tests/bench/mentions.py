"""Personal data in voices: how much of what a person marked is pointed at, and how much of what is pointed at is
personal, beside what a plain search would do: regular expressions of numbers, mail and dates, and every name of a
person that Sudachi knows.

A mark counts as met where a mention overlaps it, as whole where mentions cover every letter, as exact where one has
the same letters. A mention counts as right where it overlaps a mark. Of each kind: marks by the kind a person gave,
mentions by the kind they say.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from faq import exchange
from faq.everybodys import everybodys
from faq.kinds import OFFICES, SHELTERS
from faq.offices import Directory
from faq.problems import Refused
from faq.profile import read_profile
from nlp.mentions import Everybodys, Kind, Mention, find
from nlp.tokenizer import OF_A_TOKEN, of_this_thread
from tests.bench.tables import Table
from tests.marked import Span, Voice, voices
from tests.service import ROOT

Finder = Callable[[str], Sequence[Mention]]
FILES = ("tuning", "heldout")
_PLAIN = (
    (Kind.TELEPHONE, re.compile(r"0\d{1,4}[-ー(]?\d{1,4}[-ー)]?\d{3,4}")),
    (Kind.MAIL, re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")),
    (Kind.ADDRESS, re.compile(r"〒?\d{3}-\d{4}|\d+丁目[\d番地号-]*")),
    (Kind.BIRTH, re.compile(r"(?:明治|大正|昭和|平成|令和|\d{4})\d*年\d+月\d+日")),
    (Kind.AGE, re.compile(r"\d+[歳才]")),
    (Kind.NUMBER, re.compile(r"\d{4}[- ]?\d{4}[- ]?\d{4}")),
)


@dataclass(slots=True)
class Tally:
    """Counts over voices, by kind."""

    marks: Counter[Kind] = field(default_factory=Counter)
    met: Counter[Kind] = field(default_factory=Counter)
    whole: Counter[Kind] = field(default_factory=Counter)
    exact: Counter[Kind] = field(default_factory=Counter)
    mentions: Counter[Kind] = field(default_factory=Counter)
    right: Counter[Kind] = field(default_factory=Counter)
    touched: int = 0
    """Voices without anything personal in which something was pointed at."""
    clean: int = 0

    @property
    def recall(self) -> float:
        """Share of the marks that a mention overlaps."""
        return self.met.total() / self.marks.total()

    @property
    def precision(self) -> float:
        """Share of the mentions that overlap a mark."""
        return self.right.total() / max(1, self.mentions.total())


@cache
def city() -> Everybodys:
    """What is public in the city that ships."""
    data = ROOT / "data"
    offices, shelters = (exchange.read(kind, data / f"{kind.name}.csv") for kind in (OFFICES, SHELTERS))
    assert not isinstance(offices, Refused)
    assert not isinstance(shelters, Refused)
    profile = read_profile(data / "city.toml")
    known = {profile.call_centre.telephone, *profile.own, *(office.telephone for office in offices.records)}
    addresses = {office.address for office in offices.records}
    return everybodys((known | addresses) - {""}, Directory(offices.records, shelters.records))


def own(text: str) -> Sequence[Mention]:
    return find(text, city())


def tally(finder: Finder, told: Iterable[Voice]) -> Tally:
    """What a finder makes of marked voices."""
    counts = Tally()
    for voice in told:
        mentions = finder(voice.text)
        counts.clean += not voice.spans
        counts.touched += bool(mentions) and not voice.spans
        for span in voice.spans:
            counts.marks[span.kind] += 1
            counts.met[span.kind] += any(_overlap(each, span) for each in mentions)
            counts.whole[span.kind] += _covered(voice.text, span, mentions)
            counts.exact[span.kind] += any(
                (each.start, each.end) == (span.start, span.end) for each in mentions
            )
        for mention in mentions:
            counts.mentions[mention.kind] += 1
            counts.right[mention.kind] += any(_overlap(mention, each) for each in voice.spans)
    return counts


def plain(text: str) -> list[Mention]:
    """The peer."""
    found = [Mention(*m.span(), kind, "") for kind, pattern in _PLAIN for m in pattern.finditer(text)]
    for word in of_this_thread(OF_A_TOKEN).tokenize(text):
        if "人名" in word.part_of_speech():
            found.append(Mention(word.begin(), word.end(), Kind.NAME, ""))
    return found


def run(files: Sequence[str] = FILES) -> list[Table]:
    tables = []
    for name in files:
        told = voices(name)
        ours, peer = tally(own, told), tally(plain, told)
        rows = [_row(kind.value, ours, kind) for kind in Kind]
        tables.append(
            Table(
                f"Mentions, {name}: {len(told)} voices, {ours.clean} with nothing personal",
                (
                    "",
                    "marks",
                    "met",
                    "whole",
                    "exact",
                    "recall",
                    "mentions",
                    "right",
                    "precision",
                    "clean touched",
                ),
                (*rows, _sum("all", ours), _sum("regex and 人名", peer)),
            )
        )
    return [*tables, _times()]


def _times() -> Table:
    texts = [voice.text for name in FILES for voice in voices(name)]
    long = ("山田太郎さんは東区帯山1-2-3に住む72歳で090-0123-4567です。" * 200)[:5000]
    rows = []
    for name, finder in (("nlp/mentions.py", own), ("regex and 人名", plain)):
        finder(texts[0])
        started = time.perf_counter()
        for text in texts:
            finder(text)
        each = (time.perf_counter() - started) / len(texts) * 1e3
        started = time.perf_counter()
        finder(long)
        rows.append((name, f"{each:.2f}", f"{(time.perf_counter() - started) * 1e3:.1f}"))
    return Table("Mentions: time", ("", "ms a voice", "ms for 5,000 letters"), tuple(rows))


def _row(name: str, counts: Tally, kind: Kind) -> tuple[str, ...]:
    return _cells(name, *(each[kind] for each in _counters(counts)), "")


def _sum(name: str, counts: Tally) -> tuple[str, ...]:
    totals = (each.total() for each in _counters(counts))
    return _cells(name, *totals, f"{counts.touched} of {counts.clean}")


def _counters(counts: Tally) -> tuple[Counter[Kind], ...]:
    return counts.marks, counts.met, counts.whole, counts.exact, counts.mentions, counts.right


def _cells(
    name: str, marks: int, met: int, whole: int, exact: int, mentions: int, right: int, touched: str
) -> tuple[str, ...]:
    numbers = (marks, met, whole, exact, _share(met, marks), mentions, right, _share(right, mentions))
    return (name, *map(str, numbers), touched)


def _share(part: int, all_of: int) -> str:
    return f"{part / all_of:.3f}" if all_of else "-"


def _overlap(mention: Mention, span: Span) -> bool:
    return mention.start < span.end and span.start < mention.end


def _covered(text: str, span: Span, mentions: Iterable[Mention]) -> bool:
    """Whether no letter or digit of the mark stays."""
    gone = {at for each in mentions for at in range(each.start, each.end)}
    return all(at in gone or not text[at].isalnum() for at in range(span.start, span.end))


if __name__ == "__main__":
    sys.stdout.write("\n\n".join(map(str, run(sys.argv[1:] or FILES))) + "\n")
