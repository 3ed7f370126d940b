"""What other programs are told where something is wrong: problem details (RFC 9457), in words for people."""

import flask
from flask import Response

from web.site import site


def problem(status: int, key: str, headers: dict[str, str] | None = None, **values: object) -> Response:
    """The answer; its words are `api.KEY` of the pages' wording, and `type` is told apart by programs."""
    told = {"type": f"urn:helpdesk:{key}", "title": site().say(f"api.{key}", **values), "status": status}
    answer = flask.jsonify(told)
    answer.status_code = status
    answer.mimetype = "application/problem+json"
    answer.headers.update(headers or {})
    return answer
