"""Sections as people at the city tell them apart: with the office that each is at."""

from store import places
from store.db import Tx


def section_names(tx: Tx) -> dict[str, str]:
    """中央区役所 区民課, by the section's id, in the order of the city's data."""
    offices = {office.id: office.name for office in places.all_offices(tx)}
    return {
        str(each.id): f"{offices.get(each.office, '')} {each.name}".strip()
        for each in places.all_sections(tx)
    }
