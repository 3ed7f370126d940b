"""The administrator's pages of accounts, as a browser meets them."""

import re

import pytest

from faq.counters import SectionId
from store import accounts, credentials, identities, sessions
from store.accounts import Account
from store.identities import Identity
from store.sight import Role
from tests.web.conftest import Service, Visitor

CHOSEN = "つつじと銀杏の並木道を歩く"
NEW = {"name": "hanako", "shown": "熊本 花子", "role": "staff", "section": "chuo-kumin", "personal": "y"}


@pytest.fixture
def chief(pages: Service) -> Visitor:
    return pages.signed_in(pages.account("chief", Role.ADMIN))


def now_of(pages: Service, account: Account) -> Account:
    with pages.site.database.read() as tx:
        found = accounts.own(tx, account.id)
    assert found is not None
    return found


def link_on(text: str) -> str:
    found = re.search(r"<textarea[^>]*>http://127\.0\.0\.1:8000(/welcome/[\w-]{43})</textarea>", text)
    assert found is not None, text
    return found[1]


# Adding ---------------------------------------------------------------------------------------------


def test_a_colleague_is_added_and_comes_in(pages, chief):
    answer = chief.send("/admin/accounts/new", **NEW)
    assert answer.status_code == 200
    assert "期限は<time" in answer.text
    link = link_on(answer.text)
    hanako = pages.visitor()
    assert hanako.send(link, password=CHOSEN, again=CHOSEN).status_code == 303
    with pages.site.database.read() as tx:
        account = accounts.named(tx, "hanako")
    assert account is not None
    assert (account.shown, account.role, account.section) == (
        "熊本 花子",
        Role.STAFF,
        SectionId("chuo-kumin"),
    )
    assert account.personal
    assert account.has_password
    assert link not in chief.get(f"/admin/accounts/{account.id}").text, "it is shown once"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "ログイン名は、半角の英字か数字で"),
        ({"name": "花子"}, "ログイン名は、半角の英字か数字で"),
        ({"name": "hana ko"}, "ログイン名は、半角の英字か数字で"),
        ({"name": "h" * 65}, "64文字まで"),
        ({"name": "ＣＨＩＥＦ"}, "もう使われています"),
        ({"shown": "　"}, "名前を60文字まで"),
        ({"shown": "子" * 61}, "名前を60文字まで"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(pages, chief, wrong, says):
    answer = chief.send("/admin/accounts/new", **{**NEW, **wrong})
    assert answer.status_code == 422
    assert says in answer.text
    if "shown" not in wrong:
        assert 'value="熊本 花子"' in answer.text
    with pages.site.database.read() as tx:
        assert [each.name for each in accounts.every(tx)] == ["chief"]


@pytest.mark.parametrize("wrong", [{"role": "root"}, {"section": "nowhere"}])
def test_what_no_form_offers_is_refused(pages, chief, wrong):
    assert chief.send("/admin/accounts/new", **{**NEW, **wrong}).status_code == 422


# Finding --------------------------------------------------------------------------------------------


def test_the_roster_is_searched_and_filtered(pages, chief):
    pages.account("hanako", Role.STAFF, section="chuo-kumin")
    pages.account("taro", Role.OPERATOR)
    for query, names in (
        ("", ["chief", "hanako", "taro"]),
        ("text=ＨＡＮＡ", ["hanako"]),
        ("role=operator", ["taro"]),
        ("section=chuo-kumin", ["hanako"]),
        ("state=active", ["chief"]),
        ("role=nonsense&page=x", ["chief", "hanako", "taro"]),
    ):
        page = chief.get(f"/admin/accounts?{query}").text
        assert re.findall(r'<th scope="row"><a[^>]*>(\w+)さん', page) == names, query
    assert "条件に合うアカウントはありません" in chief.get("/admin/accounts?text=nobody").text
    assert "<script>alert(1)" not in chief.get("/admin/accounts?text=<script>alert(1)</script>").text


def test_a_long_roster_has_pages_that_keep_the_search(pages, chief):
    for number in range(51):
        pages.account(f"staff{number:02}", Role.STAFF)
    first = chief.get("/admin/accounts?role=staff")
    assert "51件のうち1〜50件" in first.text
    following = re.search(r'href="([^"]+)" rel="next"', first.text)
    assert following is not None
    second = chief.get(following[1].replace("&amp;", "&"))
    assert "51件のうち51〜51件" in second.text
    assert 'rel="next"' not in second.text


# Changing -------------------------------------------------------------------------------------------


def test_rights_are_changed(pages, chief):
    hanako = pages.account("hanako", Role.STAFF)
    visitor = pages.signed_in(hanako)
    path = f"/admin/accounts/{hanako.id}"
    answer = chief.send(path, name="hanako", shown="東 花子", role="approver", section="")
    assert answer.status_code == 303
    assert "東 花子さんのアカウントを変更しました" in chief.get(path).text
    after = now_of(pages, hanako)
    assert (after.shown, after.role, after.section, after.personal) == ("東 花子", Role.APPROVER, None, False)
    assert visitor.get("/home").status_code == 303, "they sign in anew"


def test_who_leads_and_who_is_of_a_contractor(pages, chief):
    hanako = pages.account("hanako", Role.OPERATOR)
    path = f"/admin/accounts/{hanako.id}"
    told = {"name": "hanako", "shown": "花子", "section": "", "leads": "y", "outside": "y"}
    answer = chief.send(path, role="staff", **told)
    assert answer.status_code == 422
    assert "受託事業者の人の役割は、オペレーターにしてください" in answer.text
    assert chief.send(path, role="operator", **told).status_code == 303
    after = now_of(pages, hanako)
    assert (after.leads, after.outside) == (True, True)
    assert (after.viewer.leads, after.viewer.outside) == (True, True)
    assert chief.send(path, role="staff", name="hanako", shown="花子", section="").status_code == 303
    after = now_of(pages, hanako)
    assert (after.leads, after.outside) == (False, False)


def test_nobody_lifts_themselves(pages, chief):
    with pages.site.database.read() as tx:
        me = accounts.named(tx, "chief")
    path = f"/admin/accounts/{me.id}"
    answer = chief.send(path, name="chief", shown="chief", role="admin", section="", personal="y")
    assert answer.status_code == 422
    assert "ほかの管理者に依頼してください" in answer.text
    assert not now_of(pages, me).personal
    assert chief.send(path, name="chief", shown="主任", role="admin", section="").status_code == 303
    assert now_of(pages, me).shown == "主任"
    for act in ("disable", "enable", "link", "forget-authenticator", "unbind", "end-sessions"):
        chief.send(path, f"{path}/{act}")
        assert "ご自身のアカウントには、この操作はできません" in chief.get(path).text, act
    assert now_of(pages, me).active


def test_a_section_that_is_gone_from_the_data_is_not_lost(pages, chief):
    hanako = pages.account("hanako", Role.STAFF, section="of-yesterday")
    page = chief.get(f"/admin/accounts/{hanako.id}").text
    assert '<option selected value="of-yesterday">of-yesterday</option>' in page


def test_an_account_that_is_not_there(chief):
    for path in (
        "/admin/accounts/999",
        "/admin/accounts/999/unbind",
        "/admin/accounts/x",
        "/admin/accounts/1/paint",
    ):
        assert chief.get(path).status_code == 404
    assert chief.send("/admin/accounts/new", "/admin/accounts/999/disable").status_code == 404
    assert chief.send("/admin/accounts/new", "/admin/accounts/999/unbind").status_code == 404


# Acts -----------------------------------------------------------------------------------------------


def test_a_stop_is_taken_back(pages, chief):
    hanako = pages.account("hanako", Role.STAFF)
    visitor = pages.signed_in(hanako)
    path = f"/admin/accounts/{hanako.id}"
    assert chief.send(path, f"{path}/disable").status_code == 303
    shown = chief.get(path).text
    assert "停止しました。元に戻すときは「停止をやめる」" in shown
    assert f'action="{path}/enable"' in shown
    assert visitor.get("/home").status_code == 303
    assert not now_of(pages, hanako).active
    chief.send(path, f"{path}/enable")
    assert now_of(pages, hanako).active


@pytest.mark.parametrize("act", ["link", "forget-authenticator", "unbind", "end-sessions"])
def test_what_cannot_be_taken_back_is_asked_once_more(pages, chief, act):
    hanako = pages.account("hanako", Role.STAFF)
    with pages.site.database.write() as tx:
        identities.bind(tx, hanako.id, Identity("https://login.example.jp", "hanako"), pages.clock())
        credentials.set_authenticator(tx, hanako.id, "JBSWY3DPEHPK3PXP", 1, pages.clock())
    pages.signed_in(hanako)
    before = now_of(pages, hanako)
    path = f"/admin/accounts/{hanako.id}"
    page = chief.get(path).text
    assert f'href="{path}/{act}"' in page
    assert f'action="{path}/{act}"' not in page
    asked = chief.get(f"{path}/{act}")
    assert asked.status_code == 200
    assert f'action="{path}/{act}"' in asked.text
    assert "hanakoさん" in asked.text
    assert now_of(pages, hanako) == before, "a look changes nothing"
    chief.send(f"{path}/{act}")
    after = now_of(pages, hanako)
    with pages.site.database.read() as tx:
        assert sessions.of(tx, hanako.id, pages.clock()) == ()
    assert (after.has_password, after.has_authenticator, after.has_identity) == {
        "link": (False, True, True),
        "forget-authenticator": (True, False, True),
        "unbind": (True, True, False),
        "end-sessions": (True, True, True),
    }[act]


def test_a_new_link_leads_in(pages, chief):
    hanako = pages.account("hanako", Role.STAFF)
    path = f"/admin/accounts/{hanako.id}/link"
    link = link_on(chief.send(path).text)
    assert pages.visitor().send(link, password=CHOSEN, again=CHOSEN).status_code == 303
    assert now_of(pages, hanako).has_password


def test_one_session_is_ended(pages, chief):
    hanako = pages.account("hanako", Role.STAFF)
    here, there = pages.signed_in(hanako), pages.signed_in(hanako)
    path = f"/admin/accounts/{hanako.id}"
    acts = re.findall(rf'action="({path}/sessions/\d+/end)"', chief.get(path).text)
    assert len(acts) == 2
    assert chief.send(path, acts[0]).status_code == 303
    assert sorted(visitor.get("/home").status_code for visitor in (here, there)) == [200, 303]
