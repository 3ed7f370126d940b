import json
from pathlib import Path

import numpy as np
import pytest

from bot.__main__ import main
from bot.city import read_sayings
from faq import ranker
from faq.ranker import BadWeightsError
from tests.conftest import DATA

THINGS = """
犬 猫 図書館 公園 水道 年金 税金 住民票 戸籍 印鑑 保育園
学校 病院 道路 街灯 自転車 駐車場 選挙 防災 健診 花火
"""


@pytest.fixture
def faq(tmp_path: Path) -> Path:
    file = tmp_path / "faq.csv"
    rows = [f"{at},{thing}の手続きを知りたい,{thing}の窓口で。" for at, thing in enumerate(THINGS.split())]
    file.write_text("\n".join(["id,question,answer", *rows, ""]), encoding="utf-8")
    return file


def asked(folder: Path, count: int) -> Path:
    file = folder / "questions.csv"
    rows = [f"{at},{thing}について,{at},2" for at, thing in enumerate(THINGS.split()[:count])]
    file.write_text("\n".join(["query_id,query,faq_id,relevance", *rows, ""]), encoding="utf-8")
    return file


def test_weights_are_learnt_from_labelled_files(faq: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = faq.parent / "weights.json"
    questions = asked(faq.parent, 21)
    assert main(["train", "--faq", str(faq), "--questions", str(questions), "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert "fold 5 of 5" in told
    assert "auroc_answerable" in told
    assert "95 % interval" in told
    assert ranker.load(out).origin == "21 questions of questions.csv to 21 entries of faq.csv"


def test_too_few_questions_teach_nothing(faq: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = faq.parent / "weights.json"
    questions = asked(faq.parent, 19)
    assert main(["train", "--faq", str(faq), "--questions", str(questions), "--out", str(out)]) == 1
    assert "19 questions have an answer; at least 20 must" in capsys.readouterr().err
    assert not out.exists()


def test_where_weights_cannot_be_written(faq: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = faq.parent / "nowhere" / "weights.json"
    questions = asked(faq.parent, 21)
    assert main(["train", "--faq", str(faq), "--questions", str(questions), "--out", str(out)]) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A city's data folder without weights."""
    for part in DATA.iterdir():
        (tmp_path / part.name).symlink_to(part)
    return tmp_path


def test_a_city_without_weights_has_those_of_the_product(data: Path) -> None:
    assert read_sayings(data).weights is ranker.load()


def test_a_city_has_its_own_weights(data: Path) -> None:
    kept = json.loads(ranker.WEIGHTS.read_text(encoding="utf-8"))
    (data / "weights.json").write_text(json.dumps({**kept, "origin": "ours"}), encoding="utf-8")
    own = read_sayings(data).weights
    assert own.origin == "ours"
    assert np.array_equal(own.utility.weights, ranker.load().utility.weights)


def test_broken_weights_stop_the_program_with_one_line(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "weights.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadWeightsError):
        read_sayings(data)
    monkeypatch.setenv("DATA_DIR", str(data))
    monkeypatch.setenv("DATABASE_URL", "sqlite://")
    assert main(["ask", "犬の登録"]) == 2
    assert "`python -m bot train`" in capsys.readouterr().err
