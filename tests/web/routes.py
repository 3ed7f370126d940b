"""The nouns of the table of routes: kinds of visitors, what they find, and what is expected of a route."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Final

from faq.counters import SectionId
from faq.models import EntryId
from faq.programmes import ProgrammeId
from faq.terms import Sort, Terms
from store import bulletins, canned, editions, knowledge, mailing_drafts, residents, sessions
from store.accounts import Account
from store.audit import COMMAND
from store.bookings import Booking
from store.bulletins import BulletinDraft, BulletinId, Urgency
from store.canned import CannedDraft, CannedId
from store.collaborations import CollaborationId
from store.editions import EditionId
from store.mailings import Mailing, MailingId
from store.proposals import Change, ProposalId
from store.sight import Role, Viewer
from store.slots import SlotId
from tests.faq.staff_files import ENTRY
from tests.mailings import DRAFT
from tests.store.collaborations import proposed
from tests.store.editors import drafted, editor
from tests.store.town import FRIDAY
from tests.web.conftest import Service
from tests.web.town import LEGAL, TOLD, Town

Values = Mapping[str, object]
"""What stands in an address."""


@dataclass(frozen=True, slots=True)
class Person:
    """A kind of visitor; without a role they are not signed in."""

    role: Role | None = None
    personal: bool = False
    leads: bool = False
    outside: bool = False

    def __str__(self) -> str:
        rights = (
            (" with personal data", self.personal),
            (" who leads", self.leads),
            (" of a contractor", self.outside),
        )
        return f"{self.role or 'nobody'}{''.join(right for right, has in rights if has)}"


NOBODY: Final = Person()
PEOPLE: Final = (
    NOBODY,
    *(Person(role, personal) for role in Role for personal in (False, True)),
    Person(Role.OPERATOR, leads=True),
    *(Person(Role.OPERATOR, personal, outside=True) for personal in (False, True)),
    Person(Role.OPERATOR, leads=True, outside=True),
)

EVERYBODY: Final = frozenset(PEOPLE)
SIGNED_IN: Final = EVERYBODY - {NOBODY}
OPERATORS: Final = frozenset(each for each in PEOPLE if each.role in (Role.OPERATOR, Role.ADMIN))
STAFF: Final = frozenset(each for each in PEOPLE if each.role in (Role.STAFF, Role.APPROVER, Role.ADMIN))
APPROVERS: Final = frozenset(each for each in PEOPLE if each.role in (Role.APPROVER, Role.ADMIN))
ADMINS: Final = frozenset(each for each in PEOPLE if each.role is Role.ADMIN)
PERSONAL: Final = frozenset(each for each in PEOPLE if each.personal)
STAFF_WITH_NAMES: Final = STAFF & PERSONAL
LEADS: Final = frozenset(each for each in PEOPLE if each.leads or each.role is Role.ADMIN)
DESK: Final = frozenset(each for each in PEOPLE if each.role in (Role.OPERATOR, Role.APPROVER, Role.ADMIN))


@dataclass(frozen=True, slots=True)
class World:
    """The service, and what the visitor of one request finds there."""

    service: Service
    me: Account | None
    """None: they are not signed in."""

    def somebody(self, person: Person) -> Account:
        """An account of its own for this kind of person."""
        assert person.role is not None
        rights = {"personal": person.personal, "leads": person.leads, "outside": person.outside}
        return self.service.account(f"person-{next(_numbers)}", person.role, **rights)

    def another(self) -> Account:
        """A colleague whom no other request touches."""
        return self.somebody(Person(Role.OPERATOR))

    def slot(self, terms: Terms = LEGAL) -> SlotId:
        """A time with one place."""
        days, minute = divmod(next(_times), 24 * 60)
        return Town(self.service, terms).slot(*divmod(minute, 60), FRIDAY + timedelta(days=days))

    def held(self, terms: Terms = LEGAL) -> Booking:
        """A place that a resident holds."""
        town = Town(self.service, terms)
        return town.hold(self.slot(terms), town.resident(f"U{next(_numbers):032}"))

    def proposal(self, section: SectionId | None = None) -> ProposalId:
        """A new entry that somebody of a section proposes."""
        with self.service.site.database.write() as tx:
            return drafted(tx, editor(tx, f"editor-{next(_numbers)}", section=section)).id

    def confirmed(self) -> Booking:
        """A booking that a resident made by the form."""
        held, town = self.held(), Town(self.service, LEGAL)
        who = "".join("あいうえおかきくけこ"[int(digit)] for digit in str(next(_numbers)))
        sent = self.service.visitor().send(town.link(held), **(TOLD | {"kana": f"くまもと {who}"}))
        assert sent.status_code == 303, sent.text
        return town.now(held)

    def chief(self) -> Viewer:
        """An administrator who writes what a request finds there."""
        return self.somebody(Person(Role.ADMIN)).viewer

    def collaboration(self) -> CollaborationId:
        """A proposal that a resident has sent."""
        with self.service.site.database.write() as tx:
            resident = residents.meet(tx, f"U{next(_numbers):032}", self.service.clock()).id
            return proposed(tx, resident).id

    def bulletin(self, section: SectionId | None = None) -> BulletinId:
        """A notice to the desk."""
        now, chief = self.service.clock(), self.chief()
        told = Urgency.NORMAL, "窓口の休み", "きょうは休みです。", section
        with self.service.site.database.write() as tx:
            made = bulletins.write(tx, chief, BulletinDraft(*told, now, now + timedelta(hours=1)), now)
        assert made is not None
        return made

    def mailing(self, section: SectionId | None = None) -> MailingId:
        """A mailing that nobody has handed in yet."""
        now, chief = self.service.clock(), self.chief()
        draft = replace(DRAFT, section=section, not_after=now + timedelta(days=1))
        with self.service.site.database.write() as tx:
            made = mailing_drafts.write(tx, chief, draft, now)
        assert isinstance(made, Mailing)
        return made.id

    def canned(self, team: SectionId | None = None) -> CannedId:
        """A sentence with a blank."""
        now, chief = self.service.clock(), self.chief()
        with self.service.site.database.write() as tx:
            made = canned.add(tx, chief, CannedDraft(team, "折り返し", "おりかえし", "{氏名}様"), now)
        assert made is not None
        return made

    def published(self, by: Account | None = None) -> tuple[EditionId, str]:
        """What somebody, or a command, published just now, and the entry that it changed."""
        number = next(_numbers)
        entry = replace(ENTRY, id=EntryId(f"old-{number}"), question=f"{number}番は何ですか", phrasings=())
        change, now = Change("faq", entry.id, None, entry), self.service.clock()
        with self.service.site.database.write() as tx:
            knowledge.take_in(tx, [entry], now)
            who = by.id if by else COMMAND
            return editions.note(tx, [change], who, "試し", None, now), entry.id

    @property
    def keeps_a_section(self) -> bool:
        """Whether they see what is their own section's alone: here, what is of no section."""
        return self.me is not None and self.me.role in (Role.STAFF, Role.APPROVER)

    @property
    def sees_own_alone(self) -> bool:
        """Whether others' callbacks are hidden from them: those of other sections, or all."""
        hired = self.me is not None and self.me.outside and not self.me.personal and not self.me.leads
        return self.keeps_a_section or hired

    def session_of(self, account: Account) -> int:
        """An open session of that account."""
        with self.service.site.database.write() as tx:
            sessions.begin(tx, account, "elsewhere", self.service.clock(), proven=True)
            return sessions.of(tx, account.id, self.service.clock())[0].id


_numbers = count(1)
_times = count()
ELSEWHERE: Final = replace(LEGAL, programme=ProgrammeId("tax"), section=SectionId("chuo-kumin"))
"""What another section keeps."""
CHECK_UP: Final = replace(LEGAL, programme=ProgrammeId("inheritance"), sort=Sort.APPLICATION)
"""What is applied for without times."""


def _nothing(_: World) -> Values:
    return {}


def _nothing_sent(_: World) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Route:
    """What is expected of a route."""

    methods: str
    people: frozenset[Person]
    mine: Callable[[World], Values] = _nothing
    """What the address names, where it is theirs to see."""
    others: Callable[[World], Values] | None = None
    """The same, where it is not, or not there at all; None: the address names no record."""
    sends: Callable[[World], Mapping[str, str]] = _nothing_sent
    """What stands in the form, where an empty one names nothing."""
    by_machines: bool = False
    """What comes proves itself otherwise, or changes nothing: no form token is asked for."""
    away: bool = False
    """It sends people to another host on purpose."""

    @property
    def is_closed(self) -> bool:
        """Whether it asks who comes."""
        return self.people != EVERYBODY
