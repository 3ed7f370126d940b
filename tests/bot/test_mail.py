"""Mail is handed to a real server on this machine, and each of its refusals is told from the others."""

from datetime import timedelta

import pytest

from bot import mail
from bot.delivery import Delivered, NotTaken, Unsure
from bot.mail import Mail
from bot.mail_server import MailServer, Tls
from store.tellings import Problem, Why
from tests.certificates import certificate
from tests.conftest import NOON
from tests.hooks import nobody
from tests.mail import HANG_UP, SAY_NOTHING, MailBox, serving

FROM, TO = "helpdesk@city.example", "madoguchi@city.example"
MAIL = Mail(TO, "案件が届きました（K7M2）", "受付番号: K7M2\n.\n", "熊本市", "one-of-them")
SHORT = 0.3


@pytest.fixture(scope="session")
def ours(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("certificate"))


def server(box, tls=Tls.NONE, **more):
    return MailServer("localhost", box.port, tls, FROM, **more)


def send(box, tls=Tls.NONE, **more):
    return mail.send(
        server(box, tls, **more), MAIL, NOON, SHORT if SAY_NOTHING in box.answers.values() else 5
    )


def test_a_mail_arrives_as_it_was_written():
    with serving(MailBox()) as box:
        assert send(box) == Delivered()
    (taken,) = box.taken
    assert (taken["To"], taken["Subject"]) == (TO, MAIL.subject)
    assert taken["From"] == f"熊本市 <{FROM}>"
    assert taken.get_content().replace("\r\n", "\n") == MAIL.text
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken["Date"].datetime == NOON
    assert taken["Message-ID"] == "<one-of-them@city.example>"


def test_a_mail_is_nothing_but_ascii_on_the_way():
    raw = mail.compose(MAIL, FROM, NOON).as_bytes()
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78  # RFC 5322, 2.1.1


def test_lines_that_begin_with_a_dot_do_not_end_the_mail():
    assert mail._dotted(b"a\r\n.\r\n..b\r\n") == b"a\r\n..\r\n...b\r\n.\r\n"


def test_the_same_telling_has_the_same_id_at_each_try():
    again = mail.compose(MAIL, FROM, NOON + timedelta(hours=1))
    assert again["Message-ID"] == mail.compose(MAIL, FROM, NOON)["Message-ID"]


@pytest.mark.parametrize("line", ["a@city.example\r\nBcc: b@city.example", "a@city.example\nX: y"])
def test_an_address_puts_no_line_of_its_own_into_the_mail(line):
    with pytest.raises(ValueError, match=r"CR or LF|addr_spec|linefeed"):
        mail.compose(Mail(line, "s", "t", "n", "k"), FROM, NOON)


@pytest.mark.parametrize("to", ["a..b@city.example", ".a@city.example", "a@city.example\nX: y"])
def test_what_no_header_can_hold_is_refused_for_good_and_does_not_come_back_for_ever(to):
    with serving(MailBox()) as box:
        told = mail.send(server(box), Mail(to, "s", "t", "n", "k"), NOON)
    assert told == NotTaken(Problem(Why.REFUSED), for_good=True)
    assert box.taken == []


def test_after_starttls_all_is_encrypted_and_who_hands_in_says_who_they_are(ours, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(ours.file))
    with serving(MailBox(tls=ours.context, offers=("AUTH PLAIN",), password="pass word")) as box:
        told = send(box, Tls.STARTTLS, user="us", password="pass word")
    assert told == Delivered()
    assert box.heard[:2] == ["EHLO", "STARTTLS"]
    assert box.encrypted == box.heard[2:] == ["EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"]


def test_encrypted_from_the_first_byte(ours, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(ours.file))
    with serving(MailBox(tls=ours.context, at_once=True)) as box:
        assert send(box, Tls.AT_ONCE) == Delivered()
    assert box.encrypted == box.heard


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.AT_ONCE])
def test_a_server_that_nobody_vouches_for_is_told_nothing(ours, tls):
    with serving(MailBox(tls=ours.context, at_once=tls is Tls.AT_ONCE, offers=("AUTH PLAIN",))) as box:
        assert send(box, tls, user="us", password="secret") == NotTaken(Problem(Why.CERTIFICATE))
    assert "AUTH" not in box.heard
    assert box.taken == []


def test_a_certificate_for_another_name_is_none(tmp_path, monkeypatch):
    other = certificate(tmp_path, "elsewhere.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other.file))
    with serving(MailBox(tls=other.context)) as box:
        assert send(box, Tls.STARTTLS) == NotTaken(Problem(Why.CERTIFICATE))


def test_a_server_without_starttls_is_told_nothing():
    with serving(MailBox(offers=("AUTH PLAIN",))) as box:
        assert send(box, Tls.STARTTLS, user="us", password="secret") == NotTaken(Problem(Why.NO_TLS))
    assert box.heard == ["EHLO"]


def test_a_wrong_password_is_told_apart():
    with serving(MailBox(offers=("AUTH PLAIN",), password="right")) as box:
        assert send(box, user="us", password="wrong") == NotTaken(Problem(Why.SIGN_IN, 535))
        assert send(box, user="us", password="right") == Delivered()


def test_a_server_that_knows_nobody_takes_no_password():
    with serving(MailBox()) as box:
        assert send(box, user="us", password="secret") == NotTaken(Problem(Why.SIGN_IN, 504))


@pytest.mark.parametrize(
    ("command", "answer", "told"),
    [
        ("GREETING", "554 no", NotTaken(Problem(Why.BUSY, 554))),
        ("GREETING", "421 later", NotTaken(Problem(Why.BUSY, 421))),
        ("MAIL", "451 later", NotTaken(Problem(Why.BUSY, 451))),
        ("MAIL", "550 no", NotTaken(Problem(Why.REFUSED, 550), for_good=True)),
        ("MAIL", "530 who are you", NotTaken(Problem(Why.SIGN_IN, 530))),
        ("RCPT", "450 later", NotTaken(Problem(Why.BUSY, 450))),
        ("RCPT", "550 no such box", NotTaken(Problem(Why.REFUSED, 550), for_good=True)),
        ("DATA", "452 full", NotTaken(Problem(Why.BUSY, 452))),
        ("DATA", "554 no", NotTaken(Problem(Why.REFUSED, 554), for_good=True)),
        (".", "451 later", NotTaken(Problem(Why.BUSY, 451))),
        (".", "554 spam", NotTaken(Problem(Why.REFUSED, 554), for_good=True)),
        ("GREETING", SAY_NOTHING, NotTaken(Problem(Why.NO_ANSWER))),
        ("MAIL", SAY_NOTHING, NotTaken(Problem(Why.NO_ANSWER))),
        ("RCPT", HANG_UP, NotTaken(Problem(Why.NO_ANSWER))),
        ("DATA", HANG_UP, NotTaken(Problem(Why.NO_ANSWER))),
        (".", SAY_NOTHING, Unsure(Problem(Why.NO_ANSWER))),
        (".", HANG_UP, Unsure(Problem(Why.NO_ANSWER))),
        ("QUIT", SAY_NOTHING, Delivered()),
        ("QUIT", "500 what", Delivered()),
    ],
)
def test_what_the_server_says_decides(command, answer, told):
    with serving(MailBox({command: answer})) as box:
        assert send(box) == told
    assert box.heard.count("DATA") == (command in (".", "DATA", "QUIT"))


def test_nobody_there():
    with nobody() as port:
        told = mail.send(server(MailBox(port=port)), MAIL, NOON, 5)
    assert told == NotTaken(Problem(Why.NO_ANSWER))


def test_a_check_signs_in_and_hands_nothing_in():
    with serving(MailBox(offers=("AUTH PLAIN",), password="right")) as box:
        assert mail.check(server(box, user="us", password="right")) is None
        assert mail.check(server(box, user="us", password="wrong")) == Problem(Why.SIGN_IN, 535)
    assert box.heard.count("NOOP") == 1
    assert "MAIL" not in box.heard


@pytest.mark.parametrize(
    ("command", "answer", "problem"),
    [("NOOP", "500 what", Problem(Why.REFUSED, 500)), ("NOOP", SAY_NOTHING, Problem(Why.NO_ANSWER))],
)
def test_a_check_tells_what_is_wrong(command, answer, problem):
    with serving(MailBox({command: answer})) as box:
        assert mail.check(server(box), SHORT) == problem
