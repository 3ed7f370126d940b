"""What is kept about a resident as parts of labelled lines: the page shows them, and the file carries the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from faq.retention import Rule, Trace
from faq.search import Knowledge
from faq.topics import Topic
from nlp.japan import JAPAN
from store import receipts
from store.booked import Booking
from store.case_talk import Entry
from store.collaboration_steps import Step
from store.collaboration_words import NAMES
from store.db import Tx
from store.my_data import Everything, Form, Handed, Proposed, Question, Sent
from store.opinions import Opinion
from store.particulars import Field
from store.photographs import Photograph
from store.subscriptions import NOTHING, Subscription
from web.programmes import bookables, name_of
from web.section_names import section_names
from web.site import site
from web.speech import language, tell, tell_after

Value = str | date | datetime
Row = tuple[tuple[str, Value], ...]
"""Labels with values."""
_Line = tuple[str, Value | None]
"""The key of a label, with its value; left out where there is none."""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing that is kept."""

    title: str
    until: str
    """When it goes, in words."""
    rows: tuple[Row, ...]
    folded: bool = False
    """Of no words, and many: opened by who wants to see it."""


def parts_of(tx: Tx, everything: Everything) -> tuple[Part, ...]:
    """All of it, in an order in which people look for it."""
    names, programmes, known = section_names(tx), bookables(tx), site().city(tx).knowledge
    booked = (_booking(each, name_of(programmes, each.programme)) for each in everything.bookings)
    return (
        _part("identifier", [_identifier(everything)], Trace.UNFOLLOWED),
        _part("questions", (_question(each, known) for each in everything.questions), Trace.QUESTIONS),
        *(_case(each, names) for each in everything.cases),
        *(_proposed(each, names) for each in everything.collaborations),
        _part(
            "collaboration_draft",
            ([("words", each)] for each in everything.collaboration_drafts),
            Trace.CONVERSATIONS,
        ),
        _part("photographs", map(_photograph, everything.photographs), Trace.CASES),
        _part("bookings", booked, Trace.PERSONS),
        _part("opinions", (_opinion(each) for each in everything.opinions), Trace.OPINIONS),
        *(_form(each) for each in everything.forms),
        _part("wishes", ([("at", at)] for at in everything.wishes), Trace.TO_TELL),
        _subscribed(everything.subscription, site().city(tx).topics),
        _part("talk", _talk(everything), Trace.CONVERSATIONS),
        _part("sent", (_sent(each) for each in everything.sent), Trace.REPLIES, folded=True),
        _part("received", ([("at", at)] for at in everything.received), Trace.EVENTS, folded=True),
    )


def to_json(parts: tuple[Part, ...], now: datetime) -> Mapping[str, object]:
    """The same for a file; moments and days in ISO 8601, in Japan's time."""
    kept = [
        {
            tell("page.my_data.file.title"): part.title,
            tell("page.my_data.file.until"): part.until,
            tell("page.my_data.file.rows"): [
                {label: _iso(value) for label, value in row} for row in part.rows
            ],
        }
        for part in parts
    ]
    return {
        tell("page.my_data.file.city"): site().profile.name,
        tell("page.my_data.file.made_at"): _iso(now),
        tell("page.my_data.file.kept"): kept,
    }


def _part(name: str, rows: Iterable[Iterable[_Line]], trace: Trace, *, folded: bool = False) -> Part:
    title, rule = tell(f"page.my_data.part.{name}"), site().retention.traces[trace]
    return Part(title, _until(rule, trace), tuple(_row(lines) for lines in rows), folded)


def _row(lines: Iterable[_Line]) -> Row:
    return tuple(
        (tell(f"page.my_data.label.{key}"), value) for key, value in lines if value not in (None, "")
    )


def _until(rule: Rule, name: str) -> str:
    return tell("page.my_data.until", after=tell_after(rule, name), days=rule.days)


def _identifier(everything: Everything) -> list[_Line]:
    return [
        ("address", everything.address),
        ("known_since", everything.known_since),
        ("last_seen", everything.last_seen),
        ("language", everything.language.own_name if everything.language else None),
    ]


def _question(question: Question, known: Knowledge) -> list[_Line]:
    entry = known.entry(question.answered_by) if question.answered_by else None
    return [("at", question.at), ("words", question.words), ("entry", entry.question if entry else None)]


def _subscribed(subscription: Subscription, topics: tuple[Topic, ...]) -> Part:
    """What they chose to hear of: no day ends it, but they themselves."""
    chosen = [topic.name for topic in topics if topic.id in subscription.topics]
    ward = subscription.ward or tell("page.my_data.whole_city")
    lines: list[_Line] = [("topics", "、".join(chosen)), ("ward", ward)]
    rows = () if subscription == NOTHING else (_row(lines),)
    return Part(tell("page.my_data.part.subscribed"), tell("page.my_data.until_given_up"), rows)


def _talk(everything: Everything) -> list[list[_Line]]:
    """As it stands inside: it has no words of its own, but what was said may stand in it."""
    talk = everything.talk
    if talk is None:
        return []
    inside = "\n".join(f"{name}: {value}" for name, value in talk.slots.items())
    return [[("topic", talk.topic), ("inside", inside)]]


def _booking(booking: Booking, programme: str) -> list[_Line]:
    slot = booking.slot
    return [
        ("receipt", receipts.shown(booking.receipt)),
        ("programme", programme),
        ("begins", slot.starts_at if slot else booking.day),
        ("place", slot.place if slot else None),
        ("state", tell(f"page.my_data.booking.{booking.state}")),
        ("made_at", booking.made_at),
    ]


def _case(handed: Handed, names: Mapping[str, str]) -> Part:
    case = handed.case
    about: list[_Line] = [
        ("section", names.get(case.section, case.section)),
        ("subject", case.subject),
        ("ward", case.ward),
        ("case_state", tell(f"page.my_data.case.{case.state}")),
        ("opened_at", case.opened_at),
        ("promised_at", case.promised_at),
        ("closed_at", case.closed_at),
    ]
    title = tell("page.my_data.part.case", receipt=receipts.shown(case.receipt))
    rule = site().retention.traces[Trace.CASES]
    return Part(title, _until(rule, Trace.CASES), (_row(about), *(_row(_said(each)) for each in handed.talk)))


def _proposed(proposed: Proposed, names: Mapping[str, str]) -> Part:
    found = proposed.collaboration
    about: list[_Line] = [
        ("section", names.get(found.section, found.section)),
        ("opened_at", found.submitted_at),
        ("closed_at", found.closed_at),
    ]
    written = tuple(
        (tell(f"page.collaboration.field.{name}.label"), getattr(found.words, name))
        for name in NAMES
        if getattr(found.words, name)
    )
    title = tell("page.my_data.part.collaboration", receipt=receipts.shown(found.receipt))
    rule = site().retention.traces[Trace.COLLABORATIONS]
    steps = (_row(_stage(each)) for each in proposed.steps)
    return Part(title, _until(rule, Trace.COLLABORATIONS), ((*_row(about), *written), *steps))


def _stage(step: Step) -> list[_Line]:
    return [("at", step.on), ("what", tell(f"collaboration.is.{step.stage}")), ("words", step.words)]


def _photograph(photograph: Photograph) -> list[_Line]:
    size = f"{photograph.width} × {photograph.height}" if photograph.width else None
    return [("at", photograph.made_at), ("size", size)]


def _said(entry: Entry) -> list[_Line]:
    return [("at", entry.at), ("what", tell(f"page.my_data.entry.{entry.kind}")), ("words", entry.words)]


def _opinion(opinion: Opinion) -> list[_Line]:
    return [
        ("receipt", receipts.shown(opinion.receipt)),
        ("at", opinion.received_at),
        ("words", opinion.words),
    ]


def _form(form: Form) -> Part:
    rule = site().retention.particulars[form.purpose]
    told = tuple(
        (tell(f"page.my_data.told.{each}"), form.fields[each]) for each in Field if each in form.fields
    )
    when = _row([("at", form.told_at), ("until", form.until)])
    title = rule.label if language().is_japanese else tell(f"page.asked_for.{form.purpose}")
    return Part(title, _until(rule, form.purpose), ((*when, *told),))


def _sent(sent: Sent) -> list[_Line]:
    return [
        ("at", sent.at),
        ("what", tell(f"page.my_data.sent.{sent.what}")),
        ("state", tell(f"page.my_data.sending.{sent.state}")),
    ]


def _iso(value: Value) -> str:
    if isinstance(value, datetime):
        return value.astimezone(JAPAN).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
