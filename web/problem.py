"""What other programs are told where something is wrong: problem details (RFC 9457), in words for people."""

from typing import Final

import flask
from flask import Response

from web.site import site

_API: Final = "/api/"


def is_asked_by_program() -> bool:
    """Whether the address is one of those that programs ask, there or not."""
    return flask.request.path.startswith(_API)


def problem(status: int, key: str, headers: dict[str, str] | None = None, **values: object) -> Response:
    """The answer; its words are `api.KEY` of the pages' wording, and `type` is told apart by programs."""
    told = {"type": f"urn:helpdesk:{key}", "title": site().say(f"api.{key}", **values), "status": status}
    answer = flask.jsonify(told)
    answer.status_code = status
    answer.mimetype = "application/problem+json"
    answer.headers.update(headers or {})
    return answer
