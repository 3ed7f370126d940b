"""What a city reads before it approves the service says what the program does."""

import re
import tomllib
from pathlib import Path

import pytest

from faq.retention import Purpose
from handlers.wording import read_wording
from store.particulars import Field
from tests.test_asvs import source

ROOT = Path(__file__).parent.parent
PACK = ROOT / "docs/approval"
PAGES = sorted(PACK.glob("*.md"))
RETENTION = tomllib.loads((ROOT / "data/retention.toml").read_text(encoding="utf-8"))
PARTS = {"particulars": "予約や申込みのときなどに聞いたこと", "traces": "サービスが動くあいだに残るもの"}
ASKED = {
    Field.NAME: "名前",
    Field.KANA: "ふりがな",
    Field.TELEPHONE: "電話番号",
    Field.BIRTH_DATE: "生年月日",
    Field.POSTCODE: "郵便番号",
    Field.ADDRESS: "住所",
    Field.SUBJECT: "相談の内容",
    Field.OPPOSING_PARTY: "相手方の名前",
    Field.ACCOMMODATIONS: "配慮の希望",
    Field.REMARKS: "備考",
    Field.CONVENIENT: "つながりやすい時間",
    Field.GROUP: "団体の名前",
}
COLUMNS = (
    "個人情報ファイルの名称",
    "利用に供される事務をつかさどる組織",
    "利用目的",
    "記録項目",
    "記録範囲",
    "収集方法",
    "要配慮個人情報",
)


def text_of(name):
    return (PACK / name).read_text(encoding="utf-8")


def retention_tables():
    """The tables as the page has to have them."""
    made = []
    for part, heading in PARTS.items():
        made += [f"## {heading}\n", "| 何を | 日数 | いつから | なぜ | 確かめたか |", "|---|---|---|---|---|"]
        for rule in RETENTION[part].values():
            made.append(
                f"| {rule['label']} | {rule['days']}日 | {rule['after']} | {rule['reason']} | {rule['status']} |"
            )
        made.append("")
    return "\n".join(made)


def test_the_page_of_retention_is_what_the_program_does():
    """Where this fails, put the tables of `retention_tables()` into the page."""
    assert retention_tables() in text_of("retention.md")


def test_the_register_has_each_purpose_once_and_every_field_that_is_asked():
    register = text_of("file-register.md")
    files = register.split("\n## ")[1:-1]
    for purpose in Purpose:
        assert register.count(f"`particulars.{purpose}`") == 1, purpose
    for file in files:
        rows = dict(re.findall(r"^\| (.+?) \| (.+) \|$", file, re.MULTILINE))
        assert [column for column in COLUMNS if not rows.get(column)] == []
    items = " ".join(re.findall(r"\| 記録項目 \| (.+) \|", register))
    assert set(ASKED) == set(Field)
    assert [words for words in ASKED.values() if words not in items] == []


def test_what_the_forms_say_of_their_purpose_is_what_the_page_quotes():
    said = " ".join(read_wording(ROOT / "data/wording/ja.toml").sentences.values())
    quoted = re.findall(r"\| 「(.+?)」 \|$", text_of("purpose.md"), re.MULTILINE)
    assert len(quoted) == 6
    assert [each for each in quoted if each not in said] == []
    assert f"{RETENTION['traces']['questions']['days']}日で消します" in text_of("purpose.md")


def test_no_form_asks_for_a_my_number():
    names = {each.value for each in Field}
    assert not {name for name in names if "my_number" in name or "individual" in name}
    templates = [path.read_text(encoding="utf-8") for path in (ROOT / "web/templates").rglob("*.html")]
    fields = re.findall(r'<(?:input|textarea)[^>]*\bname="([^"{]+)"', " ".join(templates))
    assert len(fields) > 20
    assert [name for name in fields if re.search(r"my_?number|kojin|個人番号", name)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_tests_that_are_named_are_there(page):
    named = re.findall(r"`tests/([\w/]+\.py)::(\w+)`", page.read_text(encoding="utf-8"))
    assert [(file, test) for file, test in named if f"def {test}(" not in (source(file) or "")] == []


def test_the_flow_of_data_names_every_way_out():
    """What the settings let the service connect to is in the table and in the picture."""
    settings = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    ways = {"LINE_API_BASE", "PUBLIC_URL", "SMTP_URL", "OIDC_ISSUER", "EMBEDDINGS_URL", "RELAY_URL"}
    addresses = set(re.findall(r"^\| `([A-Z_]+(?:_URL|_BASE|_ISSUER))` \|", settings, re.MULTILINE))
    assert addresses - {"DATABASE_URL"} == ways
    table, picture = text_of("data-flow.md"), text_of("data-flow.svg")
    assert [each for each in ways if f"`{each}`" not in table] == []
    assert [each for each in ways - {"LINE_API_BASE"} if each not in picture] == []
    numbers = set(re.findall(r"^\| (\d) \|", table, re.MULTILINE))
    drawn = re.search(r'<g font-size="16".*?</g>', picture, re.DOTALL)[0]
    assert numbers == set(re.findall(r"\d", " ".join(re.findall(r">([\d・]+)<", drawn))))


def test_every_page_is_listed_and_short_enough_to_be_read():
    listed = re.findall(r"^\| \[.+?\]\(([\w-]+\.md)\)", text_of("README.md"), re.MULTILINE)
    assert sorted(listed) == sorted(page.name for page in PAGES if page.name != "README.md")
    assert [page.name for page in PAGES if len(page.read_text(encoding="utf-8")) > 6_500] == []


def test_the_result_of_accessibility_has_each_criterion_once():
    result = (ROOT / "docs/accessibility.ja.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (\d\.\d\.\d+) .+ \| (A{1,2}) \| (あり|なし) \| (○|―) \| .+ \|$", result, re.MULTILINE
    )
    assert len(rows) == len({number for number, *_ in rows}) == 38
    assert [level for _, level, *_ in rows].count("A") == 25
    assert all((applies == "なし") == (met == "―") for _, _, applies, met in rows)
    named = re.findall(r"`tests/([\w/]+\.py)::(\w+)`", result)
    assert [(file, test) for file, test in named if f"def {test}(" not in (source(file) or "")] == []
