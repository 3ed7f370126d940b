"""What is written down at the desk: a person's own data taken out, the city's own numbers and addresses left."""

from faq.models import EntryId
from nlp.masking import mask, telephones_in
from web.known import Known


def masked(known: Known, text: str, entry: EntryId | None = None) -> str:
    """On one line. What the entry that was read out shows is no secret either."""
    shown = known.knowledge.entry(entry) if entry else None
    own = {shown.telephone, *telephones_in(shown.answer)} - {""} if shown else set()
    return mask(" ".join(text.split()), known.public | own).text
