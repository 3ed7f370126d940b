"""Hands mail to the city's mail server (RFC 5321), with the standard library alone.

Staff's mail is made by a program, and says so (RFC 3834), so that no absence answers it. The same telling has the same
Message-ID at each try: most programs show a mail that came twice once.
"""

import email.policy
import smtplib
import socket
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from typing import Final, assert_never

from bot.delivery import Delivered, Delivery, NotTaken, Unsure
from bot.mail_server import MailServer, Tls
from store.tellings import Problem, Why

TIMEOUT: Final = 10.0
"""Seconds for each step of the talk with the server; all steps together stay within a telling's lease."""
_NOT_NOW: Final = range(400, 500)
_SIGN_IN: Final = (530, 534, 535, 538)
_NO_AUTH: Final = 504
"""As a server says that knows no way to sign in."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one contact."""

    to: str
    subject: str
    text: str
    sender_name: str
    """Shown beside the address."""
    key: str
    """The same at each try."""


def compose(mail: Mail, sender: str, now: datetime) -> EmailMessage:
    """The mail as it goes out. Raises ValueError for what no header can hold: a line break, a dot too many."""
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"] = Address(mail.sender_name, addr_spec=sender)
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{mail.key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    # Base64: a server without 8BITMIME takes it too.
    message.set_content(mail.text, cte="base64")
    return message


def send(server: MailServer, mail: Mail, now: datetime, timeout: float = TIMEOUT) -> Delivery:
    """Hands one mail in; what became of it."""
    try:
        message = compose(mail, server.sender, now)
    except ValueError:
        # Never raised to who sends: the same mail would come back for ever, and nobody would hear that it does.
        return NotTaken(Problem(Why.REFUSED), for_good=True)
    try:
        with closing(_connected(server, timeout)) as talk:
            return _hand_in(talk, server.sender, mail.to, message.as_bytes())
    except (OSError, smtplib.SMTPException) as error:
        return NotTaken(_problem(error))


def check(server: MailServer, timeout: float = TIMEOUT) -> Problem | None:
    """What keeps the server from taking mail, found by signing in and doing nothing; None where it answers."""
    try:
        with closing(_connected(server, timeout)) as talk:
            code, _ = talk.noop()
            return None if code == 250 else Problem(Why.REFUSED, code)
    except (OSError, smtplib.SMTPException) as error:
        return _problem(error)


def _connected(server: MailServer, timeout: float) -> smtplib.SMTP:
    """A talk that has come as far as mail can be handed in."""
    talk = _opened(server, timeout)
    try:
        talk.ehlo_or_helo_if_needed()
        if server.tls is Tls.STARTTLS:
            talk.starttls(context=ssl.create_default_context())
            talk.ehlo()
        if server.user:
            _sign_in(talk, server)
    except BaseException:
        talk.close()
        raise
    return talk


def _sign_in(talk: smtplib.SMTP, server: MailServer) -> None:
    if not talk.has_extn("auth"):
        raise smtplib.SMTPAuthenticationError(_NO_AUTH, "")
    talk.login(server.user, server.password)


def _opened(server: MailServer, timeout: float) -> smtplib.SMTP:
    match server.tls:
        case Tls.AT_ONCE:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(server.host, server.port, _here(), timeout=timeout, context=context)
        case Tls.STARTTLS | Tls.NONE:
            return smtplib.SMTP(server.host, server.port, _here(), timeout=timeout)
        case _:
            assert_never(server.tls)


@cache
def _here() -> str:
    """This machine's name, looked up once."""
    return socket.getfqdn()


def _hand_in(talk: smtplib.SMTP, sender: str, to: str, message: bytes) -> Delivery:
    code, _ = talk.mail(sender)
    if code == 250:
        code, _ = talk.rcpt(to)
    return _data(talk, message) if code in (250, 251) else _refused(code)


def _data(talk: smtplib.SMTP, message: bytes) -> Delivery:
    """From the message's last line on the server may have it, whether its answer comes or not."""
    code, _ = talk.docmd("data")
    if code != 354:
        return _refused(code)
    try:
        talk.send(_dotted(message))
        code, _ = talk.getreply()
    except (OSError, smtplib.SMTPServerDisconnected):
        return Unsure(Problem(Why.NO_ANSWER))
    if code != 250:
        return _refused(code)
    with suppress(OSError, smtplib.SMTPException):
        talk.quit()
    return Delivered()


def _dotted(message: bytes) -> bytes:
    """As DATA wants it (RFC 5321, 4.5.2)."""
    lines = message.removesuffix(b"\r\n").split(b"\r\n")
    return b"".join(b"." * line.startswith(b".") + line + b"\r\n" for line in lines) + b".\r\n"


def _refused(code: int) -> NotTaken:
    if code in _SIGN_IN:
        return NotTaken(Problem(Why.SIGN_IN, code))
    if code in _NOT_NOW:
        return NotTaken(Problem(Why.BUSY, code))
    return NotTaken(Problem(Why.REFUSED, code), for_good=True)


def _problem(error: OSError | smtplib.SMTPException) -> Problem:
    """What is wrong with the way to the server: it can be mended, so that another try is worth while."""
    match error:
        case ssl.SSLCertVerificationError():
            return Problem(Why.CERTIFICATE)
        case socket.gaierror():
            return Problem(Why.NO_SUCH_HOST)
        case smtplib.SMTPAuthenticationError(smtp_code=int(code)):
            return Problem(Why.SIGN_IN, code)
        case smtplib.SMTPNotSupportedError() | ssl.SSLError():
            return Problem(Why.NO_TLS)
        case smtplib.SMTPResponseException(smtp_code=int(code)):
            return Problem(Why.BUSY, code)
        case _:
            return Problem(Why.NO_ANSWER)
