import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from faq.models import EntryId, Provenance, Status
from faq.opendata import faqpage, write_faqpage
from faq.writing import Written
from tests.faq.staff_files import ENTRY

BARE = replace(
    ENTRY,
    id=EntryId("bare"),
    phrasings=(),
    section="",
    link="",
    provenance=Provenance("聞き取り", "", date(2026, 11, 20), None, None, Status.UNCONFIRMED),
)


def test_the_page_is_an_faqpage_with_the_source_of_each_answer(tmp_path: Path) -> None:
    path = tmp_path / "faq.json"
    assert write_faqpage([ENTRY, BARE], path) == Written(path, 2)
    page = json.loads(path.read_text(encoding="utf-8"))
    assert (page["@context"], page["@type"], page["dateModified"]) == (
        "https://schema.org",
        "FAQPage",
        "2026-11-20",
    )
    assert page["mainEntity"][0] == {
        "@type": "Question",
        "identifier": "moving-in",
        "name": ENTRY.question,
        "alternateName": list(ENTRY.phrasings),
        "keywords": "引越し",
        "dateModified": "2026-11-01",
        "acceptedAnswer": {
            "@type": "Answer",
            "text": ENTRY.answer,
            "url": "https://www.example.jp/b",
            "dateModified": "2026-11-01",
            "expires": "2027-03-31",
            "creativeWorkStatus": "確認済み",
            "citation": {
                "@type": "CreativeWork",
                "name": "市政情報",
                "url": "https://www.example.jp/a",
                "datePublished": "2026-02-01",
            },
            "maintainer": {"@type": "Organization", "name": "区民課", "telephone": "096-334-1500"},
        },
    }


def test_what_is_not_known_is_left_out_and_never_empty() -> None:
    page = faqpage([BARE])
    text = json.dumps(page, ensure_ascii=False)
    assert '""' not in text
    assert "null" not in text
    assert "maintainer" not in text
    assert "未確認" in text


def test_a_city_without_entries_has_a_page_all_the_same() -> None:
    assert faqpage([]) == {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": "ja",
        "mainEntity": [],
    }
