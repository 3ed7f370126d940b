"""The helpdesk itself in the simulator: what `make run` gives a newcomer."""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass

import pytest
import urllib3

from tests.browser.conftest import SMALL, ask
from tests.conftest import DATA

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True)
class Service:
    """A running service."""

    address: str


@pytest.fixture(scope="module")
def bot(tmp_path_factory):
    """`python -m bot run` on a new database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("service")
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {"DATABASE_URL": f"sqlite:///{folder}/helpdesk.db"}
    command = [sys.executable, "-m", "bot", "run", "--port", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=DATA.parent, env=environment, stdout=log, stderr=log)
    try:
        retry = urllib3.Retry(total=None, connect=80, backoff_factor=0.1, backoff_max=0.5)
        urllib3.PoolManager(retries=retry).request("GET", f"http://127.0.0.1:{port}/readyz")
        yield Service(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        assert process.wait(timeout=20) == 0, (folder / "log").read_text()
    assert "WARNING" not in (folder / "log").read_text()


def test_three_questions(visit):
    page = visit()
    ask(page, "ごみの分け方を知りたい")
    page.get_by_text("7つに分けます").wait_for()
    page.get_by_role("button", name="役に立った", exact=True).click()
    page.get_by_text("ありがとうございます。ほかにも").wait_for()
    ask(page, "マイナンバーカード")
    page.get_by_text("どれについてお知りになりたいですか").first.wait_for()
    page.get_by_role("button", name="どれでもない").click()
    page.get_by_text("見つかりませんでした").wait_for()
    ask(page, "東区役所の電話番号は")
    page.get_by_role("link", name="電話 096-367-9121（総務企画課）").wait_for()


def test_danger_on_a_small_telephone(visit):
    page = visit(SMALL)
    ask(page, "旦那に殴られた")
    page.get_by_text("その場を離れて").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_bubbles_of_one_question(visit):
    page = visit()
    for bubble in ("すみません", "あの", "東区役所の", "電話番号は"):
        ask(page, bubble)
    page.get_by_text("096-367-9121").last.wait_for()
    assert page.get_by_text("東本町16番30号").count() == 1
