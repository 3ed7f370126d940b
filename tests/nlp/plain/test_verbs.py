"""The forms of verbs."""

import pytest

from nlp.plain.verbs import instead, verb


@pytest.mark.parametrize(
    ("dictionary", "stem", "te", "ta", "irrealis"),
    [
        ("出す", "出し", "出して", "出した", "出さ"),
        ("払う", "払い", "払って", "払った", "払わ"),
        ("書く", "書き", "書いて", "書いた", "書か"),
        ("家へ行く", "家へ行き", "家へ行って", "家へ行った", "家へ行か"),
        ("頼む", "頼み", "頼んで", "頼んだ", "頼ま"),
        ("選ぶ", "選び", "選んで", "選んだ", "選ば"),
        ("待つ", "待ち", "待って", "待った", "待た"),
        ("急ぐ", "急ぎ", "急いで", "急いだ", "急が"),
        ("入る", "入り", "入って", "入った", "入ら"),
        ("亡くなる", "亡くなり", "亡くなって", "亡くなった", "亡くなら"),
        ("出る", "出", "出て", "出た", "出"),
        ("捨てる", "捨て", "捨てて", "捨てた", "捨て"),
        ("持って来る", "持って来", "持って来て", "持って来た", "持って来"),
        ("けがをする", "けがをし", "けがをして", "けがをした", "けがをし"),
    ],
)
def test_forms(dictionary, stem, te, ta, irrealis):
    found = verb(dictionary)
    assert found is not None
    assert (found.stem, found.te, found.ta, found.irrealis) == (stem, te, ta, irrealis)


@pytest.mark.parametrize("other", ["", "る", "紙", "いつまで"])
def test_what_is_no_verb(other):
    assert verb(other) is None


def test_what_follows_decides_the_form():
    known = verb("出す")
    assert known is not None
    assert instead("しようと", known) == (3, "出そう")
    assert instead("が要ります", known) is None
