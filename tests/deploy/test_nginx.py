"""What nginx lets through, with the configuration that ships, and what it writes down."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import urllib3

from bot.app import create_app
from bot.listening import Listener
from bot.relaying import RelayRules
from store import inbox
from tests.conftest import copied
from tests.deploy.nginx import INSIDE, NAME, NGINX, OUTSIDE, nginx
from tests.line import SECRET, Clock, body_of, signed, text_event
from tests.service import free_port
from tests.site import site_of
from tests.web.route_table import ROUTES
from tests.web.routes import EVERYBODY

ID = "X-Request-Id"
TOKEN = "Zx9-_kQ" * 6
"""As long as those of one-time links, and nowhere else."""
BY_OTHER_WAYS = (
    "login.",
    "code.",
    "welcome.",
    "single_sign_on.",
    "api.",
    "healthz",
    "readyz",
    "metrics",
    "simulator.",
)
"""For everybody as far as the service goes, and yet for the city's networks alone."""
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


@contextmanager
def web(app) -> Iterator[int]:
    """A web process's listener; its port."""
    listener = Listener(app, "127.0.0.1", port := free_port())
    thread = threading.Thread(target=listener.serve)
    thread.start()
    try:
        yield port
    finally:
        listener.stop()
        thread.join()


@pytest.fixture(scope="module")
def app(sqlite_template, sayings, tmp_path_factory):
    from bot.city import LiveCity

    with copied(sqlite_template, tmp_path_factory.mktemp("service")) as database:
        site = site_of(database, LiveCity(sayings), Clock(), public_url=f"https://{NAME}", hops=1)
        app = create_app(site, SECRET, lambda: None, RelayRules())
        app.config["of_the_test"] = database
        yield app


@pytest.fixture(scope="module")
def front(app, tmp_path_factory):
    with web(app) as port, nginx(tmp_path_factory.mktemp("nginx"), [port]) as made:
        yield made


def paths_of(app) -> dict[str, str]:
    """An address of each endpoint, with a token wherever it has a part that is filled in."""
    found = {}
    for rule in app.url_map.iter_rules():
        number = re.sub(r"<int:\w+>", "7", rule.rule)
        found[rule.endpoint] = re.sub(r"<[^>]+>", TOKEN, number)
    return found


def is_for_residents(endpoint: str) -> bool:
    return ROUTES[endpoint].people == EVERYBODY and not endpoint.startswith(BY_OTHER_WAYS)


def test_line_reaches_the_webhook_and_nothing_but_a_post_does(app, front):
    body = body_of(text_event("粗大ごみ"))
    assert front.ask("/callback", "POST", body, signed(body)).status == 200
    with app.config["of_the_test"].read() as tx:
        assert inbox.counts(tx) == {"waiting": 1}
    assert front.ask("/callback").status == 403


def test_what_is_too_large_is_refused_before_it_reaches_the_service(front):
    refused = front.ask("/callback", "POST", b"x" * (1024 * 1024 + 1))
    assert (refused.status, ID in refused.headers) == (413, False)
    with_photographs = front.ask(f"/v/{TOKEN}", "POST", b"x" * (2 * 1024 * 1024))
    assert ID in with_photographs.headers


def test_residents_pages_are_open_and_all_others_closed_to_the_outside(app, front):
    reached = {
        endpoint: ID in front.ask(path, "GET").headers
        for endpoint, path in paths_of(app).items()
        if endpoint != "webhook.callback"
    }
    assert reached == {endpoint: is_for_residents(endpoint) for endpoint in reached}
    assert sum(reached.values()) > 20


@pytest.mark.parametrize("path", ["/login", "/staff", "/operators", "/readyz", f"/welcome/{TOKEN}"])
def test_staff_come_in_from_the_citys_network(front, path):
    assert ID in front.ask(path, by=INSIDE).headers
    assert front.ask(path, by=OUTSIDE).status == 404


def test_metrics_are_shown_to_nobody(front):
    assert [front.ask("/metrics", by=by).status for by in (INSIDE, OUTSIDE)] == [404, 404]


def test_the_visitors_own_address_is_believed_and_no_other(front, caplog):
    front.ask("/callback", "POST", b"{}", {"X-Forwarded-For": "198.51.100.7", "X-Line-Signature": "x"})
    assert OUTSIDE in caplog.text
    assert "198.51.100.7" not in caplog.text


def test_a_request_has_one_id_from_nginx_to_the_answer(front):
    given = front.ask("/opendata", headers={ID: "chosen-by-a-visitor"}).headers[ID]
    assert re.fullmatch("[0-9a-f]{32}", given)
    assert given in {json.loads(line)["request"] for line in front.log().splitlines()}


def test_answers_carry_the_headers_of_the_service(front):
    headers = front.ask("/opendata").headers
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_no_one_time_link_and_nothing_that_was_looked_for_is_in_the_log(app, front):
    for path in paths_of(app).values():
        if TOKEN in path:
            front.ask(f"{path}?q=secret-words", by=INSIDE)
    assert "/f/-" in front.log()
    assert TOKEN not in front.log()
    assert "secret-words" not in front.log()


def test_without_the_map_the_log_would_open_the_links(app, tmp_path):
    def whole(shipped: str) -> str:
        return shipped.replace('"path":"$helpdesk_path"', '"path":"$request_uri"')

    with web(app) as port, nginx(tmp_path, [port], whole) as front:
        front.ask(f"/f/{TOKEN}")
        assert TOKEN in front.log()


def test_when_a_web_process_is_gone_line_is_answered_by_the_other(app, tmp_path):
    with web(app) as port, nginx(tmp_path, [free_port(), port]) as front:
        for _ in range(4):
            body = body_of(text_event("粗大ごみ"))
            assert front.ask("/callback", "POST", body, signed(body)).status == 200


def test_without_another_try_line_would_have_to_send_again(app, tmp_path):
    def no_other(shipped: str) -> str:
        return re.sub(r"proxy_next_upstream [^;]+;", "proxy_next_upstream off;", shipped)

    with web(app) as port, nginx(tmp_path, [free_port(), port], no_other) as front:
        body = body_of(text_event("粗大ごみ"))
        assert 502 in {front.ask("/callback", "POST", body, signed(body)).status for _ in range(4)}


def test_plain_http_leads_to_tls_and_another_name_nowhere(front):
    with urllib3.HTTPConnectionPool("127.0.0.1", front.plain_port, retries=False) as pool:
        led = pool.request("GET", "/opendata", headers={"Host": NAME}, redirect=False)
        assert (led.status, led.headers["Location"]) == (301, f"https://{NAME}/opendata")
    with (
        urllib3.HTTPSConnectionPool(
            "127.0.0.1", front.port, server_hostname="other.example", cert_reqs="CERT_NONE", retries=False
        ) as pool,
        pytest.raises(urllib3.exceptions.SSLError),
    ):
        pool.request("GET", "/opendata")
