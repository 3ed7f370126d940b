"""Staff find voices, make them ready, and a second person lets them out: on the pages, without scripts."""

import html
import re

import pytest

from store.cases import CaseId
from store.sight import Role
from tests.store.answered_voices import find_in
from tests.web.conftest import Service
from tests.web.voicework import KUMIN, Voicework, at, hidden, sends
from web import voice_publication

LIST = "/staff/voices"


@pytest.fixture
def work(pages: Service, monkeypatch: pytest.MonkeyPatch) -> Voicework:
    monkeypatch.setattr(voice_publication, "finder", lambda _: find_in)
    return Voicework.of(pages)


def shown(page: str) -> str:
    """The sides that will be published, as a reader sees them."""
    sides = re.findall(r'making-shown">(.*?)</p>', page, re.DOTALL)
    return html.unescape(re.sub("<[^>]*>", "", "\n".join(sides)))


def test_from_the_list_to_everybody(work: Voicework):
    case = work.answered()
    page = work.clerk.get(f"{LIST}?step=can").text
    assert f'href="{at(case)}"' in page
    assert "公表できます" in page
    begun = work.clerk.send(at(case), at(case, "/publication/begin"))
    assert begun.status_code == 303
    page = work.clerk.get(at(case, "/publication")).text
    assert "あと2か所" in page
    assert '<mark class="mark-open">山田太郎</mark>' in page
    assert "山田" not in shown(page), "what nobody decided on is not shown on the right"
    answer = sends(work.clerk, case, "mark", part="words", mark="0", act="replace", words="座った人")
    assert answer.status_code == 303
    sends(work.clerk, case, "mark", part="answer", mark="0", act="leave")
    page = work.clerk.get(at(case, "/publication")).text
    assert "すべて決めました" in page
    assert "座った人さん" in shown(page)
    sends(work.clerk, case, "own", sought="山田太郎さんが座って", words="座った人が")
    sends(work.clerk, case, "details", month="on", ward="on")
    assert sends(work.clerk, case, "ready").status_code == 303
    assert "この文を公表する" not in work.clerk.get(at(case, "/publication")).text
    page = work.approver.get(at(case, "/publication")).text
    unread = sends(work.approver, case, "confirm", digest=hidden(page, "digest"))
    assert unread.status_code == 400
    assert "最後まで読み" in unread.text
    done = sends(work.approver, case, "confirm", digest=hidden(page, "digest"), read="on")
    assert done.status_code == 303
    public = work.service.visitor().get("/voices").text
    assert "江津湖のベンチ" in public
    one = work.service.visitor().get(re.search(r"/voices/\d+", public)[0]).text  # type: ignore[index]
    assert "座った人がけがをしました" in one
    assert "2026年11月" in one
    assert "東区" in one
    assert "山田" not in one
    assert "公表中" in work.clerk.get(LIST).text


def test_the_programs_own_suggestions_are_made(pages: Service):
    work = Voicework.of(pages)
    case = work.answered(words="電話は090-1111-2222です。コールセンターは096-334-1500です。")
    work.clerk.send(at(case), at(case, "/publication/begin"))
    page = work.clerk.get(at(case, "/publication")).text
    assert "電話は（電話番号）です。コールセンターは096-334-1500です。" in shown(page), (
        "what the city publishes stays"
    )


def test_what_came_too_late_is_told_and_changes_nothing(work: Voicework):
    case = work.answered()
    work.clerk.send(at(case), at(case, "/publication/begin"))
    old = work.approver.get(at(case, "/publication")).text
    sends(work.clerk, case, "mark", part="words", mark="0", act="leave")
    data = {"csrf_token": hidden(old, "csrf_token"), "version": hidden(old, "version")}
    came = work.approver.client.post(at(case, "/publication/all"), data=data)
    assert came.status_code == 409
    assert "clerkさんさんが、先にこの文を直しました" in came.text
    assert "あと1か所" in came.text
    nowhere = sends(work.clerk, case, "own", sought="どこにもない", words="x")
    assert (nowhere.status_code, "その言葉は、文の中にありません" in nowhere.text) == (400, True)
    assert 'value="どこにもない"' in nowhere.text, "what was typed stays"


def test_with_htmx_the_page_itself_comes_back(work: Voicework):
    case = work.answered()
    work.clerk.send(at(case), at(case, "/publication/begin"))
    work.clerk.headers["HX-Request"] = "true"
    came = sends(work.clerk, case, "all")
    assert (came.status_code, 'id="making"' in came.text) == (200, True)
    again = sends(work.clerk, case, "mark", part="words", mark="0", act="reopen")
    assert "あと1か所" in again.text
    odd = sends(work.clerk, case, "mark", part="words", mark="99", act="leave")
    assert odd.status_code == 409


def test_sent_back_with_a_remark_from_which_names_are_taken(work: Voicework):
    case = work.answered()
    with work.service.site.database.write() as tx:
        work.desk.ready(tx, case)
    sends(work.approver, case, "send-back", remark="けがの話は要りません。090-1111-2222まで。")
    page = work.clerk.get(at(case, "/publication")).text
    assert "差し戻されました" in page
    assert "けがの話は要りません。［電話番号］まで。" in page


@pytest.mark.parametrize(
    ("about", "says"),
    [({"may_publish": False}, "公表しないでほしい"), ({}, "市の回答が済むと")],
    ids=["not wished", "not answered"],
)
def test_what_cannot_be_published_says_why_and_offers_nothing(
    work: Voicework, about: dict[str, object], says: str
):
    case = work.answered(**about) if about else work.told()
    page = work.clerk.get(at(case)).text
    assert says in page
    assert "公表の準備を始める" not in page
    forced = work.clerk.send(at(case), at(case, "/publication/begin"))
    assert forced.status_code == 303, "back to the voice, which says why"
    assert work.clerk.get(at(case, "/publication")).status_code == 404


def test_words_are_sought_and_the_search_goes_on(work: Voicework):
    work.told("街灯", "街灯が暗い")
    work.answered()
    page = work.clerk.get(f"{LIST}?q=ガイトウ").text
    assert "当てはまる声は、ありません" in page, "readings are not spellings"
    page = work.clerk.get(f"{LIST}?q=街灯").text
    assert ("街灯が暗い" in page, "江津湖" in page) == (True, False)
    page = work.clerk.get(f"{LIST}?year=9999&tag=x&kind=x&step=x&older=-1").text
    assert "江津湖のベンチ" in page, "what means nothing narrows nothing"


def test_tags_are_put_on_suggested_and_put_in_order(work: Voicework):
    first, second = work.answered(), work.answered("歩道", "歩道のベンチ")
    work.clerk.send(at(first), at(first, "/tags"), name="ベンチ")
    page = work.clerk.get(at(second)).text
    assert '<button class="button small" name="name" value="ベンチ">' in page
    work.clerk.send(at(second), at(second, "/tags"), name="ベンチ")
    work.clerk.send(at(second), at(second, "/tags"), name="歩く人")
    wrong = work.clerk.send(at(second), at(second, "/tags"), name="090-1111-2222")
    assert (wrong.status_code, "お名前や電話番号は使えません" in wrong.text) == (400, True)
    page = work.clerk.get("/staff/voices/tags").text
    bench, walker = (tag_of(page, name) for name in ("ベンチ", "歩く人"))
    taken = work.clerk.send("/staff/voices/tags", "/staff/voices/tags/rename", tag=walker, name="ﾍﾞﾝﾁ")
    assert (taken.status_code, "もうあります" in taken.text) == (400, True)
    work.clerk.send("/staff/voices/tags", "/staff/voices/tags/merge", tag=walker, into=bench)
    page = work.clerk.get("/staff/voices/tags").text
    assert "「歩く人」を「ベンチ」にまとめました" in page
    work.clerk.send(
        "/staff/voices/tags", "/staff/voices/tags/undo", act=re.search(r'"act" value="(\d+)"', page)[1]
    )  # type: ignore[index]
    assert tag_of(work.clerk.get("/staff/voices/tags").text, "歩く人") == walker
    found = work.clerk.get(f"{LIST}?tag={bench}").text
    assert ("江津湖のベンチ" in found, "歩道" in found) == (True, True)
    work.clerk.send(at(second), at(second, "/tags/remove"), tag=bench)
    assert at(second) not in work.clerk.get(f"{LIST}?tag={bench}").text


def tag_of(page: str, name: str) -> str:
    found = re.search(rf'tag=(\d+)">{name}<', page)
    assert found is not None, name
    return found[1]


def test_shared_for_some_days_with_another_section(work: Voicework):
    case, other = work.answered(), work.other()
    assert other.get(at(case)).status_code == 404
    wrong = work.clerk.send(at(case), at(case, "/shares"), section="nobody", days="30")
    assert wrong.status_code == 400
    work.clerk.send(at(case), at(case, "/shares"), section="higashi-kumin", days="30")
    page = other.get(at(case)).text
    assert "ほかの課の声です" in page
    assert "2026年12月24日（木）まで" in page
    assert at(case, "/shares") not in page
    assert f"/staff/cases/{case}" not in page, "the case itself stays its section's"
    share = hidden(work.clerk.get(at(case)).text.replace('" value', '" value'), "share")
    work.clerk.send(at(case), at(case, "/shares/end"), share=share)
    assert other.get(at(case)).status_code == 404


def test_who_asks_for_a_second_person_shares_it_with_those_who_hear_voices(work: Voicework):
    hearing = work.service.site.profile.voices.letters
    assert hearing not in (None, KUMIN)
    case, kocho = work.answered(), work.other(hearing, Role.APPROVER)  # type: ignore[arg-type]
    work.clerk.send(at(case), at(case, "/publication/begin"))
    sends(work.clerk, case, "all")
    assert kocho.get(at(case, "/publication")).status_code == 404
    sends(work.clerk, case, "ready")
    page = kocho.get(at(case, "/publication")).text
    done = sends(kocho, case, "confirm", digest=hidden(page, "digest"), read="on")
    assert done.status_code == 303
    assert "江津湖のベンチ" in work.service.visitor().get("/voices").text


def test_withdrawn_by_anybody_of_the_staff_at_once(work: Voicework):
    number = work.published()
    everybody, other = work.service.visitor(), work.other()
    csv_before, feed_before = (everybody.get(f"/voices.{kind}") for kind in ("csv", "atom"))
    page = other.get("/staff/voices/published").text
    assert "江津湖のベンチ" in page
    assert "元の声" not in page, "the way to the voice is for who may read it"
    assert "元の声" in work.clerk.get("/staff/voices/published").text
    path = f"/staff/voices/published/{number}/withdraw"
    odd = other.send("/staff/voices/published", path, why="x")
    assert odd.status_code == 303
    assert everybody.get(f"/voices/{number}").status_code == 200
    other.send("/staff/voices/published", path, why="asked")
    gone = everybody.get(f"/voices/{number}")
    assert (gone.status_code, "公表を終えました" in gone.text, "江津湖" in gone.text) == (410, True, False)
    for kind, before in (("csv", csv_before), ("atom", feed_before)):
        after = everybody.client.get(f"/voices.{kind}", headers={"If-None-Match": before.headers["ETag"]})
        assert (after.status_code, "江津湖" in after.text) == (200, False)
    page = other.get("/staff/voices/published").text
    assert ("本人から求められた" in page, "江津湖" in page) == (True, False)


def test_the_list_of_nobody_says_what_will_stand_there(work: Voicework):
    assert "声は、まだ届いていません" in work.clerk.get(LIST).text
    assert "公表した声は、まだありません" in work.clerk.get("/staff/voices/published").text
    assert "タグは、まだありません" in work.clerk.get("/staff/voices/tags").text
    assert work.clerk.get(at(CaseId(99))).status_code == 404
