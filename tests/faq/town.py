"""A small knowledge that the tests of matching share."""

from faq.index import prepare
from faq.models import EntryId, FaqEntry, Kind, Provenance, Status, Synonyms, Tone
from faq.search import Knowledge


def entry(entry_id: str, question: str, answer: str, *phrasings: str, category: str = "") -> FaqEntry:
    """An entry of which only the words matter."""
    return FaqEntry(
        id=EntryId(entry_id),
        category=category,
        kind=Kind.FACT,
        tone=Tone.NORMAL,
        question=question,
        phrasings=phrasings,
        answer=answer,
        section="区民課",
        telephone="",
        link="",
        provenance=Provenance("", "", None, None, None, Status.UNCONFIRMED),
    )


MOVING_IN = entry(
    "moving-in",
    "引っ越してきたときの届け出はいつまでですか",
    "新しい住所に住み始めた日から14日以内に、転入届を出してください。転出証明書と本人確認書類をお持ちください。",
    "転入届はいつまでに出しますか",
)
GARBAGE = entry(
    "garbage",
    "ごみの分け方と出し方を知りたい",
    "燃やすごみは週2回、朝8時30分までに出してください。資源物は袋を分けます。",
    "ゴミの分別",
)
CERTIFICATE = entry(
    "residence-certificate",
    "住民票の写しはどこで取れますか",
    "区役所と総合出張所の窓口で取れます。マイナンバーカードがあればコンビニでも取れます。手数料は300円です。",
)
LIBRARY = entry("library", "図書館の本を借りたい", "貸し出しは10冊までです。利用者カードを作ってください。")
DOG = entry(
    "dog",
    "犬を飼い始めたときの手続き",
    "飼い始めてから30日以内に登録し、狂犬病の予防注射を受けさせてください。",
)

ENTRIES = (MOVING_IN, GARBAGE, CERTIFICATE, LIBRARY, DOG)
PREPARED = tuple(prepare(each) for each in ENTRIES)
SYNONYMS = (Synonyms(("図書館", "本屋さん"), 0.8, "市の同義語"),)
TOWN = Knowledge.of(PREPARED, SYNONYMS)
