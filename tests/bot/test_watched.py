"""What watches the service names what the service tells, and what a person then does."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.gauges import Gauges
from bot.metrics_page import MetricsPage
from store import line_plan
from store.line_plan import Plan
from tests.conftest import NOON
from tests.line import text_event
from tests.test_docs import ROOT, anchors

DEPLOY = ROOT / "deploy"
ALERTS = [
    rule
    for group in yaml.safe_load((DEPLOY / "prometheus/alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
CASES = yaml.safe_load((DEPLOY / "prometheus/alerts.test.yml").read_text(encoding="utf-8"))["tests"]
DASHBOARD = json.loads((DEPLOY / "grafana/helpdesk.json").read_text(encoding="utf-8"))
PROMETHEUS_OWN = {"up": {"job", "instance"}}
"""What Prometheus itself says of each process that it asks, and the labels that it puts on all."""
WORDS = {
    "by",
    "le",
    "without",
    "sum",
    "rate",
    "increase",
    "max",
    "min",
    "absent",
    "changes",
    "histogram_quantile",
}


def expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in ALERTS)
    yield from (target["expr"] for panel in DASHBOARD["panels"] for target in panel.get("targets", ()))


def named(expression: str) -> Iterator[tuple[str, set[str]]]:
    """The series that an expression names, with the labels by which it chooses."""
    bare = re.sub(r"by \([^)]*\)", "", expression)
    for name, chosen in re.findall(r"([a-z][a-z_]+)(?:\{([^}]*)\})?", re.sub(r'"[^"]*"', '""', bare)):
        if name not in WORDS and name not in re.findall(r"(\w+)=", bare):
            yield name, set(re.findall(r"(\w+)\s*[=!]", chosen))


@pytest.fixture
def told(service) -> Mapping[str, set[str]]:
    """The series of the service after somebody was answered, and their labels."""
    with service.database.write() as tx:
        line_plan.keep(tx, Plan(200, 20, NOON))
    service.hears(text_event("住民票の写しがほしい"))
    service.works()
    service.app.test_client().get("/login")
    service.worker.start()
    gauges = Gauges(service.database, service.clock, {"database": ROOT}, lambda: NOON - timedelta(hours=1))
    try:
        while "helpdesk_chore_success_seconds" not in (found := series(MetricsPage(gauges=gauges))):
            pass
    finally:
        service.worker.stop()
    return found


def series(page: MetricsPage) -> Mapping[str, set[str]]:
    return {
        sample.name: set(sample.labels)
        for family in text_string_to_metric_families(page.read().decode())
        for sample in family.samples
    }


def test_alerts_and_dashboard_name_what_the_service_tells(told):
    known = {**told, "helpdesk_thread_failures_total": {"thread"}, **PROMETHEUS_OWN}
    missing = [
        (name, chosen)
        for expression in expressions()
        for name, chosen in named(expression)
        if name not in known or not chosen <= known[name] | PROMETHEUS_OWN["up"]
    ]
    assert missing == []


def test_the_look_at_names_sees_them_all():
    """The control of the test above: what is misspelt is seen, in a name or in a label."""
    found = dict(
        named('sum by (le) (rate(helpdesk_turnz_total{outcom="failed"}[5m])) / min(up{job="x"}) > 0.5')
    )
    assert found == {"helpdesk_turnz_total": {"outcom"}, "up": {"job"}}


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_every_alert_leads_to_its_place_in_the_runbook(rule):
    for link in (rule["annotations"]["runbook"], rule["annotations"]["runbook_en"]):
        page, _, anchor = link.partition("#")
        assert anchor in anchors(ROOT / page)
    assert rule["labels"]["severity"] in ("now", "day")
    assert rule["annotations"]["summary"]
    assert rule["annotations"]["summary_en"].isascii()


def test_every_alert_has_a_made_up_series_on_which_it_fires_and_one_on_which_it_does_not():
    """`promtool test rules` runs them."""
    fires, quiet = set(), set()
    for case in CASES:
        for asked in case["alert_rule_test"]:
            (fires if asked.get("exp_alerts") else quiet).add(asked["alertname"])
    names = {rule["alert"] for rule in ALERTS}
    assert (fires, quiet) == (names, names)


def test_every_metric_of_ours_is_looked_at_by_somebody(told):
    """What nobody looks at costs and says nothing."""
    looked_at = {name for expression in expressions() for name, _ in named(expression)}
    ours = {re.sub("_(bucket|count|sum)$", "", name) for name in told if name.startswith("helpdesk_")}
    assert ours - {re.sub("_(bucket|count|sum)$", "", name) for name in looked_at} == {
        "helpdesk_look_seconds"
    }
