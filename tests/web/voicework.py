"""Voices on the pages: residents who told them, and the section's people at their browsers."""

import re
from dataclasses import dataclass
from itertools import count

from werkzeug.test import TestResponse

from faq.counters import SectionId
from store import residents
from store.cases import CaseId
from store.published_voices import PublishedVoiceId
from store.sight import Role
from tests.store.answered_voices import ANSWER, SUBJECT, WORDS, Desk, answered, told
from tests.web.conftest import Service, Visitor

KUMIN, HIGASHI = SectionId("chuo-kumin"), SectionId("higashi-kumin")


@dataclass
class Voicework:
    """A section, its clerk and its approver."""

    service: Service
    desk: Desk
    clerk: Visitor
    approver: Visitor

    @classmethod
    def of(cls, service: Service) -> "Voicework":
        clerk = service.account("clerk", Role.STAFF, section=KUMIN)
        approver = service.account("approver", Role.APPROVER, section=KUMIN)
        desk = Desk(clerk.viewer, approver.viewer)
        return cls(service, desk, service.signed_in(clerk), service.signed_in(approver))

    def told(self, subject: str = SUBJECT, words: str = WORDS, **about: object) -> CaseId:
        """A voice that nobody has answered yet."""
        with self.service.site.database.write() as tx:
            resident = residents.meet(tx, f"U{next(_numbers):032}", self.service.clock()).id
            return told(tx, resident, words=words, subject=subject, **about).case.id  # type: ignore[arg-type]

    def answered(
        self, subject: str = SUBJECT, words: str = WORDS, answer: str = ANSWER, **about: object
    ) -> CaseId:
        with self.service.site.database.write() as tx:
            resident = residents.meet(tx, f"U{next(_numbers):032}", self.service.clock()).id
            voice = told(tx, resident, words=words, subject=subject, **about)  # type: ignore[arg-type]
            return answered(tx, self.desk, voice, answer)

    def published(
        self, subject: str = SUBJECT, words: str = WORDS, answer: str = ANSWER, **about: object
    ) -> PublishedVoiceId:
        case = self.answered(subject, words, answer, **about)
        with self.service.site.database.write() as tx:
            return self.desk.published(tx, case).id

    def other(self, section: SectionId = HIGASHI, role: Role = Role.STAFF) -> Visitor:
        """Somebody of another section."""
        return self.service.signed_in(self.service.account(f"other-{next(_numbers)}", role, section=section))


def at(case: CaseId, act: str = "") -> str:
    return f"/staff/voices/{case}{act}"


def sends(visitor: Visitor, case: CaseId, act_: str, /, **fields: object) -> TestResponse:
    """Sends a form of the page of publication, with the version that it shows."""
    page = visitor.get(at(case, "/publication")).text
    data = {"csrf_token": hidden(page, "csrf_token"), "version": hidden(page, "version"), **fields}
    return visitor.client.post(at(case, f"/publication/{act_}"), data=data, headers=visitor.headers)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, f"there is no {name}"
    return found[1]


_numbers = count(1)
