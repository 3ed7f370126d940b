import sqlalchemy as sa

from store import delivery, outbox, residents
from store.delivery import Why
from store.sight import Role
from store.tables import outbox as table
from tests.line import HANAKO

PAGE = "/staff/undelivered"


def test_an_answer_that_line_refused_is_sent_again_with_an_excuse(pages):
    now = pages.clock()
    with pages.site.database.write() as tx:
        resident = residents.meet(tx, HANAKO, now).id
        outbox.put(tx, resident, b'[{"type":"text","text":"zzSECRETzz"}]', now)
        item = outbox.claim(tx, "w", now)
        delivery.give_up(tx, item, Why.UNKNOWN, now)
    visitor = pages.signed_in(pages.account("kanri", Role.ADMIN))
    shown = visitor.get(PAGE).text
    assert "まとめてもう一度送る" in shown
    assert "zzSECRETzz" not in shown
    visitor.send(PAGE, f"{PAGE}/all/again", about="answer")
    assert "届かなかったお知らせはありません。" in visitor.get(PAGE).text
    with pages.site.database.write() as tx:
        again = outbox.claim(tx, "w", now)
        assert again.messages.decode().index("\\u9045") < again.messages.decode().index("zzSECRETzz")
        first = tx.connection.execute(sa.select(table).where(table.c.id == item.id)).one()
    assert first.body is None, "the words of the first are needed no more"
    assert again.retry_key != item.retry_key
