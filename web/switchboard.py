"""Which section takes what, and by when it answers, on pages."""

from faq.switchboard import Switchboard
from web.known import Known
from web.site import site


def switchboard(known: Known) -> Switchboard:
    """Of what the city knows now."""
    return Switchboard(known.sections, known.directory, known.timetable, site().profile.cases)
