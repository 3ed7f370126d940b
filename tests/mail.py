"""A mail server on this machine, over real sockets, that does as a test tells it."""

import base64
import contextlib
import email
import email.policy
import socketserver
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

SAY_NOTHING, HANG_UP = "", "hang up"


@dataclass
class MailBox:
    """What the server has taken, and how it behaves."""

    answers: dict[str, str] = field(default_factory=dict)
    """What it answers to a command in place of yes: `SAY_NOTHING`, `HANG_UP` or a line. `.` is the message's end."""
    offers: tuple[str, ...] = ()
    """Extensions, besides STARTTLS where it has a certificate."""
    password: str = ""
    tls: ssl.SSLContext | None = None
    at_once: bool = False
    taken: list[EmailMessage] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    """Commands, the words before the first space in capitals."""
    encrypted: list[str] = field(default_factory=list)
    """Those of them that came encrypted."""
    port: int = 0
    over: threading.Event = field(default_factory=threading.Event)


class _Talk(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        box = self.server.box
        if box.at_once:
            self._encrypt()
        self._say(box.answers.get("GREETING", "220 mail.city.example"))
        while (line := self.rfile.readline()) and self._do(line.decode().rstrip("\r\n")):
            pass

    def _do(self, line: str) -> bool:
        box = self.server.box
        command = line.split(" ")[0].upper()
        box.heard.append(command)
        if isinstance(self.request, ssl.SSLSocket):
            box.encrypted.append(command)
        if (answer := box.answers.get(command)) is not None:
            return self._say(answer)
        match command:
            case "EHLO":
                return self._say(
                    "\r\n".join(["250-mail.city.example", *self._extensions(), "250 SIZE 9999999"])
                )
            case "STARTTLS":
                self._say("220 go on")
                self._encrypt()
            case "AUTH":
                _, _, password = base64.b64decode(line.split(" ")[2]).decode().split("\0")
                return self._say("235 welcome" if password == box.password else "535 no")
            case "DATA":
                self._say("354 go on")
                return self._take()
            case "QUIT":
                return self._say(HANG_UP)
            case _:
                return self._say("250 yes")
        return True

    def _take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.server.box.taken.append(message)
        return self._say(self.server.box.answers.get(".", "250 taken"))

    def _extensions(self) -> list[str]:
        box = self.server.box
        plain = box.tls is not None and not isinstance(self.request, ssl.SSLSocket)
        return [f"250-{each}" for each in (*box.offers, *(["STARTTLS"] if plain else []))]

    def _encrypt(self) -> None:
        assert self.server.box.tls is not None
        self.request = self.server.box.tls.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)

    def _say(self, answer: str) -> bool:
        if answer == SAY_NOTHING:
            self.server.box.over.wait(30)
            return False
        if answer != HANG_UP:
            self.wfile.write(f"{answer}\r\n".encode())
        return answer != HANG_UP

    def finish(self) -> None:
        """Closes what was encrypted: the server itself knows the plain socket alone."""
        super().finish()
        self.request.close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, box: MailBox) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.box = box

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, as a test wants it to, is no error."""


@contextlib.contextmanager
def serving(box: MailBox) -> Iterator[MailBox]:
    """The server while it listens, at a port that was free."""
    with _Server(box) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield box
        finally:
            box.over.set()
            server.shutdown()
            thread.join()
