"""A large knowledge kept as files beside the store, so that a process starts without counting it again.

The store stays the truth: what is taken from here is compared with it entry by entry. The files hold nothing but
public knowledge. They are written whole or not at all, by one process at a time; one that cannot be read, or that
another version of the program has written, is passed over and removed when the next is put here.
"""

import fcntl
import hashlib
import json
import logging
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

import nlp
from faq import array_file, entry_json
from faq.array_file import Arrays
from faq.counted import Counted
from faq.directions import Common, Directions
from faq.features import Known
from faq.matrix import Matrix, Words
from faq.meaning import Meaning, WordPlaces
from faq.models import EntryId
from faq.postings import Impacts, Postings
from faq.ragged import starts
from faq.replacing import replacing
from faq.rows import Entries, Phrasings, Shelved
from faq.segments import Segments
from faq.texts import Texts
from nlp import vectors

log = logging.getLogger(__name__)

Parts = TypeVar("Parts", Segments, Postings, Impacts, WordPlaces, Shelved)
Fingerprints = Mapping[EntryId, int | None]
NONE = -1
"""In place of a fingerprint that is not known; known ones are above."""


class Shelf:
    """A folder of such files. Processes share it; databases do not, each would put its own in place of the other's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self) -> tuple[Counted, Fingerprints] | None:
        """What was put here last by this version of the program, mapped into memory, and what tells each entry from
        any other."""
        if not self.folder.is_dir():
            return None
        for file in sorted(self.folder.glob(f"{_made_by()}-*.index"), key=_written, reverse=True):
            try:
                return _counted(array_file.read(file))
            except (OSError, ValueError, KeyError) as broken:
                log.warning("%s is passed over: %s", file, broken)
        return None

    def put(self, counted: Counted, fingerprints: Fingerprints, version: int) -> None:
        """Keeps it in place of all others. Only with the shelf `held`. OSError where the folder cannot be written."""
        arrays = _arrays(counted, fingerprints)
        content = hashlib.blake2b(arrays["fingerprints"].tobytes(), digest_size=6).hexdigest()
        kept = self.folder / f"{_made_by()}-{version}-{content}.index"
        with replacing(kept) as draft:
            array_file.write(draft, arrays)
        for other in self.folder.glob("*.index"):
            if other.name != kept.name:
                other.unlink(missing_ok=True)  # whoever has mapped it keeps it until they end
        for left in self.folder.glob(".*.index.*"):
            shutil.rmtree(left, ignore_errors=True)  # a draft of a writer that was killed

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keeps other processes waiting that would put the same here; a killed one lets go."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "index.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _written(file: Path) -> int:
    """When, in nanoseconds; 0 where another process has just removed it."""
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@cache
def _made_by() -> str:
    """Names this very program: files of any other may count words in another way."""
    code = hashlib.blake2b(digest_size=6)
    for package in (Path(__file__).parent, Path(nlp.__file__).parent):
        for file in sorted(package.glob("*.py")):
            code.update(file.read_bytes())
    for file in sorted(vectors.FOLDER.glob("*.npy")):
        code.update(f"{file.name} {file.stat().st_size}".encode())
    return code.hexdigest()


# Between a knowledge and arrays ----------------------------------------------------------------------


def _arrays(counted: Counted, fingerprints: Fingerprints) -> Arrays:
    matrix, meaning, phrasings = counted.known.matrix, counted.known.meaning, counted.known.phrasings
    entries = counted.entries
    known = (fingerprints.get(entry_id) for entry_id in entries.ids)
    return {
        "ids": _json(entries.ids),
        "fingerprints": np.array([NONE if each is None else each for each in known], np.int64),
        "vocabulary": _json(matrix.words_by_number),
        "idf": matrix.idf,
        "answer_length": np.array(matrix.answer_length),
        "changed": np.array(meaning.changed),
        "phrasings": phrasings.entry_start,
        **_texts("letters", phrasings.letters),
        **_texts("read", phrasings.read),
        **_parts("entries", _shelved(entries)),
        **_parts("segments", matrix.segments),
        **_parts("postings", matrix.postings),
        **_parts("impacts", matrix.impacts),
        **_parts("words", meaning.words),
        **_directions("titles", meaning.titles),
        **_directions("bodies", meaning.bodies),
    }


def _counted(arrays: Arrays) -> tuple[Counted, Fingerprints]:
    ids = tuple(EntryId(entry_id) for entry_id in _from_json(arrays["ids"]))
    known = ((None if each == NONE else each) for each in arrays["fingerprints"].tolist())
    entries = Entries(ids, np.arange(len(ids)), _from_parts(Shelved, "entries", arrays), ())
    return Counted(entries, _known(arrays)), dict(zip(ids, known, strict=True))


def _known(arrays: Arrays) -> Known:
    postings = _from_parts(Postings, "postings", arrays)
    by_number = tuple(_from_json(arrays["vocabulary"]))
    words = Words({word: number for number, word in enumerate(by_number)}, by_number)
    unused = np.flatnonzero(postings.document_frequency == 0)
    segments, impacts = _from_parts(Segments, "segments", arrays), _from_parts(Impacts, "impacts", arrays)
    idf, answer_length = arrays["idf"], float(arrays["answer_length"])
    places = _from_parts(WordPlaces, "words", arrays)
    titles, bodies = _from_directions("titles", arrays), _from_directions("bodies", arrays)
    letters, read = _from_texts("letters", arrays), _from_texts("read", arrays)
    return Known(
        Matrix(words.without(unused), by_number, segments, postings, impacts, idf, answer_length),
        Meaning(vectors.load(), places, titles, bodies, int(arrays["changed"])),
        Phrasings(letters, read, arrays["phrasings"]),
    )


def _shelved(entries: Entries) -> Shelved:
    lines = [entry_json.write(entry) for entry in entries]
    return Shelved(np.frombuffer(b"".join(lines), np.uint8), starts(np.array([len(line) for line in lines])))


def _parts(name: str, parts: Parts) -> Arrays:
    return {f"{name}.{field.name}": getattr(parts, field.name) for field in fields(parts)}


def _from_parts(kind: type[Parts], name: str, arrays: Arrays) -> Parts:
    return kind(**{field.name: arrays[f"{name}.{field.name}"] for field in fields(kind)})


def _texts(name: str, texts: Texts) -> Arrays:
    joined = np.frombuffer(texts.joined.encode("utf-8", "surrogatepass"), np.uint8)
    return {f"{name}.joined": joined, f"{name}.start": texts.start}


def _from_texts(name: str, arrays: Arrays) -> Texts:
    joined = arrays[f"{name}.joined"].tobytes().decode("utf-8", "surrogatepass")
    return Texts(joined, arrays[f"{name}.start"])


def _directions(name: str, directions: Directions) -> Arrays:
    common = directions.common
    return {f"{name}.mean": common.mean, f"{name}.axes": common.axes, f"{name}.each": directions.each}


def _from_directions(name: str, arrays: Arrays) -> Directions:
    common = Common(arrays[f"{name}.mean"], arrays[f"{name}.axes"])
    return Directions(common, arrays[f"{name}.each"])


def _json(texts: tuple[str, ...]) -> npt.NDArray[np.uint8]:
    return np.frombuffer(json.dumps(texts).encode(), np.uint8)


def _from_json(array: npt.NDArray[Any]) -> list[str]:
    texts: list[str] = json.loads(array.tobytes())
    return texts
