from pathlib import Path

import numpy as np
import pytest

from nlp.make_vectors import compress, fold, main, murmur, read_integer_map


def test_murmur_names_strings_as_spacy_does() -> None:
    # Known from spaCy's documentation of its StringStore.
    assert murmur(b"coffee") == 3197928453018144401


def test_an_integer_map_is_read() -> None:
    packed = b"\xdf\x00\x00\x00\x02" + b"\x07\xcd\x01\x00" + b"\xcf" + b"\xff" * 8 + b"\xcc\xc8"
    assert read_integer_map(packed) == {7: 256, 2**64 - 1: 200}
    with pytest.raises(ValueError, match="MessagePack"):
        read_integer_map(b"\x81\x01\x02")


def test_a_word_written_as_the_analyzer_writes_goes_first() -> None:
    assert fold({"ゴミ": 1, "ごみ": 2, "JR": 3}) == {"ごみ": 2, "jr": 3}


def test_compression_keeps_what_is_near() -> None:
    vectors = np.random.default_rng(0).normal(size=(400, 300)).astype(np.float32)
    vectors[1] = vectors[0] + 0.1 * vectors[2]
    small = compress(vectors).astype(np.float32)
    units = small / np.linalg.norm(small, axis=1, keepdims=True)
    assert int(np.argsort(-(units @ units[0]))[1]) == 1


def test_another_wheel_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "other.whl"
    wheel.write_bytes(b"other")
    with pytest.raises(ValueError, match="SHA-256"):
        main(wheel)
