"""The command `train`: weights from labelled questions, and how well they would do on others."""

import sys
from pathlib import Path

from faq import ranker
from faq.crossvalidation import FOLDS, estimates, folds
from faq.evaluate import Outcomes
from faq.labelled import BadFileError
from faq.semantic import Fetch
from faq.train import examples_of, learning_from, train

FEWEST = 20
"""Questions with an answer, below which nothing can be learnt that would hold for others."""


def train_on(faq: Path, questions: Path, out: Path, fetch: Fetch | None = None) -> int:
    """Prints cross-validated figures and writes weights; the exit code is 1 where a file is wrong.

    With `fetch`, which gives the vectors, the weights are for the semantic layer.
    """
    try:
        _train(faq, questions, out, fetch)
    except BadFileError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{out} cannot be written: {error.strerror}\n")
        return 1
    return 0


def _train(faq: Path, questions: Path, out: Path, fetch: Fetch | None) -> None:
    learning = learning_from(faq, questions, fetch)
    knowledge, labelled = learning.knowledge, learning.questions
    answerable = sum(bool(question.relevance) for question in labelled)
    if answerable < FEWEST:
        raise BadFileError(f"{questions}: {answerable} questions have an answer; at least {FEWEST} must")
    _say(f"{len(knowledge.entries)} entries, {len(labelled)} questions")
    outcomes: list[Outcomes] = []
    for fold in folds(learning):
        _say(f"fold {fold.number} of {FOLDS}: asked {len(fold.outcomes)} questions that it had not seen")
        outcomes += fold.outcomes
    for figure in estimates(outcomes):
        _say(f"{figure.name:20} {figure.value:.3f}   95 % interval {figure.low:.3f} to {figure.high:.3f}")
    origin = (
        f"{len(labelled)} questions of {questions.name} to {len(knowledge.entries)} entries of {faq.name}"
    )
    examples = examples_of(knowledge, labelled, learning.vectors)
    ranker.save(train(examples, origin, knowledge.features), out)
    _say(f"The weights of all questions are in {out}.")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
