"""The part of the Messaging API that is about rich menus."""

from bot.platform import Platform
from bot.platform import limits as limits
from bot.platform.http import Answer, Request, json_answer, objects, text
from bot.platform.rich_menus import Image, RefusedError, RichMenu
from bot.platform.shapes import JsonObject

MENU, USER, ALIAS = r"(richmenu-[\w-]+)", r"(U[0-9a-f]{32})", r"([a-z0-9_-]+)"


def _create_menu(platform: Platform, request: Request) -> Answer:
    menu = platform.rich_menus.create(request.checked(limits.RICH_MENU))
    return json_answer({"richMenuId": menu.id})


def _validate_menu(_platform: Platform, request: Request) -> Answer:
    request.checked(limits.RICH_MENU)
    return json_answer({})


def _list_menus(platform: Platform, _request: Request) -> Answer:
    return json_answer({"richmenus": [_described(menu) for menu in platform.rich_menus.menus.values()]})


def _get_menu(platform: Platform, _request: Request, menu_id: str) -> Answer:
    return json_answer(_described(platform.rich_menus.get(menu_id)))


def _described(menu: RichMenu) -> JsonObject:
    return {"richMenuId": menu.id, **menu.definition}


def _delete_menu(platform: Platform, _request: Request, menu_id: str) -> Answer:
    platform.rich_menus.delete(menu_id)
    return json_answer({})


def _set_image(platform: Platform, request: Request, menu_id: str) -> Answer:
    mime_type = request.headers.get("content-type", "")
    platform.rich_menus.set_image(menu_id, Image(request.body, mime_type))
    return json_answer({})


def _get_image(platform: Platform, _request: Request, menu_id: str) -> Answer:
    image = platform.rich_menus.get(menu_id).image
    if image is None:
        raise RefusedError(404, "Not found")
    return Answer(200, image.content, {"Content-Type": image.mime_type})


def _set_default(platform: Platform, _request: Request, menu_id: str) -> Answer:
    platform.rich_menus.show_to_all(menu_id)
    return json_answer({})


def _get_default(platform: Platform, _request: Request) -> Answer:
    if not platform.rich_menus.default_id:
        raise RefusedError(404, "no default richmenu")
    return json_answer({"richMenuId": platform.rich_menus.default_id})


def _clear_default(platform: Platform, _request: Request) -> Answer:
    platform.rich_menus.default_id = ""
    return json_answer({})


def _link_menu(platform: Platform, _request: Request, user_id: str, menu_id: str) -> Answer:
    platform.rich_menus.show_to(user_id, menu_id)
    return json_answer({})


def _unlink_menu(platform: Platform, _request: Request, user_id: str) -> Answer:
    platform.rich_menus.own.pop(user_id, None)
    return json_answer({})


def _link_menus(platform: Platform, request: Request) -> Answer:
    body = request.checked(limits.RICH_MENU_LINK)
    for user_id in _user_ids(body):
        platform.rich_menus.show_to(user_id, text(body, "richMenuId"))
    return json_answer({}, 202)


def _unlink_menus(platform: Platform, request: Request) -> Answer:
    for user_id in _user_ids(request.checked(limits.RICH_MENU_UNLINK)):
        platform.rich_menus.own.pop(user_id, None)
    return json_answer({}, 202)


def _user_ids(body: JsonObject) -> list[str]:
    given = body["userIds"]
    assert isinstance(given, list)
    return given


def _batch(platform: Platform, request: Request) -> Answer:
    for operation in objects(request.checked(limits.RICH_MENU_BATCH), "operations"):
        before = "" if operation["type"] == "unlinkAll" else text(operation, "from")
        after = text(operation, "to") if operation["type"] == "link" else ""
        platform.rich_menus.replace(before, after)
    return json_answer({}, 202)


def _create_alias(platform: Platform, request: Request) -> Answer:
    body = request.checked(limits.RICH_MENU_ALIAS)
    alias = text(body, "richMenuAliasId")
    if alias in platform.rich_menus.aliases:
        raise RefusedError(400, "conflict richmenu alias id")
    platform.rich_menus.aliases[alias] = platform.rich_menus.get(text(body, "richMenuId")).id
    return json_answer({})


def _change_alias(platform: Platform, request: Request, alias: str) -> Answer:
    menu_id = text(request.checked(limits.RICH_MENU_ALIAS_CHANGE), "richMenuId")
    if alias not in platform.rich_menus.aliases:
        raise RefusedError(404, "richmenu alias not found")
    platform.rich_menus.aliases[alias] = platform.rich_menus.get(menu_id).id
    return json_answer({})


def _get_alias(platform: Platform, _request: Request, alias: str) -> Answer:
    if alias not in platform.rich_menus.aliases:
        raise RefusedError(404, "richmenu alias not found")
    return json_answer({"richMenuAliasId": alias, "richMenuId": platform.rich_menus.aliases[alias]})


def _delete_alias(platform: Platform, _request: Request, alias: str) -> Answer:
    if platform.rich_menus.aliases.pop(alias, None) is None:
        raise RefusedError(404, "richmenu alias not found")
    return json_answer({})


ROUTES = (
    ("POST", "/v2/bot/richmenu", _create_menu),
    ("POST", "/v2/bot/richmenu/validate", _validate_menu),
    ("GET", "/v2/bot/richmenu/list", _list_menus),
    ("POST", "/v2/bot/richmenu/bulk/link", _link_menus),
    ("POST", "/v2/bot/richmenu/bulk/unlink", _unlink_menus),
    ("POST", "/v2/bot/richmenu/batch", _batch),
    ("POST", "/v2/bot/richmenu/alias", _create_alias),
    ("POST", f"/v2/bot/richmenu/alias/{ALIAS}", _change_alias),
    ("GET", f"/v2/bot/richmenu/alias/{ALIAS}", _get_alias),
    ("DELETE", f"/v2/bot/richmenu/alias/{ALIAS}", _delete_alias),
    ("GET", f"/v2/bot/richmenu/{MENU}", _get_menu),
    ("DELETE", f"/v2/bot/richmenu/{MENU}", _delete_menu),
    ("POST", f"/v2/bot/richmenu/{MENU}/content", _set_image),
    ("GET", f"/v2/bot/richmenu/{MENU}/content", _get_image),
    ("POST", f"/v2/bot/user/all/richmenu/{MENU}", _set_default),
    ("GET", "/v2/bot/user/all/richmenu", _get_default),
    ("DELETE", "/v2/bot/user/all/richmenu", _clear_default),
    ("POST", f"/v2/bot/user/{USER}/richmenu/{MENU}", _link_menu),
    ("DELETE", f"/v2/bot/user/{USER}/richmenu", _unlink_menu),
)
