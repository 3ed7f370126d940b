"""Who may import whom, and what is imported before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SLOW = ("linebot", "flask", "alembic", "openpyxl", "sqlite_utils", "waitress", "PIL")


def test_the_import_order():
    lint = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    "loaded",
    [
        "import bot.__main__",
        "import bot.talking, bot.seeds, bot.city",
        "from bot.__main__ import main; main(['ask', 'x'])",
    ],
)
def test_a_question_is_answered_without_what_is_slow_to_import(loaded, tmp_path):
    """Each takes time, most a tenth of a second or more, and `ask` needs none of them."""
    code = f"import sys; {loaded}; sys.stderr.write(' '.join({{*{SLOW}}} & {{*sys.modules}}))"
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path}/none.db", "PATH": "/usr/bin:/bin"}
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        check=False,
    )
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("loaded", ["bot.app", "bot.worker", "bot.due"])
def test_a_process_starts_without_what_few_requests_need(loaded: str) -> None:
    """Pillow is for photographs, the patterns of mentions for who publishes a voice; each waits until then."""
    code = (
        f"import sys, {loaded}; sys.stderr.write(' '.join({{'PIL', 'nlp.mention_names'}} & {{*sys.modules}}))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")


def test_linebot_in_two_files_only():
    users = {
        str(file.relative_to(ROOT))
        for package in ("bot", "web", "handlers", "store", "faq", "nlp")
        for file in (ROOT / package).rglob("*.py")
        if "linebot" in {line.split()[1].split(".")[0] for line in _imports(file)}
    }
    assert users == {"bot/line.py", "bot/rich_menu.py"}


def _imports(file: Path) -> list[str]:
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line.startswith(("import ", "from "))]
