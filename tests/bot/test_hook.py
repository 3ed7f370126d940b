"""A notice goes to the program that a section named, and to nothing else."""

import socket

import pytest

from bot import hook
from bot.delivery import Delivered, NotTaken, Unsure
from bot.hook import Hook, Way, signature
from store.tellings import Problem, Why
from tests.bot.test_public_addresses import NOT_PUBLIC, ODD, PUBLIC
from tests.certificates import certificate
from tests.conftest import NOON
from tests.hooks import Receiver, nobody, receiving

HOST = "hooks.city.example"
BODY = b'{"receipt": "K7M2"}'


class Names:
    """Names that mean what a test says, and how often somebody asked."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers = list(answers)

    def __call__(self, host: str, port: int) -> tuple[str, ...]:
        return self.answers.pop(0)


def way(*answers, development=True, seconds=5.0):
    return Way(development, Names(*answers), seconds)


def send(url, *answers, **more):
    return hook.send(Hook(url, "shared secret"), BODY, "one-of-them", NOON, way(*answers, **more))


def to(receiver, path="/in?key=1", scheme="http", **more):
    return send(f"{scheme}://{HOST}:{receiver.port}{path}", ("127.0.0.1",), **more)


def for_good(why, status=0):
    return NotTaken(Problem(why, status), for_good=True)


@pytest.fixture(scope="session")
def theirs(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("certificate"), HOST)


@pytest.fixture
def no_names(monkeypatch):
    """Who looks a name up besides is told that there is none."""
    ask = socket.getaddrinfo

    def numbers_only(host, *more, **options):
        if str(host).endswith(".example"):
            raise socket.gaierror
        return ask(host, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", numbers_only)


def test_it_arrives_signed():
    with receiving(Receiver()) as receiver:
        assert to(receiver) == Delivered()
    (heard,) = receiver.heard
    assert (heard.path, heard.body) == ("/in?key=1", BODY)
    assert heard.headers["Host"] == f"{HOST}:{receiver.port}"
    assert heard.headers["Content-Type"] == "application/json; charset=utf-8"
    assert heard.headers["X-Helpdesk-Delivery"] == "one-of-them"
    timestamp = heard.headers["X-Helpdesk-Timestamp"]
    assert int(timestamp) == NOON.timestamp()
    assert heard.headers["X-Helpdesk-Signature"] == f"v1={signature('shared secret', timestamp, BODY)}"


@pytest.mark.parametrize(("path", "heard"), [("", "/"), ("?key=1", "/?key=1"), ("/a?b#c", "/a?b")])
def test_what_is_asked_for_begins_with_a_slash(path, heard):
    with receiving(Receiver()) as receiver:
        assert to(receiver, path) == Delivered()
    assert [each.path for each in receiver.heard] == [heard]


def test_the_signature_is_one_that_others_compute():
    # printf '1700000000.{"a": 1}' | openssl dgst -sha256 -hmac secret
    assert signature("secret", "1700000000", b'{"a": 1}') == (
        "942c6f7e34ef5c448cbbbf79276da392036d59f0bd9fb74ba14eb8e83e2bb6cd"
    )


@pytest.mark.parametrize("change", [("other", "1", b"x"), ("secret", "2", b"x"), ("secret", "1", b"y")])
def test_the_signature_is_of_secret_time_and_body(change):
    assert signature(*change) != signature("secret", "1", b"x")


def test_the_host_is_looked_up_once_and_reached_where_it_was_found(no_names):
    with receiving(Receiver()) as receiver:
        names = Names(("127.0.0.1",), ("10.0.0.1",))
        url = f"http://{HOST}:{receiver.port}/"
        assert hook.send(Hook(url, "s"), BODY, "k", NOON, Way(True, names)) == Delivered()
    assert names.answers == [("10.0.0.1",)]


def test_the_next_address_is_tried_where_one_does_not_answer():
    with receiving(Receiver()) as receiver:
        assert send(f"http://{HOST}:{receiver.port}/", ("::1", "127.0.0.1")) == Delivered()


def test_over_https_name_and_certificate_are_the_hosts(theirs, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(theirs.file))
    with receiving(Receiver(tls=theirs.context)) as receiver:
        assert to(receiver, scheme="https") == Delivered()


def test_a_certificate_that_nobody_vouches_for_is_none(theirs):
    with receiving(Receiver(tls=theirs.context)) as receiver:
        assert to(receiver, scheme="https") == NotTaken(Problem(Why.CERTIFICATE))
    assert receiver.heard == []


def test_a_certificate_for_another_name_is_none(tmp_path, monkeypatch):
    other = certificate(tmp_path, "elsewhere.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other.file))
    with receiving(Receiver(tls=other.context)) as receiver:
        assert to(receiver, scheme="https") == NotTaken(Problem(Why.CERTIFICATE))
    assert receiver.heard == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status):
    with receiving(Receiver()) as other:
        there = {"Location": f"http://127.0.0.1:{other.port}/"}
        with receiving(Receiver(status, there)) as receiver:
            assert to(receiver) == for_good(Why.REDIRECTS, status)
    assert (len(receiver.heard), other.heard) == (1, [])


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (204, Delivered()),
        (400, for_good(Why.REFUSED, 400)),
        (404, for_good(Why.REFUSED, 404)),
        (410, for_good(Why.REFUSED, 410)),
        (408, NotTaken(Problem(Why.BUSY, 408))),
        (429, NotTaken(Problem(Why.BUSY, 429))),
        (500, NotTaken(Problem(Why.BUSY, 500))),
        (503, NotTaken(Problem(Why.BUSY, 503))),
    ],
)
def test_the_status_decides(status, told):
    with receiving(Receiver(status)) as receiver:
        assert to(receiver) == told


def test_an_answer_that_drips_is_cut_off():
    with receiving(Receiver(drips=True)) as receiver:
        assert to(receiver, seconds=0.2) == Unsure(Problem(Why.NO_ANSWER))
    assert len(receiver.heard) == 1


def test_who_hangs_up_may_have_it():
    with receiving(Receiver(hangs_up=True)) as receiver:
        assert to(receiver) == Unsure(Problem(Why.NO_ANSWER))


def test_nobody_there():
    with nobody() as port:
        told = send(f"http://{HOST}:{port}/", ("127.0.0.1",))
    assert told == NotTaken(Problem(Why.NO_ANSWER))


def test_a_name_that_leads_nowhere():
    def nowhere(host, port):
        raise socket.gaierror

    assert hook.find(f"https://{HOST}/", Way(False, nowhere)) == NotTaken(Problem(Why.NO_SUCH_HOST))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_a_name_that_leads_into_a_network_is_refused(address):
    found = ("1.1.1.1", address)
    assert hook.find(f"https://{HOST}/", way(found, development=False)) == for_good(Why.NOT_PUBLIC)
    assert hook.find(f"https://{HOST}/", way(found[::-1], development=False)) == for_good(Why.NOT_PUBLIC)


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "192.168.0.1", "fd00::1", "fe80::1"])
def test_also_in_development_nothing_goes_into_a_network(address):
    assert hook.find(f"http://{HOST}/", way((address,))) == for_good(Why.NOT_PUBLIC)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_name_of_the_public_internet(address):
    found = hook.find(f"https://{HOST}/in", way((address,), development=False))
    assert isinstance(found, hook.Target)
    assert (found.host, found.port, found.addresses) == (HOST, 443, (address,))


@pytest.mark.parametrize("host", ODD)
def test_an_odd_number_is_refused_before_it_is_looked_up(host):
    assert hook.refused(f"https://{host}/", development=False) is Why.NOT_PUBLIC


@pytest.mark.parametrize(
    "host", [f"[{each}]" for each in NOT_PUBLIC if ":" in each and "%" not in each] + ["127.0.0.1"]
)
def test_an_address_in_place_of_a_name_is_looked_at_as_well(host):
    assert hook.find(f"https://{host}/", Way(False)) == for_good(Why.NOT_PUBLIC)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.city.example",
        "http://hooks.city.example/",
        "ftp://hooks.city.example/",
        "file:///etc/passwd",
        "https:///in",
        "https://user:secret@hooks.city.example/",
        "https://@hooks.city.example/",
        "https://hooks.city.example:port/",
        "https://hooks.city.example:99999/",
        "https://hooks.city.example/a b",
        "https://hooks.city.example/a\r\nX: y",
        "https://熊本.example/",
        "https://[::1/",
        f"https://hooks.city.example/{'a' * 500}",
    ],
    ids=range(15),
)
def test_what_is_no_https_address(url):
    assert hook.refused(url, development=False) is Why.NOT_HTTPS


def test_http_is_for_development():
    assert hook.refused("http://127.0.0.1:9/", development=True) is None
    assert hook.refused("https://hooks.city.example/", development=False) is None
