"""The forms of a case that is a voice: to join it to another, and what was answered by post."""

from collections.abc import Callable

from wtforms import BooleanField, StringField
from wtforms import Field as FormField

from store import receipts
from store.cases import Case, CaseId
from store.receipts import Receipt
from web.case_forms import LONGEST, CaseForm, Finds, WordsForm, wrong


class JoinForm(CaseForm):
    """The receipt of the voice that is answered in its place."""

    receipt = StringField()

    def __init__(self, case: Case, target: Callable[[Receipt], CaseId | None]) -> None:
        """`target` gives the voice of a receipt, where this one can be joined to it."""
        super().__init__("join", case)
        self.target = target

    def validate_receipt(self, _: FormField) -> None:
        if self.chosen is None:
            raise wrong("join_missing")

    @property
    def chosen(self) -> CaseId | None:
        """None where it is no receipt of such a voice, or has a slip."""
        receipt = receipts.parse((self.receipt.data or "")[:40])
        return self.target(receipt) if receipt else None


class LetterForm(WordsForm):
    """What was sent by post or by another way outside of this service."""

    closes = BooleanField()
    general = BooleanField()
    """Whether the joined voices are told it too."""

    def __init__(self, case: Case, seen: int, personal: Finds) -> None:
        super().__init__("letter", case, seen)
        self.personal = personal

    def validate_words(self, _: FormField) -> None:
        self.check(LONGEST, "letter_missing")
        if self.general.data and (found := self.personal(self.text)):
            raise wrong("letter_personal", what="、".join(found))
