"""Fetching photographs from LINE: made anew, sealed, kept once; told where there is none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.city import LiveCity
from bot.fetching import fetch_next
from bot.line import Content, LineClient, NoContent
from bot.platform import Content as Uploaded
from bot.platform import Platform
from bot.platform.server import Drops, Fails, Server, serve
from bot.platform.talk import Spoken, TakenBack, UserId
from faq.photograph import MOST_BYTES, reencode
from handlers.notices import word
from store import case_talk, erasure, notices, photograph_fetching, photographs, residents, work
from store.audit import SERVICE
from store.case_talk import EntryKind
from store.cases import CaseId
from store.db import Database
from store.notices import NoticeKind
from store.photographs import Photograph, PhotographId, PhotographState, Why
from store.residents import ResidentId
from tests.conftest import NOON
from tests.line import HANAKO, Clock
from tests.pictures import gif, hidden_in, jpeg, picture
from tests.store.cases import handed

MESSAGE = "500000000000000001"
CONTENT = f"/v2/bot/message/{MESSAGE}/content"


@dataclass
class Town:
    """A database, a LINE, and Hanako who has sent a picture."""

    database: Database
    platform: Platform
    server: Server
    line: LineClient
    clock: Clock
    hanako: ResidentId
    photograph: PhotographId

    def fetches(self) -> bool:
        return fetch_next(self.database, lambda: self.line, "w", self.clock)

    @property
    def now(self) -> Photograph:
        with self.database.read() as tx:
            return photographs.of_resident(tx, self.hanako)[0]

    def upload(self, data: bytes) -> None:
        self.platform.upload(MESSAGE, Uploaded(data, "image/jpeg"))

    def attached(self) -> CaseId:
        with self.database.write() as tx:
            case = handed(tx, self.hanako)
            photographs.attach(tx, [self.photograph], case.id)
            return case.id


@pytest.fixture
def town(sqlite: Database) -> Iterator[Town]:
    clock = Clock(NOON)
    platform = Platform(clock)
    with sqlite.write() as tx:
        hanako = residents.meet(tx, HANAKO, NOON).id
        photograph = photographs.want(tx, hanako, MESSAGE, NOON)
    with serve(platform) as server:
        line = LineClient("token", server.address)
        yield Town(sqlite, platform, server, line, clock, hanako, photograph)
        line.close()


def test_a_picture_is_fetched_made_anew_and_sealed(town: Town) -> None:
    raw = hidden_in(picture(80, 60))
    town.upload(raw)
    assert town.fetches()
    assert (town.now.state, town.now.width, town.now.height) == (PhotographState.KEPT, 80, 60)
    with town.database.write() as tx:
        assert photographs._opened(tx, town.photograph, SERVICE, NOON) == reencode(raw).data  # type: ignore[union-attr]
    assert not town.fetches(), "once"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(gif(picture(8, 8)), Why.NOT_A_PICTURE, id="a GIF"),
        pytest.param(jpeg(picture(8, 8)) + b"\0" * 20_000_000, Why.TOO_BIG, id="20 MB"),
        pytest.param(None, Why.GONE, id="nothing there"),
    ],
)
def test_what_is_no_picture_is_told_to_staff_and_to_the_resident(
    town: Town, city: LiveCity, data: bytes | None, why: Why
) -> None:
    case = town.attached()
    if data is not None:
        town.upload(data)
    assert town.fetches()
    assert (town.now.state, town.now.why) == (PhotographState.REFUSED, why)
    with town.database.write() as tx:
        assert [each.kind for each in case_talk.told_to(tx, town.hanako, case)][-1] is EntryKind.PICTURE_LOST
        (notice,) = notices.claim_due(tx, NOON + timedelta(days=1))
        assert notice.kind is NoticeKind.CASE_PICTURE
        assert "写真" in word(tx, city.current(tx), notice, NOON).parts[0].cards[0].body  # type: ignore[union-attr]


@pytest.mark.parametrize("fault", [Fails(500), Fails(202), Drops(), Drops(after_effect=True)])
def test_it_is_asked_for_again_where_line_does_not_answer(town: Town, fault: Fails | Drops) -> None:
    town.upload(jpeg(picture(8, 8)))
    town.server.fail_next(*[fault] * 4)
    for _ in range(8):
        town.fetches()
        town.clock.now += timedelta(minutes=15)
    assert town.now.state is PhotographState.KEPT


def test_it_is_given_up_after_some_hours(town: Town) -> None:
    town.server.fail_next(Fails(500, path=CONTENT))
    town.clock.now += photograph_fetching.GIVE_UP
    assert town.fetches()
    assert town.now.why is Why.GONE


def test_who_dies_over_it_is_followed_by_another(town: Town) -> None:
    town.upload(jpeg(picture(8, 8)))
    with town.database.write() as tx:
        assert photograph_fetching.claim(tx, "who dies", town.clock()) is not None
    assert not town.fetches(), "somebody is at it"
    town.clock.now += photograph_fetching.LEASE + work.LEASE
    assert town.fetches()
    assert town.now.state is PhotographState.KEPT


def test_what_was_erased_meanwhile_is_not_kept(town: Town) -> None:
    with town.database.write() as tx:
        wanted = photograph_fetching.claim(tx, "w", town.clock())
        assert wanted is not None
        erasure.erase(tx, town.hanako, SERVICE, NOON)
        assert not photograph_fetching.holds(tx, wanted, "w")


def test_line_is_asked_for_no_more_than_is_taken(town: Town) -> None:
    town.upload(b"\0" * (MOST_BYTES + 1))
    assert town.line.content(MESSAGE, MOST_BYTES) is NoContent.TOO_BIG
    assert town.line.content(MESSAGE, MOST_BYTES + 1) == Content(b"\0" * (MOST_BYTES + 1))


def test_line_has_nothing_of_a_message_that_was_taken_back(town: Town) -> None:
    user = UserId(HANAKO)
    town.platform.happened(user, Spoken("person", MESSAGE, {"type": "image"}))
    town.upload(jpeg(picture(8, 8)))
    town.platform.happened(user, TakenBack(MESSAGE))
    assert town.line.content(MESSAGE, MOST_BYTES) is NoContent.GONE
