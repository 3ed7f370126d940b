"""A consultation is found however it is called, while it is typed, and by no word that calls none."""

import pytest

from faq.called import called
from faq.programmes import Programme
from store import places
from store.db import Database
from tests.conftest import Template


@pytest.fixture(scope="module")
def programmes(sqlite_template: Template) -> tuple[Programme, ...]:
    database = Database(sqlite_template.url, sqlite_template.keyring)
    with database.read() as tx:
        found = places.all_programmes(tx)
    database.close()
    return found


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        # as it is written, by another name, by who gives advice, with the place
        ("税務相談", ["tax"]),
        ("弁護士", ["legal", "legal-wards"]),
        ("司法書士", ["inheritance"]),
        ("人権相談 東区", ["human-rights-higashi"]),
        # as it is read, also by a name of which no reading is given
        ("ぜいむそう", ["tax"]),
        ("そうぞくとうき", ["inheritance"]),
        ("みんじかいにゅうぼうりょくそうだん", ["violence"]),
        ("ジンケンソウダン ひがしく", ["human-rights-higashi"]),
        ("うえきのしゅうだんけんしん", ["group-checkup-ueki"]),
        # while it is typed
        ("ぜいむs", ["tax"]),
        ("ぜいむそうd", ["tax"]),
        ("人権相談 h", ["human-rights-children", "human-rights-chuo", "human-rights-foreign"]),
        # by a slip of the finger, and by the wrong kanji
        ("ぜいむそうらん", ["tax"]),
        ("みんじかいにゅうびうりょく", ["violence"]),
        ("税務早段", ["tax"]),
        # within a sentence
        ("税理士さんに聞きたいことがあります", ["tax"]),
        # what calls none
        ("転入届", []),
        ("きょうのてんき", []),
        ("ねんきんのそうだんをしたい", []),
        ("😀", []),
    ],
)
def test_what_a_text_calls(programmes: tuple[Programme, ...], typed: str, ids: list[str]):
    assert [each.id for each in called(programmes, typed)][:3] == ids


def test_no_text_calls_all(programmes: tuple[Programme, ...]):
    assert called(programmes, "　") == programmes
