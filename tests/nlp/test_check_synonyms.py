import io
import json
import tarfile
from pathlib import Path

import pytest

from nlp import check_synonyms

GROUPS = [
    {
        "id": "000001",
        "items": [{"midashi": "役所", "expandControl": 0}, {"midashi": "役場", "expandControl": 0}],
    },
    {
        "id": "000002",
        "items": [{"midashi": "病院", "expandControl": 0}, {"midashi": "廃語", "expandControl": 2}],
    },
]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package as the registry gives it, with two groups."""
    file = tmp_path / "package.tgz"
    content = json.dumps(GROUPS).encode()
    with tarfile.open(file, "w:gz") as archive:
        member = tarfile.TarInfo(check_synonyms.MEMBER)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    monkeypatch.setattr(
        check_synonyms, "SHA256", check_synonyms.hashlib.sha256(file.read_bytes()).hexdigest()
    )
    return file


def test_what_is_not_in_its_group_is_named(package: Path) -> None:
    groups = check_synonyms.read(package)
    accepted = {"000001": ("役所", "役場"), "000002": ("病院", "廃語"), "000003": ("猫",)}
    assert list(check_synonyms.strangers(accepted, groups)) == ["000002: 廃語", "000003: 猫"]


def test_another_file_is_refused(package: Path) -> None:
    package.write_bytes(b"something else")
    with pytest.raises(ValueError, match=r"package\.tgz"):
        check_synonyms.read(package)
