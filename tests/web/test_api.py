"""Suggestions for other programs: what comes back, described and as described; who may ask, and how often."""

import json
import logging
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from sqlalchemy.exc import OperationalError

from store import api_tokens
from store.api_tokens import TokenDraft
from store.sight import Role
from tests.conftest import DATA
from tests.web.conftest import Service
from tests.web.test_operators import keys

ASK, DESCRIPTION = "/api/suggest", "/openapi.json"
OPENAPI = json.loads((DATA.parent / "tests/data/openapi/3.1.json").read_text(encoding="utf-8"))
"""The schema of OpenAPI 3.1 documents."""


class Program:
    """Another program, with a key."""

    def __init__(self, service: Service, a_minute: int = 600, name: str = "chief") -> None:
        now = service.clock()
        chief = service.account(name, Role.ADMIN).viewer
        with service.site.database.write() as tx:
            draft = TokenDraft("通話ソフト", a_minute, now + timedelta(days=1))
            self.made = api_tokens.make(tx, chief, draft, now)
        self.client = service.app.test_client()
        self.service, self.chief = service, chief
        self.headers = {"Authorization": f"Bearer {self.made.text}"}

    def get(self, **asked: str) -> Any:
        return self.client.get(ASK, query_string=asked, headers=self.headers)

    def post(self, sent: object, **headers: str) -> Any:
        return self.client.post(ASK, json=sent, headers=self.headers | headers)


@pytest.fixture
def program(pages: Service) -> Program:
    return Program(pages)


def ids(answer: Any) -> list[str]:
    return [each["id"] for each in answer.get_json()["suggestions"]]


# What comes back ------------------------------------------------------------------------------------


def test_letters_come_as_they_are(program):
    assert "転入届" in program.get(q="転入届").text
    assert "鍵がありません。" in program.client.get(ASK).text


@pytest.mark.parametrize("words", ["転入", "てんにゅうとどk", "東区役", "法律相", "ごみ", "ｑｗｘ"])
def test_the_same_as_on_the_operators_page(pages: Service, program: Program, words: str):
    operator = pages.signed_in(pages.account("yamada", Role.OPERATOR))
    shown = keys(operator.send("/operators", "/operators/suggestions", q=words).text)
    assert ids(program.get(q=words)) == ids(program.post({"q": words})) == shown


def test_all_that_is_said_of_an_entry(program: Program):
    answer = program.post({"q": "転入届はいつまでに出せばよいですか", "whole": True}).get_json()
    assert answer["sure"] is True
    first = answer["suggestions"][0]
    assert (first["id"], first["kind"]) == ("entry:moving-in", "entry")
    assert first["says"] == "引っ越してきた日から14日以内に、転入届を出してください。"
    assert "住み始める前には出せません。" in first["details"]
    assert {each["open_now"] for each in first["offices"]} == {True}
    assert first["offices"][0]["says"] == "いま受付中です（16時30分まで）。"
    assert "転入届" in first["because"]
    assert 0.5 < first["score"] <= 1
    assert first["source_url"].startswith("https://")
    assert first["status"] in ("確認済み", "未確認")


def test_an_office_and_a_consultation(program: Program):
    office = program.get(q="ひがしくやくしょ").get_json()["suggestions"][0]
    assert (office["id"], office["offices"][0]["open_now"], office["score"]) == ("office:K002", True, None)
    found = program.get(q="法律相談").get_json()["suggestions"]
    advice = next(each for each in found if each["id"] == "programme:legal")
    assert advice["kind"] == "programme"
    assert advice["dates"][0]["day"] >= "2026-11-24"


def test_while_one_types_nothing_is_sure(program: Program):
    assert program.get(q="転入届はいつまでに出せばよいですか").get_json()["sure"] is False
    assert program.get(q="転入届はいつまでに出せばよいですか", whole="true").get_json()["sure"] is True


# As described ---------------------------------------------------------------------------------------


def described(program: Program) -> dict[str, Any]:
    found = program.client.get(DESCRIPTION)  # without a key
    assert found.status_code == 200
    told: dict[str, Any] = found.get_json()
    return told


def validator(description: dict[str, Any], name: str) -> Draft202012Validator:
    """For one of the schemas of the description."""
    resource = DRAFT202012.create_resource(description)
    registry = Registry().with_resource("urn:openapi", resource)
    schema = {"$ref": f"urn:openapi#/components/schemas/{name}"}
    return Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())


def test_the_description_is_openapi(program: Program):
    description = described(program)
    jsonschema.validate(description, OPENAPI, Draft202012Validator)
    assert description["info"]["title"] == "熊本市 問い合わせ窓口：候補のAPI"
    assert description["servers"] == [{"url": "http://127.0.0.1:8000"}]
    for name, schema in description["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert schema["type"] == "object", name


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        "転入",
        "て",
        "東区役所",
        "法律相談",
        "手続き",
        "ごみ",
        "年金",
        "ｑｗｘ",
        "河内の窓口",
        "😀",
        "亡くなりました",
    ],
)
def test_real_answers_are_as_described(program: Program, words: str, whole: bool):
    answer = program.post({"q": words, "whole": whole})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    validator(described(program), "Answer").validate(answer.get_json())


def test_every_thing_of_the_city_is_as_described(program: Program):
    """Each entry, office and consultation that ships."""
    from web.suggested import Found
    from web.suggestion import suggestions

    described_as = validator(described(program), "Suggestion")
    site = program.service.site
    with program.service.app.test_request_context(), site.database.read() as tx:
        known = site.city(tx)
        things = (*known.knowledge.entries, *known.directory.offices, *known.schedule.programmes)
        told = suggestions(
            known, "転入", Found(things, {}, sure=False), Found((), {}, sure=False), site.clock()
        )
    assert len(told) > 100
    for each in told:
        described_as.validate(json.loads(json.dumps(each)))


def test_a_wrong_answer_is_noticed(program: Program):
    answer = program.get(q="転入").get_json()
    answer["suggestions"][0]["published_on"] = "きのう"
    assert not validator(described(program), "Answer").is_valid(answer)


# What is wrong --------------------------------------------------------------------------------------


def wrong(program: Program, answer: Any, status: int, kind: str) -> None:
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    told = answer.get_json()
    validator(described(program), "Problem").validate(told)
    assert (told["type"], told["status"]) == (f"urn:helpdesk:{kind}", status)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({}, "q_missing"),
        ({"q": "　"}, "q_missing"),
        ({"q": "あ" * 201}, "q_long"),
        ({"q": "転入", "whole": "yes"}, "whole_wrong"),
    ],
)
def test_what_is_wrong_in_an_address(program: Program, asked, kind):
    wrong(program, program.get(**asked), 400, kind)


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        ({}, "body_wrong"),
        ([], "body_wrong"),
        ({"q": 1}, "body_wrong"),
        ({"q": ""}, "q_missing"),
        ({"q": "あ" * 201}, "q_long"),
        ({"q": "転入", "whole": "true"}, "whole_wrong"),
    ],
)
def test_what_is_wrong_in_a_body(program: Program, sent, kind):
    wrong(program, program.post(sent), 400, kind)


@pytest.mark.parametrize(
    ("body", "kind", "status", "problem"),
    [
        (b'{"q": ', "application/json", 400, "body_wrong"),
        (b"q=x", "application/x-www-form-urlencoded", 400, "body_wrong"),
        (b'{"q": "' + b"x" * 20_000 + b'"}', "application/json", 413, "too_large"),
    ],
)
def test_bodies_that_are_none(program: Program, body, kind, status, problem):
    sent = program.client.post(ASK, data=body, content_type=kind, headers=program.headers)
    wrong(program, sent, status, problem)


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/api/nothing", 404, "no_address"),
        ("DELETE", ASK, 405, "no_method"),
        ("GET", "/api/suggest/", 404, "no_address"),
    ],
)
def test_what_is_not_there(program: Program, method, path, status, kind):
    answer = program.client.open(path, method=method, headers=program.headers)
    wrong(program, answer, status, kind)
    if status == 405:
        assert "POST" in answer.headers["Allow"]


def test_where_the_database_is_away(program: Program, monkeypatch):
    """What other programs read is JSON whatever happens."""

    def away(_: object) -> Any:
        raise OperationalError("SELECT 1", {}, Exception("the disk is gone"))

    with monkeypatch.context() as patched:
        patched.setattr(type(program.service.site.database), "read", away)
        answer = program.post({"q": "転入"})
    wrong(program, answer, 503, "away")
    assert int(answer.headers["Retry-After"]) > 0


def test_where_something_fails(program: Program, monkeypatch):
    program.service.app.config["PROPAGATE_EXCEPTIONS"] = False
    with monkeypatch.context() as patched:
        patched.setattr("web.api.suggested", lambda *_: 1 / 0)
        answer = program.post({"q": "転入"})
    wrong(program, answer, 500, "failed")


# Who may ask ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic eDp5", "Bearer " + "x" * 300])
def test_without_a_key(program: Program, header):
    answer = program.client.get(
        ASK, query_string={"q": "転入"}, headers={"Authorization": header} if header else {}
    )
    wrong(program, answer, 401, "no_key")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="helpdesk"'


def test_with_another_key_or_none_any_more(program: Program):
    right = dict(program.headers)
    program.headers["Authorization"] += "x"
    answer = program.get(q="転入")
    wrong(program, answer, 401, "wrong_key")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="helpdesk", error="invalid_token"'
    program.headers = right
    assert program.get(q="転入").status_code == 200
    with program.service.site.database.write() as tx:
        api_tokens.revoke(tx, program.chief, program.made.id, program.service.clock())
    wrong(program, program.get(q="転入"), 401, "wrong_key")


def test_a_key_is_good_until_its_day_is_over(program: Program):
    program.service.clock.passes(hours=23)
    assert program.get(q="転入").status_code == 200
    program.service.clock.passes(hours=1)
    wrong(program, program.get(q="転入"), 401, "wrong_key")


def test_a_session_is_no_key(pages: Service):
    assert pages.signed_in(pages.account("chief", Role.ADMIN)).get(f"{ASK}?q=転入").status_code == 401


def test_a_key_in_the_address_is_none(program: Program):
    """Addresses stand in logs."""
    answer = program.client.get(ASK, query_string={"q": "転入", "access_token": program.made.text})
    assert answer.status_code == 401


def test_too_often(both: Service):
    program = Program(both, a_minute=6)
    assert [program.get(q="転入").status_code for _ in range(6)] == [200] * 6
    answer = program.get(q="転入")
    wrong(program, answer, 429, "too_often")
    assert answer.headers["Retry-After"] == "10"
    both.clock.passes(seconds=9)
    assert program.get(q="転入").status_code == 429
    both.clock.passes(seconds=1)
    assert program.get(q="転入").status_code == 200
    assert Program(both, name="second").get(q="転入").status_code == 200


def test_the_limit_is_one_for_all_processes(both: Service, make):
    """Two applications over one database, asked at once."""
    other, program = make(both.site.database), Program(both, a_minute=20)
    statuses: list[int] = []

    def ask(app: Any) -> None:
        client = app.test_client()
        for _ in range(20):
            statuses.append(client.post(ASK, json={"q": "転"}, headers=program.headers).status_code)

    threads = [threading.Thread(target=ask, args=[app]) for app in (both.app, other.app)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (statuses.count(200), statuses.count(429)) == (20, 20)


# What is kept ---------------------------------------------------------------------------------------


def test_no_word_is_kept_or_logged(pages: Service, program: Program, caplog, tmp_path):
    words = "山田花子ですが転入届"
    with caplog.at_level(logging.DEBUG):
        program.get(q=words)
        program.post({"q": words})
        program.post({"q": words * 30})
    assert "山田" not in caplog.text
    assert program.made.text not in caplog.text
    file = pages.site.database.file
    assert file is not None
    for each in file.parent.glob(f"{file.name}*"):
        content = Path(each).read_bytes()
        assert words.encode() not in content
        assert program.made.text.encode() not in content


def test_no_other_site_may_read_it_in_a_browser(program: Program):
    origin = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for method in ("OPTIONS", "GET", "POST"):
        sent = {"q": "転入"} if method == "POST" else None
        answer = program.client.open(
            f"{ASK}?q=転", method=method, json=sent, headers=program.headers | origin
        )
        assert not [name for name, _ in answer.headers if name.lower().startswith("access-control")]
