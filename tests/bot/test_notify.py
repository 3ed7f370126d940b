"""Staff are told over real sockets, by each way; nothing is lost, and what may come twice is marked."""

import hashlib
import hmac
import json
import logging
from datetime import timedelta

import pytest

from bot.hook import Way as HookWay
from bot.line import Answered, Unanswered
from bot.mail_server import MailServer, Tls
from bot.notify import LOG_ALONE, Notifier, Ways
from store import sendings, staff_notices, tellings
from store.contacts import Way
from store.staff_notices import OfAlarm, OfContact, StaffNoticeKind
from store.tables import sendings as sendings_table
from store.tellings import GIVE_UP, LEASE
from tests.bot.staff import GROUP, MAIL, Staff
from tests.hooks import Receiver, nobody, receiving
from tests.mail import HANG_UP, MailBox, serving
from tests.store.cases import KUMIN

FROM = "helpdesk@city.example"


class Line:
    """LINE's side of a push, and how many are in a group."""

    def __init__(self, *results, members=None):
        self.results, self.count, self.pushed = list(results), members, []

    def push(self, user_id, messages, retry_key):
        self.pushed.append((user_id, json.loads(messages), retry_key))
        return self.results.pop(0) if self.results else Answered(200, "id")

    def members(self, group_id):
        return self.count


@pytest.fixture
def staff(sqlite, city):
    return Staff(sqlite, city)


def notifier(staff, port=0, line=None, worker="worker"):
    mail = MailServer("127.0.0.1", port, Tls.NONE, FROM) if port else None
    ways = Ways(mail, line is not None, HookWay(development=True), "熊本市 お問い合わせ受付")
    return Notifier(staff.database, ways, lambda: line, worker, staff.clock)


def row(staff):
    (only,) = staff.rows()
    return only


def test_a_case_is_told_by_mail_with_a_link_and_no_word_of_the_resident(database, city):
    staff = Staff(database, city)
    staff.add()
    case = staff.case()
    staff.after()
    with serving(MailBox()) as box:
        telling = notifier(staff, box.port)
        assert telling.tell_next(Way.MAIL)
        assert not telling.tell_next(Way.MAIL)
    (mail,) = box.taken
    shown = f"{case.receipt[:3]}-{case.receipt[3:]}"
    assert mail["To"] == MAIL
    assert mail["Subject"] == f"案件が届きました（{shown}）"
    text = mail.get_content()
    assert f"中央区役所 区民課に、案件 {shown} が届きました。" in text
    assert "返事の約束は、11月24日（火）16時00分までです。" in text
    assert f"http://127.0.0.1:8000/staff/cases/{case.id}\r\n" in text
    assert not any(word in text for word in ("国保", "還付", "通知"))
    assert (row(staff).state, row(staff).body, row(staff).may_be_doubled) == ("sent", None, False)


def test_a_group_is_told_once_by_its_retry_key(staff):
    staff.add(Way.LINE_GROUP, GROUP)
    case = staff.case()
    staff.after()
    line = Line(Unanswered("TimeoutError"), Answered(409, "id"), members=5)
    telling = notifier(staff, line=line)
    assert telling.tell_next(Way.LINE_GROUP)
    assert not telling.tell_next(Way.LINE_GROUP)
    staff.now += timedelta(minutes=1)
    assert telling.tell_next(Way.LINE_GROUP)
    (first, again) = line.pushed
    assert first == again
    assert first[0] == GROUP
    assert f"/staff/cases/{case.id}" in first[1][0]["text"]
    assert (row(staff).state, row(staff).may_be_doubled) == ("sent", False)
    with staff.database.read() as tx:
        counted = tx.connection.execute(sendings_table.select()).one()
    assert (counted.way, counted.about, counted.number) == (sendings.Way.PUSH, "staff", 5)


def test_a_program_is_told_signed(staff):
    with receiving(Receiver()) as receiver:
        contact = staff.add(Way.WEBHOOK, f"http://127.0.0.1:{receiver.port}/in")
        case = staff.case()
        staff.after()
        assert notifier(staff).tell_next(Way.WEBHOOK)
    (heard,) = receiver.heard
    said = json.loads(heard.body)
    assert said["kind"] == "new"
    assert said["receipt"] == f"{case.receipt[:3]}-{case.receipt[3:]}"
    assert said["section"] == {"id": "chuo-kumin", "name": "中央区役所 区民課"}
    assert said["link"] == f"http://127.0.0.1:8000/staff/cases/{case.id}"
    assert not any(word in heard.body.decode() for word in ("国保", "還付", "通知"))
    signed = f"{heard.headers['X-Helpdesk-Timestamp']}.".encode() + heard.body
    digest = hmac.new(contact.secret.encode(), signed, hashlib.sha256).hexdigest()
    assert heard.headers["X-Helpdesk-Signature"] == f"v1={digest}"


@pytest.mark.parametrize("way", [Way.MAIL, Way.LINE_GROUP])
def test_where_there_is_no_way_the_log_says_whom(staff, way, caplog):
    contact = staff.add(way, MAIL)
    staff.case()
    staff.after()
    with caplog.at_level(logging.INFO):
        assert Notifier(staff.database, LOG_ALONE, None, "worker", staff.clock).tell_next(way)
    assert f"(new) to contact {contact.id} ({way}): would be told" in caplog.text
    assert MAIL not in caplog.text
    assert (row(staff).state, row(staff).why) == ("logged", "not_configured")


def test_a_way_that_fails_is_tried_again_later_and_later_and_then_given_up(staff):
    staff.add()
    staff.case()
    staff.after()
    started, waits = staff.now, []
    with nobody() as port:
        telling = notifier(staff, port)
        while row(staff).state == "waiting":
            staff.now = row(staff).not_before
            assert telling.tell_next(Way.MAIL)
            assert not telling.tell_next(Way.MAIL)
            waits.append((row(staff).not_before - staff.now).total_seconds())
    assert waits[:7] == [30, 30, 30, 30, 30, 32, 64]
    assert waits[-2] == 900
    assert (row(staff).state, row(staff).why) == ("dead", "no_answer")
    assert timedelta(hours=23) < staff.now - started <= GIVE_UP
    assert not row(staff).may_be_doubled


def test_a_refusal_is_for_good(staff):
    staff.add()
    staff.case()
    staff.after()
    with serving(MailBox({"RCPT": "550 no such box"})) as box:
        assert notifier(staff, box.port).tell_next(Way.MAIL)
    assert (row(staff).state, row(staff).why, row(staff).status) == ("dead", "refused", 550)
    with staff.database.read() as tx:
        (dead,) = tellings.dead_ones(tx, 3)
    assert str(dead.problem) == "refused (550)"


def test_what_may_come_twice_is_marked(staff):
    staff.add()
    staff.case()
    staff.after()
    with serving(MailBox({".": HANG_UP})) as box:
        assert notifier(staff, box.port).tell_next(Way.MAIL)
        del box.answers["."]
        staff.now += timedelta(minutes=1)
        assert notifier(staff, box.port).tell_next(Way.MAIL)
    assert len({mail["Message-ID"] for mail in box.taken}) == 1
    assert len(box.taken) == 2
    assert (row(staff).state, row(staff).may_be_doubled) == ("sent", True)


class Killed(BaseException):
    """As where the machine stops."""


def test_a_kill_loses_nothing(database, city, monkeypatch):
    staff = Staff(database, city)
    staff.add()
    staff.case()
    staff.after()

    def killed(*_: object) -> None:
        raise Killed

    with serving(MailBox()) as box:
        telling = notifier(staff, box.port, worker="first")
        monkeypatch.setattr("bot.mail._data", killed)
        with pytest.raises(Killed):
            telling.tell_next(Way.MAIL)
        monkeypatch.undo()
        other = notifier(staff, box.port, worker="other")
        assert not other.tell_next(Way.MAIL)
        staff.now += LEASE + timedelta(seconds=1)
        assert other.tell_next(Way.MAIL)
    assert len(box.taken) == 1
    assert (row(staff).state, row(staff).may_be_doubled) == ("sent", True)


def test_who_comes_too_late_to_say_what_became_of_it_says_nothing(staff, monkeypatch):
    staff.add()
    staff.case()
    staff.after()
    with serving(MailBox()) as box:
        slow, quick = (notifier(staff, box.port, worker=name) for name in ("slow", "quick"))

        def meanwhile(*_: object) -> None:
            monkeypatch.undo()
            staff.now += LEASE + timedelta(seconds=1)
            assert quick.tell_next(Way.MAIL)

        monkeypatch.setattr(slow, "_deliver", meanwhile)
        assert slow.tell_next(Way.MAIL)
    assert (row(staff).state, row(staff).why) == ("sent", None)


def test_what_is_urgent_goes_first(staff):
    staff.add()
    staff.case()
    staff.after()
    staff.tell(OfAlarm(7, KUMIN), StaffNoticeKind.ALARM)
    staff.after()
    with serving(MailBox()) as box:
        assert notifier(staff, box.port).tell_next(Way.MAIL)
    (mail,) = box.taken
    assert mail["Subject"] == "【至急】危険が迫っているおそれのある人がいます"
    assert "/staff/alarms/7\r\n" in mail.get_content()


@pytest.mark.parametrize(
    ("result", "state", "why", "wait"),
    [
        (Answered(429, "id", monthly_limit=True), "waiting", "month_is_full", timedelta(hours=1)),
        (Answered(429, "id"), "waiting", "busy", timedelta(seconds=30)),
        (Answered(401, "id"), "waiting", "sign_in", timedelta(seconds=30)),
        (Answered(500, "id"), "waiting", "busy", timedelta(seconds=30)),
        (Answered(400, "id"), "dead", "refused", None),
    ],
    ids=["month", "rate", "token", "down", "left"],
)
def test_what_line_says_of_a_group_decides(staff, result, state, why, wait):
    staff.add(Way.LINE_GROUP, GROUP)
    staff.case()
    staff.after()
    assert notifier(staff, line=Line(result)).tell_next(Way.LINE_GROUP)
    assert (row(staff).state, row(staff).why) == (state, why)
    assert wait is None or row(staff).not_before == staff.now + wait


def test_a_try_says_what_happened(staff):
    contact = staff.add()
    with staff.database.write() as tx:
        staff_notices.tell(tx, OfContact(contact.id), StaffNoticeKind.TEST, staff.now, "1")
        assert tellings.last_try(tx, contact.id) is None
    assert staff.after() == [("test", contact.id)]
    with serving(MailBox({"RCPT": "550 no such box"})) as box:
        notifier(staff, box.port).tell_next(Way.MAIL)
    with staff.database.read() as tx:
        outcome = tellings.last_try(tx, contact.id)
    assert outcome is not None
    assert (outcome.state, str(outcome.problem)) == ("dead", "refused (550)")


def test_a_digest_tells_what_stands(staff):
    staff.add(digest=True)
    staff.after()
    case, other = staff.case("1"), staff.case("2")
    staff.take(other.id)
    assert [kind for kind, _ in staff.after(hours=21)] == ["digest"]
    with serving(MailBox()) as box:
        assert notifier(staff, box.port).tell_next(Way.MAIL)
    (mail,) = box.taken
    assert mail["Subject"] == "今日の案件：2件が待っています"
    text = mail.get_content()
    assert "返事を待っているもの：2件\r\n（まだだれも引き受けていない：1件、約束の時刻を過ぎた：2件）" in text
    shown = f"{case.receipt[:3]}-{case.receipt[3:]}"
    assert (
        f"・{shown}　11月24日（火）16時00分まで　約束の時刻を過ぎています　引き受けた人がいません\r\n" in text
    )
    assert "/staff/cases\r\n" in text
