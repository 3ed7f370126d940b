"""What is sent, once: a case of a section, with a receipt and a promise; or why it is not."""

from faq import routing
from faq.models import EntryId
from handlers import case_screen, words
from handlers.booking_verbs import Asker
from handlers.case_draft import Draft, topic
from handlers.case_promise import say_promise, say_start, section_name, section_telephone
from handlers.case_verbs import Act, Step, to_act, to_step
from handlers.turn import Card, Choice, Fact, OpenUrl, Plain, Reply, Turn
from store import case_opening, cases, links, receipts
from store.audit import ByResident
from store.case_opening import CaseDraft
from store.case_refusals import TooMany
from store.cases import Case, Reach
from store.links import CASE_FORM_LIFE, Purpose


def send(turn: Turn, draft: Draft, reach: Reach) -> Reply:
    """Hands it to the section; sent twice it is one."""
    handed = routing.hand_over(turn.city.switchboard, topic(turn, draft), turn.now)
    if handed is None or not draft.words:
        return case_screen.consent(turn, draft) if draft.words else case_screen.write(turn, draft)
    made = case_opening.open_case(
        turn.tx,
        CaseDraft(
            draft.once,
            handed.section,
            draft.subject,
            (draft.words,),
            EntryId(draft.entry) if draft.entry else None,
            draft.ward,
            reach,
            urgent=case_screen.is_urgent(turn, draft),
        ),
        handed.promised_at,
        ByResident(turn.resident.id),
        turn.now,
    )
    return _too_many(turn, made) if isinstance(made, TooMany) else sent(turn, made)


def sent(turn: Turn, case: Case) -> Reply:
    """Receipt, section, by when, and what can be done from now on."""
    city = turn.city
    by_telephone = case.reach is Reach.TELEPHONE
    facts = (
        Fact(city.say("case.receipt"), receipts.shown(case.receipt)),
        Fact(city.say("case.section"), section_name(city, case.section)),
        Fact(city.say("case.promise"), say_promise(city, case.promised_at, turn.now)),
        words.telephone_fact(city, section_telephone(city, case.section)),
    )
    buttons = (form(turn, case),) if by_telephone else ()
    body = city.say("case.sent.telephone" if by_telephone else "case.sent.line")
    if case.urgent:
        body = city.say("person.urgent") + "\n" + body
    starts = say_start(city, case.section, turn.now)
    card = Card(city.say("case.sent.title"), body, facts, starts, buttons)
    return Reply((card,), after(turn, case))


def after(asker: Asker, case: Case) -> tuple[Choice, ...]:
    """What can be done about a case that stands."""
    add, state = (
        to_act(asker, Act.ADD, case.id),
        to_step(asker.city, "case.see_state", Step.STATE),
    )
    return (state, add, words.to_the_menu(asker.city))


def form(asker: Asker, case: Case) -> Choice:
    """The page on which one says whom to telephone, or another number than before, by a link of its own."""
    token = links.mint(asker.tx, Purpose.CASE_FORM, asker.resident.id, case.id, CASE_FORM_LIFE, asker.now)
    label = asker.city.say("case.open_form" if case.particulars is None else "case.change_form")
    return Choice(label, OpenUrl(f"{asker.city.pages_url}/c/{token}"))


def gone(turn: Turn) -> Reply:
    """A button of a draft that is no longer open: sent already, or forgotten."""
    city = turn.city
    state = to_step(city, "case.see_state", Step.STATE)
    choices = (state, words.to_a_person(city), words.to_the_menu(city))
    return Reply((Plain(city.say("case.not_open")),), choices, turn.conversation)


def _too_many(turn: Turn, refused: TooMany) -> Reply:
    city = turn.city
    said = Plain(city.say("case.too_many", most=refused.most))
    standing = cases.standing(turn.tx, turn.resident.id)
    return Reply((said,), after(turn, standing) if standing else (words.to_the_menu(city),))
