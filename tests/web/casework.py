"""Cases on the pages: residents and an operator who hand them over, and the section's people at their browsers."""

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from werkzeug.test import TestResponse

from faq.counters import SectionId
from faq.models import EntryId
from faq.retention import Purpose
from nlp.japan import today
from store import case_opening, case_saying, case_talk, cases, particulars, residents
from store.audit import ByAccount, ByResident
from store.case_opening import CaseDraft
from store.case_talk import Entry
from store.cases import Case, Reach
from store.particulars import Field
from store.residents import ResidentId
from store.sight import AccountId, Role, Viewer
from tests.line import HANAKO
from tests.web.conftest import Service, Visitor

KUMIN, HIGASHI = SectionId("chuo-kumin"), SectionId("higashi-kumin")
SUBJECT, SAID = "転入届の持ち物", "引っ越しの手続きに何を持って行けばよいか知りたい"
LIST = "/staff/cases"


@dataclass(frozen=True)
class Casework:
    """What happens around the pages."""

    service: Service
    chief: Viewer

    def resident(self, line_id: str = HANAKO) -> ResidentId:
        with self.service.site.database.write() as tx:
            return residents.meet(tx, line_id, self.service.clock()).id

    def handed(
        self,
        resident: ResidentId | None = None,
        section: SectionId = KUMIN,
        subject: str = SUBJECT,
        promised: timedelta | None = timedelta(hours=4),
        **more: object,
    ) -> Case:
        """A case that a resident has just handed over in LINE."""
        mine, now = resident or self.resident(), self.service.clock()
        draft = CaseDraft(f"once-{next(_numbers)}", section, subject, (SAID,), EntryId("moving-in"), **more)  # type: ignore[arg-type]
        with self.service.site.database.write() as tx:
            until = now + promised if promised is not None else None
            made = case_opening.open_case(tx, draft, until, ByResident(mine), now)
        assert isinstance(made, Case)
        return made

    def called(self, operator: AccountId, section: SectionId = KUMIN) -> Case:
        """A case that an operator has just handed over for a caller, who left name and telephone."""
        now, whom = self.service.clock(), {Field.NAME: "山田 花子", Field.TELEPHONE: "090-1234-5678"}
        by = ByAccount(operator)
        with self.service.site.database.write() as tx:
            until = today(now) + timedelta(days=30)
            kept = particulars.keep(tx, Purpose.CASE, whom, None, until, by, now)
            draft = CaseDraft(
                f"once-{next(_numbers)}", section, SUBJECT, (SAID,), reach=Reach.TELEPHONE, particulars=kept
            )
            made = case_opening.open_case(tx, draft, now + timedelta(hours=4), by, now)
        assert isinstance(made, Case)
        return made

    def says(self, case: Case, words: str) -> None:
        """The resident adds something."""
        assert case.resident is not None
        with self.service.site.database.write() as tx:
            came = case_saying.say(tx, case.resident, case.id, words, self.service.clock())
        assert isinstance(came, Case)

    def now(self, case: Case) -> Case:
        """The case as it stands."""
        with self.service.site.database.read() as tx:
            return cases.read(tx, case.id)

    def talk(self, case: Case) -> tuple[Entry, ...]:
        """What was said and done, as an administrator reads it."""
        with self.service.site.database.write() as tx:
            return case_talk.talk_of(tx, self.chief, case.id, self.service.clock())

    def clerk(self, name: str = "clerk", section: SectionId = KUMIN, **rights: bool) -> Visitor:
        """Somebody of the section, at a browser."""
        return self.service.signed_in(self.service.account(name, Role.STAFF, section=section, **rights))


def casework_of(service: Service) -> Casework:
    """With an administrator who looks on."""
    return Casework(service, service.account("chief", Role.ADMIN).viewer)


def at(case: Case, act: str = "") -> str:
    """The address of a case's page, or of what is done there."""
    return f"{LIST}/{case.id}{act}"


def sends(visitor: Visitor, case: Case, to: str, page: str | None = None, **fields: str) -> TestResponse:
    """Sends a form of the page with what it was opened with: `reply_words="x"` is the field `reply-words`."""
    form = opened(visitor, case) if page is None else page
    told = {name.replace("_", "-", 1): value for name, value in fields.items()}
    prefixes = {name.partition("-")[0] for name in told if "-" in name}
    for prefix in prefixes:
        for name in ("version", "seen"):
            told.setdefault(f"{prefix}-{name}", _hidden(form, f"{prefix}-{name}"))
    return visitor.client.post(at(case, to), data={"csrf_token": _hidden(form, "csrf_token"), **told})


def opened(visitor: Visitor, case: Case) -> str:
    """The page of the case."""
    answer = visitor.get(at(case))
    assert answer.status_code == 200
    return answer.text


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found is not None, f"there is no {name}"
    return found[1]


_numbers = count(1)
