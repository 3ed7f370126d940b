"""Who may do what: every route of the service, said once more beside the rules that the routes carry themselves.

A route that is missing here, or is here and gone, fails `test_every_route.py`. A new one needs a line: its endpoint,
its methods, whom it is for, and, where its address names a record, how one is made that is theirs and one that is not.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import count
from secrets import token_urlsafe
from types import MappingProxyType
from typing import Final

from faq.counters import SectionId
from faq.disaster import DisasterId, WasteNote
from faq.photograph import Jpeg
from nlp.danger import DangerKind, Severity
from store import (
    alarm_rules,
    alarms,
    api_tokens,
    callbacks,
    calls,
    calls_for_help,
    case_for_caller,
    case_opening,
    collaboration_drafts,
    collaborations,
    contacts,
    delivery,
    disaster,
    disaster_measures,
    disaster_switch,
    history,
    invitations,
    knowledge,
    links,
    outbox,
    photographs,
    queries,
    residents,
    run_settings,
    slips,
    voice_pages,
    voices,
)
from store.accounts import Account
from store.alarm_rules import AlarmRule
from store.api_tokens import TokenDraft
from store.audit import COMMAND, SERVICE, ByAccount
from store.bookings import Booking
from store.callbacks import CallbackDraft
from store.calls import CallChannel, CallDraft, Outcome, Sort
from store.case_opening import CaseDraft
from store.cases import Case, CaseId, Reach
from store.contacts import ContactDraft, Way
from store.delivery import Why
from store.disaster_measures import MeasureDraft
from store.links import Purpose
from store.queries import Query
from store.run_settings import RunSettings
from store.sight import Role
from store.slips import SlipDraft
from store.tables import clustered, clusters, displacements
from store.voices import Voice, VoiceDraft, VoiceKind
from store.voices import Way as VoiceWay
from tests.handlers.opinions_town import NOVEMBER
from tests.store.answered_voices import Desk, answered, told
from tests.store.collaborations import agreed
from tests.store.people import KUMIN
from tests.web.own_links import Owner
from tests.web.routes import (
    ADMINS,
    APPROVERS,
    CHECK_UP,
    DESK,
    ELSEWHERE,
    EVERYBODY,
    LEADS,
    PERSONAL,
    SIGNED_IN,
    STAFF,
    STAFF_WITH_NAMES,
    Person,
    Route,
    Values,
    World,
)

HOUR: Final = timedelta(hours=1)
_residents = count(10**6)


def _given_open_data(world: World) -> Values:
    """Given again, where another request has changed the settings."""
    with world.service.site.database.write() as tx:
        run_settings.change(tx, RunSettings(), COMMAND, world.service.clock())
    return {}


def _my_session(world: World) -> Values:
    return {"number": world.session_of(world.me) if world.me else 1}


def _anothers_session(world: World) -> Values:
    return {"number": world.session_of(world.another())}


def _account(world: World) -> Values:
    return {"account_id": world.another().id}


def _no_account(_: World) -> Values:
    return {"account_id": 10**9}


def _session_of_account(world: World) -> Values:
    account = world.another()
    return {"account_id": account.id, "session_id": world.session_of(account)}


def _session_of_no_account(_: World) -> Values:
    return {"account_id": 10**9, "session_id": 1}


def _invitation(world: World) -> Values:
    account, now = world.another(), world.service.clock()
    with world.service.site.database.write() as tx:
        return {"token": invitations.invite(tx, account.id, COMMAND, now).token}


def _proposal(world: World) -> Values:
    return {"number": world.proposal()}


def _anothers_proposal(world: World) -> Values:
    is_staff = world.me is not None and world.me.role is Role.STAFF
    return {"number": world.proposal(SectionId("chuo-kumin")) if is_staff else 10**9}


def _plan(world: World) -> Values:
    with world.service.site.database.write() as tx:
        knowledge.take_in(tx, [NOVEMBER], world.service.clock())
    return {"plan": NOVEMBER.id}


def _no_plan(_: World) -> Values:
    return {"plan": "nothing"}


def _opinion_form(world: World) -> Values:
    owner = Owner.of(world.service, f"U{next(_residents):032}")
    return {**_plan(world), "token": owner.link(Purpose.OPINION_FORM).rpartition("/")[2]}


def _no_opinion_form(world: World) -> Values:
    return {**_plan(world), "token": "x" * 43}


def _no_link(_: World) -> Values:
    return {"token": "x" * 43}


def _link_to(world: World, booking: Booking, purpose: Purpose) -> Values:
    with world.service.site.database.write() as tx:
        token = links.mint(tx, purpose, booking.resident, booking.id, HOUR, world.service.clock())
    return {"token": token}


def _form(world: World) -> Values:
    return _link_to(world, world.held(), Purpose.BOOKING_FORM)


def _receipt(world: World) -> Values:
    return _link_to(world, world.confirmed(), Purpose.RECEIPT)


def _case_form(world: World) -> Values:
    owner = Owner.of(world.service, f"U{next(_residents):032}")
    return {"token": owner.link(Purpose.CASE_FORM, owner.case.id).rpartition("/")[2]}


def _case_answer(world: World) -> Values:
    owner = Owner.of(world.service, f"U{next(_residents):032}")
    return {"token": owner.link(Purpose.CASE_ANSWER, owner.answered("x")).rpartition("/")[2]}


def _voice_form(world: World) -> Values:
    owner = Owner.of(world.service, f"U{next(_residents):032}")
    return {"token": owner.link(Purpose.VOICE_FORM).rpartition("/")[2]}


def _voice_state(world: World) -> Values:
    now, draft = world.service.clock(), CaseDraft(token_urlsafe(16), SectionId("chuo-kumin"), "x", ("y",))
    about = VoiceDraft(VoiceKind.LETTER, VoiceWay.FORM, None, None, False, True, now.date())
    with world.service.site.database.write() as tx:
        told = voices.tell(tx, draft, about, None, SERVICE, now)
        assert isinstance(told, Voice)
        return {"token": voice_pages.lead(tx, told.case.id, now)}


def _my_data(world: World) -> Values:
    return {
        "token": Owner.of(world.service, f"U{next(_residents):032}").link(Purpose.MY_DATA).rpartition("/")[2]
    }


def _held(world: World) -> Values:
    return {"number": world.held().id}


def _confirmed(world: World) -> Values:
    return {"number": world.confirmed().id}


def _anothers_booking(world: World) -> Values:
    return {"number": world.held(ELSEWHERE).id if world.keeps_a_section else 10**9}


def _slot(world: World) -> Values:
    return {"number": world.slot()}


def _anothers_slot(world: World) -> Values:
    return {"number": world.slot(ELSEWHERE) if world.keeps_a_section else 10**9}


def _slot_to_wait_for(world: World) -> Values:
    return {"slot": world.slot()}


def _no_slot(_: World) -> Values:
    return {"slot": 10**9}


def _call(world: World, operator: Account) -> Values:
    now = world.service.clock()
    told = CallChannel.PHONE, Sort.INQUIRY, Outcome.ANSWERED, ""
    with world.service.site.database.write() as tx:
        once = token_urlsafe(16)
        return {"number": calls.log(tx, CallDraft(operator.id, once, *told, now), now)}


def _my_call(world: World) -> Values:
    return _call(world, world.me) if world.me else {"number": 1}


def _anothers_call(world: World) -> Values:
    return _call(world, world.another())


def _no_row(_: World) -> Values:
    return {"number": 10**9}


def _bulletin(world: World) -> Values:
    return {"number": world.bulletin()}


def _anothers_bulletin(world: World) -> Values:
    return {"number": world.bulletin(KUMIN) if world.keeps_a_section else 10**9}


def _mailing(world: World) -> Values:
    return {"number": world.mailing()}


def _anothers_mailing(world: World) -> Values:
    of_a_section = world.me is not None and world.me.role is Role.STAFF
    return {"number": world.mailing(KUMIN) if of_a_section else 10**9}


def _collaboration(world: World) -> Values:
    return {"number": world.collaboration()}


def _evaluation(world: World) -> Values:
    """One that is agreed upon for this fiscal year."""
    number, chief = world.collaboration(), world.chief()
    with world.service.site.database.write() as tx:
        agreed(tx, chief, collaborations.read(tx, number))
    return {"number": number, "year": 2026}


def _no_evaluation(world: World) -> Values:
    return {"number": 10**9, "year": 2026}


def _collaboration_form(world: World) -> Values:
    now, site = world.service.clock(), world.service.site
    with site.database.write() as tx:
        resident = residents.meet(tx, f"U{next(_residents):032}", now).id
        draft = collaboration_drafts.begin(tx, resident, "x", now)
        return {"token": links.mint(tx, Purpose.COLLABORATION_FORM, resident, draft, HOUR, now)}


def _year(_: World) -> Values:
    return {"year": 2026}


def _no_year(_: World) -> Values:
    return {"year": 1999}


def _api_token(world: World) -> Values:
    now, chief = world.service.clock(), world.chief()
    with world.service.site.database.write() as tx:
        return {"number": api_tokens.make(tx, chief, TokenDraft("通話ソフト", 60, now + HOUR), now).id}


def _contact(world: World) -> Values:
    draft = ContactDraft(SectionId("chuo-kumin"), Way.MAIL, "共有", "a@city.example", False, False)
    chief = world.chief()
    with world.service.site.database.write() as tx:
        return {"number": contacts.add(tx, chief, draft, world.service.clock()).id}


def _canned(world: World) -> Values:
    return {"number": world.canned()}


def _anothers_canned(world: World) -> Values:
    return {"number": world.canned(KUMIN) if world.keeps_a_section else 10**9}


def _kind(_: World) -> Values:
    return {"kind": "faq"}


def _no_kind(_: World) -> Values:
    return {"kind": "nothing"}


def _record(_: World) -> Values:
    return {"kind": "faq", "key": "moving-in"}


def _no_record(_: World) -> Values:
    return {"kind": "faq", "key": "nothing"}


def _edition(world: World) -> Values:
    return {"number": world.published()[0]}


def _my_edition(world: World) -> Values:
    return {"number": world.published(world.me)[0]}


def _revision(world: World) -> Values:
    editor, edition = world.somebody(Person(Role.STAFF)).viewer, world.published()[0]
    with world.service.site.database.read() as tx:
        return {"number": history.of_edition(tx, editor, edition, 1)[0].id}


def _no_number(_: World) -> Values:
    return {"number": 10**9}


def at_place(values: Callable[[World], Values]) -> Callable[[World], Values]:
    """The same with the first change of a proposal."""
    return lambda world: {**values(world), "place": 0}


def _callback(world: World, maker: Account, section: str | None = None) -> Values:
    now = world.service.clock()
    promise = CallbackDraft(
        maker.id, token_urlsafe(16), now + HOUR, SectionId(section) if section else None, ""
    )
    with world.service.site.database.write() as tx:
        return {"number": callbacks.make(tx, promise, {}, now.date() + timedelta(days=14), now)}


def _my_callback(world: World) -> Values:
    return _callback(world, world.me or world.another())


def _anothers_callback(world: World) -> Values:
    """Of another section; operators and who leads share all, but a contractor's without personal data."""
    return _callback(world, world.another(), "chuo-kumin") if world.sees_own_alone else {"number": 10**9}


def _slip(world: World, maker: Account) -> Values:
    now = world.service.clock()
    draft = SlipDraft(maker.id, token_urlsafe(16), SectionId("chuo-kumin"), "x", "")
    with world.service.site.database.write() as tx:
        return {"number": slips.make(tx, draft, {}, now.date() + timedelta(days=30), now)}


def _my_slip(world: World) -> Values:
    return _slip(world, world.me or world.another())


def _anothers_slip(world: World) -> Values:
    is_of_contractor = world.me is not None and world.me.outside
    hidden = world.keeps_a_section or is_of_contractor
    return _slip(world, world.another()) if hidden else {"number": 10**9}


def _alarm(world: World) -> Values:
    """One that a section was told of, of which nobody in these tests is."""
    now, danger, chief = world.service.clock(), DangerKind.SEA, world.chief()
    with world.service.site.database.write() as tx:
        alarm_rules.change(tx, chief, {danger: AlarmRule(KUMIN, talks=False)}, now)
        resident = residents.meet(tx, f"U{token_urlsafe(16)}", now).id
        return {"number": alarms.raise_alarm(tx, resident, danger, Severity.NOW, now) or 0}


def _undelivered(world: World) -> Values:
    """An answer that LINE refused."""
    now = world.service.clock()
    with world.service.site.database.write() as tx:
        resident = residents.meet(tx, f"U{token_urlsafe(16)}", now).id
        outbox.put(tx, resident, b"[]", now)
        item = outbox.claim(tx, "w", now, resident)
        assert item is not None
        delivery.give_up(tx, item, Why.REFUSED, now, 400)
        return {"number": item.id}


def _disaster(world: World) -> Values:
    """One that is on: of this test's own, or that of another which still is."""
    now, people = world.service.clock(), (world.another().viewer, world.another().viewer)
    leaders = [replace(each, role=Role.STAFF, outside=False) for each in people]
    with world.service.site.database.write() as tx:
        if on := disaster.present(tx, now):
            return {"number": on.id}
        if waits := disaster.proposed(tx, now):
            disaster_switch.end(tx, leaders[0], waits.id, now)
        made = disaster_switch.propose(tx, leaders[0], disaster.Draft("大雨", None), now)
        assert isinstance(made, disaster.Disaster)
        disaster_switch.confirm(tx, leaders[1], made.id, made.version, None, now)
    return {"number": made.id}


def _displaced(world: World) -> Values:
    """A booking that the disaster moved, as far as this page is concerned."""
    on, booking = _disaster(world), _confirmed(world)["number"]
    values = {"disaster_id": on["number"], "booking_id": booking, "at": world.service.clock()}
    with world.service.site.database.write() as tx:
        tx.connection.execute(displacements.insert().values(values))
    return {**on, "booking": booking}


def _no_displaced(_: World) -> Values:
    return {"number": 10**9, "booking": 10**9}


def _measure_to_be(world: World) -> Values:
    return {**_disaster(world), "kind": "waste"}


def _no_measure_to_be(_: World) -> Values:
    return {"number": 10**9, "kind": "waste"}


def _measure(world: World) -> Values:
    on, now, other = _disaster(world), world.service.clock(), world.another().viewer
    draft = MeasureDraft(WasteNote("お休みです"), "市", "", now, now + HOUR)
    with world.service.site.database.write() as tx:
        leader = replace(other, role=Role.STAFF, outside=False)
        said = disaster_measures.say(tx, leader, DisasterId(int(str(on["number"]))), [draft], now)
        assert isinstance(said, tuple)
    return {**on, "measure": said[0]}


def _no_measure(world: World) -> Values:
    return {**_disaster(world), "measure": 10**9}


def _rehearsal(world: World) -> Values:
    """They rehearse, where they may."""
    if world.me is not None:
        with world.service.site.database.write() as tx:
            disaster_switch.rehearse(tx, world.me.viewer, disaster.Draft("大雨", None), world.service.clock())
    return {}


def _handed(world: World, maker: Account) -> Values:
    now = world.service.clock()
    draft = CaseDraft(token_urlsafe(16), SectionId("kif-plaza"), "x", ("x",), reach=Reach.TELEPHONE)
    with world.service.site.database.write() as tx:
        made = case_for_caller.hand_over(tx, draft, {}, now.date(), None, ByAccount(maker.id), now)
    return {"number": made.id}


def _my_handed(world: World) -> Values:
    return _handed(world, world.me or world.another())


def _anothers_handed(world: World) -> Values:
    """Of a section that nobody of the tests is of; who leads and administrators see all."""
    me = world.me
    sees_all = me is not None and (me.role is Role.ADMIN or me.viewer.leads) and not me.outside
    return {"number": 10**9} if sees_all else _handed(world, world.another())


def _help_of(world: World, asker: Account) -> Values:
    with world.service.site.database.write() as tx:
        return {"number": calls_for_help.call(tx, asker.viewer, "", world.service.clock())}


def _my_help(world: World) -> Values:
    return _help_of(world, world.me or world.another())


def _anothers_help(world: World) -> Values:
    leads = world.me is not None and world.me.viewer.supervises
    return {"number": 10**9} if leads else _help_of(world, world.another())


def _help_to_give(world: World) -> Values:
    is_of_contractor = world.me is not None and world.me.outside
    return _help_of(world, world.somebody(Person(Role.OPERATOR, outside=is_of_contractor)))


def _cluster(world: World) -> Values:
    now, asked = world.service.clock(), Query("ドローンを飛ばしたい", "call", "none")
    with world.service.site.database.write() as tx:
        query = queries.record_of_nobody(tx, asked, now, channel="phone")
        values = {"version": 1, "state": "open", "made_at": now}
        (made,) = tx.connection.execute(clusters.insert().values(values)).inserted_primary_key
        tx.connection.execute(clustered.insert().values(query_id=query, cluster_id=made))
    return {"number": made}


def _anothers_cluster(world: World) -> Values:
    values = _cluster(world)
    if world.me is None or world.me.role is not Role.STAFF:
        return {"number": 10**9}
    with world.service.site.database.write() as tx:
        mine = clusters.c.id == values["number"]
        tx.connection.execute(clusters.update().where(mine).values(section="chuo-kumin"))
    return values


def _opened_case(world: World, maker: Account) -> Values:
    now, draft = world.service.clock(), CaseDraft(token_urlsafe(16), SectionId("chuo-kumin"), "x", ("y",))
    with world.service.site.database.write() as tx:
        made = case_opening.open_case(tx, draft, now + HOUR, ByAccount(maker.id), now)
    assert isinstance(made, Case)
    return {"number": made.id}


def _my_case(world: World) -> Values:
    """One that they handed over: they see how it stands, and nobody but an administrator acts upon it."""
    return _opened_case(world, world.me or world.another())


def _anothers_case(world: World) -> Values:
    """Of a section that is not theirs; administrators and who leads see all."""
    sees_all = world.me is not None and world.me.viewer.supervises and not world.me.outside
    return {"number": 10**9} if sees_all else _opened_case(world, world.another())


def _photograph(case: Callable[[World], Values]) -> Callable[[World], Values]:
    """A picture of the case; of none, where there is no such case."""

    def of(world: World) -> Values:
        number = case(world)["number"]
        with world.service.site.database.write() as tx:
            kept = photographs.keep(tx, Jpeg(b"x", 8, 8), None, token_urlsafe(16), world.service.clock())
            if number != 10**9:
                photographs.attach(tx, [kept], CaseId(int(str(number))))
        return {"number": number, "photograph": kept}

    return of


def _told_voice(world: World) -> tuple[Desk, CaseId]:
    desk, now = Desk(world.chief(), world.chief()), world.service.clock()
    with world.service.site.database.write() as tx:
        resident = residents.meet(tx, f"U{next(_residents):032}", now).id
        return desk, answered(tx, desk, told(tx, resident))


def _voice(world: World) -> Values:
    """One that is answered and made ready; its words are for its section, which nobody here is of."""
    desk, case = _told_voice(world)
    with world.service.site.database.write() as tx:
        desk.prepared(tx, case)
    return {"number": case}


def _published_voice(world: World) -> Values:
    desk, case = _told_voice(world)
    with world.service.site.database.write() as tx:
        return {"number": desk.published(tx, case).id}


def with_act(values: Callable[[World], Values], act: str) -> Callable[[World], Values]:
    """The same with an act."""
    return lambda world: {**values(world), "act": act}


ROUTES: Final[Mapping[str, Route]] = MappingProxyType(
    {
        # Machines
        "webhook.callback": Route("POST", EVERYBODY, by_machines=True),
        "healthz": Route("GET", EVERYBODY, by_machines=True),
        "metrics": Route("GET", EVERYBODY, by_machines=True),
        "readyz": Route("GET", EVERYBODY, by_machines=True),
        "static_files.serve": Route(
            "GET", EVERYBODY, lambda _: {"version": "x", "name": "pages.css"}, by_machines=True
        ),
        "api.suggest": Route("GET", EVERYBODY, by_machines=True),
        "api.suggest_by_body": Route("POST", EVERYBODY, by_machines=True),
        "api.description": Route("GET", EVERYBODY, by_machines=True),
        # Open data: files for other programs, and the page that names them
        "hearings.show": Route("GET", EVERYBODY),
        "opendata.show": Route("GET", EVERYBODY, _given_open_data),
        "opendata.file": Route(
            "GET",
            EVERYBODY,
            lambda world: {**_given_open_data(world), "name": "faq.json"},
            lambda _: {"name": "x"},
            by_machines=True,
        ),
        # Coming in
        "look.choose": Route("POST", EVERYBODY),
        "login.show": Route("GET", EVERYBODY),
        "login.enter": Route("POST", EVERYBODY),
        "login.leave": Route("POST", EVERYBODY),
        "code.show": Route("GET", EVERYBODY),
        "code.enter": Route("POST", EVERYBODY),
        "code.show_setting_up": Route("GET", EVERYBODY),
        "code.set_up": Route("POST", EVERYBODY),
        "welcome.show": Route("GET", EVERYBODY, _invitation, _no_link),
        "welcome.choose": Route("POST", EVERYBODY, _invitation, _no_link),
        "single_sign_on.begin": Route("GET", EVERYBODY, away=True),
        "single_sign_on.back": Route("GET", EVERYBODY),
        # Residents, behind a link
        "booking_form.show": Route("GET", EVERYBODY, _form, _no_link),
        "booking_form.send": Route("POST", EVERYBODY, _form, _no_link),
        "booking_receipt.show": Route("GET", EVERYBODY, _receipt, _no_link),
        "booking_receipt.calendar": Route("GET", EVERYBODY, _receipt, _no_link),
        "case_form.show": Route("GET", EVERYBODY, _case_form, _no_link),
        "case_form.send": Route("POST", EVERYBODY, _case_form, _no_link),
        "case_answer.show": Route("GET", EVERYBODY, _case_answer, _no_link),
        "case_answer.read": Route("POST", EVERYBODY, _case_answer, _no_link),
        "plans.show": Route("GET", EVERYBODY),
        "plans.one": Route("GET", EVERYBODY, _plan, _no_plan),
        "plans.send": Route("POST", EVERYBODY, _plan, _no_plan),
        "opinion_form.show": Route("GET", EVERYBODY, _opinion_form, _no_opinion_form),
        "opinion_form.send": Route("POST", EVERYBODY, _opinion_form, _no_opinion_form),
        "my_data.show": Route("GET", EVERYBODY, _my_data, _no_link),
        "my_data.read": Route("POST", EVERYBODY, _my_data, _no_link),
        "my_data.take": Route("POST", EVERYBODY, _my_data, _no_link),
        "voice_form.show_open": Route("GET", EVERYBODY),
        "voice_form.send_open": Route("POST", EVERYBODY),
        "voice_form.show_own": Route("GET", EVERYBODY, _voice_form, _no_link),
        "voice_form.send_own": Route("POST", EVERYBODY, _voice_form, _no_link),
        "voice_state.show": Route("GET", EVERYBODY, _voice_state, _no_link),
        "voice_state.say": Route("POST", EVERYBODY, _voice_state, _no_link),
        "voice_state.withdraw": Route("POST", EVERYBODY, _voice_state, _no_link),
        # One's own
        "home.home": Route("GET", SIGNED_IN),
        "account.show": Route("GET", SIGNED_IN),
        "account.end": Route("POST", SIGNED_IN, _my_session, _anothers_session),
        "account.end_others": Route("POST", SIGNED_IN),
        "account.end_all": Route("POST", SIGNED_IN),
        "own_password.show": Route("GET", SIGNED_IN),
        "own_password.change": Route("POST", SIGNED_IN),
        "own_authenticator.show": Route("GET", SIGNED_IN),
        "own_authenticator.set_up": Route("POST", SIGNED_IN),
        # Bookings
        "bookings.show": Route("GET", STAFF_WITH_NAMES),
        "bookings.as_csv_file": Route("GET", STAFF_WITH_NAMES),
        "bookings.as_excel_file": Route("GET", STAFF_WITH_NAMES),
        "booking.show": Route("GET", PERSONAL, _confirmed, _anothers_booking),
        "booking.keep": Route("POST", STAFF_WITH_NAMES, _confirmed, _anothers_booking),
        "booking.miss": Route("POST", STAFF_WITH_NAMES, _confirmed, _anothers_booking),
        "booking.unmark": Route("POST", STAFF_WITH_NAMES, _confirmed, _anothers_booking),
        "booking.restore": Route("POST", PERSONAL, _confirmed, _anothers_booking),
        "booking.finish": Route("POST", STAFF_WITH_NAMES, _confirmed, _anothers_booking),
        "booking.ask": Route("GET", PERSONAL, _confirmed, _anothers_booking),
        "booking.cancel": Route("POST", PERSONAL, _confirmed, _anothers_booking),
        "booking_move.show": Route("GET", PERSONAL, _confirmed, _anothers_booking),
        "booking_move.move": Route("POST", PERSONAL, _confirmed, _anothers_booking),
        "waiting.show": Route("GET", STAFF_WITH_NAMES),
        "waiting.ask": Route("GET", PERSONAL, _slot_to_wait_for, _no_slot),
        "waiting.join": Route("POST", PERSONAL, _slot_to_wait_for, _no_slot),
        "waiting.take": Route("POST", PERSONAL, _confirmed, _anothers_booking),
        # The operators' page: what everybody may be told
        "operators.show": Route("GET", SIGNED_IN),
        "operators.find": Route("POST", SIGNED_IN),
        "operators.suggest": Route("POST", SIGNED_IN),
        "operators.answer": Route("POST", SIGNED_IN, sends=lambda _: {"chosen": "entry:moving-in"}),
        # What operators have at hand: notices, sentences, stars, and what is asked now
        "bulletins.show": Route("GET", SIGNED_IN),
        "bulletins.board": Route("GET", SIGNED_IN),
        "bulletins.add": Route("GET POST", STAFF),
        "bulletins.one": Route("GET POST", STAFF, _bulletin, _anothers_bulletin),
        "bulletins.end": Route("POST", STAFF, _bulletin, _anothers_bulletin),
        "bulletins.read": Route("POST", SIGNED_IN, _bulletin, _no_row),
        # Opinions on drafts of the city
        "opinions.show": Route("GET", STAFF),
        "opinions.one": Route("GET", APPROVERS, _plan, _no_plan),
        "opinions.as_csv_file": Route("GET", APPROVERS, _plan, _no_plan),
        "opinion_acts.sort": Route(
            "POST", APPROVERS, with_act(_plan, "suggest"), with_act(_no_plan, "suggest")
        ),
        "opinion_acts.write": Route("POST", APPROVERS, _plan, _no_plan),
        "opinion_acts.submit": Route("POST", APPROVERS, _plan, _no_plan),
        "opinion_acts.decide": Route(
            "POST", APPROVERS, with_act(_plan, "publish"), with_act(_no_plan, "publish")
        ),
        "opinion_acts.enter": Route("POST", APPROVERS, _plan, _no_plan),
        # Notices to residents by topic
        "mailings.show": Route("GET", STAFF),
        "mailings.add": Route("GET POST", STAFF),
        "mailings.edit": Route("GET POST", STAFF, _mailing, _anothers_mailing),
        "mailing.show": Route("GET", STAFF, _mailing, _anothers_mailing),
        "mailing.change": Route(
            "POST", STAFF, with_act(_mailing, "submit"), with_act(_anothers_mailing, "submit")
        ),
        "mailing.approve": Route("POST", APPROVERS, _mailing, _no_row),
        "mailing.send_back": Route("POST", APPROVERS, _mailing, _no_row),
        # Proposals to work together with the city
        "collaboration_form.show": Route("GET", EVERYBODY, _collaboration_form, _no_link),
        "collaboration_form.send": Route("POST", EVERYBODY, _collaboration_form, _no_link),
        "collaborations_public.show": Route("GET", EVERYBODY),
        "collaborations_public.as_csv_file": Route("GET", EVERYBODY, by_machines=True),
        "collaborations.show": Route("GET", STAFF),
        "collaborations.of_year": Route("GET", STAFF, _year, _no_year),
        "collaborations.publish": Route("POST", APPROVERS, _year, _no_year),
        "collaboration.show": Route("GET", ADMINS, _collaboration, _no_row),
        "collaboration.step": Route("POST", ADMINS, _collaboration, _no_row),
        "collaboration.undo": Route("POST", ADMINS, _collaboration, _no_row),
        "collaboration.plan": Route("POST", ADMINS, _collaboration, _no_row),
        "collaboration.hand_over": Route("POST", ADMINS, _collaboration, _no_row),
        "collaboration.agree": Route("POST", ADMINS, _collaboration, _no_row),
        "collaboration.evaluate": Route("POST", ADMINS, _evaluation, _no_evaluation),
        "collaboration.whom": Route("POST", ADMINS & PERSONAL, _collaboration, _no_row),
        "canned.show": Route("GET", SIGNED_IN),
        "canned.part": Route("GET", SIGNED_IN),
        "canned.add": Route("GET POST", STAFF),
        "canned.one": Route("GET POST", APPROVERS, _canned, _anothers_canned),
        "canned.ask": Route("GET", APPROVERS, _canned, _anothers_canned),
        "canned.remove": Route("POST", APPROVERS, _canned, _anothers_canned),
        "favourites.mark": Route(
            "POST", SIGNED_IN, sends=lambda _: {"chosen": "entry:moving-in", "star": "yes"}
        ),
        "favourites.part": Route("GET", SIGNED_IN),
        "rising.board": Route("GET", SIGNED_IN),
        # The operators' desk: whoever may see personal data takes bookings for all
        "desk.show": Route("GET", PERSONAL),
        "desk.hold": Route("POST", PERSONAL, sends=lambda world: {"slot": str(world.slot())}),
        "desk.begin": Route("POST", PERSONAL, sends=lambda _: {"programme": CHECK_UP.programme}),
        "caller.show": Route("GET", PERSONAL, _held, _anothers_booking),
        "caller.send": Route("POST", PERSONAL, _held, _anothers_booking),
        "caller.told": Route("GET", PERSONAL, _confirmed, _anothers_booking),
        "finding.find": Route("POST", PERSONAL),
        # Calls and figures
        "calls.show": Route("GET", DESK),
        "calls.log": Route("POST", DESK),
        "calls.undo": Route("POST", DESK, _my_call, _anothers_call),
        "figures.show": Route("GET", STAFF),
        "figures.as_csv_file": Route("GET", STAFF),
        # The knowledge, and who changes it
        "knowledge.show": Route("GET", STAFF),
        "successions.show": Route("GET", STAFF),
        "freshness.show": Route("GET", STAFF),
        "freshness.uphold": Route("POST", STAFF),
        "freshness.undo": Route("POST", STAFF, _my_edition, _edition),
        "knowledge.of_kind": Route("GET", STAFF, _kind, _no_kind),
        "record.show": Route("GET", STAFF, _record, _no_record),
        "record_edit.begin_new": Route("GET", STAFF, _kind, _no_kind),
        "record_edit.send_new": Route("POST", STAFF, _kind, _no_kind),
        "record_edit.begin": Route("GET", STAFF, _record, _no_record),
        "record_edit.send": Route("POST", STAFF, _record, _no_record),
        "record_edit.preview": Route("POST", STAFF),
        "plainness.show": Route("POST", STAFF),
        "record_removal.ask": Route("GET", STAFF, _record, _no_record),
        "record_removal.send": Route("POST", STAFF, _record, _no_record),
        "record_files.show": Route("GET", STAFF, _kind, _no_kind),
        "record_files.bring": Route("POST", STAFF, _kind, _no_kind),
        "record_files.take": Route(
            "GET", STAFF, lambda _: {"kind": "faq", "ending": "csv"}, lambda _: {"kind": "x", "ending": "csv"}
        ),
        "proposals.show": Route("GET", STAFF),
        # Cases: whoever handed one over sees how it stands; words and acts are for its section, which nobody here is of
        "cases.show": Route("GET", SIGNED_IN),
        "case.show": Route("GET", SIGNED_IN, _my_case, _anothers_case),
        "case.now": Route("GET", SIGNED_IN, _my_case, _anothers_case),
        "case.person": Route("GET", ADMINS & PERSONAL, _my_case, _anothers_case),
        "photograph.show": Route(
            "GET", ADMINS & PERSONAL, _photograph(_my_case), _photograph(_anothers_case)
        ),
        "case_acts.do": Route("POST", ADMINS, with_act(_my_case, "take"), with_act(_anothers_case, "take")),
        "case_acts.reopen": Route("POST", ADMINS, _my_case, _anothers_case),
        "case_acts.note": Route("POST", ADMINS, _my_case, _anothers_case),
        "case_acts.assign": Route("POST", ADMINS, _my_case, _anothers_case),
        "case_acts.close": Route("POST", ADMINS, _my_case, _anothers_case),
        "case_reply.send": Route("POST", ADMINS, _my_case, _anothers_case),
        "case_reply.preview": Route("POST", ADMINS, _my_case, _anothers_case),
        "case_reply.quotes": Route("POST", ADMINS, _my_case, _anothers_case),
        "case_reply.telephone": Route("POST", ADMINS, _my_case, _anothers_case),
        "case_passing.send_on": Route("POST", ADMINS, _my_case, _anothers_case),
        "case_passing.elsewhere": Route("POST", ADMINS, _my_case, _anothers_case),
        "case_passing.preview": Route("POST", ADMINS, _my_case, _anothers_case),
        # Voices: whatever was published is everybody's, and any staff take it back
        "voices.show": Route("GET", STAFF),
        "voice.show": Route("GET", ADMINS, _voice, _no_row),
        "voice.tag": Route("POST", ADMINS, _voice, _no_row),
        "voice.untag": Route("POST", ADMINS, _voice, _no_row),
        "voice.share": Route("POST", ADMINS, _voice, _no_row),
        "voice.end_share": Route("POST", ADMINS, _voice, _no_row),
        "voice_publication.show": Route("GET", ADMINS, _voice, _no_row),
        "voice_publication.begin": Route("POST", ADMINS, _voice, _no_row),
        "voice_publication.decide": Route("POST", ADMINS, _voice, _no_row),
        "voice_publication.own": Route("POST", ADMINS, _voice, _no_row),
        "voice_publication.take_all": Route("POST", ADMINS, _voice, _no_row),
        "voice_publication.details": Route("POST", ADMINS, _voice, _no_row),
        "voice_publication.make_ready": Route("POST", ADMINS, _voice, _no_row),
        "voice_publication.send_back": Route("POST", ADMINS, _voice, _no_row),
        "voice_publication.confirm": Route("POST", ADMINS, _voice, _no_row),
        "voice_tags.show": Route("GET", STAFF),
        "voice_tags.rename": Route("POST", STAFF),
        "voice_tags.merge": Route("POST", STAFF),
        "voice_tags.undo": Route("POST", STAFF),
        "voices_published.show": Route("GET", STAFF),
        "voices_published.withdraw": Route("POST", STAFF, _published_voice, _no_row),
        "published_voices.show": Route("GET", EVERYBODY),
        "published_voices.one": Route("GET", EVERYBODY, _published_voice, _no_row),
        "published_voices.as_file": Route("GET", EVERYBODY, by_machines=True),
        "published_voices.as_feed": Route("GET", EVERYBODY, by_machines=True),
        "voice_figures.show": Route("GET", EVERYBODY),
        "voice_figures.as_file": Route("GET", EVERYBODY, by_machines=True),
        "voices_counted.show": Route("GET", STAFF),
        "case_voice.join": Route("POST", ADMINS, _my_case, _anothers_case),
        "case_voice.part": Route("POST", ADMINS, _my_case, _anothers_case),
        "case_voice.letter": Route("POST", ADMINS, _my_case, _anothers_case),
        "new_letter.show": Route("GET", SIGNED_IN),
        "new_letter.make": Route("POST", SIGNED_IN),
        # Questions that nobody could answer
        "unmatched.show": Route("GET", STAFF),
        "cluster.show": Route("GET", STAFF, _cluster, _anothers_cluster),
        "cluster.seek": Route("POST", STAFF, _cluster, _anothers_cluster),
        "cluster.do": Route("POST", STAFF, with_act(_cluster, "undo"), with_act(_anothers_cluster, "undo")),
        "cluster.attach": Route("POST", STAFF, _cluster, _anothers_cluster),
        "proposal.show": Route("GET", STAFF, _proposal, _anothers_proposal),
        "proposal.change": Route(
            "POST", STAFF, with_act(_proposal, "submit"), with_act(_anothers_proposal, "submit")
        ),
        "proposal.approve": Route("POST", APPROVERS, _proposal, _anothers_proposal),
        "proposal.send_back": Route("POST", APPROVERS, _proposal, _anothers_proposal),
        "proposal_edit.begin": Route("GET", STAFF, at_place(_proposal), at_place(_anothers_proposal)),
        "proposal_edit.send": Route("POST", STAFF, at_place(_proposal), at_place(_anothers_proposal)),
        "proposal_edit.drop": Route("POST", STAFF, at_place(_proposal), at_place(_anothers_proposal)),
        "proposal_edit.drop_clashing": Route("POST", STAFF, _proposal, _anothers_proposal),
        "history.show": Route("GET", STAFF),
        "history.edition": Route("GET", STAFF, _edition, _no_number),
        "history.of_record": Route(
            "GET", STAFF, lambda world: {"kind": "faq", "key": world.published()[1]}, _no_record
        ),
        "rolling_back.of_record": Route("POST", STAFF, _revision, _no_number),
        "rolling_back.of_edition": Route("POST", STAFF, _edition, _no_number),
        "ripples.show": Route("GET", STAFF, _proposal, _anothers_proposal),
        # Callbacks and slips: made by whoever takes a call
        "callbacks.show": Route("GET", SIGNED_IN),
        "new_callback.show": Route("GET", SIGNED_IN),
        "new_callback.begin": Route("POST", SIGNED_IN),
        "new_callback.make": Route("POST", SIGNED_IN),
        "callback.show": Route("GET", SIGNED_IN, _my_callback, _anothers_callback),
        "callback.do": Route(
            "POST", PERSONAL, with_act(_my_callback, "take"), with_act(_anothers_callback, "take")
        ),
        "callback.note_try": Route("POST", PERSONAL, _my_callback, _anothers_callback),
        "callback.promise": Route("POST", PERSONAL, _my_callback, _anothers_callback),
        "callback.give_up": Route("POST", PERSONAL, _my_callback, _anothers_callback),
        "operators.open_now": Route("GET", SIGNED_IN),
        "handed.show": Route("GET", SIGNED_IN),
        "handed.one": Route("GET", SIGNED_IN, _my_handed, _anothers_handed),
        "new_case.show": Route("GET", SIGNED_IN),
        "new_case.begin": Route("POST", SIGNED_IN),
        "new_case.whose": Route("POST", SIGNED_IN),
        "new_case.make": Route("POST", SIGNED_IN),
        "slips.show": Route("GET", SIGNED_IN),
        "new_slip.show": Route("GET", SIGNED_IN),
        "new_slip.begin": Route("POST", SIGNED_IN),
        "new_slip.make": Route("POST", SIGNED_IN),
        "slip.show": Route("GET", SIGNED_IN, _my_slip, _anothers_slip),
        "slip.do": Route("POST", ADMINS, with_act(_my_slip, "take"), with_act(_anothers_slip, "take")),
        "slip.finish": Route("POST", ADMINS, _my_slip, _anothers_slip),
        "slip.pass_on": Route("POST", ADMINS, _my_slip, _anothers_slip),
        # Help, and who leads
        "calls_for_help.show": Route("GET", SIGNED_IN),
        "calls_for_help.call": Route("POST", SIGNED_IN),
        "calls_for_help.end": Route("POST", SIGNED_IN, _my_help, _anothers_help),
        "calls_for_help.answer": Route("POST", LEADS, _help_to_give, _my_help),
        "team.show": Route("GET", LEADS),
        # What LINE did not take: an answer is of no section, so it is the administrators'
        "undelivered.show": Route("GET", STAFF),
        "undelivered.again": Route("POST", ADMINS, _undelivered, _no_row),
        "undelivered.told": Route("POST", ADMINS, _undelivered, _no_row),
        "undelivered.all_again": Route("POST", STAFF),
        "undelivered.all_told": Route("POST", STAFF),
        # Dangers that staff are told of; people of no section see those of none
        "alarms.show": Route("GET", STAFF),
        "alarms.one": Route("GET", ADMINS, _alarm, _no_row),
        "alarms.see": Route("POST", ADMINS, _alarm, _no_row),
        "alarms.handle": Route("POST", ADMINS, _alarm, _no_row),
        "alarms.open_words": Route("POST", ADMINS & PERSONAL, _alarm, _no_row),
        # Disaster mode; an operator reads what is said
        "disaster.show": Route("GET", SIGNED_IN),
        "disaster.one": Route("GET", STAFF, _disaster, _no_row),
        "disaster.propose": Route("GET POST", STAFF),
        "disaster.confirm": Route("POST", STAFF, _disaster, _no_row),
        "disaster.prolong": Route("POST", STAFF, _disaster, _no_row, sends=lambda _: {"hours": "24"}),
        "disaster.ask": Route("GET", STAFF, _disaster, _no_row),
        "disaster.end": Route("POST", STAFF, _disaster, _no_row),
        "measures.add": Route("GET POST", STAFF, _measure_to_be, _no_measure_to_be),
        "measures.one": Route("GET POST", STAFF, _measure, _no_measure),
        "measures.again": Route("POST", STAFF, _measure, _no_measure),
        "measures.end": Route("POST", STAFF, _measure, _no_measure),
        "displaced.called": Route("POST", PERSONAL, _displaced, _no_displaced),
        "measures.shelters": Route("GET POST", STAFF, _disaster, _no_row),
        "rehearsal.show": Route("GET", STAFF),
        "rehearsal.begin": Route("POST", STAFF),
        "rehearsal.attempt": Route("POST", STAFF, _rehearsal, sends=lambda _: {"words": "水が出ない"}),
        "rehearsal.adopt": Route("POST", STAFF, _rehearsal),
        "rehearsal.leave": Route("POST", STAFF, _rehearsal),
        "alarm_rules.show": Route("GET", ADMINS),
        "alarm_rules.change": Route("POST", ADMINS),
        "figures.as_excel_file": Route("GET", STAFF),
        # Times that can be booked
        "slots.show": Route("GET", STAFF),
        "slots.change_day": Route("POST", STAFF, sends=lambda _: {"day": "2026-12-24"}),
        "slot.show": Route("GET", STAFF, _slot, _anothers_slot),
        "slot.block": Route("POST", STAFF, _slot, _anothers_slot),
        "slot.unblock": Route("POST", STAFF, _slot, _anothers_slot),
        "slot.resize": Route("POST", STAFF, _slot, _anothers_slot),
        "slot.ask_to_close": Route("GET", STAFF, _slot, _anothers_slot),
        "slot.close": Route("POST", STAFF, _slot, _anothers_slot),
        "new_slot.show": Route("GET", STAFF),
        "new_slot.add": Route("POST", STAFF),
        "lots.show": Route("GET", STAFF_WITH_NAMES, _slot, _anothers_slot),
        "lots.draw": Route("POST", STAFF_WITH_NAMES, _slot, _anothers_slot),
        # Administration
        "accounts.roster": Route("GET", ADMINS),
        "accounts.add": Route("GET POST", ADMINS),
        "accounts.one": Route("GET POST", ADMINS, _account, _no_account),
        "account_acts.ask": Route(
            "GET", ADMINS, with_act(_account, "unbind"), with_act(_no_account, "unbind")
        ),
        "account_acts.do": Route("POST", ADMINS, with_act(_account, "link"), with_act(_no_account, "link")),
        "account_acts.switch": Route(
            "POST", ADMINS, with_act(_account, "disable"), with_act(_no_account, "disable")
        ),
        "account_acts.end_session": Route("POST", ADMINS, _session_of_account, _session_of_no_account),
        "run_settings.show": Route("GET POST", ADMINS),
        "api_tokens.show": Route("GET", ADMINS),
        "api_tokens.make": Route("POST", ADMINS),
        "api_tokens.ask": Route("GET", ADMINS, _api_token, _no_row),
        "api_tokens.revoke": Route("POST", ADMINS, _api_token, _no_row),
        "contacts.show": Route("GET", STAFF),
        "contacts.add": Route("GET POST", ADMINS),
        "contacts.change": Route("GET POST", ADMINS, _contact, _no_row),
        "contacts.move": Route("POST", ADMINS, _contact, _no_row),
        "contacts.attempt": Route("POST", ADMINS, _contact, _no_row),
        "contacts.tried": Route("GET", ADMINS, _contact, _no_row),
        "contacts.ask": Route("GET", ADMINS, _contact, _no_row),
        "contacts.remove": Route("POST", ADMINS, _contact, _no_row),
        "audit.show": Route("GET", ADMINS),
        "audit.check": Route("POST", ADMINS),
        "audit.take": Route("POST", ADMINS),
    }
)
"""By endpoint."""
