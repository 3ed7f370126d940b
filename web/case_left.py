"""How long there is until a promised answer, in words: nobody has to tell colours apart or to reckon."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from nlp.japan import today
from web.site import site
from web.times import say_clock, say_short_day

SOON: Final = timedelta(hours=2)
"""What is due so soon is marked."""


@dataclass(frozen=True, slots=True)
class Left:
    """A promise, as somebody sees it now."""

    by: str
    """今日の17時まで, 11月25日（水）の10時まで."""
    says: str
    """あと2時間10分, 40分遅れています."""
    is_late: bool
    is_soon: bool

    @property
    def tone(self) -> str:
        """The kind of its mark."""
        return "bad" if self.is_late else "warn" if self.is_soon else ""


def left_until(promised_at: datetime, now: datetime) -> Left:
    """What is left of the time, or by how much it has passed."""
    late = promised_at < now
    span = _say_span(now - promised_at if late else promised_at - now)
    return Left(
        site().say("cases.left.by", day=_say_day(promised_at, now), clock=say_clock(promised_at)),
        site().say("cases.left.late" if late else "cases.left.says", span=span),
        late,
        not late and promised_at - now <= SOON,
    )


def _say_day(at: datetime, now: datetime) -> str:
    days = (today(at) - today(now)).days
    return site().say("cases.left.days").split("|")[days] if days in (0, 1) else say_short_day(at)


def _say_span(span: timedelta) -> str:
    """The two largest units: 2日と3時間, 2時間10分; under a minute one."""
    minutes = max(1, int(span.total_seconds()) // 60)
    days, hours, rest = minutes // (24 * 60), minutes // 60 % 24, minutes % 60
    say = site().say
    if days:
        return say("cases.left.days_and_hours" if hours else "cases.left.whole_days", days=days, hours=hours)
    if hours:
        return say("cases.left.hours_and_minutes" if rest else "cases.left.hours", hours=hours, minutes=rest)
    return say("cases.left.minutes", minutes=minutes)
