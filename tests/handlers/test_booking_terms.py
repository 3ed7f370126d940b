"""Who may book, in plain words; what the terms do not say is not said."""

from dataclasses import replace

import pytest

from faq.terms import Ages, Insurance, Limit, Mode, Period, Residence, Terms
from handlers.booking_terms import facts
from tests.dialogue import Speaker
from tests.handlers.booking_town import CONSULTATION

SILENT = replace(
    CONSULTATION, residence=(), limit=None, exclusions=(), asks_opposing_party=False, accommodations=()
)


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        (SILENT, []),
        (replace(SILENT, residence=(Residence.LIVES,)), ["市内にお住まいの方"]),
        (
            replace(SILENT, residence=tuple(Residence)),
            ["市内にお住まい、または市内にお勤め、または市内に通学の方"],
        ),
        (replace(SILENT, ages=Ages(40, 74)), ["年度末（3月31日）に40歳から74歳までの方"]),
        (replace(SILENT, ages=Ages(65, None)), ["年度末（3月31日）に65歳以上の方"]),
        (replace(SILENT, ages=Ages(None, 39)), ["年度末（3月31日）に39歳以下の方"]),
        (replace(SILENT, insurance=(Insurance.NATIONAL,)), ["熊本市の国民健康保険に加入の方"]),
        (
            replace(SILENT, ages=Ages(75, None), insurance=(Insurance.LATER_STAGE,)),
            ["年度末（3月31日）に75歳以上の方\n後期高齢者医療制度に加入の方"],
        ),
        (replace(SILENT, limit=Limit(2, Period.DAY)), ["・お一人、1日に2回まで"]),
        (replace(SILENT, limit=Limit(1, Period.MONTH)), ["・お一人、1か月に1回まで"]),
        (replace(SILENT, limit=Limit(1, Period.EVER)), ["・お一人、1回まで"]),
        (replace(SILENT, exclusions=("一つ", "二つ")), ["・一つ\n・二つ"]),
        (replace(SILENT, modes=(Mode.TELEPHONE, Mode.ONLINE)), ["お電話、またはオンラインで行います"]),
        (replace(SILENT, modes=(Mode.IN_PERSON, Mode.TELEPHONE)), []),
        (replace(SILENT, note="筆記用具をお持ちください。"), ["筆記用具をお持ちください。"]),
    ],
)
def test_only_what_the_terms_say(resident: Speaker, terms: Terms, told: list[str]) -> None:
    with resident.talk.database.read() as tx:
        city = resident.talk.city.current(tx)
    assert [fact.value for fact in facts(city, terms)] == told
