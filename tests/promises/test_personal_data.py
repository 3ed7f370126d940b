"""Two hundred marks of people, by every way in: none in a log, an address, a text of LINE, an index or a file."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

from bot.logs import Lines
from store.keyring import KEY_BYTES, Key
from tests.line import HANAKO, running, text_event
from tests.planted import plant
from tests.site import site_of
from tests.test_marks import export_everything, found_in, of_folder, of_sqlite
from tests.web.conftest import Service as Pages
from tests.web.own_links import Owner
from tests.web.town import LEGAL, Town

SAID = tuple(
    words.format(n)
    for n in range(1000, 1012)
    for words in ("090-{}-4321", "hanako{}@mark.example", "印{}花子", "中央区印町1-2-{}", "昭和6年7月{}")
)
"""What residents tell the bot of themselves."""
TALK = ("電話は{}です", "メールは{}です", "{}と申します。ごみの出し方は？", "住所は{}です", "生まれは{}です")
ADDRESSES = (
    "/opendata",
    "/opendata/faq.csv",
    "/opendata/faq.json",
    "/openapi.json",
    "/healthz",
    "/readyz",
    "/voices.csv",
)


class Kept(logging.Handler):
    """Every line of the log, as the service writes it at its fullest."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(Lines("text", "run"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def logged() -> Iterator[Kept]:
    """All that is logged meanwhile, by whomever."""
    root, kept = logging.getLogger(), Kept()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    try:
        yield kept
    finally:
        root.removeHandler(kept)
        root.setLevel(level)


def tells_the_bot(service, said) -> tuple[str, ...]:
    """A talk in which each message holds a mark of another kind."""
    for at, mark in enumerate(said):
        service.hears(text_event(TALK[at % len(TALK)].format(mark)))
        service.clock.passes(seconds=2)
        service.works()
    assert service.post(b'{"events": ["' + said[0].encode()).status_code == 400
    return said


def fills_in_forms(pages: Pages) -> tuple[str, ...]:
    """Forms of residents, right and wrong, and what people at the city type at the door."""
    numbers = count(1)
    marks: list[str] = []

    def mark(pattern: str = "記{}印") -> str:
        marks.append(pattern.format(next(numbers)))
        return marks[-1]

    town = Town(pages, LEGAL).offer(replace(LEGAL, asks_opposing_party=True))
    for hour, telephone in ((13, "090-8172-63{:02}"), (14, "誤り{}")):
        link = town.link(town.hold(town.slot(hour), town.resident(f"U{hour:032}")))
        told = {"name": mark("記{}花子"), "kana": "しるしにはなこ", "telephone": mark(telephone)}
        more = {"birth_date": "昭和6年7月23日", "subject": mark(), "opposing_party": mark("記{}太郎")}
        pages.visitor().send(link, **told, **more)
    for number in range(4):
        typed = {"kind": "proposal", "words": mark(), "place": mark(), "name": mark(), "answer": "page"}
        pages.visitor().send("/voices/new", **typed)
        pages.visitor().send("/login", name=mark("sign-in-{}"), password=mark("secret {}"))
        visitor = pages.visitor()
        visitor.get(f"/login?next=/home?q={mark()}")
        visitor.get(f"/login/sso/back?error=access_denied&error_description={mark()}&state={mark()}")
        visitor.headers = {"User-Agent": mark("agent-{}"), "X-Forwarded-For": mark("from-{}")}
        visitor.get(f"/nowhere/{mark('path-{}')}")
        visitor.get(f"/f/{mark('token-{}')}")
        owner = Owner.of(pages, f"U{number + 50:032}")
        owner.answered(mark())
    return tuple(marks)


def given_to(database, city, folder, said=SAID) -> tuple[set[str], dict[str, list[bytes]]]:
    """The marks that went in, and what came out, by where."""
    folder.mkdir()
    with logged() as log, running(database, city) as service:
        marks = {*plant(database, service.clock()), *tells_the_bot(service, said)}
        pages = Pages(site_of(database, city, service.clock), service.app, service.clock)
        marks |= set(fills_in_forms(pages))
        service.works()
        export_everything(database, folder)
        calls = service.platform.calls()
        to_line = [f"{call.method} {call.path}".encode() for call in calls]
        texts = [str(each).encode() for each in service.said()]
        public = [pages.visitor().get(address).data for address in ADDRESSES]
    out = {
        "the log": ["\n".join(log.lines).encode()],
        "addresses at LINE": to_line,
        "texts in LINE": texts,
        "the database and its indexes": list(of_sqlite(database)),
        "files": list(of_folder(folder)),
        "public pages": public,
    }
    assert len(log.lines) > 50
    assert len(texts) >= len(said) / 2
    return marks - {HANAKO}, out


def test_no_mark_of_a_person_comes_out(sqlite, city, tmp_path):
    marks, out = given_to(sqlite, city, tmp_path / "out")
    assert len(marks) >= 200, len(marks)
    assert {where: found for where, blobs in out.items() if (found := found_in(marks, blobs))} == {}


def test_words_that_are_not_sealed_are_noticed(sqlite, city, tmp_path, monkeypatch):
    """What is sealed is kept as it is, but for keys."""
    seal, unseal = Key.seal, Key.open

    def keep(key, plain, purpose):
        return seal(key, plain, purpose) if len(plain) == KEY_BYTES else b"\0" * 12 + plain + b"\0" * 16

    def read(key, sealed, purpose):
        return sealed[12:-16] if sealed.startswith(b"\0" * 12) else unseal(key, sealed, purpose)

    monkeypatch.setattr(Key, "seal", keep)
    monkeypatch.setattr(Key, "open", read)
    marks, out = given_to(sqlite, city, tmp_path / "out", said=SAID[:6])
    assert len(found_in(marks, out["the database and its indexes"])) >= 100


def test_a_line_that_quotes_is_noticed():
    with logged() as log:
        logging.getLogger("bot").debug("heard %s", SAID[0])
    assert found_in(SAID, ["\n".join(log.lines).encode()]) == {SAID[0]}
