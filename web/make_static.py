"""Makes what `web/static` holds: `python -m web.make_static` builds the style sheets from `web/styles`.

With `--fetch` it first fetches what others wrote from the npm registry (by `npm pack`: nothing is installed or run),
refuses what has another hash, and unpacks the few files that are used. `web/static/ORIGIN.md` tells people the same.
"""

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

WEB = Path(__file__).parent
STATIC = WEB / "static"
STYLES = WEB / "styles"
RULES = (
    "light",
    "text",
    "frame",
    "forms",
    "parts",
    "reports",
    "bookings",
    "operators",
    "cases",
    "voices",
    "elsewhere",
)
"""Our own rules, in the order of the sheet."""

ORIGIN = "/* Made by `make static` from web/styles. Design tokens: Digital Agency of Japan, MIT licence. */\n"

_DECLARED = re.compile(r"^\s*(--[\w-]+):\s*(.+?);$", re.MULTILINE)
_USED = re.compile(r"var\((--[\w-]+)")
_COMMENT = re.compile(r"/\*.*?\*/\n*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Vendored:
    """A file that is used as its author published it."""

    within: str
    """Its path in the package."""
    here: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the npm registry, and the files of it that are used."""

    name: str
    version: str
    integrity: str
    """SHA-512 of the archive in base64, as the registry states it (`npm view NAME@VERSION dist.integrity`)."""
    files: tuple[Vendored, ...]


PACKAGES = (
    Package(
        "@digital-go-jp/design-tokens",
        "1.1.9",
        "93zW/Gb4/pwb63W7r8RHWQdbLGap4heHt5unQQjaqP1OlPqRif146tvqtyJ2xPcot3pnndFY3ph1DC0Crwp6bg==",
        (
            Vendored(
                "package/dist/tokens.css",
                STYLES / "tokens.css",
                "ec3fb5b1e881d1bdf076feff29fe15a32269353c7a9cef40194f1eff0c3d7a90",
            ),
            Vendored(
                "package/LICENSE",
                STATIC / "LICENSE-design-tokens.txt",
                "9add7703fc9b3b9c8fe60608b141c5a56c5cba9ceafc257bca450852d153f6f3",
            ),
        ),
    ),
    Package(
        "htmx.org",
        "4.0.1",
        "oF7JgXhDW9UXCy/k1ZYFUQgzu/rm19ORWPSPNL91vPluB2PB9+MV55tyQdH/w7o2EAbTYUG5SDW1R60mdkdqGg==",
        (
            Vendored(
                "package/dist/htmx.min.js",
                STATIC / "htmx.min.js",
                "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130",
            ),
            Vendored(
                "package/LICENSE",
                STATIC / "LICENSE-htmx.txt",
                "d3d2456f76414f2456104660ebd65aff1c04cd7966b942bdabd63f3cdb316a38",
            ),
        ),
    ),
)


def main(*, fetch: bool) -> None:
    """Writes `web/static`; ValueError where a fetched archive or file is another one."""
    if fetch:
        with tempfile.TemporaryDirectory() as folder:
            for package in PACKAGES:
                unpack(package, _pack(package, Path(folder)))
    for name, text in build().items():
        (STATIC / name).write_text(text, encoding="utf-8")


def _pack(package: Package, folder: Path) -> Path:
    wanted = f"{package.name}@{package.version}"
    command = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(folder), wanted]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - fixed words
    return folder / said.stdout.strip()


def unpack(package: Package, archive: Path) -> None:
    """Puts the package's files in their places; ValueError where the archive or one of them is another."""
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != package.integrity:
        raise ValueError(f"{archive.name} is not {package.name} {package.version} (its SHA-512 differs)")
    with tarfile.open(archive) as packed:
        for file in package.files:
            member = packed.extractfile(file.within)
            content = member.read() if member else b""
            if hashlib.sha256(content).hexdigest() != file.sha256:
                raise ValueError(f"{file.within} of {package.name} {package.version} is another (SHA-256)")
            file.here.write_bytes(content)


def build() -> dict[str, str]:
    """The style sheets by name: `pages.css` for all, and `dark.css`, which gives its colours other values."""
    tokens = dict(_DECLARED.findall((STYLES / "tokens.css").read_text(encoding="utf-8")))
    rules = "\n".join(_rules(name) for name in RULES)
    dark = _rules("dark")
    used = tokens_used(tokens, rules + dark)
    declared = "".join(f"  {name}: {tokens[name]};\n" for name in tokens if name in used)
    return {"pages.css": f"{ORIGIN}:root {{\n{declared}}}\n\n{rules}", "dark.css": f"{ORIGIN}{dark}"}


def tokens_used(tokens: dict[str, str], text: str) -> set[str]:
    """The tokens that the text refers to, also through other tokens."""
    used: set[str] = set()
    found = set(_USED.findall(text)) & tokens.keys()
    while found:
        used |= found
        found = {name for each in found for name in _USED.findall(tokens[each])} - used
    return used


def _rules(name: str) -> str:
    return _COMMENT.sub("", (STYLES / f"{name}.css").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(fetch="--fetch" in sys.argv[1:])
