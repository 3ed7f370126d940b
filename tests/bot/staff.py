"""A section with contacts, cases that it is handed, and the clock that tells it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot import spreading
from bot.city import LiveCity
from bot.staff_words import Saying
from faq.counters import SectionId
from store import case_acts, case_opening, cases, contacts, residents, staff_notices
from store.audit import ByResident
from store.case_opening import CaseDraft
from store.cases import Case, CaseId
from store.contacts import Contact, ContactDraft, Way
from store.db import Database
from store.sight import Role, Viewer
from store.staff_notices import StaffNoticeKind
from store.tables import staff_notices as notices_table
from store.tables import tellings as tellings_table
from tests.conftest import NOON
from tests.line import HANAKO
from tests.store.cases import KUMIN, person

MAIL, GROUP = "madoguchi@city.example", "C" + "1" * 32


@dataclass
class Staff:
    """All of it, over a database."""

    database: Database
    city: LiveCity
    now: datetime = NOON
    failures: list[str] = field(default_factory=list)
    admin: Viewer = field(init=False)

    def __post_init__(self) -> None:
        with self.database.write() as tx:
            self.admin = person(tx, "admin", Role.ADMIN, None)

    def clock(self) -> datetime:
        return self.now

    def add(
        self, way: Way = Way.MAIL, address: str = MAIL, section: SectionId = KUMIN, **more: bool
    ) -> Contact:
        """One more contact, behind the others."""
        wishes = {"digest": False, "office_hours": False} | more
        with self.database.write() as tx:
            draft = ContactDraft(section, way, "係", address, **wishes)
            return contacts.add(tx, self.admin, draft, NOON)

    def case(self, once: str = "1", section: SectionId = KUMIN) -> Case:
        """A case that a resident hands over now."""
        with self.database.write() as tx:
            by = ByResident(residents.meet(tx, HANAKO, NOON).id)
            draft = CaseDraft(once, section, "国保の還付", ("還付の通知が届かない",))
            made = case_opening.open_case(tx, draft, self.now + timedelta(hours=4), by, self.now)
        assert isinstance(made, Case)
        return made

    def take(self, case: CaseId) -> None:
        with self.database.write() as tx:
            assert isinstance(case_acts.take(tx, self.admin, case, self.now), Case)

    def hand_back(self, case: CaseId) -> None:
        with self.database.write() as tx:
            assert isinstance(case_acts.hand_back(tx, self.admin, case, self.now), Case)

    def close(self, case: CaseId) -> None:
        with self.database.write() as tx:
            seen = cases.find(tx, self.admin, case)
            assert seen is not None
            closed = case_acts.close(tx, self.admin, case, seen.version, cases.Ending.SOLVED, "", self.now)
            assert isinstance(closed, Case)

    def tell(self, about: object, kind: StaffNoticeKind, occasion: str = "1") -> None:
        with self.database.write() as tx:
            staff_notices.tell(tx, about, kind, self.now, occasion)  # type: ignore[arg-type]

    def after(self, **units: float) -> list[tuple[str, int]]:
        """What the clock plans then: the kind of each telling, and its contact."""
        self.now += timedelta(**units)
        with self.database.read() as tx:
            before = tx.connection.scalar(sa.select(sa.func.max(tellings_table.c.id))) or 0
        with self.database.write() as tx:
            city = self.city.current(tx)
            spreading.remind(tx, spreading.reminders(tx, city, self.now), self.now)
            spreading.digest(tx, city, self.now)
            spreading.spread(tx, city, Saying.of(self.city), self._report, self.now)
        assert self.failures == []
        return [(row.kind, row.contact_id) for row in self.rows() if row.id > before]

    def rows(self) -> list[sa.Row[tuple[object, ...]]]:
        """All tellings, with the kind of their notice."""
        query = sa.select(tellings_table, notices_table.c.kind).join(notices_table)
        with self.database.read() as tx:
            return list(tx.connection.execute(query.order_by(tellings_table.c.id)))

    def states(self) -> dict[str, str]:
        """What became of each notice, by its kind; of the last of a kind."""
        query = sa.select(notices_table.c.kind, notices_table.c.state).order_by(notices_table.c.id)
        with self.database.read() as tx:
            return {row.kind: row.state for row in tx.connection.execute(query)}

    def _report(self, what: str, error: Exception) -> None:
        self.failures.append(f"{what}: {error!r}")
