from pathlib import Path

import numpy as np
import pytest

from faq.evaluate import auroc, evaluate, ndcg
from faq.semantic import EntryVectors, Fetched, fingerprint

KEYS = (
    "ndcg@10 recall@10 mrr hit@1 hit@3 hit@1A answered precision_answered precision_at_50 "
    "auroc_answerable p50_ms p99_ms queries"
)
FAQ = "id,question,answer\ngarbage,ごみの出し方,朝に出してください。\ndog,犬の登録,窓口で登録します。\n"
QUESTIONS = (
    "query_id,query,faq_id,relevance\n"
    "1,ごみの出し方は？,garbage,2\n2,犬を登録したい,dog,2\n2,犬を登録したい,garbage,0\n"
)


def files(folder: Path, faq: str, questions: str) -> tuple[Path, Path]:
    (folder / "faq.csv").write_text(faq, encoding="utf-8")
    (folder / "questions.csv").write_text(questions, encoding="utf-8")
    return folder / "faq.csv", folder / "questions.csv"


def test_the_figures_of_a_small_set(tmp_path: Path) -> None:
    figures = evaluate(*files(tmp_path, FAQ, QUESTIONS)).as_json()
    assert list(figures) == KEYS.split()
    assert figures["queries"] == 2
    assert figures["ndcg@10"] == figures["recall@10"] == figures["hit@1A"] == 1


def test_further_columns_and_questions_that_nothing_answers(tmp_path: Path) -> None:
    faq = FAQ.replace("id,", "note,id,").replace("\ngarbage", "\nx,garbage").replace("\ndog", "\ny,dog")
    questions = (
        QUESTIONS.replace("relevance\n", "relevance,handler\n")
        .replace("2\n", "2,question\n")
        .replace("0\n", "0,\n")
    )
    figures = evaluate(*files(tmp_path, faq, questions + "3,明日の天気は？,,,none\n"))
    assert figures.queries == 3
    assert figures.recall == 1
    assert figures.answered <= 2 / 3


def test_ndcg_as_in_a_worked_example() -> None:
    assert ndcg([2, 1], [2, 1]) == 1
    assert ndcg([0, 2], [2]) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg([], [2]) == 0


def test_auroc_is_the_chance_that_a_positive_is_above_a_negative() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1
    assert auroc([0.5], [0.5]) == 0.5
    assert auroc([0.9, 0.1], [0.5]) == 0.5


def test_with_vectors_the_keys_are_the_same_and_the_figures_are_not(tmp_path: Path) -> None:
    paths = files(tmp_path, FAQ, QUESTIONS.replace("犬を登録したい", "qwerty"))
    asked: list[str] = []

    def fetch(entries, questions):
        """A question about nothing that has a word means the dog."""
        asked.extend(questions)
        axes = np.eye(2, dtype=np.float16)
        vectors = {
            each.id: EntryVectors(each.id, fingerprint(each), axes[[at]], axes[[at]])
            for at, each in enumerate(entries)
        }
        return Fetched(vectors, {q: axes[int("qwerty" in q)].astype(np.float32) for q in questions})

    assert list(evaluate(*paths, fetch).as_json()) == KEYS.split()
    assert evaluate(*paths, fetch).hit1 == 1 > evaluate(*paths).hit1
    assert "qwerty" in asked
