"""The year's figures of voices, as pages and files show them: what the city published, else what was counted here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from faq.published_years import VOICES, PublishedYear
from store.voice_figures import VoiceYear
from web import charts
from web.charts import Chart

Tell = Callable[..., str]
"""The sentence of a key, in the page's language."""


@dataclass(frozen=True, slots=True)
class Row:
    """A fiscal year."""

    year: int
    numbers: Mapping[str, int]
    """By `VOICES`; what the city did not say is missing."""
    source: str
    """Where the city published it; empty: counted here."""
    is_running: bool
    """It is not over."""

    @property
    def cells(self) -> tuple[int | None, ...]:
        return tuple(self.numbers.get(name) for name in VOICES)


def rows(counted: Sequence[VoiceYear], published: Iterable[PublishedYear]) -> tuple[Row, ...]:
    """The newest first. What the city published of a year stands, also where it was counted here too.

    `counted` ends with the year that is running.
    """
    this = counted[-1].year
    found = {each.year: Row(each.year, each.numbers, "", each.year == this) for each in counted}
    found |= {each.year: Row(each.year, each.numbers, each.source, is_running=False) for each in published}
    return tuple(found[year] for year in sorted(found, reverse=True))


def charts_of(tell: Tell, shown: Sequence[Row], year_name: Callable[[int], str]) -> tuple[Chart, ...]:
    """Letters and proposals, and opinions; none where there is nothing to show. `tell` has the names below."""
    return tuple(
        made
        for made in (
            _chart(tell, shown, year_name, "voices", ("proposals", "letters")),
            _chart(tell, shown, year_name, "opinions", ("opinions",)),
        )
        if made
    )


def _chart(
    tell: Tell, shown: Sequence[Row], year_name: Callable[[int], str], name: str, parts: tuple[str, ...]
) -> Chart | None:
    in_order = sorted(shown, key=lambda row: row.year)
    values = [[row.numbers.get(part, 0) for part in parts] for row in in_order]
    most, year = max((sum(each), row.year) for each, row in zip(values, in_order, strict=True))
    if not most:
        return None
    return Chart(
        name,
        tell(f"chart.{name}"),
        tell("about", year=year_name(year), number=f"{most:,}"),
        tuple(map(tell, parts)),
        charts.rows(values, [year_name(row.year) for row in in_order]),
    )
