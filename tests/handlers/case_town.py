"""The city as it ships, with somebody at each section who answers: for dialogues with a person."""

from datetime import timedelta

from bot.due import Due
from faq.counters import SectionId
from handlers.turn import Reply
from store import accounts, case_acts, case_answers, case_talk, cases
from store.accounts import Account, Draft
from store.audit import COMMAND
from store.case_answers import In
from store.case_talk import Entry, EntryKind
from store.cases import Case, Ending
from store.db import Tx
from store.notices import Notice
from store.sight import Role, Viewer
from tests.dialogue import Speaker

ASKED = "母の介護のことで困っています"


class Clerk:
    """An administrator, who may act for any section."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        with speaker.talk.database.write() as tx:
            made = accounts.add(tx, Draft("clerk", "山田", Role.ADMIN, None), COMMAND, speaker.talk.now)
            assert isinstance(made, Account)
            self.viewer: Viewer = made.viewer

    def takes(self) -> Case:
        """Looks after the newest case."""
        with self.speaker.talk.database.write() as tx:
            taken = case_acts.take(tx, self.viewer, self._newest(tx).id, self.speaker.talk.now)
        assert isinstance(taken, Case), taken
        return taken

    def answers(self, words: str, how: In = In.LINE, *, also_closes: bool = False) -> tuple[Reply, ...]:
        """What the resident is told of it."""
        with self.speaker.talk.database.write() as tx:
            case, now = self._newest(tx), self.speaker.talk.now
            made = case_answers.answer(
                tx, self.viewer, case.id, case.version, words, how, now, also_closes=also_closes
            )
        assert isinstance(made, Case), made
        return told(self.speaker)

    def sends_on(self, section: str) -> tuple[Reply, ...]:
        with self.speaker.talk.database.write() as tx:
            case, now = self._newest(tx), self.speaker.talk.now
            to, by = SectionId(section), now + timedelta(hours=2)
            made = case_acts.send_on(tx, self.viewer, case.id, case.version, to, "担当違い", by, now)
        assert isinstance(made, Case), made
        return told(self.speaker)

    def names(self, neighbour: str, words: str) -> tuple[Reply, ...]:
        """Another authority's."""
        with self.speaker.talk.database.write() as tx:
            case, now = self._newest(tx), self.speaker.talk.now
            made = case_answers.elsewhere(tx, self.viewer, case.id, case.version, neighbour, words, now)
        assert isinstance(made, Case), made
        return told(self.speaker)

    def closes(self) -> tuple[Reply, ...]:
        with self.speaker.talk.database.write() as tx:
            case, now = self._newest(tx), self.speaker.talk.now
            made = case_acts.close(tx, self.viewer, case.id, case.version, Ending.GIVEN_UP, "", now)
        assert isinstance(made, Case), made
        return told(self.speaker)

    def _newest(self, tx: Tx) -> Case:
        found = cases.latest(tx, self.speaker.talk.resident)
        assert found is not None
        return found


def told(speaker: Speaker) -> tuple[Reply, ...]:
    """What the service says unasked by now, as the chore hands it over."""
    heard: list[Reply] = []
    talk = speaker.talk

    def hear(_tx: object, notice: Notice, reply: Reply, *_: object) -> None:
        if notice.resident == talk.resident:
            heard.append(reply)
            talk.last = reply

    Due(talk.database, talk.city, lambda: talk.now, fail, hear).tell(talk.now)
    return tuple(heard)


def fail(_: str, error: Exception) -> None:
    raise error


def of_resident(speaker: Speaker) -> tuple[Case, ...]:
    """Their cases, the newest first."""
    with speaker.talk.database.read() as tx:
        return cases.of_resident(tx, speaker.talk.resident)


def said(speaker: Speaker, which: int = 0) -> list[str]:
    """What staff read in the newest case, or the one before."""
    return [entry.words for entry in _talk(speaker, which) if entry.kind is EntryKind.SAID]


def _talk(speaker: Speaker, which: int) -> tuple[Entry, ...]:
    case = of_resident(speaker)[which]
    with speaker.talk.database.read() as tx:
        return case_talk.told_to(tx, speaker.talk.resident, case.id)


def hand_over(speaker: Speaker, words: str = ASKED, how: str = "このトークで") -> Case:
    """Something is handed to a person, and sent."""
    for line in ("人に相談", "ここで伝える"):
        speaker.says(line)
    if "別の用件" in speaker.buttons:
        speaker.says(">別の用件")
    speaker.says(words)
    if "わからない・市外" in speaker.buttons:
        speaker.says("東区")
    assert "送りました" in speaker.hears(how)
    return of_resident(speaker)[0]
