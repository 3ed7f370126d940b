from datetime import timedelta

import sqlalchemy as sa

from store import conversations
from store.conversations import IDLE, LIFE, Conversation
from store.tables import conversations as table
from tests.conftest import NOON

CHOOSING = Conversation("choosing", {"offered": "a b", "ひとこと": "ごみの\ud83d"})


def test_a_conversation_lasts_an_hour(tx, hanako, taro):
    assert conversations.current(tx, hanako, NOON) == IDLE
    conversations.keep(tx, hanako, CHOOSING, NOON)
    assert conversations.current(tx, hanako, NOON + LIFE) == CHOOSING
    assert conversations.current(tx, hanako, NOON + LIFE + timedelta(seconds=1)) == IDLE
    assert conversations.current(tx, taro, NOON) == IDLE


def test_each_turn_begins_the_hour_anew_and_the_last_word_counts(tx, hanako):
    conversations.keep(tx, hanako, CHOOSING, NOON)
    conversations.keep(tx, hanako, Conversation("missed"), NOON + LIFE)
    assert conversations.current(tx, hanako, NOON + 2 * LIFE) == Conversation("missed")
    conversations.keep(tx, hanako, IDLE, NOON + 2 * LIFE)
    assert conversations.current(tx, hanako, NOON + 2 * LIFE) == IDLE


def test_what_is_known_is_sealed(tx, hanako):
    conversations.keep(tx, hanako, CHOOSING, NOON)
    assert b"offered" not in tx.connection.scalar(sa.select(table.c.slots))
