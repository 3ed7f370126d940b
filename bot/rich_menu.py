"""The menus below the talk on a telephone: drawn in `data/rich_menu`, uploaded by a command.

Source: https://developers.line.biz/en/docs/messaging-api/using-rich-menus/
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot import linking
from bot.platform import Platform
from bot.platform.limits import RICH_MENU
from bot.platform.rich_menus import Image
from bot.platform.shapes import JsonObject
from bot.settings import LINE_API
from store import disaster, rich_menus
from store.db import Database
from store.rich_menus import MENUS, Menu, MenuId

if TYPE_CHECKING:
    from linebot.v3.messaging import MessagingApi, MessagingApiBlob

    from bot.line import LineClient

IMAGE_TYPE = "image/png"
TIMEOUT = (5.0, 30.0)
"""Seconds to connect and to read."""
Say = Callable[[str], object]
Clock = Callable[[], datetime]
OURS: Final = "city-helpdesk-"
"""How the names of our menus begin; no resident sees them."""


@dataclass(frozen=True, slots=True)
class RichMenuFiles:
    """What LINE is given: the areas that can be pressed, and the picture."""

    definition: JsonObject
    image: bytes

    @property
    def name(self) -> str:
        """With what tells this version from others: one that is on LINE already is not uploaded again."""
        content = json.dumps(self.definition, sort_keys=True).encode() + self.image
        return f"{self.definition['name']}.{hashlib.sha256(content).hexdigest()[:16]}"


def read_rich_menus(folder: Path) -> Mapping[str, RichMenuFiles]:
    """All menus of a folder, by name; raises ValueError, which names what LINE would refuse, and OSError."""
    there = [menu for menu in MENUS if (folder / f"{menu.name}.json").exists()]
    return {menu.name: _read(folder, menu) for menu in there}


def _read(folder: Path, menu: Menu) -> RichMenuFiles:
    definition = json.loads((folder / f"{menu.name}.json").read_text(encoding="utf-8"))
    if problems := [f"{each.property}: {each.message}" for each in RICH_MENU.problems("", definition)]:
        raise ValueError(f"{menu.name}.json: {'; '.join(problems)}")
    return RichMenuFiles(definition, (folder / f"{menu.name}.png").read_bytes())


class NotUploaded(Exception):
    """Why the menus are not on LINE, for whoever ran the command."""


class Uploading:
    """Our menus on one LINE channel. Every method raises NotUploaded."""

    def __init__(self, access_token: str, api_base: str = "") -> None:
        """`api_base` is empty for LINE itself, whose pictures go to a host of their own."""
        from linebot.v3 import messaging  # here, since it takes half a second that only this command needs

        base = api_base if api_base != LINE_API else ""
        configuration = messaging.Configuration(access_token=access_token, host=base or None)
        client = messaging.ApiClient(configuration)
        self._api: MessagingApi = messaging.MessagingApi(client)
        self._files: MessagingApiBlob = messaging.MessagingApiBlob(client)

    def upload(self, menus: Mapping[str, RichMenuFiles], say: Say) -> Mapping[str, MenuId]:
        """Creates those that LINE has not yet; LINE's id of each. Broken off, it goes on where it was."""
        made = dict[str, MenuId]()
        with _explained():
            there = self._there()
            for name, files in menus.items():
                known = there.get(files.name)
                made[name] = known or self._create(files)
                self._give_picture(made[name], files.image, may_have_one=known is not None)
                say(f"{name}: {'was there' if known else 'uploaded'}\n")
        return made

    def remove_others(self, kept: Mapping[str, MenuId]) -> int:
        """Deletes earlier menus of ours; how many."""
        with _explained():
            listed = self._api.get_rich_menu_list(_request_timeout=TIMEOUT).richmenus
            ours = [each.rich_menu_id for each in listed if each.name.startswith(OURS)]
            gone = [menu for menu in ours if menu not in kept.values()]
            for menu in gone:
                self._api.delete_rich_menu(menu, _request_timeout=TIMEOUT)
        return len(gone)

    def _there(self) -> Mapping[str, MenuId]:
        """Ours, by name."""
        listed = self._api.get_rich_menu_list(_request_timeout=TIMEOUT).richmenus
        return {each.name: MenuId(each.rich_menu_id) for each in listed}

    def _create(self, files: RichMenuFiles) -> MenuId:
        from linebot.v3 import messaging

        request = messaging.RichMenuRequest.from_dict({**files.definition, "name": files.name})
        return MenuId(self._api.create_rich_menu(request, _request_timeout=TIMEOUT).rich_menu_id)

    def _give_picture(self, menu: MenuId, image: bytes, *, may_have_one: bool) -> None:
        """A menu that was there may lack it, where whoever made it was killed; LINE refuses (400) a second one."""
        from linebot.v3 import messaging

        headers = {"Content-Type": IMAGE_TYPE}
        try:
            self._files.set_rich_menu_image(menu, image, _headers=headers, _request_timeout=TIMEOUT)
        except messaging.ApiException as error:
            if not (may_have_one and error.status == 400):
                raise


@contextmanager
def _explained() -> Iterator[None]:
    from linebot.v3.messaging import ApiException
    from urllib3.exceptions import HTTPError

    try:
        yield
    except ApiException as error:
        hint = "; is LINE_CHANNEL_ACCESS_TOKEN right?" if error.status in (401, 403) else ""
        raise NotUploaded(f"LINE refused it with status {error.status}{hint} {error.body or ''}") from error
    except HTTPError as error:
        raise NotUploaded(f"LINE cannot be reached: {type(error).__name__}") from error


def publish(
    folder: Path, database: Database, uploading: Uploading, line: "LineClient", clock: Clock, say: Say
) -> None:
    """Uploads the menus of a folder, shows them to whom they are for, then deletes the earlier ones.

    So residents have a menu all the while. Raises NotUploaded. `say` is told how far it is.
    """
    try:
        menus = read_rich_menus(folder)
    except (OSError, ValueError) as error:
        raise NotUploaded(f"The menus in {folder} cannot be read: {error}") from error
    if not menus:
        raise NotUploaded(f"There are no menus in {folder}")
    made = uploading.upload(menus, say)
    with database.write() as tx:
        rich_menus.keep_uploaded(tx, made, clock())
    while linking.link_next(database, lambda: line, f"rich-menu:{os.getpid()}", clock):
        say(".")
    with database.read() as tx:
        in_disaster = disaster.present(tx, clock()) is not None
        left = rich_menus.astray(tx, in_disaster=in_disaster)
    if left:
        raise NotUploaded(
            f"{left} people see an earlier menu; the service goes on, run this again afterwards"
        )
    say(f"\nEverybody sees them; {uploading.remove_others(made)} earlier ones are deleted.\n")


def show_on(platform: Platform, menus: Mapping[str, RichMenuFiles]) -> Mapping[str, MenuId]:
    """Give the simulated account the menus, as if they had been uploaded; the ordinary one is everybody's."""
    made = dict[str, MenuId]()
    with platform.lock:
        for name, files in menus.items():
            created = platform.rich_menus.create({**files.definition, "name": files.name})
            platform.rich_menus.set_image(created.id, Image(files.image, IMAGE_TYPE))
            made[name] = MenuId(created.id)
        if usual := made.get(MENUS[0].name):
            platform.rich_menus.show_to_all(usual)
    return made
