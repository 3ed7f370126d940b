"""What `doctor` says of the menus below the talk."""

from collections.abc import Iterator
from datetime import datetime

from bot.findings import Finding
from store import disaster, rich_menus
from store.db import Tx
from store.rich_menus import MENUS


def look(tx: Tx, now: datetime, *, served: bool) -> Iterator[Finding]:
    """Which menus LINE lacks, and how many people wait for theirs. `served`: a LINE channel is configured."""
    if not served:
        return
    there = rich_menus.uploaded(tx)
    missing = [menu.name for menu in MENUS if menu.name not in there]
    if missing:
        told = f"{', '.join(missing)} missing on LINE; `python -m bot rich-menu` uploads what is drawn"
        yield Finding(False, f"rich menus: {told}")
    else:
        yield Finding(True, f"rich menus: all {len(MENUS)} are on LINE")
    left = rich_menus.astray(tx, in_disaster=disaster.present(tx, now) is not None)
    if left:
        yield Finding(
            True, f"rich menus: {left} people see another menu than they should; it is being changed"
        )
