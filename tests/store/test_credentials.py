"""What people prove themselves by."""

from concurrent.futures import ThreadPoolExecutor

from store import accounts, credentials, sessions
from store.accounts import Draft
from store.audit import COMMAND
from store.sight import Role
from store.tables import accounts as table
from tests.conftest import NOON
from tests.store.test_accounts import add


def test_the_hash_of_who_may_sign_in(tx):
    hanako = add(tx, "hanako")
    assert credentials.kept_of(tx, "hanako").password is None
    credentials.set_password(tx, hanako.id, "hash", COMMAND, NOON)
    kept = credentials.kept_of(tx, "ＨＡＮＡＫＯ")
    assert (kept.account, kept.password) == (hanako.id, "hash")
    assert accounts.own(tx, hanako.id).has_password
    assert credentials.kept_of(tx, "nobody") is None
    accounts.set_active(tx, hanako.id, COMMAND, NOON, active=False)
    assert credentials.kept_of(tx, "hanako") is None


def test_a_hash_counts_only_while_it_is_kept(tx):
    hanako = add(tx, "hanako")
    credentials.set_password(tx, hanako.id, "hash", COMMAND, NOON)
    kept = credentials.kept_of(tx, "hanako")
    assert credentials.is_still(tx, kept)
    credentials.set_password(tx, hanako.id, "another", COMMAND, NOON)
    assert not credentials.is_still(tx, kept)
    credentials.rehash(tx, kept, "better hash of the old one")
    assert credentials.kept_of(tx, "hanako").password == "another"


def test_the_secret_of_an_app_is_sealed(tx):
    hanako, taro = add(tx, "hanako"), add(tx, "taro")
    credentials.set_authenticator(tx, hanako.id, "SECRETSECRET", 7, NOON)
    assert credentials.authenticator(tx, hanako.id) == "SECRETSECRET"
    assert credentials.authenticator(tx, taro.id) is None
    sealed = tx.connection.scalar(
        table.select().with_only_columns(table.c.totp).where(table.c.id == hanako.id)
    )
    assert b"SECRETSECRET" not in sealed


def test_a_step_is_taken_once_and_in_order(tx):
    hanako = add(tx, "hanako")
    credentials.set_authenticator(tx, hanako.id, "S", 7, NOON)
    taken = [credentials.take_step(tx, hanako.id, step) for step in (7, 8, 8, 7, 10, 9)]
    assert taken == [False, True, False, False, True, False]


def test_of_all_who_show_a_code_at_one_moment_one_takes_it(database):
    with database.write() as tx:
        hanako = accounts.add(tx, Draft("hanako", "", Role.STAFF), COMMAND, NOON)
        credentials.set_authenticator(tx, hanako.id, "S", 7, NOON)

    def take(_):
        with database.write() as tx:
            return credentials.take_step(tx, hanako.id, 8)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(8))) == 1


def test_a_lost_device(tx):
    hanako = add(tx, "hanako")
    credentials.set_authenticator(tx, hanako.id, "S", 7, NOON)
    token = sessions.begin(tx, hanako, "", NOON, proven=True)
    credentials.forget_authenticator(tx, hanako.id, COMMAND, NOON)
    assert credentials.authenticator(tx, hanako.id) is None
    assert sessions.find(tx, token, NOON) is None


def test_a_draft_is_one_accounts_only(tx):
    hanako, taro = add(tx, "hanako"), add(tx, "taro")
    draft = credentials.seal_draft(tx, hanako.id, "S")
    assert credentials.open_draft(tx, hanako.id, draft) == "S"
    assert credentials.open_draft(tx, taro.id, draft) is None
    for wrong in ("", "x", "あ", draft[:-8], "A" + draft, "*"):
        assert credentials.open_draft(tx, hanako.id, wrong) is None
