"""What `doctor` says of how staff are told: sections with nobody to tell, notices given up, the mail server."""

from collections.abc import Iterator
from typing import Final

from bot import mail
from bot.findings import Finding
from bot.mail_server import MailServer
from faq.counters import SectionId
from store import contacts, places, tellings
from store.contacts import Contact, Way
from store.db import Tx

MOST: Final = 3
"""Of a kind that are told one by one."""
_SECONDS: Final = 5.0


def look(tx: Tx, fallback: SectionId | None, *, served: bool) -> Iterator[Finding]:
    """`fallback`: the section that is told for those without contacts; `served`: whether residents write already."""
    found = contacts.everywhere(tx)
    yield from _sections(tx, found, fallback, served=served)
    counts = {state: count for state, count in tellings.counts(tx).items() if count}
    told = ", ".join(f"{state} {count}" for state, count in sorted(counts.items())) or "none yet"
    yield Finding(not counts.get("dead"), f"staff notices: {told}")
    for each in tellings.dead_ones(tx, MOST):
        why = f"{each.problem}" if each.problem else "unknown"
        yield Finding(False, f"staff notices: contact {each.contact} was not told: {why}")


def _sections(
    tx: Tx, found: tuple[Contact, ...], fallback: SectionId | None, *, served: bool
) -> Iterator[Finding]:
    having = {each.section for each in found}
    sections = {each.id for each in places.all_sections(tx)}
    without = len(sections - having)
    if not sections or not without:
        yield Finding(True, f"contacts: {len(found)}; each section has one")
        return
    told = f"contacts: {len(found)}; {without} of {len(sections)} sections have none"
    if fallback in having:
        yield Finding(True, f"{told}, those of {fallback} are told for them")
    else:
        mend = "add some at /staff/contacts, first to fallback_section of city.toml"
        yield Finding(not served, f"{told}, and nobody is told for them: {mend}")


def reach(server: MailServer | None, found: tuple[Contact, ...], *, served: bool) -> Finding:
    """Whether the mail server takes us in; nothing is sent."""
    wanted = any(each.way is Way.MAIL for each in found)
    if server is None:
        told = "mail: SMTP_URL is not set; the log says whom a mail would have told"
        return Finding(not (wanted and served), told)
    problem = mail.check(server, _SECONDS)
    where = f"{server.host}:{server.port}"
    if problem is None:
        return Finding(True, f"mail: {where} answers")
    return Finding(False, f"mail: {where} takes nothing ({problem}); is SMTP_URL right, and the server up?")
