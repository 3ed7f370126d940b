"""What is fuzzed: each takes any bytes, and returns, or refuses by the exception that says so."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from bot import turns
from bot.line_events import NotAWebhook, read_body, read_event
from bot.line_messages import messages
from bot.platform import limits
from bot.telling import choices
from faq import exchange, suggest
from faq.kinds import KINDS
from faq.photograph import reencode
from handlers.turn import (
    DatePicked,
    EventId,
    Message,
    MessageId,
    PickDate,
    Press,
    Pressed,
    Reply,
    Said,
    Say,
    Text,
)
from nlp import dates, masking, mentions, tongue
from nlp.analyzer import QUESTION
from nlp.japan import JAPAN
from store import residents
from tests.conftest import NOON
from tests.promises.fuzzing.town import Town
from tests.web.test_api import Program

Target = Callable[[bytes], None]
MOST_LINES = 5
"""Messages in one made-up talk."""


def text_of(data: bytes) -> str:
    """Any text, with lone surrogates for what is no UTF-8."""
    return data.decode("utf-8", "surrogateescape")


def webhook(_: Town) -> Target:
    """What was read once is read as the same again, from what the inbox keeps."""

    def read(data: bytes) -> None:
        with suppress(NotAWebhook):
            for event in read_body(data):
                again = read_event(json.loads(event.body))
                assert again is not None
                assert (again.said, again.user_id, again.kind) == (event.said, event.user_id, event.kind)

    return read


def analysis(town: Town) -> Target:
    """All that is looked for in a text once it is masked, and in the text itself."""

    def analyse(data: bytes) -> None:
        text = text_of(data)
        masked = masking.mask(text, town.city.public).text
        dates.read(masked, NOON)
        mentions.find(text)
        QUESTION.tokens(text)
        tongue.detect(text)
        town.city.danger.find(text)

    return analyse


def search(town: Town) -> Target:
    def look(data: bytes) -> None:
        text = text_of(data)
        town.city.knowledge.search(text)
        suggest.suggest(town.city.knowledge, town.city.directory, text)

    return look


def route(town: Town) -> Target:
    """A talk of some lines: words, `>3` for the third button, `@2028-02-29` for a day. Nothing of it stays."""

    def talk(data: bytes) -> None:
        with town.database.write() as tx:
            resident = residents.meet(tx, "fuzzed", NOON).id
            reply = Reply(())
            for number, line in enumerate(data.split(b"\n")[:MOST_LINES]):
                message = Message(EventId(str(number)), _said(line, reply), NOON)
                reply = turns.take(tx, town.city, resident, message, NOON).reply
                _hold(reply)
            tx.connection.rollback()

    return talk


def _said(line: bytes, answered: Reply) -> Said:
    offered = choices(answered)
    if line[:1] == b">" and line[1:].isdigit() and int(line[1:3]) < len(offered):
        match offered[int(line[1:3])].does:
            case Press(data=data):
                return Pressed(data)
            case Say(text=text):
                return Text(text, MessageId("1"))
    for each in offered if line[:1] == b"@" else ():
        if isinstance(each.does, PickDate):
            with suppress(ValueError):
                day = datetime.fromisoformat(text_of(line[1:]))
                return DatePicked(each.does.data, day.replace(tzinfo=JAPAN))
    return Text(text_of(line).encode("utf-16", "surrogatepass").decode("utf-16", "replace"), MessageId("1"))


def _hold(reply: Reply) -> None:
    made = messages(reply)
    found = list(limits.VALIDATE.problems("", {"messages": made})) if made else []
    assert not found, found


def files(_: Town) -> Target:
    """A file of any kind of record: the first byte says which is expected."""
    kinds = tuple(KINDS.values())

    def take_in(data: bytes) -> None:
        kind = kinds[data[0] % len(kinds)] if data else kinds[0]
        exchange.parse(kind, data[1:])

    return take_in


def photographs(_: Town) -> Target:
    def develop(data: bytes) -> None:
        reencode(data)

    return develop


def api(town: Town) -> Target:
    """A body that a program with a key sends."""
    program = Program(town.pages)

    def ask(data: bytes) -> None:
        program.service.clock.passes(seconds=1)
        headers = {**program.headers, "Content-Type": "application/json"}
        answer = program.client.post("/api/suggest", data=data, headers=headers)
        assert answer.status_code in (200, 400, 413), answer.status_code
        assert answer.get_json()

    return ask


TARGETS: Mapping[str, Callable[[Town], Target]] = {
    made.__name__: made for made in (webhook, analysis, search, route, files, photographs, api)
}
OF_MESSAGES = ("analysis", "search", "route", "webhook")
"""Those that are done for each message of a resident, within the time that is promised."""
