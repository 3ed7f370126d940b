from datetime import date

import sqlalchemy as sa

from faq.retention import Purpose
from store import erasure, particulars, queries, residents
from store.audit import COMMAND, SERVICE
from store.erasure import Erased
from store.particulars import Field
from store.queries import Query
from store.tables import audit
from store.tables import queries as queries_table
from tests.conftest import NOON
from tests.line import HANAKO, TARO


def test_all_that_is_theirs_goes_and_nothing_of_others(tx, hanako, taro):
    theirs, others = (
        particulars.keep(tx, Purpose.EVENT, {Field.NAME: "花"}, who, date(2027, 1, 1), SERVICE, NOON)
        for who in (hanako, taro)
    )
    for who in (hanako, hanako, taro):
        asked = Query("ごみ", "question", "none")
        queries.record(tx, who, asked, NOON, channel="LINE", message_ids=["1"])
    assert erasure.weigh(tx, hanako) == Erased(1, 2)
    assert erasure.erase(tx, hanako, COMMAND, NOON) == Erased(1, 2)
    assert residents.lookup(tx, HANAKO) is None
    assert residents.lookup(tx, TARO) == taro
    assert particulars.read(tx, theirs, SERVICE, NOON) == {}
    assert particulars.read(tx, others, SERVICE, NOON) == {Field.NAME: "花"}
    left = tx.connection.execute(sa.select(queries_table).order_by(queries_table.c.id)).all()
    assert [(row.resident_id, row.text is None, row.message_ids) for row in left[:2]] == [
        (None, True, "")
    ] * 2
    assert queries.texts_of(tx, taro) == ("ごみ",)
    acts = [tuple(row) for row in tx.connection.execute(sa.select(audit.c.act, audit.c.subject))]
    assert ("resident.erased", str(hanako)) in acts
    assert ("particulars.erased", str(theirs)) in acts
