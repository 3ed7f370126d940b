import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from faq import ranker
from faq.features import MAY_LOWER, NAMES
from faq.ranker import BadWeightsError
from tests.faq.town import TOWN


def test_no_feature_that_speaks_for_an_entry_lowers_it() -> None:
    utility = ranker.load().utility
    assert all(
        w >= 0 for name, w in zip(utility.names, utility.weights, strict=True) if name not in MAY_LOWER
    )


def test_more_of_a_feature_never_makes_an_entry_less_likely() -> None:
    found = TOWN.candidates("犬の登録")
    assert found is not None
    before = ranker.load().utility(found.measured)
    for name in set(NAMES) - MAY_LOWER:
        more = found.measured.copy()
        more[:, NAMES.index(name)] += 0.5
        assert (ranker.load().utility(more) >= before - 1e-5).all()


def test_scores_are_chances_in_the_order_of_utility() -> None:
    found = TOWN.candidates("犬の登録と住民票")
    assert found is not None
    scores = ranker.load().scores(found.asked, found.measured)
    assert ((scores >= 0) & (scores <= 1)).all()
    assert scores.argmax() == ranker.load().utility(found.measured).argmax()


def test_a_bent_feature_adds_up_to_itself() -> None:
    values, knots = np.array([-1.0, 0.4, 2.0]), np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
    assert ranker.bend(values, knots).reshape(3, 3).sum(axis=0) == pytest.approx(values)


def test_weights_are_kept_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    ranker.save(ranker.load(), file)
    found = TOWN.candidates("犬の登録")
    assert found is not None
    again = ranker.load(file).scores(found.asked, found.measured)
    assert again == pytest.approx(ranker.load().scores(found.asked, found.measured), abs=1e-4)


def kept() -> dict[str, Any]:
    return json.loads(ranker.WEIGHTS.read_text(encoding="utf-8"))


def test_weights_for_other_features_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(kept() | {"utility": {"bias": 0, "features": {"other": [0, 1, 1]}}}))
    with pytest.raises(BadWeightsError, match=r"weights\.json: the weights are for other features; train"):
        ranker.load(file)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        json.dumps(kept() | {"utility": {"features": {}}}),
        json.dumps(kept() | {"knots": []}),
        json.dumps(kept() | {"knots": "none"}),
        json.dumps(kept()).replace('"bias": 0.0', '"bias": NaN'),
    ],
)
def test_broken_weights_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "weights.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadWeightsError, match=r"weights\.json.*train"):
        ranker.load(file)


def test_a_candidate_that_stands_out_by_itself_is_surer() -> None:
    found = TOWN.candidates("犬の登録と住民票")
    assert found is not None
    column = NAMES.index("title_meaning")
    alone = found.measured.copy()
    first = int(ranker.load().utility(alone).argmax())
    alone[np.arange(len(alone)) != first, column] = 0
    described = [
        dict(
            zip(
                names(),
                ranker.describe_first(found.asked, NAMES, each, np.eye(len(alone))[first]),
                strict=True,
            )
        )
        for each in (found.measured, alone)
    ]
    assert described[1]["title_meaning_stands_out"] > described[0]["title_meaning_stands_out"]


def names() -> list[str]:
    return [name.removesuffix("_low") for name in ranker.certainty_names(NAMES) if name.endswith("_low")]


def test_a_feature_that_is_no_number_is_never_ranked() -> None:
    found = TOWN.candidates("犬の登録")
    assert found is not None
    broken = found.measured.copy()
    broken[0, 0] = np.nan
    with pytest.raises(FloatingPointError):
        ranker.load().scores(found.asked, broken)
