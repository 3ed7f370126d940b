"""How a process lets others on its machine go first (nice(2)): LINE waits for `web`, all else can wait a little."""

import logging
import os
from typing import Final

log = logging.getLogger(__name__)
STEPS: Final = 10


def stand_back() -> None:
    """From now on, where the system lets a process say so: a sandbox that does not is no reason to do nothing."""
    try:
        os.nice(STEPS)
    except OSError as error:
        log.warning("this process cannot stand back for others: %s", error.strerror)
