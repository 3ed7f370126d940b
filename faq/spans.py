"""Spans of a day: pairs of minutes since its midnight, from and until, in order and apart.

A span belongs to the day on which it begins, and may end on the next: 22:00-02:00 is (1320, 1560).
"""

from collections.abc import Iterable, Iterator

Span = tuple[int, int]
Spans = tuple[Span, ...]

DAY = 24 * 60
"""Minutes."""
WHOLE_DAY: Spans = ((0, DAY),)


def joined(spans: Iterable[Span]) -> Spans:
    """All minutes of the spans, those that meet or overlap as one."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        elif begins < ends:
            found.append((begins, ends))
    return tuple(found)


def without(spans: Spans, cut: Span) -> Spans:
    """The minutes of the spans that are not in the cut."""
    return tuple(_pieces(spans, cut))


def both(spans: Spans, others: Spans) -> Spans:
    """The minutes that are in the one and in the other."""
    met = ((max(a, c), min(b, d)) for a, b in spans for c, d in others)
    return joined(span for span in met if span[0] < span[1])


def begun(spans: Spans, before: Spans) -> Spans:
    """What begins on a day: its own spans but for pieces after midnight, and such pieces of the day before."""
    own = [span for span in spans if span[0] < DAY]
    return joined((*own, *((begins - DAY, ends - DAY) for begins, ends in before if begins >= DAY)))


def _pieces(spans: Spans, cut: Span) -> Iterator[Span]:
    for begins, ends in spans:
        before, after = (begins, min(ends, cut[0])), (max(begins, cut[1]), ends)
        yield from (piece for piece in (before, after) if piece[0] < piece[1])
