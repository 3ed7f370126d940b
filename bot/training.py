"""The command `train`: weights from labelled questions, and how well they would do on others."""

import sys
from pathlib import Path

from faq import ranker
from faq.crossvalidation import FOLDS, estimates, folds
from faq.evaluate import Outcomes
from faq.index import prepare
from faq.labelled import BadFileError, read_entries, read_questions
from faq.search import Knowledge
from faq.train import examples_of, train

FEWEST = 20
"""Questions with an answer, below which nothing can be learnt that would hold for others."""


def train_on(faq: Path, questions: Path, out: Path) -> int:
    """Prints cross-validated figures and writes weights; the exit code is 1 where a file is wrong."""
    try:
        _train(faq, questions, out)
    except BadFileError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{out} cannot be written: {error.strerror}\n")
        return 1
    return 0


def _train(faq: Path, questions: Path, out: Path) -> None:
    knowledge = Knowledge.of([prepare(entry) for entry in read_entries(faq)], weights=ranker.unlearnt())
    labelled = read_questions(questions, knowledge)
    answerable = sum(bool(question.relevance) for question in labelled)
    if answerable < FEWEST:
        raise BadFileError(f"{questions}: {answerable} questions have an answer; at least {FEWEST} must")
    _say(f"{len(knowledge.entries)} entries, {len(labelled)} questions")
    outcomes: list[Outcomes] = []
    for fold in folds(knowledge, labelled):
        _say(f"fold {fold.number} of {FOLDS}: asked {len(fold.outcomes)} questions that it had not seen")
        outcomes += fold.outcomes
    for figure in estimates(outcomes):
        _say(f"{figure.name:20} {figure.value:.3f}   95 % interval {figure.low:.3f} to {figure.high:.3f}")
    origin = (
        f"{len(labelled)} questions of {questions.name} to {len(knowledge.entries)} entries of {faq.name}"
    )
    ranker.save(train(examples_of(knowledge, labelled), origin), out)
    _say(f"The weights of all questions are in {out}.")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
