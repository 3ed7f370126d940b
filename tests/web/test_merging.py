"""What two people wrote at one record, put together: only where both changed the same, somebody has to choose."""

import pytest

from faq.kinds import SYNONYMS
from web.merging import merge


@pytest.mark.parametrize(
    ("was", "mine", "theirs", "together", "sides"),
    [
        ("犬", "犬", "犬", "犬", []),
        ("犬", "猫", "犬", "猫", [("猫", "犬", "犬", False)]),
        ("犬", "犬", "猫", "猫", [("犬", "猫", "犬", False)]),
        ("犬", "猫", "猫", "猫", [("猫", "猫", "犬", False)]),
        ("犬", "猫", "鳥", "猫", [("猫", "鳥", "犬", True)]),
        ("犬", "", "鳥", "", [("", "鳥", "犬", True)]),
        ("", "猫", "", "猫", [("猫", "", "", False)]),
    ],
)
def test_one_column(pages, was, mine, theirs, together, sides):
    with pages.app.test_request_context():
        both = merge(SYNONYMS, {"source": was}, {"source": mine}, {"source": theirs})
    assert both.cells["source"] == together
    assert [(side.mine, side.theirs, side.was, side.is_clash) for side in both.sides] == sides


def test_each_column_for_itself(pages):
    was = {"words": "犬|いぬ", "weight": "1.0", "source": ""}
    mine, theirs = was | {"weight": "0.8"}, was | {"words": "犬|いぬ|ワンちゃん"}
    with pages.app.test_request_context():
        both = merge(SYNONYMS, was, mine, theirs)
    assert both.cells == {"words": "犬|いぬ|ワンちゃん", "weight": "0.8", "source": ""}
    assert [side.label for side in both.sides] == ["言葉", "重み"]
    assert both.sides[0].theirs == "犬\nいぬ\nワンちゃん"
