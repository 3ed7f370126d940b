"""Personal data in voices: where it stands, and what stands in its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.mentions import WORDS, Everybodys, Kind, find, replaced
from tests.bench.mentions import city, plain, tally
from tests.marked import FOLDER, read, voices

FLOORS = {"tuning": (0.97, 0.95), "heldout": (0.84, 0.82)}
"""Recall and precision that each set keeps."""


def shown(text: str) -> str:
    return replaced(text, find(text))


def test_what_is_found_is_replaced_and_the_rest_stays():
    text = "山田太郎と申します。電話は090-1234-5678です。バスが遅い。"
    mentions = find(text)
    assert [(text[each.start : each.end], each.kind) for each in mentions] == [
        ("山田太郎", Kind.NAME),
        ("090-1234-5678", Kind.TELEPHONE),
    ]
    assert replaced(text, mentions) == "（個人名）と申します。電話は（電話番号）です。バスが遅い。"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("窓口の田村さんに助けられました。", "窓口の（職員名）さんに助けられました。"),
        ("母は認知症で要介護2です。", "母は（健康に関すること）で（健康に関すること）です。"),
        ("息子が不登校です。", "息子が（家庭の事情）です。"),
        ("私は四十五歳です。", "私は（年齢）です。"),
        ("昭和30年1月2日生まれです。", "（生年月日）生まれです。"),
        ("つばき小学校3年1組の親です。", "（学校名）の親です。"),
        ("株式会社あさぎりに勤めています。", "（勤務先）に勤めています。"),
        ("水道の番号は12-3456です。", "水道の番号は（番号）です。"),
        ("LINEのIDはtaro_01です。", "LINEのIDは（連絡先）です。"),
        ("帯山4丁目5-6に住む者です。", "（住所）に住む者です。"),
        ("花屋の裏の家です。", "（施設名）です。"),
    ],
)
def test_each_kind_has_its_words(text: str, published: str):
    assert shown(text) == published


@pytest.mark.parametrize(
    "text",
    [
        "高橋市長と木村知事の話を聞きました。",
        "田中病院前バス停に屋根を。",
        "山本町の踏切が狭い。",
        "不登校の子どもの居場所を作って。",
        "がん検診の予約がしにくい。",
        "65歳以上の人の割引を。",
        "平成28年4月14日の地震を忘れない。",
        "夏目漱石の旧居を残して。",
        "帯山4丁目の交差点が危ない。",
    ],
)
def test_what_is_everybodys_stays(text: str):
    assert find(text) == ()


def test_what_is_the_citys_own_stays():
    own = Everybodys(public=frozenset({"096-334-1500"}), places=frozenset({"石原児童館"}))
    assert find("096-334-1500に電話した。石原児童館の本が古い。", own) == ()
    assert len(find("096-334-1500に電話した")) == 1


def test_every_kind_has_words_of_its_own():
    assert set(WORDS) == set(Kind)
    assert len(set(WORDS.values())) == len(Kind)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "山田 太郎 さん です の 東区 1-2 丁目 病院 がん 母 090 - 歳 と申し \n ー 。 小 勤".split(" ")
        )
    )
)
def test_mentions_stand_in_order_and_apart_in_any_text(pieces: list[str]):
    text = "".join(pieces)
    mentions = find(text)
    ends = [0, *(each.end for each in mentions)]
    assert all(end <= each.start < each.end for end, each in zip(ends, mentions, strict=False))
    assert ends[-1] <= len(text)


def test_a_mark_is_read_where_it_stands():
    voice = read("one", "わたしは⟦name:花子⟧です")
    assert voice.text == "わたしは花子です"
    assert [(each.start, each.end, each.kind) for each in voice.spans] == [(4, 6, Kind.NAME)]


@pytest.mark.parametrize("name", FLOORS)
def test_voices_keep_their_floor(name: str):
    told = voices(name)
    counts = tally(lambda text: find(text, city()), told)
    recall, precision = FLOORS[name]
    assert counts.recall >= recall
    assert counts.precision >= precision
    peer = tally(plain, told)
    assert counts.recall > peer.recall
    assert counts.precision > peer.precision


def test_there_are_voices_enough():
    told = [*voices("tuning"), *voices("heldout")]
    assert len(told) >= 240
    assert sum(not voice.spans for voice in told) * 4 >= len(told)
    assert {span.kind for voice in told for span in voice.spans} == set(Kind)
    assert all("⟦" not in voice.text for voice in told)
    assert {path.name for path in FOLDER.iterdir()} == {"README.md", "tuning.csv", "heldout.csv"}
