"""Addresses: the writer's own, everybody's, and those that are asked about."""

import pytest

from nlp.addresses import as_block, own_addresses


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("中央区手取本町1-1", ["手取本町1-1"]),
        ("中央区手取本町1-1はどこ", []),
        ("中央区手取本町1-1への行き方", []),
        ("中央区手取本町1-1にある役所", []),
        ("中央区手取本町1-1にある実家", ["手取本町1-1"]),
        ("自宅は中央区手取本町1-1、最寄りの駅はどこ", ["手取本町1-1"]),
        ("水前寺6丁目18-1に住んでいます", ["6丁目18-1"]),
        ("メゾン東町201", ["メゾン東町201"]),
        ("マンション300戸", []),
        ("花畑町9番24号で", []),
        ("860-8601 熊本市", ["860-8601"]),
        ("231-0017 横浜市中区", ["231-0017"]),
        ("花畑町9番24号に住んで", ["9番24号"]),
    ],
)
def test_whose_address_it_is(text: str, own: list[str]):
    found = {text[start:end] for start, end in own_addresses(text, ["熊本市中央区花畑町9-24"])}
    assert all(any(each in one for one in found) for each in own)
    assert bool(found) == bool(own)


@pytest.mark.parametrize(
    ("written", "block"),
    [("手取本町1番1号", "手取本町1-1"), ("大江5丁目1番地50", "大江5-1-50"), ("清藤405番地", "清藤405")],
)
def test_one_spelling_of_a_block(written: str, block: str):
    assert as_block(written) == block
