"""A photograph made anew: what a phone or a browser sent becomes a plain JPEG with the picture and nothing else.

A file from outside is hostile until shown otherwise. What it is follows from its content, never from its name; how
large it is, from its heading, before anything is unpacked. The picture is turned as the camera was held, made smaller,
and encoded again, so that place, time, camera, small previews and whatever was hidden in the file stay behind.
"""

import io
import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PIL import Image, ImageOps

MOST_BYTES: Final = 10 * 1024 * 1024
"""What LINE takes of an image, and more than any phone's picture has."""
MOST_PIXELS: Final = 40_000_000
"""More than a phone's usual picture has; unpacked these take 160 MB at the most."""
MOST_SCANS: Final = 100
"""Times that a progressive JPEG goes over the picture, however small it is."""
MOST_SCANNED: Final = 15 * MOST_PIXELS
"""Pixels that a progressive JPEG goes over in all its scans: ten are usual, and each costs the time of a picture."""
LONGEST_SIDE: Final = 1600
"""Pixels: enough to read a sign or see a crack, and little to keep."""
_QUALITY: Final = 85
_KINDS: Final = ("JPEG", "PNG", "WEBP")
_one_at_a_time = threading.Lock()
"""So that many pictures at once take the memory of one."""

Image.MAX_IMAGE_PIXELS = None  # Pillow warns of large pictures and goes on; here they are refused


class Unfit(StrEnum):
    """Why there is no picture."""

    TOO_BIG = "too_big"
    """More bytes or more pixels than are taken."""
    NOT_A_PICTURE = "not_a_picture"
    """Another kind of file, or one that is damaged."""


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A picture without anything beside it."""

    data: bytes
    width: int
    height: int


def reencode(raw: bytes) -> Jpeg | Unfit:
    """The picture of a JPEG, PNG or WebP file, at most `LONGEST_SIDE` pixels wide and high, without colour profile.

    Of a file with several pictures it is the first; what is transparent becomes white.
    """
    if len(raw) > MOST_BYTES:
        return Unfit.TOO_BIG
    scans = _scans(raw)
    if scans > MOST_SCANS or _webp_pixels(raw) > MOST_PIXELS:
        return Unfit.TOO_BIG
    try:
        with _one_at_a_time, Image.open(io.BytesIO(raw), formats=_KINDS) as image:
            pixels = image.width * image.height
            if pixels > MOST_PIXELS or pixels * scans > MOST_SCANNED:
                return Unfit.TOO_BIG
            return _encoded(_drawn(image))
    except Exception:  # noqa: BLE001 - a hostile file fails a decoder in every way there is, and says nothing but this
        return Unfit.NOT_A_PICTURE


def _drawn(image: Image.Image) -> Image.Image:
    """The picture as it is seen, on white paper that has never held anything else."""
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked at half or a quarter of its size
    small = ImageOps.exif_transpose(image)
    if small.mode.startswith("I"):  # 16 bits a pixel, of which Pillow would keep the lower 8
        small = small.convert("I").point(lambda grey: grey / 256).convert("L")
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    paper = Image.new("RGB", small.size, "white")
    if small.has_transparency_data:
        small = small.convert("RGBA")
        paper.paste(small, mask=small)
    else:
        paper.paste(small.convert("RGB"))
    return paper


def _encoded(paper: Image.Image) -> Jpeg:
    data = io.BytesIO()
    paper.save(data, "JPEG", quality=_QUALITY, optimize=True)
    return Jpeg(data.getvalue(), paper.width, paper.height)


def _scans(raw: bytes) -> int:
    """How often a JPEG goes over its picture at the most; 0 for others."""
    return raw.count(b"\xff\xda") if raw.startswith(b"\xff\xd8") else 0


def _webp_pixels(raw: bytes) -> int:
    """The pixels that a WebP file asks for, whose decoder takes the memory as it opens the file; 0 for others.

    RFC 9649, sections 2.5 to 2.7.
    """
    if raw[:4] != b"RIFF" or raw[8:12] != b"WEBP" or len(raw) < 30:
        return 0
    match raw[12:16]:
        case b"VP8X":
            sides = (1 + int.from_bytes(raw[24:27], "little"), 1 + int.from_bytes(raw[27:30], "little"))
        case b"VP8L":
            bits = int.from_bytes(raw[21:25], "little")
            sides = (1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
        case _:
            width, height = int.from_bytes(raw[26:28], "little"), int.from_bytes(raw[28:30], "little")
            sides = (width & 0x3FFF, height & 0x3FFF)
    return sides[0] * sides[1]
