import re
import urllib.error
import urllib.request
from datetime import timedelta
from types import SimpleNamespace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import metrics, settings
from bot.app import create_app
from bot.gauges import BY_ITSELF, Gauges
from bot.line import Answered, Unanswered
from bot.metrics_door import MetricsDoor, read_door
from bot.metrics_page import KIND, MetricsPage, MetricsPort
from bot.relaying import RelayRules
from bot.webhook import MOST_BYTES
from store import backups_made, inbox, outbox, residents, vitals, work
from store.backups_made import Made
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.tables import audit
from tests.conftest import NOON
from tests.line import HANAKO, SECRET, TARO, body_of, signed, text_event
from tests.service import free_port
from tests.site import site_of

TOKEN = "a-token-that-prometheus-knows"


def values(page: MetricsPage) -> dict[str, float]:
    """Each series as it is written, such as `helpdesk_queue_waiting{queue="inbox"}`."""
    text = page.read().decode()
    return {
        line.rpartition(" ")[0]: float(line.rpartition(" ")[2])
        for line in text.splitlines()
        if line[0] != "#"
    }


@pytest.fixture
def page(service):
    return MetricsPage(gauges=Gauges(service.database, service.clock, {}))


@pytest.fixture
def rises(page):
    """What has risen since, by how much."""
    before = values(page)
    return lambda name: values(page).get(name, 0) - before.get(name, 0)


def test_a_message_and_its_answer_are_counted(service, page, rises):
    service.post(body_of(text_event("住民票の写しがほしい")))
    assert values(page)['helpdesk_queue_waiting{queue="inbox"}'] == 1
    service.clock.passes(seconds=4)
    assert values(page)['helpdesk_queue_oldest_seconds{queue="inbox"}'] == 4
    service.works()
    assert values(page)['helpdesk_queue_waiting{queue="inbox"}'] == 0
    assert rises('helpdesk_webhook_events_total{kept="new"}') == 1
    assert rises('helpdesk_requests_total{endpoint="webhook.callback",method="POST",status="200"}') == 1
    assert rises('helpdesk_request_seconds_count{part="callback"}') == 1
    assert rises('helpdesk_turns_total{handler="question",outcome="answered"}') == 1
    assert rises("helpdesk_turn_seconds_count") == 1
    assert rises("helpdesk_answer_seconds_count") == 1
    assert rises("helpdesk_answer_seconds_sum") == 4


def test_an_event_that_comes_again_is_no_new_one(service, rises):
    body = body_of(text_event("メニュー"))
    service.post(body)
    service.post(body)
    assert rises('helpdesk_webhook_events_total{kept="known"}') == 1


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        (b"{}", {"X-Line-Signature": "made up"}, "signature"),
        (b"no JSON", signed(b"no JSON"), "body"),
        (b"x" * (MOST_BYTES + 1), {}, "size"),
    ],
)
def test_a_call_that_is_not_lines_is_counted(service, rises, body, headers, reason):
    service.app.test_client().post("/callback", data=body, headers=headers)
    assert rises(f'helpdesk_webhooks_refused_total{{reason="{reason}"}}') == 1


def scripted(*results):
    """A LINE client that answers so, one after the other."""
    left = list(results)
    return SimpleNamespace(reply=lambda *_: left.pop(0), push=lambda *_: left.pop(0))


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        (Answered(200, "r"), "taken"),
        (Answered(409, "r"), "taken"),
        (Answered(500, "r"), "again"),
        (Answered(429, "r"), "again"),
        (Unanswered("ReadTimeout"), "again"),
        (Answered(403, "r"), "refused"),
    ],
)
def test_what_becomes_of_a_push_is_counted(service, rises, result, outcome):
    from bot import sender

    with service.database.write() as tx:
        outbox.put(tx, residents.meet(tx, TARO, NOON).id, b"[]", NOON)
    sender.send_next(service.database, scripted(result), "w", service.clock)
    assert rises(f'helpdesk_messages_total{{outcome="{outcome}",way="push"}}') == 1
    assert rises("helpdesk_answer_seconds_count") == 0, "it answers nobody's message"


def test_what_another_has_taken_meanwhile_is_counted_by_the_other(service, rises):
    from bot import sender

    with service.database.write() as tx:
        outbox.put(tx, residents.meet(tx, TARO, NOON).id, b"[]", NOON)
    item = sender.claim(service.database, "asleep", service.clock)
    service.clock.passes(seconds=7)
    other = sender.claim(service.database, "awake", service.clock)
    for each, worker, taken in ((item, "asleep", 0), (other, "awake", 1)):
        sender.send(service.database, scripted(Answered(200, "r")), each, worker, service.clock)
        assert rises('helpdesk_messages_total{outcome="taken",way="push"}') == taken


def test_a_turn_that_fails_is_counted(service, rises, monkeypatch):
    monkeypatch.setattr("bot.turns._route", lambda *_: 1 / 0)
    service.hears(text_event("メニュー"))
    service.works()
    assert rises('helpdesk_turns_total{handler="none",outcome="failed"}') == 1


def test_what_was_given_up_is_told_until_it_is_forgotten(service, page):
    with service.database.write() as tx:
        outbox.put(tx, residents.meet(tx, TARO, NOON).id, b"[]", NOON)
    from bot import sender

    sender.send_next(service.database, scripted(Answered(400, "r")), "w", service.clock)
    assert values(page)['helpdesk_queue_lost{queue="outbox"}'] == 1


def test_the_state_of_the_service(service, page):
    service.worker.start()
    try:
        seen = values(page)
        while "helpdesk_worker_seen_seconds" not in seen:
            seen = values(page)
    finally:
        service.worker.stop()
    assert seen["helpdesk_database_up"] == 1
    assert seen["helpdesk_knowledge_version"] > 0
    assert seen["helpdesk_audit_intact"] == 1
    assert seen["helpdesk_worker_seen_seconds"] >= 0
    assert seen["helpdesk_look_seconds"] > 0


def test_an_audit_that_was_changed_shows_within_ten_minutes(service, page):
    from store.audit import SERVICE, Kind, record

    with service.database.write() as tx:
        record(tx, SERVICE, "hastened", Kind.CASE, "1", NOON)
    assert values(page)["helpdesk_audit_intact"] == 1
    with service.database.write() as tx:
        tx.connection.execute(audit.update().values(act="other"))
    service.clock.passes(minutes=10)
    assert values(page)["helpdesk_audit_intact"] == 0


def test_a_database_that_is_away_does_not_keep_the_counts_back(tmp_path, service):
    """Nor does a place that cannot be looked at: its name is longer than any disk takes."""
    away = Database("postgresql://nobody@127.0.0.1:1/none", Keyring.parse(random_key_text()))
    places = {"backups": tmp_path / ("x" * 300), "database": tmp_path / "yet" / "to be made"}
    seen = values(MetricsPage(gauges=Gauges(away, service.clock, places)))
    assert seen["helpdesk_database_up"] == 0
    assert "helpdesk_knowledge_version" not in seen
    assert 0 < seen['helpdesk_disk_free_ratio{place="database"}'] < 1
    assert 'helpdesk_disk_free_ratio{place="backups"}' not in seen


def test_the_age_of_the_last_backup(service, page):
    """By hand it is nobody's fault that there is none yet; where the service makes them it is."""
    by_itself = MetricsPage(gauges=Gauges(service.database, service.clock, {}, BY_ITSELF))
    assert "helpdesk_backup_age_seconds" not in values(page)
    assert values(by_itself)["helpdesk_backup_age_seconds"] == float("inf")
    with service.database.write() as tx:
        at = NOON - timedelta(hours=2)
        backups_made.record(tx, Made(at, at + timedelta(minutes=1), "a.db", rows=1, bytes=1))
    assert (
        values(page)["helpdesk_backup_age_seconds"]
        == values(by_itself)["helpdesk_backup_age_seconds"]
        == 7200
    )
    assert values(page)["helpdesk_backup_allowed_seconds"] == 26 * 3600
    assert values(by_itself)["helpdesk_backup_allowed_seconds"] == 1800


@pytest.mark.parametrize("name", ["inbox", "outbox", "relay", "tellings"])
def test_what_waits_and_what_is_lost_is_found_by_an_index(database, name):
    """However many rows are kept: each look reads the few that count."""
    lost = "failed" if name == "inbox" else "dead"
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    with database.read() as tx:
        if not database.is_sqlite:
            tx.connection.exec_driver_sql(
                "SET LOCAL enable_seqscan = off"
            )  # the tables here are nearly empty
        for state in ("waiting", lost):
            query = f"{explain} SELECT count(*) FROM {name} WHERE {name}.state = '{state}'"
            plan = " ".join(str(row) for row in tx.connection.exec_driver_sql(query))
            assert f"ix_{name}_" in plan


def test_labels_are_names_of_the_program(service, page):
    """Whatever is sent: no address, no method, no name of anybody's becomes a series."""
    client = service.app.test_client()
    client.open("/nowhere/U0123456789abcdef0123456789abcdef", method="山田")
    client.get("/f/a-secret-of-somebody")
    client.post("/callback", data=b"{}", headers={"X-Line-Signature": "mark", "User-Agent": "mark"})
    service.hears(text_event("わたしは山田花子です。電話は090-1234-5678です"))
    service.works()
    text = page.read().decode()
    assert not re.search("山田|090-1234|secret|mark|nowhere|U0123|" + HANAKO, text)
    assert 'method="other"' in text


# Who may read them ----------------------------------------------------------------------------------


def client(service, token: str, hops: int = 0):
    site = site_of(service.database, service.city, service.clock, hops=hops)
    page = MetricsPage(MetricsDoor(token), Gauges(service.database, service.clock, {}))
    return create_app(site, SECRET, lambda: None, RelayRules(), (), page).test_client()


def test_without_a_token_nobody_sees_that_anything_is_there(service):
    answer = client(service, "").get("/metrics", environ_base={"REMOTE_ADDR": "127.0.0.1"})
    assert answer.status_code == 404
    assert b"helpdesk_" not in answer.data


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"bearer  {TOKEN} ", 200),
        ("", 401),
        ("Bearer ", 401),
        ("Bearer another", 401),
        (f"Basic {TOKEN}", 401),
        (TOKEN, 401),
        ("Bearer あ".encode().decode("latin-1"), 401),
    ],
)
def test_with_a_token_who_knows_it(service, authorization, status):
    answer = client(service, TOKEN).get("/metrics", headers={"Authorization": authorization})
    assert answer.status_code == status
    assert (b"helpdesk_database_up 1.0" in answer.data) is (status == 200)
    if status == 200:
        assert answer.headers["Content-Type"] == KIND


@pytest.mark.parametrize(
    ("port", "token", "wrong"),
    [
        ("", "", ""),
        ("9464", "", ""),
        ("127.0.0.1:9464", "", ""),
        ("[::1]:9464", "", ""),
        ("10.0.0.5:9464", TOKEN, ""),
        ("10.0.0.5:9464", "", "set METRICS_TOKEN"),
        ("0.0.0.0:9464", "", "set METRICS_TOKEN"),
        ("99999", "", "METRICS_PORT must be a port"),
        ("localhost:9464", "", "METRICS_PORT must be a port"),
        ("x", "", "METRICS_PORT must be a port"),
        ("", "short", "METRICS_TOKEN must be 16"),
        ("", "with a space that is long", "METRICS_TOKEN must be 16"),
    ],
)
def test_the_settings(port, token, wrong):
    told = []
    door = read_door(port, token, told)
    assert "".join(told).find(wrong) >= 0 if wrong else told == []
    if port and not wrong:
        assert door.port == 9464


def test_the_settings_are_read(tmp_path):
    read = settings.read({"DATABASE_URL": f"sqlite:///{tmp_path}/x.db", "METRICS_PORT": "9464"})
    assert read.metrics == MetricsDoor("", "127.0.0.1", 9464)


def fetch(port: int, path: str = "/metrics", token: str = "") -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_the_port_apart_shows_them_and_nothing_else():
    port = free_port()
    opened = MetricsPort(MetricsPage(MetricsDoor("", "127.0.0.1", port)))
    try:
        status, text = fetch(port)
        assert status == 200
        assert "helpdesk_turn_seconds_count" in {
            sample.name for family in text_string_to_metric_families(text) for sample in family.samples
        }
        assert fetch(port, "/callback")[0] == 404
    finally:
        opened.stop()


def test_the_port_apart_asks_for_the_token_too():
    port = free_port()
    opened = MetricsPort(MetricsPage(MetricsDoor(TOKEN, "127.0.0.1", port)))
    try:
        assert fetch(port)[0] == 401
        assert fetch(port, token=TOKEN)[0] == 200
    finally:
        opened.stop()


def test_the_lines_of_the_log_are_counted(service, rises):
    import logging

    handler = metrics.Counted()
    logger = logging.getLogger("bot.made-up")
    logger.addHandler(handler)
    logger.error("x")
    logger.removeHandler(handler)
    assert rises('helpdesk_log_records_total{level="ERROR"}') == 1


def test_a_queue_counts_what_the_outbox_says(service):
    """The look from outside and the one of `doctor` agree."""
    service.hears(text_event("メニュー"))
    with service.database.write() as tx:
        item, _ = inbox.claim(tx, NOON)
        inbox.done(tx, [item], NOON, state="failed")
        found = vitals.look(tx, NOON)
        counted = inbox.counts(tx)
    (queue,) = [each for each in found.queues if each.name == "inbox"]
    assert (queue.waiting, queue.lost) == (counted.get("waiting", 0), counted["failed"])
    assert work.LEASE
