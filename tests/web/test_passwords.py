"""How passwords are kept and checked."""

import threading
import time

import pytest
from argon2 import PasswordHasher, extract_parameters

from tests.site import QUICK
from web.passwords import AT_ONCE, LONGEST, Passwords, Verified


def test_as_rfc_9106_recommends():
    kept = extract_parameters(Passwords().hash("つつじと銀杏の並木道"))
    assert (kept.type.name, kept.time_cost, kept.memory_cost, kept.parallelism) == ("ID", 3, 64 * 1024, 4)


@pytest.mark.parametrize(
    ("typed", "verified"),
    [
        ("つつじと銀杏 Ab1", Verified.YES),
        ("つつじと銀杏　Ａｂ１", Verified.YES),
        ("つつじと銀杏 ab1", Verified.NO),
        ("つつじと銀杏 Ab1 ", Verified.NO),
        ("", Verified.NO),
    ],
)
def test_what_is_the_same_password(typed, verified):
    passwords = Passwords(QUICK)
    assert passwords.verify(passwords.hash("つつじと銀杏 Ab1"), typed) is verified


def test_a_hash_with_other_parameters_is_old():
    kept = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash("x")
    assert Passwords(QUICK).verify(kept, "x") is Verified.YES_BUT_OLD
    assert Passwords(QUICK).verify(kept, "y") is Verified.NO


@pytest.mark.parametrize("kept", [None, "", "no hash", "$argon2id$v=19$broken"])
def test_where_nothing_is_kept_no_password_is_right(kept):
    for typed in ("", "nobody", "x"):
        assert Passwords(QUICK).verify(kept, typed) is Verified.NO


def test_nobodys_password_opens_nothing():
    passwords = Passwords(QUICK)
    passwords.verify(None, "x")
    for typed in (*passwords._nobodys, "nobody", ""):
        assert passwords.verify(None, typed) is Verified.NO


class Watched(PasswordHasher):
    """Notes how many are computed at one time, and how long the longest password is."""

    def __init__(self):
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.now = self.most = self.longest = 0
        self.lock = threading.Lock()

    def verify(self, kept, password):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
            self.longest = max(self.longest, len(password))
        time.sleep(0.002)
        with self.lock:
            self.now -= 1
        return super().verify(kept, password)


def test_few_are_computed_at_one_time():
    passwords = Passwords(Watched())
    kept = passwords.hash("x")
    threads = [threading.Thread(target=passwords.verify, args=(kept, "x")) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passwords.hasher.most == AT_ONCE


def test_too_long_a_password_costs_as_much_as_any():
    passwords = Passwords(Watched())
    kept = passwords.hash("x" * 300)
    assert passwords.verify(kept, "x" * 300) is Verified.NO
    assert passwords.hasher.longest <= LONGEST
