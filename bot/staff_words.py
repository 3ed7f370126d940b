"""What staff are told, in words: that something is there, and where. Never a word of a resident's."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final, assert_never

from bot.city import LiveCity
from bot.line_messages import messages, to_bytes
from faq.counters import SectionId
from handlers.turn import Plain, Reply
from handlers.wording import Wording
from nlp.japan import JAPAN
from store import receipts
from store.contacts import Way
from store.staff_digests import Standing
from store.staff_notices import OfAlarm, OfCase, OfContact, StaffNotice, StaffNoticeKind
from store.tellings import Words

MOST_LINES: Final = 30
"""Cases that a digest names."""


@dataclass(frozen=True, slots=True)
class Saying:
    """How a city speaks to its staff."""

    wording: Wording
    city: str
    pages_url: str
    """Before the path of a page; without a slash at its end."""

    @classmethod
    def of(cls, city: LiveCity) -> "Saying":
        """As the city's files say it."""
        sayings = city.sayings
        return cls(sayings.staff_wording, sayings.profile.name, city.pages_url)

    def say(self, key: str, **values: object) -> str:
        return self.wording.say(f"staff_notice.{key}", city=self.city, **values)


def words(
    saying: Saying,
    way: Way,
    notice: StaffNotice,
    section: tuple[SectionId, str],
    standing: tuple[Standing, ...],
    now: datetime,
) -> Words:
    """A notice for one way. `section`: its id and how people call it; `standing`: what a digest tells of."""
    facts = _facts(saying, notice, section[1], standing, now)
    subject, text = (saying.say(f"{notice.kind}.{part}", **facts) for part in ("subject", "text"))
    link = saying.pages_url + _path(notice)
    match way:
        case Way.MAIL:
            where = saying.say(_where(notice), **facts)
            return Words(subject, saying.say("mail", text=text, link=link, where=where) + "\n")
        case Way.LINE_GROUP:
            said = saying.say("line", text=text, link=link)
            return Words(subject, to_bytes(messages(Reply((Plain(said),)))).decode())
        case Way.WEBHOOK:
            return Words(subject, _json(notice, section, standing, text, link))
        case _:
            assert_never(way)


def _facts(
    saying: Saying, notice: StaffNotice, section: str, standing: tuple[Standing, ...], now: datetime
) -> dict[str, object]:
    facts: dict[str, object] = {"section": section or saying.say("someone")}
    if isinstance(notice.about, OfCase):
        promised = notice.about.promised_at
        facts["receipt"] = receipts.shown(notice.about.receipt)
        facts["promised"] = (
            saying.say("promised", when=_when(saying, promised)) if promised else saying.say("unpromised")
        )
    if notice.kind is StaffNoticeKind.DIGEST:
        facts |= _counts(saying, standing, now)
    return facts


def _counts(saying: Saying, standing: tuple[Standing, ...], now: datetime) -> dict[str, object]:
    lines = [_line(saying, each, now) for each in standing[:MOST_LINES]]
    if len(standing) > MOST_LINES:
        lines.append(saying.say("digest.more", count=len(standing) - MOST_LINES))
    return {
        "count": len(standing),
        "untaken": sum(each.is_new for each in standing),
        "late": sum(each.is_late(now) for each in standing),
        "lines": "\n".join(lines),
    }


def _line(saying: Saying, case: Standing, now: datetime) -> str:
    promised = case.promised_at
    marks = (
        (case.is_late(now), "is_late"),
        (case.is_new, "is_untaken"),
        (case.unread, "is_unread"),
    )
    return saying.say(
        "digest.line",
        receipt=receipts.shown(case.receipt),
        promise=saying.say("digest.by", when=_when(saying, promised))
        if promised
        else saying.say("digest.no_promise"),
        marks="".join("　" + saying.say(f"digest.{key}") for is_so, key in marks if is_so),
    )


def _when(saying: Saying, moment: datetime) -> str:
    at = moment.astimezone(JAPAN)
    weekday = saying.say("weekdays")[at.weekday()]
    return saying.say("when", month=at.month, day=at.day, weekday=weekday, hour=at.hour, minute=at.minute)


def _path(notice: StaffNotice) -> str:
    match notice.about:
        case OfCase(case=case):
            return f"/staff/cases/{case}"
        case OfAlarm(alarm=alarm):
            return f"/staff/alarms/{alarm}"
        case OfContact():
            return "/staff/cases"
        case _:
            assert_never(notice.about)


def _where(notice: StaffNotice) -> str:
    """The key of how to find the page without following a link."""
    match notice.about:
        case OfCase():
            return "of_case"
        case OfAlarm():
            return "of_alarm"
        case OfContact():
            return "of_contact"
        case _:
            assert_never(notice.about)


def _json(
    notice: StaffNotice,
    section: tuple[SectionId, str],
    standing: tuple[Standing, ...],
    text: str,
    link: str,
) -> str:
    """For a program; `docs/staff-notices.md` describes it."""
    said: dict[str, object] = {
        "id": notice.id,
        "kind": notice.kind.value,
        "section": {"id": section[0], "name": section[1]},
        "text": text,
        "link": link,
        "made_at": notice.made_at.isoformat(),
    }
    if isinstance(notice.about, OfCase):
        said["receipt"] = receipts.shown(notice.about.receipt)
        said["promised_at"] = _iso(notice.about.promised_at)
    if notice.kind is StaffNoticeKind.DIGEST:
        said["cases"] = [
            {"receipt": receipts.shown(each.receipt), "promised_at": _iso(each.promised_at)}
            for each in standing
        ]
    return json.dumps(said, ensure_ascii=False)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
