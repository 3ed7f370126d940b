"""Followers who chose topics, by the thousand, and a mailing that staff have approved."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.mailing import Mailer
from bot.platform import Platform
from bot.platform.talk import Person, UserId
from faq.topics import TopicId
from nlp.language import Language
from store import mailing_decisions, mailing_drafts, residents
from store.db import Database, Tx
from store.keyring import new_key
from store.mailings import Mailing, MailingDraft, Words
from store.residents import ResidentId
from store.sight import Viewer
from store.subscriptions import WHOLE_CITY
from store.tables import resident_keys, subscribers, subscriptions
from store.tables import residents as residents_table
from tests.conftest import NOON
from tests.store.people import KUMIN

CHILDCARE, WASTE = TopicId("childcare"), TopicId("waste")
DRAFT = MailingDraft(
    words={Language.JAPANESE: Words("予防接種のお知らせ", "1月から、受け方が変わります。")},
    link="https://www.city.example.jp/",
    topics=(CHILDCARE,),
    wards=(),
    section=KUMIN,
    send_at=None,
    not_after=NOON + timedelta(days=3),
    urgent=False,
)
ONE_PERSON = "U{:032x}"


def follow(
    tx: Tx,
    numbers: Iterable[int],
    topics: Sequence[TopicId] = (CHILDCARE,),
    ward: str = WHOLE_CITY,
    language: Callable[[int], Language | None] = lambda _: None,
) -> list[ResidentId]:
    """Residents who follow the account and chose topics: rows as `residents.meet` makes them, many at once."""
    lookup = residents.system_key(tx, "lookup")
    keys = {number: new_key() for number in numbers}
    addresses = {number: ONE_PERSON.format(number) for number in keys}
    rows = [
        {
            "lookup": lookup.digest(addresses[number]),
            "address": key.seal(addresses[number].encode(), "address"),
            "follows": True,
            "first_seen": NOON,
            "last_seen": NOON,
            "language": (spoken := language(number)) and spoken.value,
            "language_chosen": False,
        }
        for number, key in keys.items()
    ]
    made = residents_table.insert().returning(residents_table.c.id, sort_by_parameter_order=True)
    ids = [ResidentId(each) for each in tx.connection.scalars(made, rows)]
    wrapped = [
        {"resident_id": each, "wrapped": tx.keyring.wrap(key, f"resident:{each}")}
        for each, key in zip(ids, keys.values(), strict=True)
    ]
    tx.connection.execute(resident_keys.insert(), wrapped)
    whose = [{"resident_id": each, "ward": ward, "changed_at": NOON} for each in ids]
    tx.connection.execute(subscribers.insert(), whose)
    chosen = [{"resident_id": each, "topic_id": topic, "chosen_at": NOON} for each in ids for topic in topics]
    if chosen:
        tx.connection.execute(subscriptions.insert(), chosen)
    return ids


def approved(tx: Tx, people: dict[str, Viewer], draft: MailingDraft = DRAFT, now: datetime = NOON) -> Mailing:
    """Written by staff, approved by an administrator."""
    written = mailing_drafts.write(tx, people["staff"], replace(draft, section=KUMIN), now)
    assert isinstance(written, Mailing)
    mailing_decisions.submit(tx, people["staff"], written.id, written.version, now)
    decided = mailing_decisions.approve(tx, people["admin"], written.id, written.version, now)
    assert isinstance(decided, Mailing), decided
    return decided


def meet(platform: Platform, numbers: Iterable[int]) -> list[Person]:
    """The same people, as LINE knows them."""
    return [platform.meet(UserId(ONE_PERSON.format(number))) for number in numbers]


def run(mailer: Mailer, database: Database) -> None:
    """All that can be done at this moment is done."""
    for _ in range(1_000):
        if not mailer.step():
            return
    raise AssertionError("no end of work")
