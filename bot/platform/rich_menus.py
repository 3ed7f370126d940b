"""The rich menus of the account that the platform double keeps."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.platform.limits import RICH_MENU_IMAGE_BYTES, rich_menu_size_fits
from bot.platform.shapes import JsonObject, Problem


class RefusedError(Exception):
    """LINE refuses the request: an HTTP status, the message of the body, and what is wrong where."""

    def __init__(self, status: int, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(f"{status} {message}")
        self.status = status
        self.message = message
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as it was uploaded."""

    content: bytes
    mime_type: str


@dataclass(slots=True)
class RichMenu:
    """A menu below the talk; shown only once it has its picture."""

    id: str
    definition: JsonObject
    image: Image | None = None


@dataclass(slots=True)
class RichMenus:
    """All menus, which one everybody sees, and who has one of their own."""

    menus: dict[str, RichMenu] = field(default_factory=dict)
    default_id: str = ""
    own: dict[str, str] = field(default_factory=dict)
    """User ID to menu ID."""
    aliases: dict[str, str] = field(default_factory=dict)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def create(self, definition: JsonObject) -> RichMenu:
        """Keep a new menu, still without a picture."""
        menu = RichMenu(f"richmenu-{next(self._numbers):032x}", definition)
        self.menus[menu.id] = menu
        return menu

    def get(self, menu_id: str) -> RichMenu:
        """The menu of this ID; refused with 404 where there is none."""
        if menu_id not in self.menus:
            raise RefusedError(404, "Not found")
        return self.menus[menu_id]

    def set_image(self, menu_id: str, image: Image) -> None:
        """Give a menu its one picture: PNG or JPEG, at most 1 MB, of a size that LINE shows."""
        menu = self.get(menu_id)
        if image.mime_type not in ("image/png", "image/jpeg"):
            raise RefusedError(415, "Unsupported Media Type")
        if menu.image is not None:
            raise RefusedError(400, "An image has already been uploaded to the richmenu")
        if len(image.content) > RICH_MENU_IMAGE_BYTES:
            raise RefusedError(413, "Must be equal to or smaller than 1 MB")
        if not _is_picture(image):
            raise RefusedError(400, "The image could not be read or has a size that is not allowed")
        menu.image = image

    def show_to_all(self, menu_id: str) -> None:
        """Make a menu everybody's."""
        self.default_id = self._ready(menu_id)

    def show_to(self, user_id: str, menu_id: str) -> None:
        """Give one person a menu of their own."""
        self.own[user_id] = self._ready(menu_id)

    def replace(self, menu_id: str, other_id: str) -> None:
        """Give all who have one menu (of their own; empty: any) another, or none."""
        other = self._ready(other_id) if other_id else ""
        theirs = [user for user, shown in self.own.items() if menu_id in ("", shown)]
        for user in theirs:
            if other:
                self.own[user] = other
            else:
                del self.own[user]

    def shown_to(self, user_id: str) -> RichMenu | None:
        """What this person sees: their own menu before everybody's."""
        return self.menus.get(self.own.get(user_id, self.default_id))

    def delete(self, menu_id: str) -> None:
        """Forget a menu, and that anybody sees it."""
        del self.menus[self.get(menu_id).id]
        self.default_id = "" if self.default_id == menu_id else self.default_id
        self.own = {user: menu for user, menu in self.own.items() if menu != menu_id}

    def _ready(self, menu_id: str) -> str:
        if self.get(menu_id).image is None:
            raise RefusedError(400, "must upload richmenu image before applying it to user")
        return menu_id


def _is_picture(image: Image) -> bool:
    if image.mime_type == "image/jpeg":
        return image.content.startswith(b"\xff\xd8\xff")
    if not image.content.startswith(b"\x89PNG\r\n\x1a\n") or len(image.content) < 24:
        return False
    width, height = (int.from_bytes(image.content[at : at + 4], "big") for at in (16, 20))
    return rich_menu_size_fits(width, height)
