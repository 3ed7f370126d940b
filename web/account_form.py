"""The form of an account: who somebody is, and what they may do."""

import re
from collections.abc import Iterable
from typing import Final

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField, ValidationError
from wtforms import Field as FormField

from faq.counters import Section, SectionId
from faq.models import Office
from store.accounts import LONGEST_NAME, Account, Draft, folded, may_be_outside
from store.sight import Role
from web.site import site
from web.typed import one_line

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._@-]*")
"""What can be read out on the telephone and typed on any keyboard."""
_LONGEST_SHOWN: Final = 60


class AccountForm(FlaskForm):  # type: ignore[misc]
    """Made by `form_for`, which knows the sections."""

    name = StringField()
    shown = StringField()
    role = RadioField()
    section = SelectField()
    personal = BooleanField()
    leads = BooleanField()
    outside = BooleanField()

    def validate_name(self, field: FormField) -> None:
        name = folded(field.data or "")
        if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
            raise ValidationError(site().say("account_form.name.wrong", most=LONGEST_NAME))

    def validate_shown(self, field: FormField) -> None:
        if not 0 < len(one_line(field.data)) <= _LONGEST_SHOWN:
            raise ValidationError(site().say("account_form.shown.wrong", most=_LONGEST_SHOWN))

    def validate_outside(self, field: FormField) -> None:
        if field.data and self.role.data in set(Role) and not may_be_outside(Role(self.role.data)):
            raise ValidationError(site().say("account_form.outside.wrong"))

    def draft(self) -> Draft:
        """What a form says that was found right."""
        return Draft(
            name=self.name.data or "",
            shown=one_line(self.shown.data),
            role=Role(self.role.data),
            section=SectionId(self.section.data) if self.section.data else None,
            personal=self.personal.data,
            leads=self.leads.data,
            outside=self.outside.data,
        )


def form_for(account: Account | None, sections: Iterable[Section], offices: Iterable[Office]) -> AccountForm:
    """The form with what was typed, else with what the account is; None: a new account."""
    say = site().say
    form = AccountForm(obj=account) if account else AccountForm(role=Role.OPERATOR.value)
    form.role.choices = [(role.value, say(f"roles.{role.value}")) for role in Role]
    form.section.choices = _section_choices(account, sections, offices)
    return form


def _section_choices(
    account: Account | None, sections: Iterable[Section], offices: Iterable[Office]
) -> list[tuple[str, str]]:
    names = {office.id: office.name for office in offices}
    found = {str(each.id): f"{names.get(each.office, '')} {each.name}".strip() for each in sections}
    if account and account.section and account.section not in found:
        # It was taken out of the city's data meanwhile; a form that forgot it would take it from the account.
        found[account.section] = account.section
    return [("", site().say("account_form.section.none")), *found.items()]
