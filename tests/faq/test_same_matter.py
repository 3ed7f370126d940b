"""Two voices that may be of one matter, and those that are not."""

import pytest

from faq.models import Place
from faq.same_matter import Matter, is_same
from faq.voice_categories import VoiceCategoryId

PARK, BESIDE, FAR = Place(32.7900, 130.7300), Place(32.7905, 130.7305), Place(32.80, 130.70)
LAMP = "公園の街灯が消えていて夜がこわいです"
ROADS, WASTE = VoiceCategoryId("roads"), VoiceCategoryId("waste")


def matter(words, at=None, category=None):
    return Matter(words, category, at)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (matter(LAMP), matter("街灯が公園で消えています"), True),
        (matter(LAMP), matter("図書館を夜まで開けてください"), False),
        (matter(LAMP), matter(""), False),
        (matter(LAMP, category=ROADS), matter(LAMP, category=WASTE), False),
        (matter(LAMP, category=ROADS), matter(LAMP), True),
        (matter(LAMP, PARK), matter(LAMP, FAR), False),
        (matter(LAMP, PARK), matter("ライトがつかない公園", BESIDE), True),
        (matter(LAMP, PARK), matter("ベンチがない", BESIDE), False),
    ],
)
def test_whether_they_may_be_one(one, other, same):
    assert is_same(one, other) is same
    assert is_same(other, one) is same
