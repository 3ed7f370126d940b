import pytest

from faq.counters import SectionId
from store import accounts, roster, sessions
from store.accounts import Account, Draft
from store.audit import COMMAND
from store.db import Tx
from store.roster import State, Wanted
from store.sight import AccountId, Role, Viewer
from tests.conftest import NOON

ADMIN = Viewer(AccountId(0), "管理者", Role.ADMIN, None, personal=False)
PEOPLE = [
    Draft("hanako", "熊本 花子", Role.OPERATOR),
    Draft("taro_k", "熊本 太郎", Role.STAFF, SectionId("chuo-kumin")),
    Draft("jiro", "東 次郎ＡＢＣ", Role.STAFF, SectionId("higashi-kumin")),
    Draft("saburo", "100% 三郎", Role.ADMIN),
]


@pytest.fixture
def people(tx: Tx) -> dict[str, Account]:
    made = [accounts.add(tx, draft, COMMAND, NOON) for draft in PEOPLE]
    found = {each.name: each for each in made if isinstance(each, Account)}
    for name in ("hanako", "saburo"):
        sessions.begin(tx, found[name], "", NOON, proven=True)
    accounts.set_active(tx, found["jiro"].id, COMMAND, NOON, active=False)
    return found


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(), ["hanako", "jiro", "saburo", "taro_k"]),
        (Wanted("熊本"), ["hanako", "taro_k"]),
        (Wanted(" ＨＡＮＡ "), ["hanako"]),
        (Wanted("熊本", Role.STAFF), ["taro_k"]),
        (Wanted("%"), ["saburo"]),
        (Wanted("_"), ["taro_k"]),
        (Wanted("nobody"), []),
        (Wanted(role=Role.STAFF), ["jiro", "taro_k"]),
        (Wanted(section=SectionId("chuo-kumin")), ["taro_k"]),
        (Wanted(state=State.ACTIVE), ["hanako", "saburo"]),
        (Wanted(state=State.WAITING), ["taro_k"]),
        (Wanted(state=State.DISABLED), ["jiro"]),
    ],
)
def test_who_is_looked_for_is_found(tx, people, wanted, names):
    found = roster.listed(tx, ADMIN, wanted)
    assert [each.name for each in found.accounts] == names
    assert found.total == len(names)
    if wanted.state:
        assert {roster.state_of(each) for each in found.accounts} == {wanted.state}


def test_a_long_roster_comes_in_pages(tx, people, monkeypatch):
    monkeypatch.setattr(roster, "PAGE", 3)
    pages = [roster.listed(tx, ADMIN, Wanted(), page) for page in range(3)]
    assert [[each.name for each in page.accounts] for page in pages] == [
        ["hanako", "jiro", "saburo"],
        ["taro_k"],
        [],
    ]
    assert [page.total for page in pages] == [4, 4, 4]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.STAFF, Role.APPROVER])
def test_others_find_themselves_alone(tx, people, role):
    me = people["hanako"]
    viewer = Viewer(me.id, me.shown, role, None, personal=True)
    assert roster.listed(tx, viewer, Wanted()).accounts == (accounts.own(tx, me.id),)
    assert roster.listed(tx, viewer, Wanted("taro")).total == 0
