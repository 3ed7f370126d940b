"""`python -m bot` as a shell runs it."""

import os
import subprocess
import sys

from tests.conftest import DATA


def test_who_reads_the_output_may_have_had_enough(tmp_path):
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "asdf"],
        cwd=DATA.parent,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/helpdesk.db"},
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert (ended.returncode, ended.stderr) == (1, b"")
