"""What comes that is not words: pictures, stickers, people leaving, messages taken back."""

from typing import assert_never

from handlers import booking_hold, case_mine, words
from handlers.turn import (
    SILENCE,
    Media,
    MediaKind,
    Plain,
    Reply,
    Turn,
    Unfollowed,
    Unsent,
)
from store import outbox, photographs, queries, residents


def matches(turn: Turn) -> bool:
    return isinstance(turn.message.said, Media | Unfollowed | Unsent)


def handle(turn: Turn) -> Reply:
    match turn.message.said:
        case Unfollowed():
            residents.follow(turn.tx, turn.resident.id, follows=False)
            outbox.stop_pushes(turn.tx, turn.resident.id, turn.now)
            booking_hold.release(turn)
            return SILENCE
        case Unsent(message_id=message_id):
            queries.forget_message(turn.tx, turn.resident.id, message_id)
            photographs.drop_of_message(turn.tx, turn.resident.id, message_id)
            return SILENCE
        case Media(kind=kind):
            return _media(turn, kind)
    raise AssertionError("matches() lets nothing else through")


def _media(turn: Turn, kind: MediaKind) -> Reply:
    choices = (words.to_the_menu(turn.city), words.to_a_person(turn.city))
    match kind:
        case "sticker":
            text = turn.city.say("media.sticker")
        case "image" | "video":
            text = turn.city.say("media.picture")
        case "audio":
            text = turn.city.say("media.voice")
        case "file":
            text = turn.city.say("media.file")
        case other:
            assert_never(other)
    standing = () if kind == "sticker" else case_mine.open_cases(turn)
    parts = (Plain(text), *((Plain(turn.city.say("case.media")),) if standing else ()))
    return Reply(parts, choices, conversation=turn.conversation)
