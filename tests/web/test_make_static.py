import dataclasses
import hashlib
import io
import re
import tarfile

import pytest

from web.make_static import PACKAGES, RULES, STATIC, STYLES, Package, Vendored, build, tokens_used, unpack

VENDORED = [file for package in PACKAGES for file in package.files]


@pytest.mark.parametrize("file", VENDORED, ids=lambda file: file.here.name)
def test_what_others_wrote_is_as_they_published_it(file):
    assert hashlib.sha256(file.here.read_bytes()).hexdigest() == file.sha256


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_where_it_comes_from_is_told(package):
    told = (STATIC / "ORIGIN.md").read_text(encoding="utf-8")
    assert f"| {package.name} {package.version} | `{package.integrity}` |" in told


def test_the_style_sheets_are_built_from_their_sources():
    """Where this fails: `.venv/bin/python -m web.make_static`."""
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in STATIC.glob("*.css")}
    assert on_disk == build()


def test_tokens_that_are_used():
    tokens = {"--red": "#f00", "--bad": "var(--red)", "--worse": "var(--bad)", "--blue": "#00f"}
    assert tokens_used(tokens, "a { color: var(--worse); border-color: var(--own) }") == {
        "--worse",
        "--bad",
        "--red",
    }
    assert tokens_used(tokens, "a { color: red }") == set()


def test_every_name_that_a_rule_uses_is_declared():
    sheets = "".join(build().values())
    assert set(re.findall(r"var\((--[\w-]+)", sheets)) - set(re.findall(r"(--[\w-]+):", sheets)) == set()


def names(sheet):
    return re.findall(r"^\s*(--[\w-]+):", (STYLES / sheet).read_text(encoding="utf-8"), re.MULTILINE)


def test_dark_names_the_colours_that_light_names():
    assert names("dark.css") == names("light.css")


def test_colours_are_named_by_what_they_are_for():
    """A rule that names a colour itself would have the same in the dark."""
    for rules in {*RULES} - {"light"}:
        text = (STYLES / f"{rules}.css").read_text(encoding="utf-8")
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|--color-[\w-]+|rgb", text) == [], rules


def packed(files):
    """A package as the registry serves it."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return held.getvalue()


@pytest.fixture
def package(tmp_path):
    """A package and its archive."""
    from base64 import b64encode

    archive = tmp_path / "some-1.0.0.tgz"
    archive.write_bytes(packed({"package/a.js": b"a", "package/b.js": b"b"}))
    file = Vendored("package/a.js", tmp_path / "a.js", hashlib.sha256(b"a").hexdigest())
    integrity = b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    return Package("some", "1.0.0", integrity, (file,)), archive


def test_what_is_used_of_a_package_is_unpacked(package, tmp_path):
    wanted, archive = package
    unpack(wanted, archive)
    assert (tmp_path / "a.js").read_bytes() == b"a"
    assert not (tmp_path / "b.js").exists()


def test_another_archive_is_refused(package, tmp_path):
    wanted, archive = package
    archive.write_bytes(packed({"package/a.js": b"a", "package/b.js": b"c"}))
    with pytest.raises(ValueError, match=r"some-1\.0\.0\.tgz is not some 1\.0\.0"):
        unpack(wanted, archive)
    assert not (tmp_path / "a.js").exists()


def test_another_file_is_refused(package, tmp_path):
    wanted, archive = package
    other = dataclasses.replace(wanted.files[0], sha256=hashlib.sha256(b"z").hexdigest())
    with pytest.raises(ValueError, match=r"package/a\.js of some 1\.0\.0 is another"):
        unpack(dataclasses.replace(wanted, files=(other,)), archive)
    assert not (tmp_path / "a.js").exists()
