"""The files that pages are made of: served under an address that changes with their content."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from web.rule import MACHINES, page

FOLDER = Path(__file__).parent / "static"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""What is served; what else lies in the folder (where the files come from) is for people."""
FOR_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file in memory; they are few and small."""

    content: bytes
    kind: str
    version: str
    """Of the content: the beginning of its SHA-256."""


def read_static_files(folder: Path) -> Mapping[str, StaticFile]:
    """The files by name."""
    return MappingProxyType(
        {
            path.name: StaticFile(content := path.read_bytes(), KINDS[path.suffix], _version(content))
            for path in sorted(folder.iterdir())
            if path.suffix in KINDS
        }
    )


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


FILES = read_static_files(FOLDER)

static_files = Blueprint("static_files", __name__)


def static_file(name: str) -> str:
    """The address of a file. Raises KeyError for an unknown one."""
    return flask.url_for("static_files.serve", version=FILES[name].version, name=name)


@page(static_files, "/static/<version>/<name>", MACHINES)
def serve(version: str, name: str) -> ResponseReturnValue:
    """For a year in the browser. Under another version, which a page of yesterday's program may name, today's file."""
    file = FILES.get(name) or flask.abort(404)
    kept = FOR_A_YEAR if version == file.version else "no-store"
    return flask.Response(file.content, headers={"Content-Type": file.kind, "Cache-Control": kept})
