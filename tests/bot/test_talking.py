import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot import talking, trial
from bot.__main__ import main
from bot.talking import BadLine, Talk, ask, parse_time, run_talk
from handlers.turn import Located, Pressed, Text
from store import chores, slots
from store.db import Database
from store.tables import metadata
from tests.conftest import DATA, NOON

KEYS = ["handler", "outcome", "reply", "choices", "links", "pushed", "matches", "ms"]


def sizes(database: Database) -> dict[str, int]:
    with database.read() as tx:
        return {
            table.name: tx.connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


@pytest.fixture
def talk(sqlite, city) -> Talk:
    return Talk.of(sqlite, city, "test", NOON)


@pytest.fixture
def lines(talk):
    """A talk: lines in, objects out."""

    def run(*lines: str) -> list[dict[str, object]]:
        out = io.StringIO()
        run_talk(talk, io.StringIO("\n".join(lines) + "\n"), out)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    return run


def test_a_question_has_the_promised_keys_and_leaves_nothing_behind(database, city):
    before = sizes(database)
    told = ask(database, city, "ごみの分け方を知りたい", NOON).as_json()
    assert list(told) == KEYS
    assert (told["handler"], told["outcome"]) == ("question", "answer")
    assert list(told["matches"][0]) == ["id", "question", "score", "because"]
    assert all(isinstance(label, str) for label in told["choices"])
    assert told["pushed"] == []
    assert 0 < told["ms"] < 10_000
    assert sizes(database) == before


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2026-11-24T12:00", NOON),
        ("2026-11-24T12:00+09:00", NOON),
        ("2026-11-24T03:00Z", NOON),
        ("2026-11-24", datetime(2026, 11, 23, 15, tzinfo=UTC)),
    ],
)
def test_times_are_japanese(given, moment):
    assert parse_time(given) == moment


def test_one_object_a_line(lines):
    told = lines(
        "ごみの分け方を知りたい", "+90m", "メニュー", ">こんなボタンはない", "@32.80,130.70", "@x", "asdf"
    )
    assert len(told) == 7
    assert [each.get("handler", "error") for each in told] == [
        "question", "time", "menu", "error", "nearest", "error", "question",
    ]  # fmt: skip
    assert all(list(each) in (KEYS, ["error"]) for each in told)


def test_bubbles_are_held_until_the_question_is_whole(lines):
    held, answered = lines("ごみの", "分け方を知りたい")
    assert (held["handler"], held["reply"]) == ("waiting", "")
    assert answered["outcome"] == "answer"


@pytest.mark.parametrize("then", [(), ("+90m",), (">メニュー",), ("@x",)])
def test_a_bubble_left_hanging_is_answered_all_the_same(lines, then):
    told = lines("ごみの", *then)
    assert len(told) == 1 + len(then)
    assert told[0]["handler"] == "question"
    assert told[0]["reply"]


def test_a_press_of_a_button_by_its_label_or_its_beginning(talk):
    labels = talk.say(Text("メニュー", "m")).as_json()["choices"]
    for label in labels:
        assert isinstance(talk.understand(f">{label}"), Pressed | Text), label
    assert isinstance(talk.understand(">"), BadLine)
    assert labels[0] in talk.understand(">ない").reason


def test_time_passes_only_when_told_to(talk):
    assert talk.understand("+90m") == timedelta(minutes=90)
    assert talk.understand("+3d") == timedelta(days=3)
    assert isinstance(talk.understand("+90x"), Text)
    assert isinstance(talk.understand("+9999999999999d"), BadLine)
    assert isinstance(talk.understand("+999999999d"), BadLine), "beyond the calendar"


@pytest.mark.parametrize("bad", ["@", "@x", "@91,0", "@0,181", "@nan,0", "@1", "@1,2,3"])
def test_places_that_are_none(talk, bad):
    assert isinstance(talk.understand(bad), BadLine)


def test_a_place(talk):
    assert talk.understand("@32.80,130.70") == Located(32.8, 130.7, "talk-0")


def test_the_same_name_is_the_same_resident(sqlite, city):
    first, second, other = (Talk.of(sqlite, city, name, NOON) for name in ("a", "a", "b"))
    assert first.resident == second.resident != other.resident


@pytest.fixture
def alone(sqlite, city):
    """A talk over a database that serves nobody, with samples to book."""
    trial.offer(sqlite, DATA, NOON)
    return Talk.of(sqlite, city, "test", NOON, keeps_time=True)


def test_what_falls_due_while_time_passes_is_said(alone):
    held = talked(alone, "法律相談を予約したい", "1", "1")[-1]
    assert "まだ予約は終わっていません" in held["reply"]
    early, warned, over = talked(alone, "+6m", "+2m", "+10m")
    assert (early["pushed"], over["pushed"]) == ([], [])
    assert len(warned["pushed"]) == 1
    assert "まもなく時間が切れます" in warned["pushed"][0]


def test_a_button_of_what_was_said_unasked_can_be_pressed(alone):
    *_, told = talked(alone, "法律相談を予約したい", "1", "1", "+8m", ">もっと時間がほしい")
    assert told["handler"] == "booking"
    assert "error" not in told


def test_a_day_later_there_is_a_day_more(alone):
    def last_day() -> str:
        with alone.database.read() as tx:
            found = slots.reaching(tx, alone.now, alone.now + timedelta(days=60), alone.now)
        return max(slot.day for slot in found).isoformat()

    before = last_day()
    talked(alone, "+7d")
    assert last_day() > before


def test_beside_a_service_a_talk_does_nothing_but_talk(sqlite, city):
    trial.offer(sqlite, DATA, NOON)
    talk = Talk.of(sqlite, city, "test", NOON)
    talked(talk, "法律相談を予約したい", "1", "1", "+8m")
    with sqlite.read() as tx:
        assert chores.all_chores(tx) == ()
        assert [each["pushed"] for each in talked(talk, "+10m")] == [[]]


def talked(talk: Talk, *lines: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    run_talk(talk, io.StringIO("\n".join(lines) + "\n"), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_slow_stream_answers_a_hanging_bubble_after_a_while(talk, monkeypatch):
    monkeypatch.setattr(talking.turns, "LINGER", timedelta(0))

    class Slow(io.StringIO):
        def __iter__(self):
            yield "ごみの\n"
            answered.acquire(timeout=10)
            yield "メニュー\n"

    answered = talking.threading.Semaphore(0)
    out = io.StringIO()
    out.flush = answered.release
    run_talk(talk, Slow(), out)
    assert [json.loads(line)["handler"] for line in out.getvalue().splitlines()] == ["question", "menu"]


@pytest.mark.parametrize("command", [["ask", "x"], ["talk"]])
def test_a_time_that_is_none_is_said_plainly(command, capsys):
    with pytest.raises(SystemExit) as left:
        main([*command, "--at", "someday"])
    assert left.value.code == 2
    assert "--at" in capsys.readouterr().err


def test_the_command(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    monkeypatch.setattr("logging.disable", lambda _: None)
    assert main(["ask", "ごみの分け方を知りたい", "--at", "2026-11-24T12:00", "--json"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == KEYS
    assert not (tmp_path / "none.db").exists(), "a question makes no database"


def test_who_has_themselves_erased_goes_on_as_somebody_new(sqlite, city):
    talk = Talk.of(sqlite, city, "test", NOON, keeps_time=True)
    out = io.StringIO()
    run_talk(talk, io.StringIO("退会\n>全部消す\n+1m\nわたしのデータ\n"), out)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert "全部消します" in told[1]["reply"]
    assert "尋ねた言葉：なし" in told[-1]["reply"]
    assert "まもなく" not in told[-1]["reply"]
