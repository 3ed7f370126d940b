import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from faq import shelf, suggest
from faq.index import prepare
from faq.search import Knowledge
from faq.shelf import Shelf
from tests.faq.town import DOG, ENTRIES, SYNONYMS, TOWN, entry

ROOT = Path(__file__).parent.parent.parent
FINGERPRINTS = {each.id: number for number, each in enumerate(ENTRIES)}
ASKED = (
    "ごみの分け方",
    "転入届はいつまで？",
    "犬を飼い始めました",
    "本屋さん",
    "じゅうみんひょう",
    "ラーメン",
)
CAT = entry("cat", "猫が迷子になったとき", "動物愛護センターに連絡してください。", "迷子の猫")


@pytest.fixture
def kept(tmp_path: Path) -> Shelf:
    """A shelf with the town on it."""
    town = Shelf(tmp_path / "index")
    with town.held():
        town.put(TOWN.counted, FINGERPRINTS, 7)
    return town


def files(of: Shelf) -> list[Path]:
    return sorted(of.folder.glob("*.index"))


def taken(from_shelf: Shelf) -> Knowledge:
    found = from_shelf.take()
    assert found is not None
    return Knowledge.knowing(found[0], SYNONYMS)


def test_what_was_put_there_finds_the_same(kept: Shelf) -> None:
    found = taken(kept)
    assert tuple(found.entries) == ENTRIES
    for text in ASKED:
        assert found.search(text) == TOWN.search(text)
        assert suggest.entries(found, text) == suggest.entries(TOWN, text)


def test_fingerprints_come_back(tmp_path: Path) -> None:
    known = {**FINGERPRINTS, DOG.id: None}
    town = Shelf(tmp_path)
    town.put(TOWN.counted, known, 1)
    found = town.take()
    assert found is not None
    assert found[1] == known


def test_it_can_be_changed_and_put_there_again(kept: Shelf) -> None:
    changed = taken(kept).renewed([prepare(CAT)], [DOG.id])
    kept.put(changed.counted, dict.fromkeys(changed.entries.ids, 1), 8)
    assert len(files(kept)) == 1
    again = taken(kept)
    assert tuple(again.entries) == (*ENTRIES[:4], CAT)
    assert "犬" not in again.known.matrix.vocabulary
    assert [again.search(text) for text in (*ASKED, "迷子の猫")] == [
        changed.search(text) for text in (*ASKED, "迷子の猫")
    ]


def test_nothing_is_there_at_first(tmp_path: Path) -> None:
    assert Shelf(tmp_path / "none").take() is None


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _without_an_array(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b'"segments.words"', b'"segments.swords'[:16], 1))


@pytest.mark.parametrize("damage", [_cut, _empty, _without_an_array])
def test_a_broken_file_is_passed_over_and_removed(kept: Shelf, damage: Callable[[Path], None]) -> None:
    damage(files(kept)[0])
    assert kept.take() is None
    kept.put(TOWN.counted, FINGERPRINTS, 9)
    assert len(files(kept)) == 1
    assert taken(kept).search("ごみ") == TOWN.search("ごみ")


def test_what_is_not_ours_stays(kept: Shelf) -> None:
    (kept.folder / "notes.txt").write_text("of somebody")
    (kept.folder / ".folder").mkdir()
    kept.put(TOWN.counted, FINGERPRINTS, 9)
    assert {each.name for each in kept.folder.iterdir()} > {"notes.txt", ".folder"}


def test_another_version_of_the_program_counts_anew(kept: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_made_by", lambda: "other")
    assert kept.take() is None
    kept.put(TOWN.counted, FINGERPRINTS, 7)
    assert [file.name.split("-")[0] for file in files(kept)] == ["other"]


KILLED = """
import sys, threading
from pathlib import Path
from faq import array_file
from faq.shelf import Shelf
from tests.faq.town import TOWN

write = array_file.write
def halfway(path, arrays):
    write(path, arrays)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    sys.stdout.write("half\\n")
    sys.stdout.flush()
    threading.Event().wait()

array_file.write = halfway
shelf = Shelf(Path(sys.argv[1]))
with shelf.held():
    shelf.put(TOWN.counted, {}, 8)
"""


def test_a_kill_while_writing_leaves_what_was_there(kept: Shelf) -> None:
    before = files(kept)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, kept.folder], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "half\n"
        writer.kill()
    assert files(kept) == before
    assert len(list(kept.folder.iterdir())) == 3, "the file, the lock, and what the killed one left"
    assert taken(kept).search("ごみ") == TOWN.search("ごみ")
    with kept.held():
        kept.put(TOWN.counted, {}, 8)
    assert sorted(each.name for each in kept.folder.iterdir()) == [files(kept)[0].name, "index.lock"]
