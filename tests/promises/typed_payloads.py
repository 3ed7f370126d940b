"""Payloads by the doors that people use: the talk, forms of residents and of staff; and the pages that show them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count, cycle

import pytest

from bot.city import LiveCity
from bot.due import Due
from store.db import Database
from store.sight import Role
from tests.line import Service as Bot
from tests.line import running, text_event
from tests.promises.payloads import PAYLOADS, turned
from tests.site import site_of
from tests.web.conftest import Service, Visitor
from tests.web.town import LEGAL, TOLD, Town

SHORT = 35
"""Letters that the shortest field has left beside a mark."""
WAYS = {
    "印問い印": ("/staff/unmatched", "/staff/unmatched/1"),
    "印案件印": ("/staff/cases/1",),
    "印予約印": ("/bookings/1",),
    "印声印": ("/staff/voices?step=any", "/staff/cases/2", "/staff/voices/2"),
    "印知らせ印": ("/operators", "/operators/bulletins", "/operators/bulletins/1"),
    "印定型印": ("/operators", "/operators/canned", "/operators/canned/1", "/staff/cases/1"),
}
"""By the mark that stands before what is typed: where it is read."""
_chiefs = count(1)


@dataclass
class Typist:
    """Types another payload each time."""

    numbers: Iterator[int] = field(default_factory=count)
    short: Iterator[str] = field(
        default_factory=lambda: cycle(each for each in PAYLOADS if len(each) < SHORT)
    )

    def words(self, mark: str) -> str:
        return f"{mark} {turned(next(self.numbers))}"

    def line(self, mark: str) -> str:
        return mark + next(self.short)


@contextmanager
def typed_by_all(database: Database, city: LiveCity) -> Iterator[Service]:
    """The pages after everybody has typed payloads."""
    with running(database, city) as bot:
        pages = Service(site_of(database, city, bot.clock), bot.app, bot.clock)
        typist = Typist()
        _in_the_talk(bot, typist)
        _by_residents(pages, typist)
        _by_staff(pages, typist)
        Due(database, city, bot.clock, pytest.fail).gather(bot.clock())
        yield pages


def _in_the_talk(bot: Bot, typist: Typist) -> None:
    questions = [typist.words("印問い印") for _ in range(3)]
    for words in (*questions, "人に相談", "ここで伝える", typist.words("印案件印"), "東区", "このトークで"):
        bot.hears(text_event(words, at=bot.clock()))
        bot.clock.passes(seconds=5)
        bot.works()
    assert any("送りました" in each for each in bot.said())


def _by_residents(pages: Service, typist: Typist) -> None:
    town = Town(pages, LEGAL).offer(replace(LEGAL, asks_opposing_party=True))
    link = town.link(town.hold(town.slot(13)))
    told = {name: typist.line("印予約印") for name in ("name", "subject", "opposing_party")}
    _sent(pages.visitor(), link, **TOLD | told)
    said = {"words": typist.words("印声印"), "place": typist.line("印声印"), "may_publish": "y"}
    _sent(pages.visitor(), "/voices/new", kind="proposal", answer="page", **said)


def _by_staff(pages: Service, typist: Typist) -> None:
    staff = pages.signed_in(pages.account("sato", Role.STAFF, section="chuo-kumin"))
    notice = {"title": typist.line("印知らせ印"), "text": typist.words("印知らせ印"), "urgency": "urgent"}
    times = {"begins": "2026-11-24T12:00", "ends": "2026-11-24T20:00"}
    _sent(staff, "/operators/bulletins/new", section="chuo-kumin", **notice, **times)
    # Braces stand for blanks there.
    title, text = (re.sub("[{}]", "", each) for each in (typist.line("印定型印"), typist.words("印定型印")))
    _sent(staff, "/operators/canned/new", title=title, kana="", text=text, team="chuo-kumin")


def _sent(visitor: Visitor, page: str, **fields: str) -> None:
    answer = visitor.send(page, **fields)
    assert answer.status_code == 303, re.findall(r"(?s)class=\"wrong\".*?</p>", answer.text)


def read_back(pages: Service) -> dict[str, str]:
    """All pages of `WAYS` as an administrator has them, by address."""
    chief = pages.account(f"chief{next(_chiefs)}", Role.ADMIN, personal=True)
    admin, there = pages.signed_in(chief), {address for each in WAYS.values() for address in each}
    answers = {address: admin.get(address) for address in sorted(there)}
    assert [address for address, each in answers.items() if each.status_code != 200] == []
    return {address: each.text for address, each in answers.items()}
