from pathlib import Path

import pytest

from faq.evaluate import evaluate
from faq.labelled import BadFileError
from tests.faq.test_evaluate import FAQ, QUESTIONS, files


@pytest.mark.parametrize(
    ("faq", "questions", "reason"),
    [
        ("id,question\n1,2\n", QUESTIONS, "faq.csv, line 1: column 'answer' is missing"),
        (FAQ + "dog,x,y\n", QUESTIONS, "faq.csv, line 4: id 'dog' is empty or was there before"),
        (FAQ + "cat,x\n", QUESTIONS, "faq.csv, line 4: too few columns"),
        ("id,question,answer\n", QUESTIONS, "faq.csv: no entries"),
        (FAQ, "query_id,query,faq_id,relevance\n", "questions.csv: no questions"),
        (FAQ, QUESTIONS + "3,猫は,cat,2\n", "questions.csv, line 5: there is no entry 'cat'"),
        (FAQ, QUESTIONS + "3,猫は,dog,9\n", "questions.csv, line 5: relevance '9' is not 0, 1 or 2"),
    ],
)
def test_a_bad_file_is_named_with_its_line(tmp_path: Path, faq: str, questions: str, reason: str) -> None:
    with pytest.raises(BadFileError) as error:
        evaluate(*files(tmp_path, faq, questions))
    assert str(error.value).endswith(reason)


def test_a_file_that_is_not_there_or_not_utf8(tmp_path: Path) -> None:
    faq, questions = files(tmp_path, FAQ, QUESTIONS)
    with pytest.raises(BadFileError, match="No such file"):
        evaluate(tmp_path / "none.csv", questions)
    faq.write_bytes(FAQ.encode("cp932"))
    with pytest.raises(BadFileError, match="not UTF-8"):
        evaluate(faq, questions)
