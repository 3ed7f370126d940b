"""Personal data in voices: where it stands, and what stands in its place."""

from nlp.mentions import Everybodys, Kind, find, replaced


def test_what_is_found_is_replaced_and_the_rest_stays():
    text = "山田太郎と申します。電話は090-1234-5678です。バスが遅い。"
    mentions = find(text)
    assert [(text[each.start : each.end], each.kind) for each in mentions] == [
        ("山田太郎", Kind.NAME),
        ("090-1234-5678", Kind.TELEPHONE),
    ]
    assert replaced(text, mentions) == "（個人名）と申します。電話は（電話番号）です。バスが遅い。"


def test_what_is_the_citys_own_stays():
    assert find("096-334-1500に電話した", Everybodys(public=frozenset({"096-334-1500"}))) == ()
