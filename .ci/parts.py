"""What the service is made of: `docs/parts.md` for people, `docs/sbom.cdx.json` (CycloneDX 1.6) for buyers' tools.

`parts.py write` makes both from the lock and from what is installed; `parts.py check` says whether they are of today
and whether each licence is one that a city may pass on with the service.
"""

import re
import sys
import tomllib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
LIST = ROOT / "docs" / "parts.md"
SBOM = ROOT / "docs" / "sbom.cdx.json"

ALLOWED = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 CNRI-Python LGPL-3.0-only LicenseRef-Public-Domain MIT MIT-0 "
    "MIT-CMU MPL-2.0 PSF-2.0 ZPL-2.1 Zlib".split()
)
"""Licences under which a part may be used and passed on with the service, as long as it is unchanged."""

PAGE = """\
# Parts

Everything that is installed or shipped with the service, made by `make parts` from `requirements.lock` (which holds
the hash of every file) and from what the packages say of themselves. [sbom.cdx.json](sbom.cdx.json) says the same as
a CycloneDX list. Where a part stands twice, Python's version decides which is taken. `make vulnerabilities` asks
whether anything is known against them.

| part | version | licence |
|---|---|---|
"""

BY_OLD_NAME = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "MIT License": "MIT",
    "Public Domain": "LicenseRef-Public-Domain",
    "ZPL 2.1": "ZPL-2.1",
}
"""SPDX's names of what packages without a `License-Expression` say in their own words."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """Something that is shipped or installed with the service."""

    name: str
    version: str
    licence: str
    """An SPDX expression."""
    source: str
    """`pypi` or `npm`."""

    @property
    def purl(self) -> PackageURL:
        group, _, name = self.name.rpartition("/")
        return PackageURL(self.source, group or None, name, self.version)

    @property
    def address(self) -> str:
        within = "pypi.org/project/{}/{}/" if self.source == "pypi" else "www.npmjs.com/package/{}/v/{}"
        return "https://" + within.format(self.name, self.version)


SHIPPED = (
    Part("htmx.org", "4.0.1", "0BSD", "npm"),
    Part("@digital-go-jp/design-tokens", "1.1.9", "MIT", "npm"),
    Part("ja-ginza", "5.2.0", "MIT", "pypi"),
)
"""What lies in the repository itself; `web/static/ORIGIN.md` and `nlp/words/ORIGIN.md` say of each what was taken."""


def parts() -> tuple[Part, ...]:
    """Everything, by name. Raises PackageNotFoundError for what is locked and not installed."""
    locked = re.findall(r"^[a-z0-9][^\\\n]*", LOCK.read_text(), re.MULTILINE)
    return tuple(sorted({*SHIPPED, *map(_part, map(Requirement, locked))}))


def _part(wanted: Requirement) -> Part:
    (version,) = (each.version for each in wanted.specifier)
    return Part(wanted.name, version, _licence(metadata.metadata(wanted.name)), "pypi")


def _licence(told: metadata.PackageMetadata) -> str:
    if expression := told.get("License-Expression"):
        return str(expression)
    classes = [
        each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or [] if "License ::" in each
    ]
    said = [*classes, str(told.get("License") or "").partition("\n")[0]]
    names = [BY_OLD_NAME.get(each, each) for each in said]
    return next((each for each in names if each in ALLOWED), names[-1] or "none stated")


def refused(these: Iterable[Part]) -> list[Part]:
    """Those whose licence nobody has agreed to, wholly or in part."""
    return [each for each in these if not set(re.split(r" (?:AND|OR) ", each.licence)) <= ALLOWED]


def as_list(these: Sequence[Part]) -> str:
    """The page for people."""
    rows = (f"| [{each.name}]({each.address}) | {each.version} | {each.licence} |\n" for each in these)
    return PAGE + "".join(rows)


def as_sbom(these: Sequence[Part]) -> str:
    """The list for programs; the same each time for the same parts."""
    product = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    whole = Component(
        name=product["name"],
        version=product["version"],
        type=ComponentType.APPLICATION,
        bom_ref=product["name"],
    )
    asked = {Requirement(each).name for each in product["dependencies"]} | {each.name for each in SHIPPED}
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, as_list(these)))
    bom.metadata.timestamp = None
    bom.metadata.component = whole
    for each in these:
        bom.components.add(made := _component(each))
        bom.register_dependency(whole, [made] if each.name in asked else [])
    text = JsonV1Dot6(bom).output_as_string(indent=1) + "\n"
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(f"the SBOM is not CycloneDX: {error}")
    return text


def _component(part: Part) -> Component:
    licences = LicenseFactory()
    named = licences.make_with_expression if " " in part.licence else licences.make_from_string
    return Component(
        name=part.name,
        version=part.version,
        purl=part.purl,
        bom_ref=str(part.purl),
        licenses=[named(part.licence)],
    )


def main(act: str) -> int:
    these = parts()
    for each in (unknown := refused(these)):
        sys.stderr.write(f"{each.name} {each.version}: nobody has agreed to its licence: {each.licence}\n")
    made = {LIST: as_list(these), SBOM: as_sbom(these)}
    if act == "write":
        for file, text in made.items():
            file.write_text(text)
        return int(bool(unknown))
    old = [file for file, text in made.items() if not file.exists() or file.read_text() != text]
    for file in old:
        sys.stderr.write(f"{file.relative_to(ROOT)} is not of today: run `make parts`\n")
    return int(bool(unknown or old))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
