"""The kinds of file that staff keep. A new kind is one declaration here, and its name in `KINDS`."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from faq import cells
from faq.columns import FROM, PROVENANCE, dates_in_order
from faq.counter_kinds import CLOSURES, HOURS, PROCEDURES, SECTIONS
from faq.danger_kinds import DANGER_LINE_NAMES, DANGER_LINES, DANGER_TEXTS, DANGER_TRANSLATIONS
from faq.hearings import HEARINGS
from faq.models import (
    Answerer,
    FaqEntry,
    Kind,
    LabelledQuestion,
    Office,
    Place,
    Shelter,
    Synonyms,
    Tone,
)
from faq.neighbours import Neighbour
from faq.plans import PLANS
from faq.programme_kinds import PROGRAMME_DAYS, PROGRAMMES
from faq.readings import Reading
from faq.schemas import Column, Finding, Part, Schema
from faq.sentences import Fault
from faq.terms_kind import BOOKING_TERMS
from faq.topics import TOPICS
from faq.translations import Translation
from faq.voice_categories import VOICE_CATEGORIES
from faq.ways import WAYS
from faq.weekly_cells import WEEKLY
from nlp.language import Language


def _answerer_fits(question: LabelledQuestion) -> Iterator[Finding]:
    if question.handler is Answerer.QUESTION and question.faq_id is None:
        yield Finding("faq_id", Fault.ANSWERER_NEEDS_ENTRY)
    if question.handler is not Answerer.QUESTION and question.faq_id is not None:
        yield Finding("faq_id", Fault.ANSWERER_BARS_ENTRY)


_AT: Final = Part("place", Place, whole=True)

FAQ: Final[Schema[FaqEntry]] = Schema(
    name="faq",
    record=FaqEntry,
    key=("id",),
    columns=(
        Column("id", "id", cells.SLUG, required=True),
        Column("category", "category", cells.text(100)),
        Column("kind", "kind", cells.choice(Kind, Kind.SIGNPOST), required=True),
        Column("tone", "tone", cells.choice(Tone, Tone.NORMAL), required=True),
        Column("question", "question", cells.text(300), required=True),
        Column("phrasings", "phrasings", cells.items()),
        Column("answer", "answer", cells.text(2_000), required=True),
        Column("section", "section", cells.text(200)),
        Column("telephone", "telephone", cells.TELEPHONE),
        Column("link", "link", cells.URL),
        *PROVENANCE,
    ),
    parts=(FROM,),
    distinct=("question", "phrasings"),
    check=dates_in_order,
)

# Headings of デジタル庁 自治体標準オープンデータセット 公共施設一覧, and the service's own.
OFFICES: Final[Schema[Office]] = Schema(
    name="offices",
    record=Office,
    key=("id",),
    columns=(
        Column("全国地方公共団体コード", "municipality_code", cells.MUNICIPALITY),
        Column("ID", "id", cells.CODE, required=True),
        Column("地方公共団体名", "municipality", cells.text(100)),
        Column("名称", "name", cells.text(200), required=True),
        Column("名称_カナ", "kana", cells.text(200)),
        Column("名称_英字", "english", cells.text(200)),
        Column("名称_通称", "aliases", cells.items()),
        Column("種別", "kind", cells.text(100)),
        Column("区", "ward", cells.text(100)),
        Column("所在地_連結表記", "address", cells.text(300)),
        Column("緯度", "place.latitude", cells.LATITUDE),
        Column("経度", "place.longitude", cells.LONGITUDE),
        Column("電話番号", "telephone", cells.TELEPHONE),
        Column("電話番号の担当", "telephone_of", cells.text(200)),
        Column("営業時間_OSM", "hours", WEEKLY),
        Column("利用可能日時特記事項", "hours_note", cells.text()),
        Column("説明", "description", cells.text()),
        Column("URL", "link", cells.URL),
        Column("備考", "remarks", cells.text()),
        *PROVENANCE,
    ),
    parts=(_AT, FROM),
    check=dates_in_order,
)

SHELTERS: Final[Schema[Shelter]] = Schema(
    name="shelters",
    record=Shelter,
    key=("id",),
    columns=(
        Column("ID", "id", cells.CODE, required=True),
        Column("名称", "name", cells.text(200), required=True),
        Column("区", "ward", cells.text(100)),
        Column("所在地_連結表記", "address", cells.text(300)),
        Column("緯度", "place.latitude", cells.LATITUDE, required=True),
        Column("経度", "place.longitude", cells.LONGITUDE, required=True),
        Column("だれでも", "for_everybody", cells.choice_of({"有": True, "無": False}, False), required=True),
        Column("備考", "remarks", cells.text()),
        *PROVENANCE,
    ),
    parts=(_AT, FROM),
    check=dates_in_order,
)

SYNONYMS: Final[Schema[Synonyms]] = Schema(
    name="synonyms",
    record=Synonyms,
    key=("words",),
    columns=(
        Column("words", "words", cells.items(least=2), required=True),
        Column("weight", "weight", cells.WEIGHT, required=True),
        Column("source", "source", cells.text()),
    ),
)

QUESTIONS: Final[Schema[LabelledQuestion]] = Schema(
    name="questions",
    record=LabelledQuestion,
    key=("query_id", "faq_id"),
    columns=(
        Column("query_id", "query_id", cells.CODE, required=True),
        Column("query", "query", cells.text(1_000), required=True),
        Column("faq_id", "faq_id", cells.optional(cells.CODE), refers_to="faq"),
        Column("relevance", "relevance", cells.RELEVANCE),
        Column("handler", "handler", cells.choice(Answerer, Answerer.NONE), required=True),
    ),
    check=_answerer_fits,
)

TRANSLATIONS: Final[Schema[Translation]] = Schema(
    name="translations",
    record=Translation,
    key=("entry", "language"),
    columns=(
        Column("faq_id", "entry", cells.SLUG, required=True, refers_to="faq"),
        Column("language", "language", cells.choice(Language, Language.EASY), required=True),
        Column("question", "question", cells.text(300), required=True),
        Column("answer", "answer", cells.text(2_000), required=True),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=dates_in_order,
    may_be_empty=True,
)

READINGS: Final[Schema[Reading]] = Schema(
    name="readings",
    record=Reading,
    key=("word",),
    columns=(
        Column("word", "word", cells.text(100), required=True),
        Column("reading", "reading", cells.HIRAGANA, required=True),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=dates_in_order,
    may_be_empty=True,
)

NEIGHBOURS: Final[Schema[Neighbour]] = Schema(
    name="neighbours",
    record=Neighbour,
    key=("id",),
    columns=(
        Column("ID", "id", cells.CODE, required=True),
        Column("名称", "name", cells.text(200), required=True),
        Column("名称_通称", "aliases", cells.items()),
        Column("用件", "deals", cells.items(), required=True),
        Column("市の用件", "leaves", cells.items()),
        Column("案内", "does", cells.text(300), required=True),
        Column("電話番号", "telephone", cells.TELEPHONE),
        Column("受付時間", "hours", cells.text(200)),
        Column("URL", "link", cells.URL),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=dates_in_order,
    may_be_empty=True,
)

KINDS: Final[Mapping[str, Schema[Any]]] = MappingProxyType(
    {
        schema.name: schema
        for schema in (
            *(FAQ, OFFICES, SHELTERS, SYNONYMS, QUESTIONS),
            *(SECTIONS, PROCEDURES, HOURS, CLOSURES, PROGRAMMES, PROGRAMME_DAYS, BOOKING_TERMS),
            *(TRANSLATIONS, READINGS, NEIGHBOURS, DANGER_LINES, DANGER_TEXTS),
            TOPICS,
            *(DANGER_TRANSLATIONS, DANGER_LINE_NAMES),
            VOICE_CATEGORIES,
            PLANS,
            *(HEARINGS, WAYS),
        )
    }
)
"""By the name that the commands `import` and `export` take; what is referred to comes before what refers."""
