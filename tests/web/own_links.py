"""A resident with a case, and the pages that are opened from the talk by links of their own."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import sqlalchemy as sa

from faq.counters import SectionId
from store import case_answers, cases, links, particulars, residents
from store.audit import SERVICE
from store.case_answers import In
from store.case_talk import EntryId
from store.cases import Case
from store.db import Database
from store.links import Purpose
from store.particulars import Field
from store.residents import ResidentId
from store.sight import Role
from store.tables import audit, case_entries
from tests.store.cases import handed, person
from tests.web.conftest import Service

PATHS = {
    Purpose.CASE_FORM: "c",
    Purpose.CASE_ANSWER: "a",
    Purpose.MY_DATA: "me",
    Purpose.VOICE_FORM: "v",
    Purpose.OPINION_FORM: "o",
}
_numbers = count(1)


@dataclass(frozen=True)
class Owner:
    """A resident who handed over a case."""

    service: Service
    resident: ResidentId
    case: Case

    @classmethod
    def of(cls, service: Service, line_id: str = "U" + "7" * 32) -> "Owner":
        with service.site.database.write() as tx:
            resident = residents.meet(tx, line_id, service.clock()).id
            return cls(service, resident, handed(tx, resident))

    @property
    def database(self) -> Database:
        return self.service.site.database

    def link(self, purpose: Purpose, about: int = 0, life: timedelta = timedelta(minutes=30)) -> str:
        """The path of the page."""
        with self.database.write() as tx:
            token = links.mint(tx, purpose, self.resident, about, life, self.service.clock())
        return f"/{PATHS[purpose]}/{token}"

    def answered(self, words: str, how: In = In.PAGE) -> EntryId:
        """Somebody of the section answers."""
        with self.database.write() as tx:
            clerk = person(tx, f"clerk-{next(_numbers)}", Role.ADMIN, SectionId("chuo-kumin"))
            now = cases.read(tx, self.case.id)
            answer = case_answers.answer(tx, clerk, now.id, now.version, words, how, self.service.clock())
            assert isinstance(answer, Case), answer
            return EntryId(tx.connection.scalar(sa.select(sa.func.max(case_entries.c.id))))

    def now(self) -> Case:
        with self.database.read() as tx:
            return cases.read(tx, self.case.id)

    def told(self) -> dict[Field, str]:
        """Whom to telephone."""
        kept = self.now().particulars
        assert kept is not None
        with self.database.write() as tx:
            return dict(particulars.read(tx, kept, SERVICE, self.service.clock()))

    def acts(self) -> list[str]:
        with self.database.read() as tx:
            return list(tx.connection.scalars(sa.select(audit.c.act).order_by(audit.c.id)))
