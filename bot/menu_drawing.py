"""Draws the menus below the talk, `python -m bot.menu_drawing FOLDER CHROMIUM`: one look for all languages and modes.

Reads `labels.toml` and `template.svg` of the folder and writes `<language>[-disaster].json`, `.svg` and `.png`.
Chromium draws the picture, with the Noto fonts (Debian: fonts-noto-core, fonts-noto-cjk).
"""

import json
import re
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape
from pathlib import Path
from typing import Final

from bot.lengths import grapheme_length
from nlp.language import Language
from store.rich_menus import MENUS, Menu

WIDTH, HEIGHT, ROW = 2500, 1686, 740
"""In pixels; below two rows of three areas lies a narrow one, to choose the language."""
COLUMNS: Final = ((0, 833), (833, 834), (1667, 833))
"""Left edges and widths."""
FITTING, LARGEST, SMALLEST = 750, 100, 66
"""How wide a label may be, and how large its letters: smaller ones nobody reads on a telephone."""
ONE_LINE: Final = 86
"""Letters as large as this stay on one line; a longer label is put on two where it has a space."""
MOST_IMAGE_BYTES = 1024 * 1024
MOST_LABEL = 20
"""Graphemes of an action's label; a longer one is left out, since the picture has it."""

USUAL: Final = {
    each: f"menu:{each}" for each in ("procedures", "waste", "offices", "consultations", "disaster", "person")
}
DISASTER: Final = {
    "shelters": "disaster:shelters",
    "counters": "disaster:counters",
    "water": "disaster:water",
    "waste": "disaster:waste",
    "safety": "disaster:telephones",
    "person": "menu:person",
}
"""What an area does, in the order of reading."""
LANGUAGE: Final = "language"
"""The verb of the narrow area."""
FONTS: Final = {
    Language.SIMPLIFIED_CHINESE: "Noto Sans CJK SC",
    Language.TRADITIONAL_CHINESE: "Noto Sans CJK TC",
    Language.KOREAN: "Noto Sans CJK KR",
}
"""The same sign is written otherwise in Japan."""
COLOURS: Final[Mapping[bool, Mapping[str, str]]] = {
    False: {"ink": "#10312a", "disc": "#d5efe6", "ground": "#ffffff"},
    True: {"ink": "#5a1410", "disc": "#fbdcd6", "ground": "#fffaf9"},
}
"""By mode."""

_HOUSE = "M-130 5L0 -110L130 5M-95 -20V115H95V-20M-30 115V40H30V115"
_TELEPHONE = (
    "M-70 -115L-25 -120L0 -55L-35 -28C-20 15 15 45 45 55L75 22L128 50L115 95"
    "C105 120 80 125 55 118C-35 95 -105 15 -112 -70C-112 -95 -95 -110 -70 -115Z"
)
ICONS: Final[Mapping[str, str]] = {
    "procedures": "M-85 -120H45L90 -75V125H-85ZM45 -120V-75H90M-45 -30H50M-45 20H50M-45 70H10",
    "waste": "M-110 -75H110M-85 -75L-65 125H65L85 -75M-35 -75V-115H35V-75M-25 -25L-20 75M25 -25L20 75",
    "offices": _TELEPHONE,
    "consultations": "M-110 -85H110V115H-110ZM-110 -30H110M-55 -115V-60M55 -115V-60M-45 40L-10 75L55 10",
    "disaster": _HOUSE,
    "person": (
        "M-95 -50A50 50 0 0 1 5 -50A50 50 0 0 1 -95 -50"
        "M-140 120C-140 45 -95 22 -45 22C5 22 50 45 50 120ZM40 -135H150V-55H100L65 -20V-55H40Z"
    ),
    "shelters": _HOUSE,
    "counters": "M-130 -40L0 -120L130 -40ZM-95 -40V100M-32 -40V100M32 -40V100M95 -40V100M-130 110H130",
    "water": "M0 -130C45 -65 95 -10 95 45A95 95 0 0 1 -95 45C-95 -10 -45 -65 0 -130ZM-45 50A48 48 0 0 0 0 95",
    "safety": _TELEPHONE,
}
"""Paths around the middle of a disc of 200 pixels."""


class UnfitLabel(ValueError):
    """Which label does not fit, or is missing."""


def verbs(menu: Menu) -> Mapping[str, str]:
    return DISASTER if menu.in_disaster else USUAL


def definition(menu: Menu, labels: Mapping[str, str], language: str) -> Mapping[str, object]:
    """What LINE is told: which part of the picture does what."""
    does = verbs(menu)
    areas = [
        _area((left, top, width, ROW), labels[name], does[name])
        for (left, width, top), name in zip(_places(), does, strict=True)
    ]
    return {
        "size": {"width": WIDTH, "height": HEIGHT},
        "selected": True,
        "name": f"city-helpdesk-{menu.name}",
        "chatBarText": labels["chat_bar"],
        "areas": [*areas, _area((0, 2 * ROW, WIDTH, HEIGHT - 2 * ROW), language, LANGUAGE)],
    }


def _area(bounds: tuple[int, int, int, int], label: str, verb: str) -> Mapping[str, object]:
    short = {"label": label} if grapheme_length(label) <= MOST_LABEL else {}
    return {
        "bounds": dict(zip(("x", "y", "width", "height"), bounds, strict=True)),
        "action": {"type": "postback", **short, "data": f"hd:{verb}", "displayText": label},
    }


def _places() -> Iterator[tuple[int, int, int]]:
    """Left, width and top of the areas in the order of reading."""
    return ((left, width, top) for top in (0, ROW) for left, width in COLUMNS)


def picture(menu: Menu, labels: Mapping[str, str], template: str) -> str:
    """The picture in SVG. Raises UnfitLabel."""
    areas = (
        _drawn(name, labels[name], left + width // 2, top)
        for (left, width, top), name in zip(_places(), verbs(menu), strict=True)
    )
    return template.format(
        lang=menu.language.tag,
        font=FONTS.get(menu.language, "Noto Sans CJK JP"),
        areas="\n".join(areas),
        **COLOURS[menu.in_disaster],
    )


def _drawn(name: str, label: str, middle: int, top: int) -> str:
    lines = _lines(label)
    size, first = _size(lines), top + (640, 574)[len(lines) - 1]
    words = "".join(
        f'\n<text x="{middle}" y="{first + number * 108}" font-size="{size}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    drawn = f'<circle class="disc" r="200"/><path class="icon" d="{ICONS[name]}"/>'
    return f'<g class="{name}" transform="translate({middle} {top + 280})">{drawn}</g>{words}'


def _lines(label: str) -> tuple[str, ...]:
    """On one line, or on two as even as spaces and dots allow."""
    breaks = [place + 1 for place, sign in enumerate(label[:-1]) if sign in " ・"]
    if _fits(label) >= ONE_LINE or not breaks:
        return (label,)
    parted = ((label[:place].rstrip(" "), label[place:]) for place in breaks)
    return min(parted, key=lambda two: max(map(_ems, two)))


def _size(lines: Sequence[str]) -> int:
    """How large the letters are that fit."""
    size = min(LARGEST, *map(_fits, lines))
    if size < SMALLEST:
        raise UnfitLabel(f"too long: {' '.join(lines)}")
    return size


def _fits(line: str) -> int:
    return int(FITTING / _ems(line))


def _ems(line: str) -> float:
    """About how wide bold letters of this font run."""
    return sum(
        1.0 if unicodedata.east_asian_width(each) in "WF" else 0.72 if each.isupper() else 0.6
        for each in unicodedata.normalize("NFC", line)
    )


def build(folder: Path, chromium: str) -> Iterator[str]:
    """Draws all menus for which there are labels; their names. Raises UnfitLabel."""
    given = tomllib.loads((folder / "labels.toml").read_text(encoding="utf-8"))
    template = (folder / "template.svg").read_text(encoding="utf-8")
    for menu in MENUS:
        labels = given.get(menu.language, {})
        labels = labels.get("disaster_mode", {}) if menu.in_disaster else labels
        if not labels:
            continue
        if missing := {"chat_bar", *verbs(menu)} - labels.keys():
            raise UnfitLabel(f"{menu.name}: {', '.join(sorted(missing))} missing")
        _write(folder, menu, labels, template, chromium)
        yield menu.name


def _write(folder: Path, menu: Menu, labels: Mapping[str, str], template: str, chromium: str) -> None:
    words = re.search(r'<text id="language"[^>]*>([^<]*)<', template)
    assert words is not None
    described = json.dumps(definition(menu, labels, unescape(words[1])), ensure_ascii=False, indent=2)
    (folder / f"{menu.name}.json").write_text(described + "\n", encoding="utf-8")
    drawing, image = folder / f"{menu.name}.svg", folder / f"{menu.name}.png"
    drawing.write_text(picture(menu, labels, template), encoding="utf-8")
    subprocess.run(  # noqa: S603 - the browser that whoever calls `make` names
        [
            *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *("--force-device-scale-factor=1", f"--window-size={WIDTH},{HEIGHT}"),
            *(f"--screenshot={image.absolute()}", drawing.absolute().as_uri()),
        ],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    if image.stat().st_size > MOST_IMAGE_BYTES:
        raise UnfitLabel(f"{image.name} is larger than LINE takes")


if __name__ == "__main__":
    try:
        for name in build(Path(sys.argv[1]), sys.argv[2]):
            sys.stdout.write(f"{name}\n")
    except UnfitLabel as error:
        sys.exit(f"labels.toml: {error}")
