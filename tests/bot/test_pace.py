"""No endpoint is called faster than its share of what LINE allows."""

import threading

import pytest

from bot.pace import HELD_BACK, MARGIN, Endpoint, Pace


class Time:
    """A clock that moves when somebody waits."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


def taken(pace: Pace, time: Time, endpoint: Endpoint, calls: int) -> float:
    """Seconds that so many calls take."""
    begun = time.now
    for _ in range(calls):
        pace.take_turn(endpoint)
    return time.now - begun


@pytest.mark.parametrize(
    ("endpoint", "share", "per_second"),
    [(Endpoint.PUSH, 1.0, 2000), (Endpoint.REPLY, 0.5, 1000), (Endpoint.MULTICAST, 0.25, 50)],
)
def test_the_rates(endpoint: Endpoint, share: float, per_second: int) -> None:
    time = Time()
    pace = Pace(share, time, time.wait)
    expected = 1000 / (per_second * MARGIN)
    assert taken(pace, time, endpoint, 1001) == pytest.approx(expected)


def test_endpoints_do_not_wait_for_each_other_and_who_was_slow_saves_nothing_up() -> None:
    time = Time()
    pace = Pace(1, time, time.wait)
    taken(pace, time, Endpoint.MULTICAST, 10)
    begun = time.now
    pace.take_turn(Endpoint.PUSH)
    assert time.now == begun
    time.now += 60
    assert taken(pace, time, Endpoint.MULTICAST, 181) == pytest.approx(1)


def test_after_too_much_all_rest() -> None:
    time = Time()
    pace = Pace(1, time, time.wait)
    pace.take_turn(Endpoint.PUSH)
    pace.refused(Endpoint.PUSH)
    assert taken(pace, time, Endpoint.PUSH, 1) == pytest.approx(HELD_BACK)
    assert taken(pace, time, Endpoint.REPLY, 1) == 0


def test_threads_share_one_pace() -> None:
    waits: list[float] = []
    pace = Pace(1, lambda: 0.0, waits.append)
    threads = [
        threading.Thread(target=lambda: [pace.take_turn(Endpoint.MULTICAST) for _ in range(25)])
        for _ in range(4)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    spaced = sorted(waits)
    assert len(spaced) == 99
    assert spaced[-1] == pytest.approx(99 / 180)


@pytest.mark.parametrize("share", [0, -1, 1.1])
def test_a_share_is_a_part(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        Pace(share)
