"""LINE's Messaging API: the only importer of the SDK. Sends what the outbox holds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from functools import partial
from typing import Any, Final
from urllib.parse import quote

import urllib3
from linebot.v3.insight import ApiClient as InsightClient
from linebot.v3.insight import Configuration as InsightConfiguration
from linebot.v3.insight import Insight
from linebot.v3.insight.exceptions import ApiException as InsightException
from linebot.v3.messaging import (
    ApiClient,
    Configuration,
    MessagingApi,
    QuotaType,
    RichMenuBulkLinkRequest,
    RichMenuBulkUnlinkRequest,
)
from linebot.v3.messaging.exceptions import ApiException
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from bot.metrics import LINE_CALLS, LINE_SECONDS, timing
from bot.pace import Endpoint, Pace
from bot.settings import LINE_API

TIMEOUT: Final = (3, 4)
"""Seconds to connect and to wait for the answer: who asks when a cable breaks is answered within ten all the same."""
_WHOLE: Final = urllib3.Timeout(connect=3, read=10, total=60)
"""Of what people send, which may be large and come slowly."""
LINE_DATA_API: Final = "https://api-data.line.me"
"""Where LINE keeps what people send; a double of LINE has all in one place."""


@dataclass(frozen=True, slots=True)
class Answered:
    """LINE answered; `status` decides, the text is not guaranteed."""

    status: int
    request_id: str
    monthly_limit: bool = False
    """A 429 that will not pass within minutes: the month's free messages are used up."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """No answer came: LINE may or may not have taken it."""

    error: str


@dataclass(frozen=True, slots=True)
class Unreached:
    """No connection could be made, so LINE surely has nothing of it."""

    error: str


Sent = Answered | Unanswered | Unreached


@dataclass(frozen=True, slots=True)
class Quota:
    """What the plan gives for this month, and what is used of it."""

    most: int | None
    """Messages beside replies; None: any number."""
    used: int


@dataclass(frozen=True, slots=True)
class Reads:
    """How the messages of a unit were taken; None where LINE does not say, since fewer than twenty did."""

    seen: int | None
    """People who saw one."""
    clicked: int | None
    """People who opened a link."""


@dataclass(frozen=True, slots=True)
class Content:
    """What somebody sent: a picture as their telephone made it."""

    data: bytes


class NoContent(Enum):
    """Why there is none."""

    GONE = auto()
    """LINE does not have it, or no more: taken back, or too old."""
    TOO_BIG = auto()
    LATER = auto()
    """LINE prepares it, or did not answer."""


_JSON: Final = {"Accept": "application/json", "Content-Type": "application/json"}


class LineClient:
    """One connection pool to LINE, shared by all sending threads."""

    def __init__(self, access_token: str, api_base: str, pace: Pace | None = None) -> None:
        """`pace`: how fast it may call; None: as fast as LINE allows to one process."""
        self._pace = pace or Pace()
        configuration = Configuration(access_token=access_token, host=api_base)
        configuration.retries = False  # each try is ours, and its failure tells whether LINE may have it
        self._client = ApiClient(configuration)
        self._api = MessagingApi(self._client)
        self._data_base = LINE_DATA_API if api_base == LINE_API else api_base
        self._bearer = {"Authorization": f"Bearer {access_token}"}
        self._data = urllib3.PoolManager(maxsize=1)
        self._insight_client = InsightClient(InsightConfiguration(access_token=access_token, host=api_base))
        self._insight = Insight(self._insight_client)

    def reply(self, token: str, messages: bytes) -> Sent:
        """Sends by reply token: free of charge, once, within a minute."""
        return self._say(Endpoint.REPLY, {"replyToken": token}, messages)

    def push(self, user_id: str, messages: bytes, retry_key: str) -> Sent:
        """Sends unasked. The same key with the same body is delivered once within 24 hours."""
        return self._say(Endpoint.PUSH, {"to": user_id}, messages, retry_key)

    def multicast(self, user_ids: Sequence[str], messages: bytes, retry_key: str, unit: str = "") -> Sent:
        """Sends the same to up to 500 people, unasked; `unit` names what LINE's statistics are counted under.

        The same key with the same body is delivered once within 24 hours: 409 says that it had been.
        """
        counted = {"customAggregationUnits": [unit]} if unit else {}
        return self._say(Endpoint.MULTICAST, {"to": list(user_ids), **counted}, messages, retry_key)

    def _say(
        self, endpoint: Endpoint, to: Mapping[str, object], messages: bytes, retry_key: str = ""
    ) -> Sent:
        """By the SDK's client without its models: they take as long as all else that an answer needs, and would leave
        out what they do not know of a body that is to be the same at each try.
        """
        try:
            body = {**to, "messages": json.loads(messages)}
        except ValueError:
            return Answered(400, "")  # as LINE would say
        headers = {**_JSON, **({"X-Line-Retry-Key": retry_key} if retry_key else {})}
        call = partial(
            self._client.call_api,
            f"/v2/bot/message/{endpoint}",
            "POST",
            {},
            [],
            headers,
            auth_settings=["Bearer"],
            response_types_map={},
        )
        return self._send(endpoint, call, body)

    def link_menu(self, menu_id: str, user_ids: Sequence[str]) -> Sent:
        """Shows a rich menu to up to 500 people, in place of everybody's; doing it again changes nothing."""
        request = RichMenuBulkLinkRequest(richMenuId=menu_id, userIds=list(user_ids))
        return self._send(Endpoint.LINK, self._api.link_rich_menu_id_to_users_with_http_info, request)

    def unlink_menu(self, user_ids: Sequence[str]) -> Sent:
        """Shows up to 500 people everybody's rich menu again."""
        request = RichMenuBulkUnlinkRequest(userIds=list(user_ids))
        return self._send(Endpoint.UNLINK, self._api.unlink_rich_menu_id_from_users_with_http_info, request)

    def show_menu_to_all(self, menu_id: str) -> Sent:
        """Makes a rich menu the one of everybody who has none of their own."""
        return self._send(Endpoint.DEFAULT, self._api.set_default_rich_menu_with_http_info, menu_id)

    def _send(self, endpoint: Endpoint, call: Any, request: Any, **options: str) -> Sent:
        self._pace.take_turn(endpoint)
        with timing(LINE_SECONDS.labels(endpoint)):
            sent = self._called(endpoint, call, request, **options)
        LINE_CALLS.labels(endpoint, sent.status if isinstance(sent, Answered) else 0).inc()
        return sent

    def _called(self, endpoint: Endpoint, call: Any, request: Any, **options: str) -> Sent:
        try:
            answer = call(request, _request_timeout=TIMEOUT, **options)
        except ApiException as error:
            headers = error.headers or {}
            request_id = headers.get("x-line-accepted-request-id") or headers.get("x-line-request-id") or ""
            monthly = "monthly limit" in (error.body or "")
            if error.status == 429 and not monthly:
                self._pace.refused(endpoint)
            return Answered(error.status or 0, request_id[:64], monthly)
        except (NewConnectionError, ConnectTimeoutError) as error:
            return Unreached(type(error).__name__)
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            # ValueError: LINE answered in a shape that the SDK does not know, which says nothing of the message.
            return Unanswered(type(error).__name__)
        return Answered(answer.status_code, ((answer.headers or {}).get("x-line-request-id") or "")[:64])

    def content(self, message_id: str, most: int) -> Content | NoContent:
        """What a message of somebody's holds, of at most so many bytes; no more than these are read.

        Without the SDK's own method, which reads whatever comes.
        """
        address = f"{self._data_base}/v2/bot/message/{quote(message_id, safe='')}/content"
        try:
            answer = self._data.request(
                "GET", address, headers=self._bearer, timeout=_WHOLE, retries=False, preload_content=False
            )
            try:
                return _content(answer, most)
            finally:
                answer.close()
        except urllib3.exceptions.HTTPError:
            return NoContent.LATER

    def quota(self) -> Quota | None:
        """What may be sent this month; None where LINE does not say."""
        try:
            plan = self._api.get_message_quota(_request_timeout=TIMEOUT)
            used = self._api.get_message_quota_consumption(_request_timeout=TIMEOUT).total_usage
        except (ApiException, urllib3.exceptions.HTTPError, ValueError):
            return None
        return Quota(int(plan.value or 0) if plan.type == QuotaType.LIMITED else None, int(used))

    def reads(self, unit: str, first: date, last: date) -> Reads | None:
        """How a unit was taken from one day in Japan to another, at most 30 later; None where LINE does not answer."""
        try:
            told = self._insight.get_statistics_per_unit(
                unit, f"{first:%Y%m%d}", f"{last:%Y%m%d}", _request_timeout=TIMEOUT
            )
        except (InsightException, urllib3.exceptions.HTTPError, ValueError):
            return None
        return Reads(told.overview.unique_impression, told.overview.unique_click)

    def members(self, group_id: str) -> int | None:
        """How many people are in a group, each of whom a push counts; None where LINE does not say."""
        try:
            count = self._api.get_group_member_count(group_id, _request_timeout=TIMEOUT).count
        except (ApiException, urllib3.exceptions.HTTPError, ValueError):
            return None
        return int(count)

    def check(self) -> str | None:
        """What keeps the channel from working, in words; None where it answers."""
        try:
            self._api.get_bot_info(_request_timeout=TIMEOUT)
        except ApiException as error:
            return f"status {error.status}: is LINE_CHANNEL_ACCESS_TOKEN right?"
        except urllib3.exceptions.HTTPError as error:
            return f"no answer ({type(error).__name__})"
        return None

    def clock(self) -> datetime | None:
        """The time by LINE's clock, to the second; None where it does not answer."""
        try:
            answer = self._api.get_bot_info_with_http_info(_request_timeout=TIMEOUT)
            told = {name.lower(): value for name, value in (answer.headers or {}).items()}
            return parsedate_to_datetime(told["date"])
        except (ApiException, urllib3.exceptions.HTTPError, ValueError, KeyError):
            return None

    def close(self) -> None:
        for client in (self._client, self._insight_client):
            client.rest_client.pool_manager.clear()
        self._data.clear()


def _content(answer: urllib3.BaseHTTPResponse, most: int) -> Content | NoContent:
    """The body of LINE's answer; whether it is all there, urllib3 holds against the length that LINE told."""
    if answer.status in (404, 410):
        return NoContent.GONE
    if answer.status != 200:
        return NoContent.LATER
    data = answer.read(most + 1, decode_content=False)
    return Content(data) if len(data) <= most else NoContent.TOO_BIG
