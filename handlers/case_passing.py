"""What nobody else can answer: it goes to the person on the case, or becomes what is handed to one."""

from faq.models import Outcome
from handlers import case_listening, case_mine, case_screen
from handlers.case_draft import Step, of_conversation, of_words
from handlers.case_verbs import Act, to_act
from handlers.turn import Choice, Reply, Turn
from nlp.masking import without_labels
from store import case_apart
from store.cases import Case, State


def matches(turn: Turn) -> bool:
    """Always asked last, before the question: whatever the knowledge answers with confidence is left to it."""
    if not turn.text:
        return False
    if is_offered(turn):
        return _outcome(turn) is Outcome.NONE
    case = _case(turn)
    if case is None:
        return False
    unanswered = (Outcome.NONE, Outcome.CHOOSE) if case.state is State.TAKEN else (Outcome.NONE,)
    return _outcome(turn) in unanswered


def handle(turn: Turn) -> Reply:
    if is_offered(turn):
        return case_screen.about(turn, of_words(turn, turn.text, Step.ABOUT))
    case = _case(turn)
    assert case is not None
    return case_listening.pass_on(turn, case, turn.text)


def is_offered(turn: Turn) -> bool:
    """Whether the resident was just asked to telephone or to write."""
    draft = of_conversation(turn.conversation)
    return draft is not None and draft.step is Step.OFFERED


def _case(turn: Turn) -> Case | None:
    """The case that is talked of, or that a person has taken."""
    if talked := case_listening.spoken_with(turn):
        return talked
    if not turn.past.cases:
        return None
    taken = (each for each in case_mine.open_cases(turn) if each.state is State.TAKEN)
    return next((each for each in taken if not case_apart.is_apart(turn.tx, each.id)), None)


def _outcome(turn: Turn) -> Outcome:
    text = without_labels(turn.text)
    return turn.city.knowledge.search(text, turn.vectors.get(text)).outcome


def offer(turn: Turn, reply: Reply) -> tuple[Choice, ...]:
    """The button that passes on a question which the bot has answered, or could not, to the person all the same."""
    query = reply.conversation.slots.get("query", "")
    if not turn.text or not query or not turn.past.cases or not case_mine.open_cases(turn):
        return ()
    return (to_act(turn, Act.FORWARD, int(query)),)
