"""What lets others watch this process: its metrics, at the service's address and at a port apart."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot import clock
from bot.gauges import BY_HAND, BY_ITSELF, Gauges
from bot.metrics import Counted
from bot.metrics_page import MetricsPage, MetricsPort
from bot.room import places
from bot.settings import Settings
from store.db import Database


def metrics_of(settings: Settings, database: Database) -> MetricsPage:
    """What is shown of this process and its database, to whom the settings say."""
    backups = BY_ITSELF if settings.backup_dir else BY_HAND
    gauges = Gauges(database, clock.now, places(settings, database), backups)
    return MetricsPage(settings.metrics, gauges)


@contextmanager
def watched(settings: Settings, database: Database) -> Iterator[None]:
    """Counts the lines of the log, and opens the port apart where one is named.

    Ends the process where the port cannot be had: who relies on alerts must not be without them unawares.
    """
    counting = Counted()
    logging.getLogger().addHandler(counting)
    port = _opened(metrics_of(settings, database)) if settings.metrics.port else None
    try:
        yield
    finally:
        if port is not None:
            port.stop()
        logging.getLogger().removeHandler(counting)


def _opened(page: MetricsPage) -> MetricsPort:
    where = page.door.where
    try:
        port = MetricsPort(page)
    except OSError as error:
        sys.stderr.write(
            f"METRICS_PORT {where} cannot be used: {error.strerror}. Each process needs its own\n"
        )
        raise SystemExit(1) from error
    sys.stdout.write(f"Metrics are at http://{where}/metrics\n")
    return port
