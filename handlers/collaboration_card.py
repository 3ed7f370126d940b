"""How a proposal stands, in a card: the stages passed, the next one, who decides it and by when."""

from collections.abc import Iterable
from datetime import date

from handlers import words
from handlers.case_promise import section_name, section_telephone
from handlers.city import City
from handlers.dates import say_day
from handlers.turn import Card, Fact
from store import receipts
from store.collaboration_stages import Stage, following
from store.collaboration_steps import Step
from store.collaborations import Collaboration


def of_state(city: City, found: Collaboration, steps: Iterable[Step], today: date) -> Card:
    """All that the proposer can know of it."""
    say = city.say
    passed = "\n".join(_line(city, each, today) for each in steps)
    facts = [
        Fact(say("case.receipt"), receipts.shown(found.receipt)),
        Fact(say("collaboration.stage"), stage_name(city, found.stage)),
        Fact(say("collaboration.passed"), passed),
        *_ahead(city, found, today),
        Fact(say("case.section"), section_name(city, found.section)),
    ]
    late = found.is_late(today)
    if late:
        facts.append(words.telephone_fact(city, section_telephone(city, found.section)))
    return Card(found.words.title, say("collaboration.late") if late else "", tuple(facts))


def of_step(city: City, found: Collaboration, step: Step, today: date) -> Card:
    """What the proposer is told when a stage is reached: without what is proposed, since others may see the screen."""
    say = city.say
    is_first = step.stage is Stage.SUBMITTED
    body = step.words or say(f"notice.collaboration_stage.{'received' if is_first else 'body'}")
    facts = [
        Fact(say("case.receipt"), receipts.shown(found.receipt)),
        Fact(say("collaboration.stage"), _line(city, step, today)),
    ]
    if step.decided_by:
        facts.append(Fact(say("collaboration.decided_by"), step.decided_by))
    title = say("notice.collaboration_stage.summary")
    return Card(title, body, (*facts, *_ahead(city, found, today)))


def stage_name(city: City, stage: Stage) -> str:
    return city.say(f"collaboration.is.{stage}")


def _line(city: City, step: Step, today: date) -> str:
    day = say_day(city, step.on, today)
    return city.say("collaboration.passed_line", stage=stage_name(city, step.stage), day=day)


def _ahead(city: City, found: Collaboration, today: date) -> tuple[Fact, ...]:
    """What comes next; nothing once it is over."""
    after = following(found.stage)
    if after is None:
        return ()
    unknown = city.say("collaboration.unknown")
    due = say_day(city, found.due_on, today) if found.due_on else unknown
    return (
        Fact(city.say("collaboration.next"), stage_name(city, after)),
        Fact(city.say("collaboration.decides"), found.decides or unknown),
        Fact(city.say("collaboration.due"), due),
    )
