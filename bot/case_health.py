"""What `doctor` says of cases: how soon they are answered, and who takes what no section could be found for."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.findings import Finding
from faq.case_rules import CaseRules
from faq.counters import Section


def look(rules: CaseRules, sections: Sequence[Section], day: date) -> Iterator[Finding]:
    """`sections`: all that the city knows."""
    there = [each.id for each in sections if each.holds_on(day)]
    hours = rules.answer_within.total_seconds() / 3600
    told = "" if rules.told else "; city.toml has no [cases], so this is the default"
    yield Finding(True, f"cases: answered within {hours:g} hours of business{told}")
    if not there:
        yield Finding(True, "cases: the city has no sections, so residents can hand nothing over")
    elif rules.fallback_section is None:
        yield Finding(
            True, f"cases: {there[0]} takes what no section is found for; fallback_section in [cases] decides"
        )
    elif rules.fallback_section in there:
        yield Finding(True, f"cases: {rules.fallback_section} takes what no section is found for")
    else:
        yield Finding(
            False,
            f"cases: fallback_section = {rules.fallback_section} is no section; "
            f"until that is mended {there[0]} takes what no section is found for",
        )
