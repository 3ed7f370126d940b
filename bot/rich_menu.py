"""The menu below the talk on a telephone: drawn in `data/rich_menu`, uploaded by a command.

Source: https://developers.line.biz/en/docs/messaging-api/using-rich-menus/
"""

import json
from dataclasses import dataclass
from pathlib import Path

from bot.platform import Platform
from bot.platform.limits import RICH_MENU
from bot.platform.rich_menus import Image
from bot.platform.shapes import JsonObject

IMAGE_TYPE = "image/png"
TIMEOUT = (5.0, 30.0)
"""Seconds to connect and to read."""


@dataclass(frozen=True, slots=True)
class RichMenuFiles:
    """What LINE is given: the areas that can be pressed, and the picture."""

    definition: JsonObject
    image: bytes

    @property
    def name(self) -> str:
        """By this name an earlier upload of ours is found; no resident sees it."""
        return str(self.definition["name"])


def read_rich_menu(folder: Path, language: str = "ja") -> RichMenuFiles:
    """Read `<language>.json` and `<language>.png`; ValueError names what LINE would refuse."""
    definition = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
    if problems := [f"{each.property}: {each.message}" for each in RICH_MENU.problems("", definition)]:
        raise ValueError(f"{language}.json: {'; '.join(problems)}")
    return RichMenuFiles(definition, (folder / f"{language}.png").read_bytes())


class NotUploaded(Exception):
    """Why the menu is not on LINE, for whoever ran the command."""


def publish(folder: Path, access_token: str, api_base: str = "") -> str:
    """Read the menu of a folder and upload it; its ID. Raises NotUploaded."""
    from linebot.v3.messaging import ApiException
    from urllib3.exceptions import HTTPError

    try:
        menu = read_rich_menu(folder)
    except (OSError, ValueError) as error:
        raise NotUploaded(f"The menu in {folder} cannot be read: {error}") from error
    try:
        return upload(menu, access_token, api_base)
    except ApiException as error:
        hint = "; is LINE_CHANNEL_ACCESS_TOKEN right?" if error.status in (401, 403) else ""
        raise NotUploaded(f"LINE refused it with status {error.status}{hint} {error.body or ''}") from error
    except HTTPError as error:
        raise NotUploaded(f"LINE cannot be reached: {type(error).__name__}") from error


def upload(menu: RichMenuFiles, access_token: str, api_base: str = "") -> str:
    """Create the menu on LINE, show it to everybody, and delete the earlier ones of the same name.

    `api_base` is empty for LINE itself. Gives the new menu's ID; what LINE refuses is the SDK's ApiException,
    what the network refuses urllib3's HTTPError. The earlier menu goes last: residents always have one.
    """
    from linebot.v3 import messaging  # here, since it takes half a second that only this command needs

    configuration = messaging.Configuration(access_token=access_token, host=api_base or None)
    with messaging.ApiClient(configuration) as client:
        api, files = messaging.MessagingApi(client), messaging.MessagingApiBlob(client)
        earlier = api.get_rich_menu_list(_request_timeout=TIMEOUT).richmenus
        request = messaging.RichMenuRequest.from_dict(menu.definition)
        menu_id: str = api.create_rich_menu(request, _request_timeout=TIMEOUT).rich_menu_id
        files.set_rich_menu_image(
            menu_id, menu.image, _headers={"Content-Type": IMAGE_TYPE}, _request_timeout=TIMEOUT
        )
        api.set_default_rich_menu(menu_id, _request_timeout=TIMEOUT)
        for old in earlier:
            if old.name == menu.name:
                api.delete_rich_menu(old.rich_menu_id, _request_timeout=TIMEOUT)
    return menu_id


def show_on(platform: Platform, menu: RichMenuFiles) -> None:
    """Give the simulated account the menu, as if it had been uploaded."""
    with platform.lock:
        menus = platform.rich_menus
        created = menus.create(menu.definition)
        menus.set_image(created.id, Image(menu.image, IMAGE_TYPE))
        menus.show_to_all(created.id)
