"""The form on which a resident says whom to telephone."""

import re
from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa

import store.particulars
from store import case_erasing, case_saying
from store.audit import SERVICE
from store.cases import Case, Reach
from store.links import Purpose
from store.particulars import Field, ParticularsId
from store.tables import particulars
from tests.web.conftest import Service
from tests.web.own_links import Owner

TOLD = {
    "name": "熊本 花子",
    "telephone": "（０９０）0000ー0001",
    "convenient": "平日の午前",
    "remarks": "ゆっくり",
}


@pytest.fixture
def owner(both: Service) -> Owner:
    return Owner.of(both)


@pytest.fixture
def little(pages: Service) -> Owner:
    """The same, on SQLite alone."""
    return Owner.of(pages)


def form(owner: Owner) -> str:
    return owner.link(Purpose.CASE_FORM, owner.case.id)


def test_what_is_told_is_kept_for_the_section_and_shown_nowhere(owner: Owner):
    link, visitor = form(owner), owner.service.visitor()
    asked = visitor.get(link)
    assert asked.status_code == 200
    assert "国保の還付" not in asked.text, "others may see the screen"
    for words in (
        "お電話先の入力",
        "2026年11月24日（火）の夕方まで",
        "30日たつと消します",
        'content="noindex"',
    ):
        assert words in asked.text
    sent = visitor.send(link, **TOLD)
    assert sent.status_code == 200
    assert "お電話先をうかがいました" in sent.text
    assert owner.now().reach is Reach.TELEPHONE
    assert owner.told() == {
        Field.NAME: "熊本 花子",
        Field.TELEPHONE: "(090)0000-0001",
        Field.CONVENIENT: "平日の午前",
        Field.REMARKS: "ゆっくり",
    }
    for typed in TOLD.values():
        assert typed not in sent.text
    assert owner.acts()[-3:] == ["particulars.kept", "case.reached", "particulars.read"]


def test_to_open_it_changes_nothing(little: Owner):
    link, before = form(little), little.now()
    for _ in range(3):
        assert little.service.visitor().get(link).status_code == 200
    assert little.now() == before


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("name", " ", "お名前を入力してください。"),
        ("name", "花" * 61, "お名前は、60文字までにしてください。"),
        ("telephone", "", "電話番号を入力してください。"),
        ("telephone", "334-1500", "電話番号の数字が足りないか、多すぎます。"),
        ("convenient", "あ" * 101, "電話のつながりやすい時間は、100文字までにしてください。"),
        ("remarks", "あ" * 201, "担当の者に伝えておきたいことは、200文字までにしてください。"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(little: Owner, field: str, typed: str, says: str):
    told = TOLD | {field: typed}
    sent = little.service.visitor().send(form(little), **told)
    assert sent.status_code == 422
    assert "<title>エラー：" in sent.text
    summary = sent.text.split('id="wrongs"')[1].split("</div>")[0]
    assert says in summary
    assert re.search(rf'href="#{field}"', summary)
    for name in told.keys() - {field}:
        assert told[name] in sent.text
    assert little.now().particulars is None


def test_sent_twice_it_is_kept_once(little: Owner):
    link, visitor = form(little), little.service.visitor()
    token = visitor.token_on(link)
    for _ in range(2):
        sent = visitor.client.post(link, data={"csrf_token": token, **TOLD})
        assert "お電話先をうかがいました" in sent.text
    with little.database.read() as tx:
        assert tx.connection.scalar(sa.select(sa.func.count()).select_from(particulars)) == 1
    assert visitor.get(link).status_code == 404


def test_an_erasure_meanwhile_leaves_no_telephone_number_behind(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
):
    """Whichever comes first, the other sees it."""

    def erase() -> None:
        with owner.database.write() as tx:
            case_erasing.erase(tx, owner.case.id, SERVICE, owner.service.clock())

    keep, eraser = store.particulars.keep, Thread(target=erase)

    def meanwhile(*told: Any) -> ParticularsId:
        eraser.start()
        eraser.join(0.3)
        return keep(*told)

    link, visitor = form(owner), owner.service.visitor()
    monkeypatch.setattr(store.particulars, "keep", meanwhile)
    assert visitor.send(link, **TOLD).status_code == 200
    eraser.join()
    with owner.database.read() as tx:
        assert tx.connection.scalar(sa.select(sa.func.count()).select_from(particulars)) == 0


def test_a_new_form_takes_the_place_of_the_one_before(little: Owner):
    for telephone in ("096-328-0001", "096-328-0002"):
        little.service.visitor().send(form(little), **(TOLD | {"telephone": telephone}))
    assert little.told()[Field.TELEPHONE] == "096-328-0002"
    with little.database.read() as tx:
        assert tx.connection.scalar(sa.select(sa.func.count()).select_from(particulars)) == 1
    assert "前にお書きいただいた電話先を" in little.service.visitor().get(form(little)).text


def test_it_is_kept_from_the_promised_day_on(little: Owner):
    little.service.visitor().send(form(little), **TOLD)
    with little.database.read() as tx:
        assert tx.connection.scalar(sa.select(particulars.c.delete_on)) == date(2026, 12, 24)


def test_what_opens_nothing_says_how_to_get_another(little: Owner):
    expired = little.link(Purpose.CASE_FORM, little.case.id, timedelta(0))
    found = little.service.visitor().get(expired)
    assert (found.status_code, "「どうなった？」" in found.text) == (410, True)
    unknown = little.service.visitor().get("/c/" + "x" * 43)
    of_another_purpose = little.service.visitor().get(little.link(Purpose.MY_DATA).replace("/me/", "/c/"))
    assert (unknown.status_code, of_another_purpose.status_code) == (404, 404)
    link = form(little)
    with little.database.write() as tx:
        over = case_saying.solved(tx, little.resident, little.case.id, little.service.clock())
        assert isinstance(over, Case)
    assert little.service.visitor().get(link).status_code == 404


def test_the_form_of_another_ones_case_opens_nothing(little: Owner):
    other = Owner.of(little.service, "U" + "8" * 32)
    assert little.service.visitor().get(little.link(Purpose.CASE_FORM, other.case.id)).status_code == 404
