"""From a key to the list that is painted: the operators' page in Chromium, against the running service.

`python -m tests.bench.keystrokes`. One operator types questions of the city's own file through an input method, and
reads each list before the next key, so nothing is left out. Time runs from the browser's own time of the key to the
first moment after the frame that shows the list.
"""

import shutil
import sys
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from store.keyring import Keyring, random_key_text
from tests.bench.operators import NOBODY, doors, keys
from tests.bench.tables import Table, milliseconds, quantile
from tests.service import Service, Setting

KEYS = 400
WARM_UP = 40
"""Keys that are not counted."""
WATCH = """
() => {
  window.took = [];
  let pressed = 0;
  const line = document.getElementById('q');
  line.addEventListener('input', event => { pressed = event.timeStamp; }, true);
  new MutationObserver(() => requestAnimationFrame(() => {
    const painted = new MessageChannel();
    painted.port1.onmessage = () => { if (pressed) { window.took.push(performance.now() - pressed); pressed = 0; } };
    painted.port2.postMessage(0);
  })).observe(document.querySelector('.desk-list'), {childList: true});
}
"""


def run() -> Table:
    """The service with SQLite in a folder of its own."""
    with TemporaryDirectory(prefix="helpdesk-bench-") as name:
        folder = Path(name)
        setting = Setting(f"sqlite:///{folder}/helpdesk.db", Keyring.parse(random_key_text()), NOBODY)
        service = Service(setting, folder / "service.log")
        assert service.run("migrate") == 0, service.log.read_text()
        service.start()
        try:
            took = _typed(setting)
        finally:
            service.stop()
    figures = (quantile(took, 0.5), quantile(took, 0.95), max(took))
    row = ("key to painted list", str(len(took)), *map(milliseconds, figures))
    return Table("The operators' page in Chromium, milliseconds", ("", "lists", "p50", "p95", "max"), (row,))


def _typed(setting: Setting) -> list[float]:
    """Seconds, key by key."""
    address = f"http://127.0.0.1:{setting.port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(locale="ja-JP")
        context.add_cookies([{"name": "door", "value": doors(setting)[0], "url": address}])
        page = context.new_page()
        page.goto(f"{address}/operators")
        page.locator("#q[role=combobox]").wait_for()
        page.evaluate(WATCH)
        hand = context.new_cdp_session(page)
        for count, words in enumerate(islice(keys(0), WARM_UP + KEYS), 1):
            _press(page, hand, words, count)
        took = [each / 1000 for each in page.evaluate("window.took")][WARM_UP:]
        browser.close()
    return took


def _press(page: Any, hand: Any, words: str, count: int) -> None:
    """The line as the input method shows it after one key more; waits for its list."""
    page.locator("#q").evaluate("line => line.select()")
    sent = {"text": words, "selectionStart": len(words), "selectionEnd": len(words)}
    hand.send("Input.imeSetComposition", sent)
    while page.evaluate("window.took.length") < count:
        page.wait_for_timeout(5)


if __name__ == "__main__":
    sys.stdout.write(f"{run()}\n")
