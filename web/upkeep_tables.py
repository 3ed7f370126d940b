"""The tables of a report that tell how the service is kept: promises, what changes did, what LINE costs."""

from nlp.japan import JAPAN
from store.effects import AROUND, FEW, Effect
from store.reports import Report
from web.report_words import number, percent, table
from web.site import Say
from web.tables import Table

MOST = 20
"""So many changes are listed."""


def promised(say: Say, of: Report) -> Table:
    """Callbacks by whether they were made in time."""
    found = of.promises
    rows = [
        (say(f"figures.promises.{name}"), number(counted))
        for name, counted in (
            ("due", found.due),
            ("in_time", found.in_time),
            ("late", found.late),
            ("overdue", found.overdue),
            ("given_up", found.given_up),
            ("ahead", found.ahead),
        )
    ]
    rows.append((say("figures.promises.share"), percent(found.in_time, found.called)))
    return table(say, "promises", rows if found.due + found.ahead else [])


def changed(say: Say, of: Report) -> Table:
    """Changes of entries, and how often they answered in the days before and after."""
    rows = [
        (
            f"{each.at.astimezone(JAPAN):%Y-%m-%d}",
            each.question or each.entry,
            *(number(each.before.answered), number(each.before.refused)),
            *(number(each.after.answered), number(each.after.refused)),
            _telling(say, each),
        )
        for each in of.effects[:MOST]
    ]
    return table(say, "changed", rows, words=2)


def sent(say: Say, of: Report) -> Table:
    """What was sent in LINE: replies, which are free, and pushes by what they were about."""
    cost = of.cost
    total = cost.pushes.total()
    rows = [(say("figures.sent.reply"), number(cost.replies), "0")]
    for about, found in cost.pushes.most_common():
        rows.append((say(f"figures.sent.{about}"), number(found), number(found)))
    rows.append((say("figures.total"), number(cost.replies + total), number(total)))
    if cost.quota and not of.period.is_year:
        rows.append((say("figures.sent.quota"), "", number(cost.quota)))
        rows.append((say("figures.sent.used"), "", percent(total, cost.quota)))
    if cost.ahead is not None:
        rows.append((say("figures.sent.ahead"), "", number(cost.ahead)))
    return table(say, "sent", rows if total + cost.replies else [])


def _telling(say: Say, of: Effect) -> str:
    if of.days < AROUND.days:
        return say("figures.changes.early", days=of.days)
    return say("figures.changes.told") if of.is_telling else say("figures.changes.few", few=FEW)
