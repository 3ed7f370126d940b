"""Did this help?"""

import pytest

from handlers.turn import Pressed
from tests.dialogue import Speaker, hold

ANSWERED = ("ごみの分け方を知りたい", "燃やすごみ")


@pytest.mark.parametrize("said", [">役に立った", "はい", "役に立った", "解決しました"])
def test_it_helped(resident: Speaker, said: str) -> None:
    hold(resident, [ANSWERED, (said, "ありがとうございます")])
    assert verdicts(resident) == ["helped"]


@pytest.mark.parametrize("said", [">役に立たなかった", "いいえ", "わかりません"])
def test_it_did_not_help(resident: Speaker, said: str) -> None:
    hold(resident, [ANSWERED, (said, "096-334-1500")])
    assert verdicts(resident) == ["did not help"]


def test_a_button_counts_once(resident: Speaker) -> None:
    hold(resident, [ANSWERED])
    assert resident.told is not None
    press = resident.told.routed.reply.choices[0].does
    button = Pressed(press.data)
    hold(resident, [(button, "ありがとうございます"), (button, "すでにいただいています")])


def test_a_forged_button_does_nothing(resident: Speaker) -> None:
    hold(resident, [ANSWERED, (Pressed("do:forged"), "もう使えません")])
    assert verdicts(resident) == [None]


def test_yes_without_an_answer_before_it_is_small_talk(resident: Speaker) -> None:
    assert resident.says("はい").routed.handler == "smalltalk"


def verdicts(resident: Speaker) -> list[str | None]:
    with resident.talk.database.read() as tx:
        return [row[0] for row in tx.connection.exec_driver_sql("SELECT verdict FROM queries ORDER BY id")]
