from datetime import timedelta

import sqlalchemy as sa

from store import buttons
from store.buttons import LIFE, Button, Refusal
from store.tables import buttons as table
from tests.conftest import NOON

HELPED = Button("helped", 7)


def test_a_button_works_once(tx, hanako):
    token = buttons.mint(tx, hanako, HELPED, NOON)
    assert buttons.spend(tx, hanako, token, NOON) == HELPED
    assert buttons.spend(tx, hanako, token, NOON) is Refusal.SPENT
    assert buttons.spend(tx, hanako, token, NOON + 2 * LIFE) is Refusal.SPENT


def test_for_a_week(tx, hanako):
    first, second = (buttons.mint(tx, hanako, HELPED, NOON) for _ in range(2))
    assert buttons.spend(tx, hanako, first, NOON + LIFE) == HELPED
    assert buttons.spend(tx, hanako, second, NOON + LIFE + timedelta(seconds=1)) is Refusal.EXPIRED


def test_anothers_button_looks_like_none(tx, hanako, taro):
    token = buttons.mint(tx, hanako, HELPED, NOON)
    for guess in (token, token[:-1], "", "\ud83d", "あ"):
        assert buttons.spend(tx, taro, guess, NOON) is Refusal.UNKNOWN
    assert buttons.spend(tx, hanako, token, NOON) == HELPED, "and the owner's still works"


def test_its_owner_may_look_at_it(tx, hanako, taro):
    token = buttons.mint(tx, hanako, HELPED, NOON)
    assert buttons.look(tx, hanako, token) == HELPED
    assert buttons.look(tx, taro, token) is None
    assert buttons.look(tx, hanako, "あ") is None
    assert buttons.spend(tx, hanako, token, NOON) == HELPED, "looking does not press it"
    assert buttons.look(tx, hanako, token) == HELPED


def test_tokens_are_long_different_and_not_kept(tx, hanako):
    tokens = {buttons.mint(tx, hanako, HELPED, NOON) for _ in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 32
    kept = b"".join(tx.connection.scalars(sa.select(table.c.token)))
    assert not any(token.encode() in kept for token in tokens)
