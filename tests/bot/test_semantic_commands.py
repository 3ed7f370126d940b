"""`train` and `evaluate` with the semantic layer, and `import`."""

import pytest

from bot.__main__ import main
from faq import ranker
from faq.search import SEMANTIC_NAMES
from tests.bot.test_foresight import embed
from tests.conftest import DATA
from tests.embeddings import answering

THINGS = """
犬 猫 図書館 公園 水道 年金 税金 住民票 戸籍 印鑑 保育園 学校 病院 道路 街灯 自転車 駐車場 選挙 防災 健診 花火
""".split()


@pytest.fixture
def labelled(tmp_path) -> list[str]:
    """The arguments that name two files."""
    faq, questions = tmp_path / "faq.csv", tmp_path / "questions.csv"
    entries = [f"{at},{thing}の手続きを知りたい,{thing}の窓口で。" for at, thing in enumerate(THINGS)]
    asked = [f"{at},{thing}について,{at},2" for at, thing in enumerate(THINGS)]
    faq.write_text("\n".join(["id,question,answer", *entries, ""]), encoding="utf-8")
    questions.write_text("\n".join(["query_id,query,faq_id,relevance", *asked, ""]), encoding="utf-8")
    return ["--faq", str(faq), "--questions", str(questions)]


def test_weights_are_learnt_and_measured_with_vectors(labelled, tmp_path, monkeypatch, capsys):
    out = tmp_path / "weights_semantic.json"
    with answering(embed) as server:
        monkeypatch.setenv("EMBEDDINGS_URL", server.address)
        assert main(["train", *labelled, "--semantic", "--out", str(out)]) == 0
        assert "犬について" in server.texts
        assert main(["evaluate", *labelled, "--semantic", "--json"]) == 0
    assert ranker.load(out, SEMANTIC_NAMES).features == SEMANTIC_NAMES
    assert '"ndcg@10"' in capsys.readouterr().out


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_an_endpoint_that_gives_nothing_is_said(command, labelled, monkeypatch, capsys):
    with answering(b"<html>") as server:
        monkeypatch.setenv("EMBEDDINGS_URL", server.address)
        with pytest.raises(SystemExit) as left:
            main([command, *labelled, "--semantic"])
    assert left.value.code == 1
    assert "gives no vectors" in capsys.readouterr().err
    monkeypatch.delenv("EMBEDDINGS_URL")
    assert main([command, *labelled, "--semantic"]) == 2
    assert "EMBEDDINGS_URL is missing" in capsys.readouterr().err


def test_an_import_fetches_what_is_new(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/helpdesk.db")
    assert main(["import", "faq", str(DATA / "faq.csv")]) == 0
    assert "without vectors" not in capsys.readouterr().out, "no endpoint, no word of it"
    with answering(embed) as server:
        monkeypatch.setenv("EMBEDDINGS_URL", server.address)
        assert main(["import", "faq", str(DATA / "faq.csv"), "--check"]) == 0
        assert server.texts == []
        assert main(["import", "faq", str(DATA / "faq.csv")]) == 0
        assert server.texts
    assert "entries without vectors: 0\n" in capsys.readouterr().out
