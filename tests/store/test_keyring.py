import pytest

from store.keyring import Key, Keyring, WrongKey, new_key, random_key_text

OLD, NEW = random_key_text(), random_key_text()


def test_what_is_sealed_opens_again_and_looks_different_each_time():
    key = new_key()
    first, second = key.seal("住所".encode(), "query"), key.seal("住所".encode(), "query")
    assert key.open(first, "query").decode() == "住所"
    assert first != second
    assert "住所".encode() not in first


def test_half_a_character_is_kept_as_it_came():
    key = new_key()
    assert key.open_text(key.seal_text("東区\ud83d", "text"), "text") == "東区\ud83d"


def test_tampering_moving_and_foreign_keys_are_refused():
    key = new_key()
    sealed = key.seal(b"secret", "query")
    for place in range(len(sealed)):
        tampered = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(WrongKey):
            key.open(tampered, "query")
    for broken, opener, purpose in (
        (sealed, key, "address"),
        (sealed, new_key(), "query"),
        (sealed[:-1], key, "query"),
        (sealed[:12], key, "query"),
        (b"", key, "query"),
    ):
        with pytest.raises(WrongKey):
            opener.open(broken, purpose)


def test_the_first_key_seals_and_each_opens():
    kept = new_key()
    before = Keyring.parse(OLD)
    rotated = Keyring.parse(f"{NEW}, {OLD}")
    by_old, by_new = before.wrap(kept, "resident:1"), rotated.wrap(kept, "resident:1")
    assert rotated.unwrap(by_old, "resident:1") == rotated.unwrap(by_new, "resident:1") == kept
    assert Keyring.parse(NEW).unwrap(by_new, "resident:1") == kept, (
        "once all are wrapped anew, the old may go"
    )
    with pytest.raises(WrongKey):
        before.unwrap(by_new, "resident:1")
    with pytest.raises(WrongKey):
        rotated.unwrap(by_old, "resident:2")


@pytest.mark.parametrize(
    "text",
    ["", " , ", "x", OLD[:-4], OLD + OLD, f"{OLD},x"],
    ids=["nothing", "no key", "a letter", "half a key", "two in one", "a key and a letter"],
)
def test_what_is_no_keyring(text):
    with pytest.raises(ValueError, match=r".+"):
        Keyring.parse(text)


def test_a_digest_needs_the_key():
    key = new_key()
    assert key.digest("U1") == Key(key.secret).digest("U1") != new_key().digest("U1")
    assert key.digest("\ud83d") != key.digest("U1")
