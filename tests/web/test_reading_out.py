"""What is read out first is one breath long, and never a list."""

from dataclasses import replace

import pytest

from faq.models import EntryId, FaqEntry
from tests.web.conftest import Service
from web.reading_out import first_sentences, read_out


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            "引っ越した日から14日以内に、届けを出してください。\n先には出せません。",
            "引っ越した日から14日以内に、届けを出してください。",
        ),
        (
            "できます。区役所の窓口で受け付けております。お持ちください。",
            "できます。区役所の窓口で受け付けております。",
        ),
        ("はい。" + "あ" * 100 + "。", "はい。"),
        ("句点のない答え", "句点のない答え"),
        ("\n\n先に空の行。", "先に空の行。"),
        ("各区役所の電話です。\n・中央区 096-328-2451\n・東区 096-367-9131", "各区役所の電話です。"),
        ("", ""),
    ],
)
def test_as_long_as_one_breath(answer: str, said: str):
    assert first_sentences(answer) == said


@pytest.mark.parametrize(
    ("entry", "words", "said"),
    [
        (
            "branches",
            "総合出張所の電話",
            "総合出張所の電話番号ですね。託麻、河内、天明、幸田、城南、清水、龍田の、どれをお調べしますか。",
        ),
        ("branches", "河内の出張所の電話", "河内は、096-276-1111です。"),
        ("branches", "河内か天明の出張所", "総合出張所の電話番号ですね。"),
        ("welfare-phones", "福祉課の電話", "各区役所 福祉課の電話です。"),
        ("welfare-phones", "東区の福祉課の電話", "各区役所 福祉課の電話です。東区は、096-367-9127です。"),
        (
            "welfare-phones",
            "",
            "各区役所 福祉課の電話です。中央区、東区、西区、南区、北区の、どれをお調べしますか。",
        ),
        (
            "child-allowance",
            "",
            "お子さん1人の月額です。3歳未満（第1子・第2子）15,000円、3歳〜高校生年代（第1子・第2子）10,000円、",
        ),
        (
            "bereavement",
            "",
            "このたびは、お悔やみ申し上げます。おもな手続きです。死亡届（7日以内）、健康保険、",
        ),
        ("school-transfer", "転校", "手順は3つあります。1つめは、今の学校へ知らせ、書類をもらいます。"),
    ],
)
def test_of_a_list_what_was_asked_for(pages: Service, entry: str, words: str, said: str):
    assert _read_out(pages, _entry(pages, entry), words).startswith(said)


def test_a_list_that_is_too_long_for_one_breath(pages: Service):
    items = [f"・{number}番めの、とても長い名前の手続き" for number in range(1, 11)]
    entry = replace(_entry(pages, "welfare-phones"), answer="\n".join(["おもな手続きです。", *items]))
    said = _read_out(pages, entry, "")
    assert said == "おもな手続きです。全部で10あります。どのことを、くわしくお調べしますか。"
    told = _read_out(pages, replace(entry, answer="\n".join(items[:9])), "")
    assert "9つに分かれます" in told


def test_no_entry_begins_with_an_item_of_a_list(pages: Service):
    with pages.site.database.read() as tx:
        entries = pages.site.city(tx).knowledge.entries
    begun = [_read_out(pages, each, "") for each in entries]
    assert len(begun) > 100
    assert [said for said in begun if not said or said[0] in "・①"] == []


def _entry(pages: Service, name: str) -> FaqEntry:
    with pages.site.database.read() as tx:
        found = pages.site.city(tx).knowledge.entry(EntryId(name))
    assert found is not None
    return found


def _read_out(pages: Service, entry: FaqEntry, words: str) -> str:
    with pages.app.test_request_context():
        return read_out(entry, words)
