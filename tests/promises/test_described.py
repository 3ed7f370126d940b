"""Programs are answered as `/openapi.json` says, whatever they send: schemathesis makes it up from the description."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import negative_data_rejection
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation

from bot.app import create_app
from bot.city import LiveCity
from bot.relaying import RelayRules
from store.db import Database
from tests.line import SECRET, Clock
from tests.promises.length import at_length
from tests.site import site_of
from tests.web.conftest import Service
from tests.web.test_api import Program
from web import api
from web.api import LONGEST

EXAMPLES = at_length(8, 2000)
"""For each operation, and each of: as described, and not."""
SECONDS = 2
"""Seconds that pass from one call to the next: how often may be asked is another test's matter."""


@pytest.fixture
def program(sqlite: Database, city: LiveCity) -> Program:
    clock = Clock()
    site = site_of(sqlite, city, clock)
    return Program(Service(site, create_app(site, SECRET, lambda: None, RelayRules()), clock))


def operations(program: Program) -> list[APIOperation]:
    """What the service says of itself can be asked."""
    described = schemathesis.openapi.from_wsgi("/openapi.json", program.client.application)
    return [found.ok() for found in described.get_all_operations()]


def hold(program: Program, operation: APIOperation, mode: GenerationMode, headers: dict[str, str]) -> None:
    """Calls it so many times; raises what schemathesis finds: 5xx, what is not described, what is against it."""

    @seed(12)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Case) -> None:
        program.service.clock.passes(seconds=SECONDS)
        case.call_and_validate(
            headers=headers, excluded_checks=[negative_data_rejection] if asks(case) else []
        )

    check()


def asks(case: Case) -> bool:
    """Whether there is a question in the address: where it was left out on purpose, one may stand by chance among the
    parameters that were made up besides, and is answered.
    """
    asked, whole = (case.query or {}).get("q"), (case.query or {}).get("whole", False)
    return (
        isinstance(asked, str)
        and 0 < len(asked.strip()) <= LONGEST
        and whole in (True, False, "true", "false")
    )


def held(program: Program, headers: dict[str, str]) -> None:
    found = operations(program)
    assert len(found) == 2
    for operation in found:
        for mode in GenerationMode:
            hold(program, operation, mode, headers)


def test_with_a_key(program: Program) -> None:
    held(program, program.headers)


def test_without_a_key(program: Program) -> None:
    held(program, {})


def test_a_failure_is_found(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what is asked fails (from within this process the failure itself comes out, not the page)."""
    monkeypatch.setattr(api, "searched", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        held(program, program.headers)


def test_an_answer_that_is_not_as_described_is_found(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a list where each suggestion should say what it is."""
    monkeypatch.setattr(api, "suggestions", lambda *_: [{"id": 5}])
    with pytest.raises(FailureGroup):
        held(program, program.headers)


def test_a_status_that_is_not_described_is_found(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.bearer.problem", lambda *_, **__: ("", 418))
    with pytest.raises(FailureGroup):
        held(program, {})
