"""Who sees which menu: by language and mode, linked in bulk, however often LINE fails or we are killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.line import LineClient
from bot.linking import link_next
from bot.platform import Platform
from bot.platform.rich_menus import Image
from bot.platform.server import Drops, Fails, Server, serve
from bot.platform.talk import UserId
from nlp.language import Language
from store import disaster_switch, residents, rich_menus, work
from store.db import Database
from store.rich_menus import MENUS, MenuId
from tests.bot.platform.test_rates import RICH_MENU
from tests.conftest import NOON
from tests.line import HANAKO, TARO
from tests.store.disasters import with_closed

LINK, UNLINK = "/v2/bot/richmenu/bulk/link", "/v2/bot/richmenu/bulk/unlink"
PICTURE = Image(b"\xff\xd8\xff", "image/jpeg")


@dataclass
class Town:
    """A database, a LINE, and menus in every language on it."""

    database: Database
    platform: Platform
    server: Server
    line: LineClient
    moment: list[datetime]
    menus: dict[str, MenuId] = field(default_factory=dict)

    def links(self) -> int:
        """Links until nobody is left whose time has come; how many requests that took."""
        before = len(self.platform.calls("/v2/bot/"))
        for _ in range(40):
            if not link_next(self.database, lambda: self.line, "w", lambda: self.moment[0]):
                return len(self.platform.calls("/v2/bot/")) - before
        raise AssertionError("no end of linking")

    def speaks(self, user: str, language: Language) -> None:
        with self.database.write() as tx:
            resident = residents.meet(tx, user, NOON)
            residents.speak(tx, resident.id, language, chosen=True)
        self.platform.meet(UserId(user))

    def shown(self, user: str = HANAKO) -> str:
        menu = self.platform.rich_menus.shown_to(user)
        assert menu is not None
        return next(name for name, each in self.menus.items() if each == menu.id)


@contextmanager
def town_over(database: Database) -> Iterator[Town]:
    moment = [NOON]
    platform = Platform(lambda: moment[0])
    with serve(platform) as server:
        line = LineClient("token", server.address)
        town = Town(database, platform, server, line, moment)
        for menu in MENUS:
            made = platform.rich_menus.create({**RICH_MENU, "name": menu.name})
            platform.rich_menus.set_image(made.id, PICTURE)
            town.menus[menu.name] = MenuId(made.id)
        with database.write() as tx:
            rich_menus.keep_uploaded(tx, town.menus, NOON)
        yield town
        line.close()


@pytest.fixture
def town(database: Database) -> Iterator[Town]:
    with town_over(database) as town:
        yield town


def test_each_sees_the_menu_of_their_language_and_of_the_mode(town: Town) -> None:
    town.speaks(HANAKO, Language.VIETNAMESE)
    town.speaks(TARO, Language.JAPANESE)
    assert town.links() == 2
    assert (town.shown(), town.shown(TARO)) == ("vi", "ja")
    assert TARO not in town.platform.rich_menus.own, "everybody's serves who reads Japanese"
    with town.database.write() as tx:
        which, admin = with_closed(tx)
    town.links()
    assert (town.shown(), town.shown(TARO)) == ("vi-disaster", "ja-disaster")
    with town.database.write() as tx:
        disaster_switch.end(tx, admin, which, NOON)
    town.links()
    assert (town.shown(), town.shown(TARO)) == ("vi", "ja")
    assert town.links() == 0


def test_the_mode_that_expires_by_itself_takes_its_menus_with_it(town: Town) -> None:
    town.speaks(HANAKO, Language.EASY)
    with town.database.write() as tx:
        with_closed(tx)
    town.links()
    assert town.shown() == "ja-easy-disaster"
    town.moment[0] = NOON + timedelta(days=7)
    town.links()
    assert (town.shown(), town.shown(TARO)) == ("ja-easy", "ja")


def test_who_chooses_japanese_follows_everybodys(town: Town) -> None:
    town.speaks(HANAKO, Language.ENGLISH)
    town.links()
    town.speaks(HANAKO, Language.JAPANESE)
    town.links()
    assert (town.shown(), town.platform.rich_menus.own) == ("ja", {})


@pytest.mark.parametrize(
    "fault",
    [Fails(500), Fails(429), Drops(), Drops(after_effect=True), Fails(500, after_effect=True)],
)
@pytest.mark.parametrize("path", [LINK, "/v2/bot/user/all/richmenu"])
def test_what_fails_is_tried_again(town: Town, fault: Fails | Drops, path: str) -> None:
    town.speaks(HANAKO, Language.KOREAN)
    town.server.fail_next(
        type(fault)(**{**{name: getattr(fault, name) for name in fault.__slots__}, "path": path})
    )
    town.links()
    assert town.links() == 0, "not before its time"
    town.moment[0] += work.backoff(0)
    town.links()
    assert (town.shown(), town.shown(TARO)) == ("ko", "ja")


def test_a_kill_in_between_leaves_it_to_the_next(town: Town) -> None:
    """The batch was claimed, and perhaps linked; whoever comes after the lease does it again."""
    town.speaks(HANAKO, Language.KOREAN)
    with town.database.write() as tx:
        rich_menus.claim_default(tx, "killed", in_disaster=False, now=NOON)
        batch = rich_menus.claim(tx, "killed", in_disaster=False, now=NOON)
    assert batch is not None
    assert town.links() == 0
    town.moment[0] += work.LEASE + timedelta(seconds=1)
    town.links()
    assert (town.shown(), town.shown(TARO)) == ("ko", "ja")
    with town.database.write() as tx:
        rich_menus.later(
            tx, batch, "killed", NOON + timedelta(days=1)
        )  # it was only slow, and says so too late
    assert town.links() == 0


def test_two_workers_take_different_people(town: Town) -> None:
    for number in range(600):
        town.speaks(f"U{number:032x}", Language.ENGLISH)
    with town.database.write() as tx:
        first = rich_menus.claim(tx, "one", in_disaster=False, now=NOON)
    with town.database.write() as tx:
        second = rich_menus.claim(tx, "two", in_disaster=False, now=NOON)
    assert first is not None
    assert second is not None
    assert (len(first.residents), len(second.residents)) == (500, 100)
    assert set(first.addresses).isdisjoint(second.addresses)


def test_one_whom_line_refuses_keeps_nobody_waiting(town: Town) -> None:
    """Half as many are tried each time, until the one is alone; tomorrow again."""
    for number in range(8):
        town.speaks(f"U{number:032x}", Language.ENGLISH)
    with town.database.write() as tx:
        bad = residents.meet(tx, "no-user-id", NOON)
        residents.speak(tx, bad.id, Language.ENGLISH, chosen=True)
    town.links()
    assert {town.shown(f"U{number:032x}") for number in range(8)} == {"en"}
    assert town.links() == 0


def test_who_comes_back_is_linked_anew_and_who_left_is_not(town: Town) -> None:
    town.speaks(HANAKO, Language.ENGLISH)
    town.links()
    with town.database.write() as tx:
        known = residents.meet(tx, HANAKO, NOON)
        residents.follow(tx, known.id, follows=False)
        residents.speak(tx, known.id, Language.KOREAN, chosen=True)
    assert town.links() == 0
    town.platform.rich_menus.own.clear()
    with town.database.write() as tx:
        residents.follow(tx, known.id, follows=True)
    town.links()
    assert town.shown() == "ko"


def test_without_menus_nothing_is_asked_of_line(town: Town) -> None:
    with town.database.write() as tx:
        rich_menus.keep_uploaded(tx, {}, NOON)
    town.speaks(HANAKO, Language.ENGLISH)
    assert town.links() == 0


def test_a_language_without_its_own_menus_sees_the_next_best(town: Town) -> None:
    town.speaks(HANAKO, Language.ENGLISH)
    town.speaks(TARO, Language.KOREAN)
    some = {name: town.menus[name] for name in ("ja", "ja-disaster", "en")}
    with town.database.write() as tx:
        rich_menus.keep_uploaded(tx, some, NOON)
        with_closed(tx)
    town.links()
    assert (town.shown(), town.shown(TARO)) == ("en", "ja-disaster")
