"""The pages as a browser meets them: the real application behind a real web server, with people who work there."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from werkzeug.serving import WSGIRequestHandler, make_server

from bot.app import create_app
from bot.city import LiveCity
from bot.relaying import RelayRules
from faq.counters import SectionId
from faq.disaster import ClosedOffice, MeasureId, OpenShelter, ShelterState, WasteNote, WaterPoint
from faq.marks import Decision
from faq.models import EntryId, OfficeId, ShelterId
from faq.photograph import Jpeg, reencode
from faq.plans import PlanId
from nlp.danger import DangerKind, Severity
from nlp.language import Language
from store import (
    alarm_acts,
    alarm_rules,
    alarms,
    api_tokens,
    bulletins,
    callbacks,
    calls_for_help,
    canned,
    case_acts,
    case_answers,
    case_for_caller,
    cases,
    collaboration_drafts,
    collaboration_evaluations,
    contacts,
    credentials,
    disaster,
    disaster_measures,
    disaster_switch,
    editions,
    invitations,
    knowledge,
    line_plan,
    links,
    mailing_batches,
    mailing_beginning,
    mailing_decisions,
    mailing_drafts,
    mailing_outcomes,
    opinion_groups,
    opinions,
    photographs,
    proposals,
    records,
    residents,
    sessions,
    slips,
    voice_preparations,
    voice_shares,
    voice_tags,
)
from store.accounts import Account
from store.alarm_rules import AlarmRule
from store.alarms import AlarmId
from store.api_tokens import TokenDraft, TokenId
from store.audit import COMMAND, ByAccount
from store.bookings import Booking
from store.bulletins import BulletinDraft, BulletinId, Urgency
from store.callbacks import CallbackDraft, CallbackId
from store.canned import CannedDraft, CannedId
from store.case_answers import In
from store.case_opening import CaseDraft
from store.cases import Case, CaseId, Reach
from store.collaboration_evaluations import EvaluationDraft
from store.collaboration_stages import Stage
from store.collaborations import CollaborationId
from store.contacts import ContactDraft, ContactId, Way
from store.db import Database, Tx
from store.disaster import Disaster
from store.disaster_measures import MeasureDraft
from store.editions import EditionId
from store.line_plan import Plan
from store.links import Purpose
from store.mailings import Mailing, MailingId, Words
from store.opinions import OpinionDraft
from store.particulars import Field
from store.photographs import PhotographId
from store.proposals import Change, Proposal, ProposalId
from store.published_voices import PublishedVoiceId
from store.sight import Role
from store.slips import SlipDraft, SlipId
from store.slots import SlotId
from store.tables import notices
from store.unmatched import ClusterId
from store.voice_preparations import Part
from tests.browser.gallery import gallery
from tests.faq.staff_files import ENTRY
from tests.handlers.opinions_town import NOVEMBER
from tests.line import SABURO, SECRET, TARO, Clock
from tests.mailings import DRAFT, follow
from tests.pictures import jpeg, picture
from tests.service import free_port
from tests.site import site_of
from tests.store.answered_voices import Desk, answered, told
from tests.store.collaborations import agreed, moved, proposed
from tests.store.inbox import asked, cluster_of
from tests.web.casework import Casework
from tests.web.conftest import Service
from tests.web.own_links import Owner
from tests.web.town import LEGAL, TOLD, Town
from web.oidc import Oidc
from web.provider import Provider

APP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""The secret of everybody's authenticator app."""


@dataclass(frozen=True)
class House:
    """The pages, where they are reached, and an account of each role that may see personal data."""

    service: Service
    address: str
    people: Mapping[Role, Account]
    beginner: Account
    """Has chosen a password, and no authenticator app yet."""

    def door(self, account: Account, *, proven: bool = True) -> dict[str, str]:
        """The cookie of somebody who is signed in, or has only given their password."""
        with self.service.site.database.write() as tx:
            token = sessions.begin(tx, account, CHROME, self.service.clock(), proven=proven)
        return {"name": "door", "value": token, "url": self.address}

    @cached_property
    def town(self) -> Town:
        """What can be booked: the legal advice on a Friday."""
        return Town(self.service, LEGAL).offer(LEGAL)

    @cached_property
    def free(self) -> SlotId:
        """A time with two places."""
        return self.town.slot(15, seats=2)

    @cached_property
    def held(self) -> Booking:
        """The only place at 13 o'clock, while a resident fills in the form."""
        return self.town.hold(self.town.slot(13))

    @cached_property
    def unanswered(self) -> ClusterId:
        """Questions that nobody could answer, and others that ask much the same."""
        with self.service.site.database.write() as tx:
            cluster_of(tx, [asked(tx, "ドローンを公園で飛ばしたい")])
            return cluster_of(tx, [asked(tx, "ドローンを飛ばしたい", TARO), asked(tx, "粗大ごみを出したい")])

    @cached_property
    def form(self) -> str:
        """The token of that form."""
        return self.town.link(self.held).removeprefix("/f/")

    @cached_property
    def booked(self) -> Booking:
        """What another resident has booked by the form."""
        return self.town.hold(self.town.slot(14), self.town.resident(TARO))

    @cached_property
    def receipt(self) -> str:
        """The token of what that resident sees, who has just sent it."""
        sent = self.service.visitor().send(self.town.link(self.booked), **TOLD)
        return sent.location.rpartition("/")[2]

    @cached_property
    def owner(self) -> Owner:
        """A resident with a case that is answered on a page of their own."""
        return Owner.of(self.service)

    @cached_property
    def own_voice(self) -> str:
        """The token of the page of who has just told the city something without LINE."""
        typed = {"kind": "proposal", "words": "公園のベンチが壊れています。", "answer": "page"}
        sent = self.service.visitor().send("/voices/new", **typed)
        return sent.location.partition("?")[0].rpartition("/")[2]

    @cached_property
    def pictured(self) -> tuple[CaseId, PhotographId]:
        """A case with a photograph."""
        case, made = self.owner.case, reencode(jpeg(picture(80, 60)))
        assert isinstance(made, Jpeg)
        with self.service.site.database.write() as tx:
            kept = photographs.keep(tx, made, case.resident, "a form", self.service.clock())
            photographs.attach(tx, [kept], case.id)
        return case.id, kept

    def own_link(self, purpose: Purpose, about: int = 0) -> str:
        """The token of a page that only they open."""
        return self.owner.link(purpose, about).rpartition("/")[2]

    @cached_property
    def plan(self) -> PlanId:
        """A draft that is open, with two opinions that staff have begun to sort."""
        now, by = self.service.clock(), opinions.OPEN_FORM
        with self.service.site.database.write() as tx:
            knowledge.take_in(tx, [NOVEMBER], now)
            for words in ("公園にベンチを増やしてほしい", "日陰が足りません"):
                draft = OpinionDraft(words, NOVEMBER.id, words, opinions.Way.FORM)
                opinions.send(tx, draft, by, now, now)
            first, _ = opinions.of_plan(tx, NOVEMBER.id)
            who = self.people[Role.ADMIN].viewer
            opinion_groups.suggest(tx, who, NOVEMBER.id, 1, {first.id: 0}, now)
        return NOVEMBER.id

    @cached_property
    def bulletin(self) -> BulletinId:
        """The urgent notice, of three to the desk: a disaster's, an urgent and an ordinary one."""
        return [_bulletin(self, urgency) for urgency in (Urgency.NORMAL, Urgency.DISASTER, Urgency.URGENT)][
            -1
        ]

    @cached_property
    def mailing(self) -> MailingId:
        """A mailing in two languages that waits for a second person."""
        with self.service.site.database.write() as tx:
            return _mailing(self, tx).id

    @cached_property
    def sent_mailing(self) -> MailingId:
        """One that was sent to some, refused for some, and stopped."""
        with self.service.site.database.write() as tx:
            now, chief = self.service.clock(), self.people[Role.APPROVER].viewer
            follow(tx, range(700), language=lambda number: (None, Language.ENGLISH)[number % 2])
            waits = _mailing(self, tx)
            mailing_decisions.approve(tx, chief, waits.id, waits.version, now)
            mailing_beginning.begin_next(tx, now)
            for settle in (mailing_outcomes.sent, mailing_outcomes.refused):
                batch = mailing_batches.claim(tx, "sender", now)
                assert batch is not None
                settle(tx, batch, now, 200 if settle is mailing_outcomes.sent else 400, "request")
            line_plan.keep(tx, Plan(5_000, 4_321, now))
            return waits.id

    def collaboration_link(self) -> str:
        """The token of the form of a resident who has typed something in the talk."""
        resident, now = self.owner.resident, self.service.clock()
        with self.service.site.database.write() as tx:
            draft = collaboration_drafts.begin(tx, resident, "公園の花壇をみんなで育てたい", now)
            life = timedelta(hours=1)
            return links.mint(tx, Purpose.COLLABORATION_FORM, resident, draft, life, now)

    @cached_property
    def collaborations(self) -> tuple[CollaborationId, ...]:
        """One that is just sent, one that is decided upon, one that is agreed upon and half evaluated."""
        chief, before = self.people[Role.ADMIN].viewer, self.service.clock() - timedelta(hours=2)
        hanako = self.owner.resident
        with self.service.site.database.write() as tx:
            sent, decided, running = (proposed(tx, hanako, once) for once in "abc")
            for stage in (Stage.ADVISED, Stage.DECIDED):
                decided = moved(tx, chief, decided, stage, before, words="話し合いをはじめます。")
            running = agreed(tx, chief, running, now=before)
            tx.connection.execute(notices.delete().where(notices.c.collaboration_step_id.is_not(None)))
            said = EvaluationDraft("花壇が3つできました。", "続けたい取り組みです。", "")
            collaboration_evaluations.write(
                tx, chief, running.id, running.version, 2026, said, self.service.clock()
            )
        return (sent.id, decided.id, running.id)

    @cached_property
    def canned(self) -> CannedId:
        """A sentence with two blanks."""
        text = "{氏名}様、{日時}に、こちらからお電話いたします。"
        draft = CannedDraft(None, "折り返しのお約束", "おりかえしのおやくそく", text)
        with self.service.site.database.write() as tx:
            made = canned.add(tx, self.people[Role.ADMIN].viewer, draft, self.service.clock())
        assert made is not None
        return made

    @cached_property
    def callback(self) -> CallbackId:
        """Who is to be called; what was promised an hour ago is late."""
        operator, now = self.people[Role.OPERATOR], self.service.clock()
        whom = {Field.NAME: "山田 花子", Field.TELEPHONE: "090-1234-5678"}
        with self.service.site.database.write() as tx:
            for once, hours in (("late", -1), ("soon", 1)):
                about = f"国民健康保険の還付について（{once}）"
                promise = CallbackDraft(operator.id, once, now + timedelta(hours=hours), None, about)
                made = callbacks.make(tx, promise, whom, now.date() + timedelta(days=14), now)
            calls_for_help.call(tx, operator.viewer, "むずかしいお尋ねです", now)
        return made

    @cached_property
    def alarm(self) -> AlarmId:
        """A danger that a section was told of; another was handled."""
        chief, now = self.people[Role.ADMIN].viewer, self.service.clock()
        rule = AlarmRule(SectionId("chuo-kumin"), talks=True)
        sea, dv = DangerKind.SEA, DangerKind.DV
        with self.service.site.database.write() as tx:
            alarm_rules.change(tx, chief, {sea: rule, dv: rule}, now)
            taro = residents.meet(tx, TARO, now).id
            handled = alarms.report(tx, taro, sea, Severity.NOW, "船が沈みそうです", now)
            assert handled is not None
            alarm_acts.handle(tx, chief, handled, "海上保安庁に知らせた。", now)
            made = alarms.report(tx, taro, dv, Severity.NOW, "夫に殴られています", now)
            assert made is not None
        return made

    @cached_property
    def disaster(self) -> Disaster:
        """One that waits to be confirmed, with something of each kind to say; a rehearsal stands beside it."""
        chief, now = self.people[Role.ADMIN].viewer, self.service.clock()
        hours = timedelta(hours=1)
        shelters = ShelterId("E4310000002111"), ShelterId("E4310000003111")
        whats = (
            OpenShelter(shelters[0], ShelterState.OPEN, "ペットは別の部屋です。"),
            ClosedOffice(OfficeId("K002"), now, now + 20 * hours, "停電のため。証明書は中央区役所へ。"),
            WaterPoint("水前寺江津湖公園", "中央区", "17時まで。容器は各自で。"),
            WasteNote("25日の燃やすごみの収集は、お休みします。"),
        )
        drafts = [MeasureDraft(each, "熊本市災害対策本部", "", now, now + hours) for each in whats]
        with self.service.site.database.write() as tx:
            made = disaster_switch.propose(tx, chief, disaster.Draft("大雨", None), now)
            rehearsed = disaster_switch.rehearse(tx, chief, disaster.Draft("地震", None), now)
            assert isinstance(made, Disaster)
            assert isinstance(rehearsed, Disaster)
            for each in (made, rehearsed):
                disaster_measures.say(tx, chief, each.id, drafts, now)
        return made

    @property
    def measure(self) -> MeasureId:
        """Something that is said of it."""
        with self.service.site.database.read() as tx:
            return disaster_measures.standing(tx, self.disaster.id)[0].measure.id

    @cached_property
    def slip(self) -> SlipId:
        """What a section has to do."""
        operator, now = self.people[Role.OPERATOR], self.service.clock()
        whom = {Field.NAME: "山田 花子", Field.TELEPHONE: "090-1234-5678"}
        draft = SlipDraft(operator.id, "1", SectionId("chuo-kumin"), "国民健康保険の還付", "通知が届かない。")
        with self.service.site.database.write() as tx:
            return slips.make(tx, draft, whom, now.date() + timedelta(days=30), now)

    @cached_property
    def handed(self) -> Case:
        """What an operator handed to a section for a caller."""
        operator, now = self.people[Role.OPERATOR], self.service.clock()
        whom = {Field.NAME: "山田 花子", Field.TELEPHONE: "090-1234-5678"}
        section, reach = SectionId("higashi-kumin"), Reach.TELEPHONE
        draft = CaseDraft("handed", section, "国保の還付", ("通知が届かない。",), ward="東区", reach=reach)
        promised, by = now + timedelta(hours=49), ByAccount(operator.id)
        with self.service.site.database.write() as tx:
            until = now.date() + timedelta(days=30)
            return case_for_caller.hand_over(tx, draft, whom, until, promised, by, now)

    @cached_property
    def case(self) -> CaseId:
        """A resident's case with all sorts of lines, which waits again for somebody at the city."""
        chief, now = self.people[Role.ADMIN].viewer, self.service.clock()
        work = Casework(self.service, chief)
        case = work.handed(work.resident(TARO), promised=timedelta(hours=-1), ward="中央区", urgent=True)
        words = "本人確認の書類と、転出証明書をお持ちください。"
        with self.service.site.database.write() as tx:
            case_acts.take(tx, chief, case.id, now)
            case_acts.note(tx, chief, case.id, "前にも同じお尋ねがあった。", now)
            version = cases.read(tx, case.id).version
            case_answers.answer(tx, chief, case.id, version, words, In.LINE, now)
        work.says(case, "子どもの分も要りますか。")
        work.handed(work.resident(TARO), subject="確定申告のしかた", promised=timedelta(hours=-2))
        return case.id

    @cached_property
    def case_called(self) -> CaseId:
        """A caller's case, which nobody has."""
        work = Casework(self.service, self.people[Role.ADMIN].viewer)
        return work.called(self.service.account("caller-taker", Role.OPERATOR).id).id

    @cached_property
    def voice(self) -> CaseId:
        """A voice with names and numbers in it that is being made ready; another waits for a second person."""
        desk = self._voice_desk
        with self.service.site.database.write() as tx:
            resident = residents.meet(tx, SABURO, self.service.clock()).id
            ready = answered(tx, desk, told(tx, resident, "voice-ready"))
            desk.ready(tx, ready)
            words = (
                "白川沿いの遊歩道の街灯が、三か所消えています。山田太郎と申します。娘の花子が塾の帰りに通るので心配です。"
                "\n電話は090-1111-2222です。東区健軍本町1-2-3に住んでいます。"
            )
            answer = "お知らせいただき、ありがとうございます。街灯は11月中に直します。担当は佐藤次郎です。"
            case = answered(tx, desk, told(tx, resident, "voice", words, subject="白川沿いの街灯"), answer)
            begun = desk.prepared(tx, case)
            voice_preparations.decide(
                tx,
                desk.clerk,
                case,
                begun.version,
                (Part.WORDS, 0),
                Decision.REPLACED,
                None,
                self.service.clock(),
            )
            for name in ("街灯", "夜の安全"):
                voice_tags.tag(tx, desk.clerk, case, name, self.service.clock())
            kocho = SectionId("honcho-kocho")
            voice_shares.share(tx, desk.clerk, case, kocho, 30, self.service.clock())
        return case

    @cached_property
    def voice_ready(self) -> CaseId:
        """One that a second person may confirm."""
        desk = self._voice_desk
        with self.service.site.database.write() as tx:
            resident = residents.meet(tx, SABURO, self.service.clock()).id
            case = answered(tx, desk, told(tx, resident, "voice-to-confirm", subject="江津湖の木道"))
            desk.ready(tx, case)
        return case

    @cached_property
    def public_voice(self) -> PublishedVoiceId:
        """What everybody reads."""
        desk = self._voice_desk
        with self.service.site.database.write() as tx:
            resident = residents.meet(tx, SABURO, self.service.clock()).id
            return desk.published(tx, answered(tx, desk, told(tx, resident, "voice-public"))).id

    @cached_property
    def _voice_desk(self) -> Desk:
        clerk = self.service.account("voice-clerk", Role.STAFF, section="chuo-kumin")
        chief = self.service.account("voice-approver", Role.APPROVER, section="chuo-kumin")
        return Desk(clerk.viewer, chief.viewer)

    edited = "edited"
    """An entry that has been changed."""

    @cached_property
    def edition(self) -> EditionId:
        """What was published: a change of that entry."""
        before = replace(ENTRY, id=EntryId(self.edited), question="試しの質問は何ですか", phrasings=())
        after = replace(before, answer="別の答えです。\n窓口は区役所です。")
        with self.service.site.database.write() as tx:
            knowledge.take_in(tx, [after], self.service.clock())
            change = Change("faq", before.id, before, after)
            return editions.note(tx, [change], COMMAND, "窓口が変わったため", None, self.service.clock())

    @cached_property
    def proposal(self) -> ProposalId:
        """A draft that changes and adds."""
        author = self.service.account("author", Role.STAFF).viewer
        with self.service.site.database.write() as tx:
            before = records.find(tx, "faq", "moving-in")
            after = replace(before, answer=before.answer.replace("日", "日間") + "\n持ち物はありません。")
            new = replace(ENTRY, id=EntryId("brand-new"), question="新しい質問は何ですか", phrasings=())
            changes = [Change("faq", "moving-in", before, after), Change("faq", new.id, None, new)]
            made = proposals.draft(tx, author, changes, "期限が変わったため", None, self.service.clock())
            assert isinstance(made, Proposal), made
            return made.id

    @cached_property
    def clashing(self) -> ProposalId:
        """Another, of a record that somebody else has changed since."""
        author = self.service.account("late", Role.STAFF).viewer
        self.edition  # noqa: B018 - makes the entry
        with self.service.site.database.write() as tx:
            before = records.find(tx, "faq", self.edited)
            mine = replace(before, answer="三つめの答えです。", category="試し")
            change, now = Change("faq", self.edited, before, mine), self.service.clock()
            made = proposals.draft(tx, author, [change], "答えを改めるため", None, now)
            assert isinstance(made, Proposal), made
            knowledge.take_in(tx, [replace(before, answer="四つめの答えです。")], now)
            return made.id

    @cached_property
    def api_token(self) -> TokenId:
        """A key of another program."""
        now = self.service.clock()
        draft = TokenDraft("コールセンターの通話ソフト", 600, now + timedelta(days=90))
        with self.service.site.database.write() as tx:
            return api_tokens.make(tx, self.people[Role.ADMIN].viewer, draft, now).id

    @cached_property
    def contact(self) -> ContactId:
        """Whom a section wants told, after a program and before a head who prefers a digest."""
        now, admin = self.service.clock(), self.people[Role.ADMIN].viewer
        mail = ContactDraft(
            SectionId("chuo-kumin"), Way.MAIL, "区民課の共有メール", "kumin@city.example", False, True
        )
        hook = replace(mail, way=Way.WEBHOOK, label="庁内のチャット", address="https://hooks.city.example/in")
        head = replace(mail, label="課長", address="kacho@city.example", digest=True)
        with self.service.site.database.write() as tx:
            made = [contacts.add(tx, admin, each, now) for each in (mail, hook, head)]
            contacts.move(tx, admin, made[1], True, now)
            return made[0].id

    def invitation(self) -> str:
        """The token of a first sign-in."""
        with self.service.site.database.write() as tx:
            now = self.service.clock()
            return invitations.invite(tx, self.beginner.id, COMMAND, now).token


NOBODY = Provider(f"http://127.0.0.1:{free_port()}", "helpdesk", "secret")
"""An identity provider that is away."""
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0.0.0 Safari/537.36"


@contextmanager
def open_house(database: Database, city: LiveCity) -> Iterator[House]:
    """Serves the pages on the loopback until they are left."""
    clock = Clock()
    site = site_of(database, city, clock, oidc=Oidc(NOBODY, "http://127.0.0.1:8000/login/sso/back"))
    service = Service(site, create_app(site, SECRET, lambda: None, RelayRules(), besides=(gallery,)), clock)
    server = make_server("127.0.0.1", 0, service.app, threaded=True, request_handler=_Quiet)
    serving = threading.Thread(target=server.serve_forever, args=(0.02,), name="pages", daemon=True)
    serving.start()
    try:
        people = {role: _with_app(service, role) for role in Role}
        beginner = service.account("beginner", Role.STAFF, personal=True)
        yield House(service, f"http://127.0.0.1:{server.port}", people, beginner)
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def _bulletin(house: House, urgency: Urgency) -> BulletinId:
    titles = {
        Urgency.DISASTER: "大雨警報：避難所を開いています",
        Urgency.URGENT: "東区役所の電話がつながりません",
        Urgency.NORMAL: "あすは証明書の発行機が止まります",
    }
    now = house.service.clock()
    text = "お尋ねには、中央区役所（096-328-2222）をご案内ください。"
    draft = BulletinDraft(urgency, titles[urgency], text, None, now, now + timedelta(hours=5))
    with house.service.site.database.write() as tx:
        made = bulletins.write(tx, house.people[Role.ADMIN].viewer, draft, now)
    assert made is not None
    return made


def _mailing(house: House, tx: Tx) -> Mailing:
    words = {
        Language.JAPANESE: Words(
            "予防接種のお知らせ",
            "1月から、予防接種の受け方が変わります。\nくわしくは、市のページをご覧ください。",
        ),
        Language.ENGLISH: Words("Vaccinations", "From January, the way to get vaccinations changes."),
    }
    now, by = house.service.clock(), house.people[Role.ADMIN].viewer
    draft = replace(DRAFT, words=words, section=None, not_after=now + timedelta(days=2))
    made = mailing_drafts.write(tx, by, draft, now)
    assert isinstance(made, Mailing)
    submitted = mailing_decisions.submit(tx, by, made.id, made.version, now)
    assert isinstance(submitted, Mailing)
    return submitted


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_: object) -> None:
        """Say nothing."""


def _with_app(service: Service, role: Role) -> Account:
    account = service.account(role.value, role, personal=True)
    with service.site.database.write() as tx:
        credentials.set_authenticator(tx, account.id, APP, 0, service.clock())
    return account
