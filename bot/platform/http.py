"""A request to the platform double and the answer to it, whatever server carries them."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.platform.rich_menus import RefusedError
from bot.platform.shapes import JsonObject, Shape


@dataclass(frozen=True, slots=True)
class Request:
    """What came in. `path` starts at `/v2/`; names of headers are in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    query: str = ""
    """What stands behind the question mark."""
    is_checked: bool = True
    """Whether the body is held against what LINE takes: under load that takes longer than the rest of the answer."""

    def json(self) -> JsonObject:
        """The JSON object that the body is; empty where it is none."""
        try:
            body = json.loads(self.body)
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}

    def checked(self, shape: Shape) -> JsonObject:
        """The JSON object that the body is; `RefusedError` (400) where it has not this shape."""
        try:
            body = json.loads(self.body)
        except ValueError:
            raise RefusedError(400, "The request body could not be parsed as JSON") from None
        if self.is_checked and (problems := tuple(shape.problems("", body))):
            raise RefusedError(400, f"The request body has {len(problems)} error(s)", problems)
        assert isinstance(body, dict)
        return body


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def json_answer(body: JsonObject, status: int = 200, **headers: str) -> Answer:
    """An answer with a JSON body and, as LINE gives every answer, an ID of the request."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    usual = {"Content-Type": "application/json", "x-line-request-id": str(uuid.uuid4())}
    return Answer(status, json.dumps(body).encode(), {**usual, **names})


def refusal(refused: RefusedError) -> Answer:
    """The answer that says why not, in LINE's form."""
    body: dict[str, object] = {"message": refused.message}
    if refused.problems:
        body["details"] = [{"message": each.message, "property": each.property} for each in refused.problems]
    return json_answer(body, refused.status)


def text(body: JsonObject, name: str) -> str:
    """A property that a shape has shown to be a string."""
    value = body[name]
    assert isinstance(value, str)
    return value


def objects(body: JsonObject, name: str) -> list[JsonObject]:
    """A property that a shape has shown to be an array of objects."""
    value = body[name]
    assert isinstance(value, list)
    return value
