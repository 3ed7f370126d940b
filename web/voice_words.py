"""What pages say of voices: why something was not done, and how their parts are called."""

from typing import assert_never

from faq.voice_categories import VoiceCategoryId
from store.voice_refusals import (
    AlreadyPublished,
    Changed,
    Joined,
    NotAnswered,
    NotReady,
    NotThere,
    NotWished,
    OwnWork,
    Refused,
    WentOn,
)
from web.known import Known
from web.site import site


def say_voice_refusal(why: Refused) -> str:
    """What is the matter, and what to do."""
    say = site().say
    match why:
        case Changed(shown=shown):
            return say("voices.refused.changed", shown=shown)
        case NotReady(undecided=0):
            return say("voices.refused.not_ready")
        case NotReady(undecided=undecided):
            return say("voices.refused.undecided", count=undecided)
        case NotThere():
            return say("voices.refused.not_there")
        case NotWished():
            return say("voices.refused.not_wished")
        case NotAnswered():
            return say("voices.refused.not_answered")
        case Joined():
            return say("voices.refused.joined")
        case AlreadyPublished():
            return say("voices.refused.published")
        case WentOn():
            return say("voices.refused.went_on")
        case OwnWork():
            return say("voices.refused.own")
        case _:
            assert_never(why)


def category_name(known: Known, category: VoiceCategoryId | None) -> str:
    """As it is called now; empty where nobody chose one, or it is gone."""
    return next((each.name for each in known.voice_categories if each.id == category), "")
