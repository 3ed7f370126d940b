"""Whose a case is instead: another section's, or another authority's."""

import re

import pytest

from store.case_talk import EntryKind
from store.cases import Ending, State
from tests.web.casework import HIGASHI, KUMIN, LIST, casework_of, opened, sends
from tests.web.town import plain


@pytest.fixture
def work(pages):
    return casework_of(pages)


def test_it_is_sent_on_with_a_reason_and_a_new_promise(work):
    case, clerk, east = work.handed(), work.clerk(), work.clerk("east", HIGASHI)
    came = sends(
        clerk, case, "/send-on", on_section=HIGASHI, on_reason="ward", on_more="090-1234-5678の方は東区"
    )
    assert came.location == LIST
    assert "ほかの課へ回しました。" in clerk.get(LIST).text
    sent = work.now(case)
    assert (sent.section, sent.state, sent.moves) == (HIGASHI, State.NEW, 1)
    assert sent.promised_at > work.service.clock()
    assert work.talk(case)[-1].words == "区がちがいます（［電話番号］の方は東区）"
    page = plain(opened(east, case))
    assert "担当違いで回しました：中央区役所 区民課 → 東区役所 区民課" in page
    assert "区がちがいます" in page
    assert "これまでに1回、回されています" in page


def test_the_section_that_it_sounds_like_is_chosen_already(work):
    case = work.handed(section=HIGASHI, ward="中央区")
    page = opened(work.clerk("east", HIGASHI), case)
    assert f'<option selected value="{KUMIN}">' in page
    own = work.handed(section=KUMIN, ward="中央区")
    assert not re.search(
        r'<option selected value="[a-z-]+">', opened(work.clerk(), own).partition("この課へ回す")[0]
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"on_section": ""}, "回す課を選んでください。"),
        ({"on_section": KUMIN}, "回す課を選んでください。"),
        ({"on_reason": "x"}, "理由を選ぶか、書いてください。"),
        ({"on_reason": "other"}, "理由を選ぶか、書いてください。"),
        ({"on_more": "あ" * 201}, "200文字以内で書いてください。"),
    ],
)
def test_what_is_wrong_is_said(work, wrong, says):
    case, clerk = work.handed(), work.clerk()
    came = sends(clerk, case, "/send-on", **{"on_section": HIGASHI, "on_reason": "procedure"} | wrong)
    assert came.status_code == 422
    assert says in came.text
    assert work.now(case).section == KUMIN


def test_ones_own_reason_is_told_as_it_is(work):
    case, clerk = work.handed(), work.clerk()
    sends(clerk, case, "/send-on", on_section=HIGASHI, on_reason="other", on_more="東区の施設のことでした")
    assert work.talk(case)[-1].words == "東区の施設のことでした"


def test_another_authority_is_named_in_one_click(work):
    case, clerk = work.handed(subject="確定申告のしかたを知りたい"), work.clerk()
    page = opened(clerk, case)
    fits = re.search(r'id="else-neighbour".*?<option selected value="([^"]+)">([^<]+)', page, re.DOTALL)
    assert fits is not None
    assert "税務署" in fits[2]
    assert f"お問い合わせの件は、{fits[2]}が受け付けています。" in page, "as the resident will see it"
    sends(clerk, case, "/elsewhere", else_neighbour=fits[1])
    named = work.now(case)
    assert (named.state, named.ending) == (State.CLOSED, Ending.ELSEWHERE)
    last = work.talk(case)[-1]
    assert (last.kind, last.neighbour) == (EntryKind.ELSEWHERE, fits[1])


def test_its_preview_follows_what_is_chosen(work):
    case, clerk = work.handed(), work.clerk()
    nothing = sends(clerk, case, "/elsewhere/preview", else_neighbour="")
    assert "窓口を選ぶと" in nothing.text
    page = opened(clerk, case)
    first = re.search(r'id="else-neighbour".*?<option value="([a-z0-9-]+)">([^<]+)', page, re.DOTALL)
    shown = sends(clerk, case, "/elsewhere/preview", else_neighbour=first[1], else_words="平日にどうぞ。")
    assert first[2] in shown.text
    assert "平日にどうぞ。" in shown.text
    assert work.now(case).is_open


def test_nobody_is_named_with_a_persons_data_or_by_chance(work):
    case, clerk = work.handed(), work.clerk()
    assert "案内する窓口を選んでください。" in sends(clerk, case, "/elsewhere", else_neighbour="x").text
    fits = re.search(r'id="else-neighbour".*?<option value="([a-z0-9-]+)">', opened(clerk, case), re.DOTALL)
    came = sends(clerk, case, "/elsewhere", else_neighbour=fits[1], else_words="山田太郎様へ。090-1234-5678")
    assert "含まれているので、LINEには送れません。" in came.text
    assert work.now(case).is_open


def test_the_second_who_sends_it_on_is_told(work):
    case, clerk = work.handed(), work.clerk()
    before = opened(clerk, case)
    work.says(case, "もう一つ")
    came = sends(
        clerk, case, "/send-on", page=before, on_section=HIGASHI, on_reason="other", on_more="消えない"
    )
    assert came.status_code == 409
    assert "消えない" in came.text
    assert work.now(case).section == KUMIN
