"""LINE's Messaging API over a platform in memory: an HTTP request in, an answer out, whatever serves it."""

import re
from collections.abc import Callable

from bot.platform import Accepted, Call, Platform
from bot.platform import api_insight as insight
from bot.platform import api_menus as menus
from bot.platform import limits as limits
from bot.platform.http import Answer, Request, json_answer, objects, refusal, text
from bot.platform.rich_menus import RefusedError
from bot.platform.shapes import JsonObject

MOST_BYTES = 2 * 1024 * 1024
RETRY_KEY = "x-line-retry-key"


def answer(platform: Platform, request: Request) -> Answer:
    """Act on a request, or refuse it, as LINE would."""
    try:
        return _act(platform, request)
    except RefusedError as refused:
        return refusal(refused)


def note(platform: Platform, request: Request, status: int, *, took_effect: bool) -> None:
    """Write a request into the platform's log."""
    key = request.headers.get(RETRY_KEY, "")
    platform.note(
        Call(platform.now(), request.method, request.path, key, request.json(), status, took_effect)
    )


def _act(platform: Platform, request: Request) -> Answer:
    if not re.fullmatch(r"Bearer \S+", request.headers.get("authorization", "")):
        raise RefusedError(401, "Authentication failed due to the following reason: invalid token")
    if len(request.body) > MOST_BYTES:
        raise RefusedError(413, "Payload too large")
    for method, pattern, act in ROUTES:
        if method == request.method and (match := re.fullmatch(pattern, request.path)):
            if RETRY_KEY in request.headers and act not in (_push, _multicast):
                raise RefusedError(400, "X-Line-Retry-Key cannot be used with this endpoint")
            with platform.lock:
                if not platform.rates.take(request.method, request.path, platform.now()):
                    raise RefusedError(429, "The API rate limit has been exceeded. Try again later.")
                return act(platform, request, *match.groups())
    raise RefusedError(404, "Not found")


# Messages ---------------------------------------------------------------------------------------------------


def _reply(platform: Platform, request: Request) -> Answer:
    body = request.checked(limits.REPLY)
    return _sent(platform.reply(text(body, "replyToken"), objects(body, "messages")), listed=True)


def _push(platform: Platform, request: Request) -> Answer:
    body = request.checked(limits.PUSH)
    accepted = platform.push(text(body, "to"), objects(body, "messages"), _retry_key(request), _unit(body))
    return _sent(accepted, listed=True)


def _multicast(platform: Platform, request: Request) -> Answer:
    body = request.checked(limits.MULTICAST)
    to = body["to"]
    assert isinstance(to, list)
    accepted = platform.multicast(to, objects(body, "messages"), _retry_key(request), _unit(body))
    return _sent(accepted, listed=False)


def _unit(body: JsonObject) -> str:
    """The aggregation unit of a request; empty where it names none."""
    names = body.get("customAggregationUnits", [])
    assert isinstance(names, list)
    return str(names[0]) if names else ""


def _sent(accepted: Accepted, *, listed: bool) -> Answer:
    messages = [{"id": sent.id, "quoteToken": sent.quote_token} for sent in accepted.messages]
    body: dict[str, object] = {"sentMessages": messages} if listed else {}
    if accepted.again:
        body["message"] = "The retry key is already accepted"
        return json_answer(body, 409, x_line_accepted_request_id=accepted.request_id)
    return json_answer(body, x_line_request_id=accepted.request_id)


def _retry_key(request: Request) -> str:
    key = request.headers.get(RETRY_KEY, "")
    if key and not re.fullmatch(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", key):
        raise RefusedError(400, "X-Line-Retry-Key must be a UUID")
    return key.lower()


def _content(platform: Platform, _request: Request, message_id: str) -> Answer:
    """What a person sent; LINE serves it from a host of its own."""
    found = platform.content(message_id)
    return Answer(200, found.data, {"Content-Type": found.mime_type})


def _validate(_platform: Platform, request: Request) -> Answer:
    request.checked(limits.VALIDATE)
    return json_answer({})


def _loading(platform: Platform, request: Request) -> Answer:
    body = request.checked(limits.LOADING)
    seconds = body.get("loadingSeconds", 20)
    assert isinstance(seconds, int)
    platform.show_typing(text(body, "chatId"), seconds)
    return json_answer({}, 202)


def _mark_as_read(platform: Platform, request: Request) -> Answer:
    platform.mark_as_read(text(request.checked(limits.MARK_AS_READ), "markAsReadToken"))
    return json_answer({})


# The account and the people ---------------------------------------------------------------------------------


def _info(platform: Platform, _request: Request) -> Answer:
    account = platform.account
    names = {"userId": account.user_id, "basicId": account.basic_id, "displayName": account.display_name}
    return json_answer({**names, "chatMode": "bot", "markAsReadMode": "auto"})


def _quota(platform: Platform, _request: Request) -> Answer:
    limited = {"type": "limited", "value": platform.quota}
    return json_answer(limited if platform.quota is not None else {"type": "none"})


def _consumption(platform: Platform, _request: Request) -> Answer:
    return json_answer({"totalUsage": platform.usage})


def _profile(platform: Platform, _request: Request, user_id: str) -> Answer:
    person = platform.person(user_id)
    if person is None or person.standing == "blocking":
        raise RefusedError(404, "Not found")
    return json_answer({"userId": user_id, "displayName": person.display_name, "language": "ja"})


ROUTES: tuple[tuple[str, str, Callable[..., Answer]], ...] = (
    ("POST", "/v2/bot/message/reply", _reply),
    ("POST", "/v2/bot/message/push", _push),
    ("POST", "/v2/bot/message/multicast", _multicast),
    ("POST", "/v2/bot/message/validate/(?:reply|push|multicast|narrowcast|broadcast)", _validate),
    ("GET", "/v2/bot/message/quota", _quota),
    ("GET", "/v2/bot/message/quota/consumption", _consumption),
    ("GET", r"/v2/bot/message/(\d+)/content", _content),
    ("POST", "/v2/bot/chat/loading/start", _loading),
    ("POST", "/v2/bot/chat/markAsRead", _mark_as_read),
    ("GET", "/v2/bot/info", _info),
    ("GET", f"/v2/bot/profile/{menus.USER}", _profile),
    *insight.ROUTES,
    *menus.ROUTES,
)
