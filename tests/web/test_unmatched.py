"""The inbox on the pages: from a question nobody could answer to a proposal that answers it."""

import re

import pytest
import sqlalchemy as sa

from store import accounts, proposals, residents, told, unmatched
from store.proposals import State
from store.sight import Role
from store.tables import audit, clustered
from store.unmatched import State as ClusterState
from tests.conftest import NOON
from tests.line import HANAKO, TARO
from tests.store.inbox import asked, cluster_of
from tests.web.editors import fields_of
from tests.web.town import plain

LIST = "/staff/unmatched"
MINE = "ごみを毎週木曜に出しそびれる"


@pytest.fixture
def sato(pages):
    return pages.signed_in(pages.account("sato", Role.APPROVER))


@pytest.fixture
def mori(pages):
    return pages.signed_in(pages.account("mori", Role.APPROVER))


@pytest.fixture
def put(pages):
    """Puts questions into the inbox as one cluster."""

    def put(*texts, section=None):
        with pages.site.database.write() as tx:
            return cluster_of(tx, [asked(tx, text) for text in texts], section)

    return put


@pytest.fixture
def now(pages):
    """A cluster as it is."""
    admin = pages.account("admin", Role.ADMIN).viewer

    def now(cluster):
        with pages.site.database.read() as tx:
            return unmatched.find(tx, admin, cluster)

    return now


def of(cluster, act=""):
    return f"{LIST}/{cluster}{act}"


def ids(page):
    """The questions that can be chosen."""
    return re.findall(r'name="query" value="(\d+)"', page.text)


def send(visitor, cluster, act, version=1, **fields):
    """Does something on the page of a cluster; what it says then."""
    sent = visitor.send(of(cluster), of(cluster, f"/{act}"), version=str(version), **fields)
    assert sent.status_code == 303
    return plain(visitor.get(sent.location).text)


def test_a_row_for_all_that_ask_the_same(pages, sato):
    with pages.site.database.write() as tx:
        members = [asked(tx, "ドローンを飛ばしたい", HANAKO), asked(tx, "ドローンは飛ばせますか", TARO)]
        cluster = cluster_of(tx, [*members, asked(tx, "ドローンを飛ばしたい")])
    page = plain(sato.get(LIST).text)
    assert "まとまり 1件" in page
    assert "ドローンを飛ばしたい ドローンは飛ばせますか" in page
    assert "LINE 2 、 電話 1" in page
    assert of(cluster) in sato.get(LIST).text


def test_an_empty_inbox_and_an_empty_selection(sato, put):
    assert "見直す質問はありません。" in plain(sato.get(LIST).text)
    put("ドローン")
    page = plain(sato.get(f"{LIST}?channel=mail").text)
    assert "当てはまるものはありません。" in page
    assert "しぼり込みをやめる" in page


@pytest.mark.parametrize(
    "query", ["page=x", "page=-1", "since=x", "order=x", "state=x", "section=x", "page=9" * 30]
)
def test_an_odd_address_is_no_failure(sato, put, query):
    put("ドローン")
    assert sato.get(f"{LIST}?{query}").status_code == 200


def test_names_and_numbers_are_hidden_on_both_pages(sato, put):
    cluster = put("山田太郎と申します。090-1234-5678にお電話ください")
    for path in (LIST, of(cluster)):
        page = sato.get(path).text
        assert "［お名前］と申します。［電話番号］にお電話ください" in page
        assert "山田" not in page


def test_what_comes_nearest_and_why(sato, put):
    page = plain(sato.get(of(put("粗大ごみを出したい"))).text)
    assert "粗大ごみ" in page
    assert re.search(r"\d+%", page)
    assert "この質問にあります" in page


def test_other_answers_are_sought(sato, put):
    cluster = put("ドローン")
    assert "粗大ごみ" not in plain(sato.get(of(cluster)).text)
    assert "粗大ごみ" in plain(sato.send(of(cluster), q="粗大ごみ").text)


def test_what_was_asked_goes_to_the_editor_without_standing_in_an_address(pages, sato, put):
    cluster = put("山田太郎と申します。ドローンを飛ばしたい", section="kokusai")
    (address,) = re.findall(r'href="(/staff/knowledge/faq/new[^"]*)"', sato.get(of(cluster)).text)
    assert address == f"/staff/knowledge/faq/new?cluster={cluster}"
    assert "山田" not in sato.get(address).text
    stranger = pages.signed_in(pages.account("stranger", Role.STAFF))
    assert "ドローン" not in stranger.get(address).text


def test_an_answer_is_begun_with_what_was_asked_and_with_nothing_in_the_address(pages, sato, put):
    cluster = put("ドローンを飛ばしたい", "山田花子です。ドローンはどこですか", "ドローンを｜飛ばす場所")
    page = sato.get(of(cluster)).text
    assert f'/staff/knowledge/faq/new?cluster={cluster}"' in page
    begun = sato.get(f"/staff/knowledge/faq/new?cluster={cluster}")
    fields = fields_of(begun)
    assert (fields["cell-question"], fields["cell-phrasings"]) == (
        "ドローンを｜飛ばす場所",
        "ドローンを飛ばしたい",
    )
    assert re.fullmatch(r"q-\d{6}-\d{6}", str(fields["cell-id"]))
    assert f'href="{of(cluster)}"' in begun.text
    other = pages.signed_in(pages.account("other", Role.STAFF, section="chuo-kumin"))
    assert "ドローン" not in other.get(f"/staff/knowledge/faq/new?cluster={cluster}").text


def test_who_waits_is_counted_and_what_is_open_is_on_the_first_page(pages, sato, put):
    assert "答えのなかった質問が" not in sato.get("/home").text
    cluster = put("ドローン")
    assert "答えのなかった質問が1種類あります" in sato.get("/home").text
    assert "知らせを待つ人" not in sato.get(of(cluster)).text
    with pages.site.database.write() as tx:
        for who in (HANAKO, TARO):
            query = asked(tx, "ドローンを飛ばす", who)
            tx.connection.execute(clustered.insert().values(query_id=query, cluster_id=cluster))
            assert told.ask(tx, residents.meet(tx, who, NOON).id, query, NOON)
    assert "2人（答えが公開されると" in sato.get(of(cluster)).text


def test_a_phrasing_is_proposed_to_a_second_person(pages, sato, put):
    cluster = put(MINE)
    before = pages.site.database
    page = plain_after_attaching(sato, cluster, "bulky-waste", MINE)
    assert "変更の案 1 の承認を依頼しました" in page
    assert "変更の案 案 1" in page
    with before.read() as tx:
        (found,) = proposals.open_of(tx, viewer_of(pages, "sato"), "faq", "bulky-waste")
    assert (found.state, found.cluster) == (State.SUBMITTED, cluster)
    (change,) = found.changes
    assert change.after.phrasings == (*change.before.phrasings, MINE)


def viewer_of(pages, name):
    with pages.site.database.read() as tx:
        return accounts.named(tx, name).viewer


def plain_after_attaching(visitor, cluster, entry, phrasing):
    sent = visitor.send(of(cluster), of(cluster, "/attach"), entry=entry, phrasing=phrasing)
    return plain(visitor.get(sent.location).text)


@pytest.mark.parametrize(
    ("entry", "phrasing", "says"),
    [
        ("bulky-waste", "", "加える言い方を書いてください"),
        ("bulky-waste", "い|ろ", "「|」は使えません"),
        ("bulky-waste", "あ" * 201, "200文字まで"),
        ("bulky-waste", "山田太郎と申しますがごみは", "一般的な言い方に直してください"),
        ("bulky-waste", "［お名前］ですがごみは", "一般的な言い方に直してください"),
        ("no-such-entry", "ごみは", "つなぐ答えを選んでください"),
    ],
)
def test_what_is_no_phrasing_is_not_proposed(pages, sato, put, entry, phrasing, says):
    assert says in plain_after_attaching(sato, put("ドローン"), entry, phrasing)
    with pages.site.database.read() as tx:
        assert proposals.open_of(tx, viewer_of(pages, "sato"), "faq", "bulky-waste") == ()


def test_a_new_answer_begins_with_the_question(sato, put):
    cluster = put("ドローンを飛ばしたい")
    link = re.search(r'href="(/staff/knowledge/faq/new[^"]+)"', sato.get(of(cluster)).text)[1]
    page = sato.get(link.replace("&amp;", "&")).text
    assert "ドローンを飛ばしたい" in page
    assert f'name="cluster" value="{cluster}"' in page


def test_what_is_set_aside_leaves_the_list_and_comes_back(sato, put, now):
    cluster = put("ドローン")
    assert "答えない理由を書いてください" in send(sato, cluster, "set-aside", reason=" ")
    assert "答えないことにしました" in send(sato, cluster, "set-aside", reason="国の仕事です")
    assert now(cluster).state is ClusterState.OUT_OF_SCOPE
    assert "ドローン" not in sato.get(LIST).text
    assert "ドローン" in sato.get(f"{LIST}?state=out_of_scope").text
    page = plain(sato.get(of(cluster)).text)
    assert "国の仕事です" in page
    assert "satoさんさんが答えないことにしました" in page
    assert "元に戻しました。" in send(sato, cluster, "undo", 2)
    assert now(cluster).state is ClusterState.OPEN


def test_a_part_is_split_off_and_merged_back(sato, put, now):
    cluster = put("ドローン", "気球")
    first, second = ids(sato.get(of(cluster)))
    assert "分ける質問を選んでください" in send(sato, cluster, "split")
    assert "残す質問の印を外してください" in send(sato, cluster, "split", query=[first, second])
    assert "別のまとまりに分けました" in send(sato, cluster, "split", query=[first])
    assert now(cluster).count == 1
    assert "まとめる相手を選び直してください" in send(sato, cluster, "merge", 2, other=str(cluster))
    assert "一つにまとめました" in send(sato, cluster, "merge", 2, other=str(cluster + 1))
    assert now(cluster).count == 2
    assert sato.get(of(cluster + 1)).location == of(cluster), "who looks for the other finds this one"


def test_what_may_be_the_same_is_named(sato, put):
    cluster, other = put("ドローンを飛ばしたい"), put("ドローンを公園で飛ばしたい")
    put("市長に会いたい")
    assert re.findall(r'name="other" value="(\d+)"', sato.get(of(cluster)).text) == [str(other)]


def test_a_section_gets_what_is_its_own(pages, sato, put):
    clerk = pages.signed_in(pages.account("clerk", Role.STAFF, section="chuo-kumin"))
    cluster = put("ドローン")
    assert clerk.get(of(cluster)).status_code == 404
    assert "担当の課を選び直してください" in send(sato, cluster, "assign", section="x")
    assert "担当の課を決めました" in send(sato, cluster, "assign", section="chuo-kumin")
    assert clerk.get(of(cluster)).status_code == 200
    assert "担当の課を決めました" in send_away(clerk, cluster)
    assert clerk.get(of(cluster)).status_code == 404


def send_away(clerk, cluster):
    """Gives it to another section, and is led to the list."""
    sent = clerk.send(of(cluster), of(cluster, "/assign"), version="2", section="higashi-kumin")
    assert sent.location == LIST
    return plain(clerk.get(LIST).text)


def test_a_name_is_the_citys_own_words(sato, put, now):
    cluster = put("ドローン")
    send(sato, cluster, "name", label="公園で飛ばすもの（山田太郎さんの件）")
    assert now(cluster).label == "公園で飛ばすもの（［お名前］さんの件）"
    assert "200文字まで" in send(sato, cluster, "name", 2, label="あ" * 201)


def test_the_second_of_two_is_told(sato, mori, put, now):
    cluster = put("ドローン")
    token = mori.token_on(of(cluster))
    send(sato, cluster, "name", label="飛ばすもの")
    fields = {"csrf_token": token, "version": "1", "reason": "国の仕事"}
    sent = mori.client.post(of(cluster, "/set-aside"), data=fields)
    assert "satoさんさんが先に、このまとまりを変えました" in plain(mori.get(sent.location).text)
    assert (now(cluster).state, now(cluster).label) == (ClusterState.OPEN, "飛ばすもの")


def test_each_look_is_audited(pages, sato, put):
    cluster = put("ドローン")
    sato.get(of(cluster))
    sato.get(LIST)
    with pages.site.database.read() as tx:
        looks = sa.select(audit.c.subject).where(audit.c.act == "cluster.read").order_by(audit.c.id)
        assert tx.connection.scalars(looks).all() == [str(cluster)] * 2


@pytest.mark.parametrize("act", ["name", "assign", "set-aside", "reopen", "split", "merge", "undo"])
def test_without_what_it_needs_nothing_happens(sato, put, now, act):
    cluster = put("ドローン", "気球")
    before = now(cluster)
    assert sato.send(of(cluster), of(cluster, f"/{act}")).status_code == 303
    assert now(cluster) == before
