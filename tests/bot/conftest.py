"""What the tests of the edge share."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.city import LiveCity
from store.db import Database
from tests.line import Service, running


@pytest.fixture
def service(database: Database, city: LiveCity) -> Iterator[Service]:
    """The service on both databases."""
    with running(database, city) as service:
        yield service


@pytest.fixture(scope="session")
def after_migrate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `python -m bot migrate` leaves on an empty machine, with keys of its own: made once, to be copied."""
    folder = tmp_path_factory.mktemp("migrated") / "var"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{folder}/helpdesk.db")
        assert main(["migrate"]) == 0
    return folder


@pytest.fixture
def migrate_into(after_migrate: Path) -> Callable[[Path], None]:
    """Makes a folder as `migrate` would, in a hundredth of the time."""
    return lambda folder: shutil.copytree(after_migrate, folder, dirs_exist_ok=True) and None
