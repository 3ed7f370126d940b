from pathlib import Path

import numpy as np
import pytest

from faq import array_file

ARRAYS = {
    "numbers": np.arange(6, dtype=np.int32).reshape(2, 3),
    "empty": np.zeros((0, 4), np.float32),
    "one": np.array(2.5),
    "letters": np.frombuffer("ごみ".encode(), np.uint8),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    array_file.write(tmp_path / "arrays", ARRAYS)
    return tmp_path / "arrays"


def test_arrays_come_back(file: Path) -> None:
    found = array_file.read(file)
    assert found.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert (found[name].dtype, found[name].tolist()) == (array.dtype, array.tolist())


def test_what_is_mapped_cannot_be_changed(file: Path) -> None:
    with pytest.raises(ValueError, match="read-only"):
        array_file.read(file)["numbers"][0] = 7


def test_a_file_that_is_removed_can_still_be_read(file: Path) -> None:
    found = array_file.read(file)
    file.unlink()
    assert found["numbers"].sum() == 15


@pytest.mark.parametrize("left", [0, 3, 12, 40, -64, -1])
def test_a_file_that_is_not_whole_is_refused(file: Path, left: int) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:left])
    with pytest.raises(ValueError, match=r".+"):
        array_file.read(file)


@pytest.mark.parametrize(
    "found", [b"", b"{}", b"[]", b"SQLite format 3\0" * 9, array_file.MAGIC + b"\xff" * 99]
)
def test_another_file_is_refused(tmp_path: Path, found: bytes) -> None:
    (tmp_path / "other").write_bytes(found)
    with pytest.raises(ValueError, match=r".+"):
        array_file.read(tmp_path / "other")
