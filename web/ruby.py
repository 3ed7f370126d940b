"""Readings beside names of places: the template filter `ruby`."""

from functools import lru_cache

from markupsafe import Markup

from faq.readings import Readings
from web.city_now import city_now

_RUBY = Markup("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>")


def ruby(text: str, readings: Readings | None = None) -> Markup:
    """The text, escaped, with readings over the names that nobody could guess; by default those of the city."""
    return _with_readings(text, readings or city_now().readings)


@lru_cache(maxsize=4096)
def _with_readings(text: str, readings: Readings) -> Markup:
    """Kept, since the same titles and sentences stand in the list at every key that an operator presses."""
    pieces = readings.segments(text)
    return Markup("").join(_RUBY.format(each.text, each.ruby) if each.ruby else each.text for each in pieces)
