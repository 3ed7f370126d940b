"""The passwords that stood in leaks, as they are kept."""

from web.leaked_passwords import BYTES, FILE, digest, is_leaked


def test_the_most_common_of_those_long_enough_are_there():
    assert is_leaked("1q2w3e4r5t6y")
    assert not is_leaked("blue-lantern-42-river")


def test_each_stands_once_and_in_order():
    content = FILE.read_bytes()
    kept = [content[start : start + BYTES] for start in range(0, len(content), BYTES)]
    assert kept == sorted(set(kept))
    assert len(kept) > 40_000
    assert digest("1q2w3e4r5t6y") in kept
