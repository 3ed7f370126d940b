"""People who keep the knowledge true, at their browsers, and the forms that they fill in."""

import html
import re
from dataclasses import dataclass

from werkzeug.test import TestResponse

from bot.rippling import Rippling
from faq.models import Answerer, LabelledQuestion
from store import knowledge, records
from store.sight import Role
from tests.faq.staff_files import ENTRY
from tests.web.conftest import Service, Visitor

LABEL = LabelledQuestion("q1", ENTRY.question, ENTRY.id, 2, Answerer.QUESTION)
WHY = "期限が変わったため"
MOVING = "/staff/knowledge/faq/edit/moving-in"


def fields_of(page: TestResponse) -> dict[str, str | list[str]]:
    """What the form on a page would send as it stands, without its button."""
    form = re.search(r'<form class="fields".*?</form>', page.text, re.DOTALL)
    assert form is not None, page.text
    found: dict[str, str | list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", form[0]):
        named = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if "name" in named and (named.get("type") not in ("checkbox", "radio") or " checked" in tag):
            name, value = (html.unescape(named.get(each, "")) for each in ("name", "value"))
            ticked = found.setdefault(name, [])
            found[name] = [*ticked, value] if named.get("type") == "checkbox" else value
    for name, text in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form[0], re.DOTALL):
        found[html.unescape(name)] = html.unescape(text).removeprefix("\r\n")
    for name, inner in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form[0], re.DOTALL):
        chosen = re.search(r'<option [^>]*?selected[^>]*?value="([^"]*)"', inner)
        found[html.unescape(name)] = html.unescape(chosen[1]) if chosen else ""
    return found


@dataclass(frozen=True)
class Editor:
    """Somebody at a browser."""

    service: Service
    visitor: Visitor

    @classmethod
    def of(cls, service: Service, name: str, role: Role = Role.STAFF) -> "Editor":
        return cls(service, service.signed_in(service.account(name, role)))

    def opens(self, path: str) -> TestResponse:
        page = self.visitor.get(path)
        assert page.status_code == 200, (path, page.status_code)
        return page

    def sends(self, path: str, page: TestResponse, act: str = "submit", **changed: object) -> TestResponse:
        """Sends the form that lies open, changed so; names of columns stand for their fields."""
        fields = {**fields_of(page), "act": act, "cell-why": WHY}
        fields |= {f"cell-{name}": value for name, value in changed.items()}  # type: ignore[misc]
        return self.visitor.client.post(path, data=fields)

    def edits(self, path: str, act: str = "submit", **changed: object) -> TestResponse:
        """Opens a form and sends it."""
        return self.sends(path, self.opens(path), act, **changed)

    def presses(self, path: str, act: str, **fields: object) -> TestResponse:
        """A button of a proposal's page."""
        page = self.opens(path)
        version = re.search(r'name="version" value="(\d+)"', page.text)
        assert version is not None
        return self.visitor.send(path, f"{path}/{act}", version=version[1], **fields)

    def approves(self, path: str, **fields: object) -> TestResponse:
        """Lets a proposal pass, once the service has found out what it does to the answers."""
        chore, now = Rippling(self.service.site.database, self.service.site.city), self.service.clock()
        while chore.step(now):
            pass
        return self.presses(path, "approve", **({"when": "now"} | fields))


def answer_of(service: Service, entry: str = "moving-in") -> str | None:
    """What residents are told now; None where there is no such entry."""
    with service.site.database.read() as tx:
        found = records.find(tx, "faq", entry)
    return found.answer if found else None


def stocked(service: Service) -> Service:
    """With the entry of the tests alone, so that a replay is quick."""
    with service.site.database.write() as tx:
        knowledge.take_in(tx, [ENTRY], service.clock(), replace_all=True)
        knowledge.take_in(tx, [LABEL], service.clock(), replace_all=True)
    return service
