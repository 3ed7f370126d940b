"""What was told, or will be, to a resident in LINE, in words for the people at the city."""

from store.notices import Notice
from web.site import site
from web.times import say_moment


def say_notice(notice: Notice) -> tuple[str, str]:
    """What it is about, and when it goes out or what became of it."""
    say = site().say
    state = say(f"bookings.notice_state.{notice.state}", when=say_moment(notice.due_at))
    return say(f"bookings.notice.{notice.kind}"), state
