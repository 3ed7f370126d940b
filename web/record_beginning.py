"""What stands in the form of a new record before anybody wrote: the least choices, and what the way there brings."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final

import flask

from faq.schemas import Schema
from nlp.japan import JAPAN
from nlp.masking import without_labels
from store import examples, unmatched
from store.db import Tx
from web.door import viewer
from web.merging import Cells
from web.record_writing import cluster
from web.site import site

PHRASINGS: Final = 5
"""Questions of a cluster that become phrasings of the entry that answers it."""
LONGEST: Final = 200
"""Letters of one."""


def transaction() -> AbstractContextManager[Tx]:
    """One in which `beginning` may open what residents asked: that is written into the audit."""
    database = site().database
    return database.write() if cluster() else database.read()


def beginning(tx: Tx, schema: Schema[object]) -> Cells:
    """The choices that promise least, a name that nothing has, what was asked, and what the address has."""
    least = {each.name: each.type.write(each.type.empty) for each in schema.columns if each.type.choices}
    names = {each.name for each in schema.columns}
    brought = {name: value[:2_000] for name, value in flask.request.args.items() if name in names}
    of_entry = {"id": _name(site().clock()), **_asked(tx)} if schema.name == "faq" else {}
    return least | of_entry | brought


def _name(now: datetime) -> str:
    """A name of the moment, for who has no better one."""
    return f"q-{now.astimezone(JAPAN):%y%m%d-%H%M%S}"


def _asked(tx: Tx) -> Cells:
    """The questions of the cluster that the entry is to answer, those of which nothing is hidden.

    They are looked up here, and are in no address: addresses are kept in logs and in browsers.
    """
    wanted = cluster()
    found = unmatched.find(tx, viewer(), wanted) if wanted else None
    if found is None:
        return {}
    public, now = site().city(tx).public, site().clock()
    opened = examples.opened(tx, viewer(), [found.id], public, now, PHRASINGS + 1)
    texts = [each.text for each in opened if each.text == without_labels(each.text)]
    lines = (" ".join(text.replace("|", " ").split()) for text in (found.label, *texts))
    question, *others = [*dict.fromkeys(line for line in lines if 0 < len(line) <= LONGEST)] or [""]
    return {"question": question, "phrasings": "|".join(others[:PHRASINGS])}
