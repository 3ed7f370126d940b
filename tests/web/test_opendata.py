"""Open data: what everybody may fetch, how seldom it is made, and what is never in it."""

import asyncio
import csv
import io
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from datasette.app import Datasette

from faq import public
from faq.models import EntryId
from faq.profile import Licence
from store import knowledge, readings, run_settings, translations
from store.audit import COMMAND
from store.run_settings import RunSettings
from tests.faq.staff_files import ENTRY
from web import releases

NAMES = tuple(public.FILES)
CSV = tuple(name for name in NAMES if name.endswith(".csv"))
OWN_WORDS = "こないだ引っ越した母のことなんですが"
"""A resident's, which staff attached to an entry."""
SHORT = 8
"""Letters that may stand in any answer."""


@pytest.fixture
def anybody(pages):
    return pages.visitor()


def publish(pages, **changed):
    with pages.site.database.write() as tx:
        known = next(each for each in knowledge.all_entries(tx) if each.id == "moving-in")
        knowledge.take_in(tx, [replace(known, **changed)], pages.clock())


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline="")))


def test_the_page_says_what_there_is(anybody):
    page = anybody.get("/opendata")
    assert page.status_code == 200
    assert all(f'href="/opendata/{name}"' in page.text for name in NAMES)
    assert "まだ決まっていません" in page.text, "no licence is claimed that the city did not name"
    assert "noindex" not in page.text


def test_the_city_names_the_licence(make, sqlite):
    service = make(sqlite)
    own = replace(service.site.profile, licence=Licence("CC BY 4.0", "https://example.jp/by"))
    licensed = make(sqlite, profile=own)
    assert (
        '<a href="https://example.jp/by" rel="license">CC BY 4.0</a>'
        in licensed.visitor().get("/opendata").text
    )
    assert licensed.visitor().get("/opendata/faq.json").get_json()["license"] == "https://example.jp/by"
    assert "license" not in json.loads(service.visitor().get("/opendata/faq.json").get_data())


def test_the_answers_as_a_page_of_questions(pages, anybody):
    answer = anybody.get("/opendata/faq.json")
    assert answer.mimetype == "application/ld+json"
    page = json.loads(answer.get_data())
    assert (page["@type"], page["publisher"]["name"]) == ("FAQPage", "熊本市")
    with pages.site.database.read() as tx:
        known = {each.id: each.answer for each in knowledge.all_entries(tx)}
    assert {each["identifier"]: each["acceptedAnswer"]["text"] for each in page["mainEntity"]} == known


def test_tables_for_other_programs(anybody):
    found = {name: rows_of(anybody.get(f"/opendata/{name}")) for name in CSV}
    assert all(found.values())
    assert {row["名称"] for row in found["offices.csv"]} >= {"中央区役所", "北区役所"}
    assert list(found["faq.csv"][0]) == [
        "id", "category", "kind", "tone", "question", "answer", "section", "telephone", "link",
        "source", "source_url", "published_on", "confirmed_on", "valid_until", "status",
    ], "a column that is new must be meant for everybody"  # fmt: skip


def test_datasette_opens_the_snapshot(anybody, tmp_path):
    file = tmp_path / "knowledge.db"
    file.write_bytes(anybody.get("/opendata/knowledge.db").get_data())
    opened = Datasette([str(file)])

    async def ask():
        found = await opened.client.get("/knowledge/faq.json?_shape=array&id=moving-in")
        return found.json()

    assert asyncio.run(ask())[0]["id"] == "moving-in"
    with sqlite3.connect(file) as database:
        about = dict(database.execute("SELECT name, value FROM about"))
        tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert (about["publisher"], about["licence"]) == ("熊本市", "")
    assert tables & {"phrasings", "synonyms", "questions"} == set()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_residents_wrote_is_in_it(pages, anybody, name):
    publish(pages, phrasings=(OWN_WORDS,))
    content = anybody.get(f"/opendata/{name}").get_data()
    assert OWN_WORDS.encode() not in content
    with pages.site.database.read() as tx:
        written = (*knowledge.all_entries(tx), *translations.all_translations(tx))
        citys = "".join(each.question + each.answer for each in written)
        citys += "".join(each.reading for each in readings.all_readings(tx))
        labelled = {each.query for each in knowledge.all_questions(tx) if each.query not in citys}
    assert len(labelled) > 100
    assert [each for each in labelled if len(each) > SHORT and each.encode() in content] == []


def test_what_is_published_is_there_at_once(pages, anybody):
    before = anybody.get("/opendata/faq.csv")
    publish(pages, answer="新しい答えです。")
    after = anybody.get("/opendata/faq.csv")
    assert "新しい答えです。" in after.get_data().decode()
    assert before.headers["ETag"] != after.headers["ETag"]


@pytest.mark.parametrize("name", NAMES)
def test_who_has_it_is_not_sent_it_again(pages, anybody, name):
    path = f"/opendata/{name}"
    first = anybody.get(path)
    assert first.headers["Cache-Control"] == "public, max-age=3600"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    tag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    for known in ({"If-None-Match": tag}, {"If-Modified-Since": changed}):
        again = anybody.client.get(path, headers=known)
        assert (again.status_code, again.get_data()) == (304, b"")
    pages.clock.passes(minutes=1)
    publish(pages, answer="新しい答えです。")
    changed_now = anybody.client.get(path, headers={"If-Modified-Since": changed})
    assert changed_now.status_code == 200


def test_head_and_a_part(anybody):
    whole = anybody.get("/opendata/knowledge.db")
    head = anybody.client.head("/opendata/knowledge.db")
    assert (head.status_code, head.get_data()) == (200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]
    part = anybody.client.get("/opendata/knowledge.db", headers={"Range": "bytes=0-14"})
    assert (part.status_code, part.get_data()) == (206, b"SQLite format 3")


def test_each_is_made_once_for_a_version(pages, anybody, monkeypatch):
    made = []

    def counting(name, edition):
        made.append((name, edition.version))
        return public.made(name, edition)

    monkeypatch.setattr(releases, "made", counting)
    for _ in range(3):
        for name in ("faq.json", "faq.csv"):
            pages.visitor().get(f"/opendata/{name}")
    assert [name for name, _ in made] == ["faq.json", "faq.csv"]
    publish(pages, answer="新しい答えです。")
    anybody.get("/opendata/faq.json")
    assert [name for name, _ in made] == ["faq.json", "faq.csv", "faq.json"]


def test_it_is_turned_off_at_once(pages, anybody):
    assert anybody.get("/opendata/faq.json").status_code == 200
    with pages.site.database.write() as tx:
        run_settings.change(tx, RunSettings(open_data=False), COMMAND, pages.clock())
    for path in ("/opendata", *(f"/opendata/{name}" for name in NAMES)):
        answer = anybody.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store"), path


@pytest.mark.parametrize("name", ["x", "faq.xml", "questions.csv", "synonyms.csv", "..%2Fcity.toml"])
def test_there_is_nothing_else(anybody, name):
    assert anybody.get(f"/opendata/{name}").status_code == 404


def test_an_empty_city_has_an_empty_page(pages, anybody):
    with pages.site.database.write() as tx:
        tx.connection.exec_driver_sql("DELETE FROM knowledge")
    assert "まだありません" in anybody.get("/opendata").text
    assert anybody.get("/opendata/faq.json").status_code == 404


def test_cells_do_not_run_in_a_spreadsheet(pages, anybody):
    with pages.site.database.write() as tx:
        knowledge.take_in(
            tx, [replace(ENTRY, id=EntryId("sum"), question="=1+1")], pages.clock() + timedelta(1)
        )
    asked = {row["id"]: row["question"] for row in rows_of(anybody.get("/opendata/faq.csv"))}
    assert asked["sum"] == "'=1+1"


def test_many_at_once_wait_for_one_that_makes_it(pages, monkeypatch):
    made = []

    def slow(name, edition):
        made.append(name)
        begun.wait(5)
        return public.made(name, edition)

    begun = Event()
    monkeypatch.setattr(releases, "made", slow)
    with ThreadPoolExecutor(5) as pool:
        asked = [pool.submit(lambda: pages.visitor().get("/opendata/faq.csv").status_code) for _ in range(4)]
        other = pool.submit(begun.set)
        assert {each.result() for each in asked} == {200}
        other.result()
    assert made == ["faq.csv"]
