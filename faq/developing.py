"""What `faq.photograph` has Pillow do; only who makes a photograph anew pays for importing it."""

import io
from typing import Final

from PIL import Image, ImageOps

from faq.photograph import LONGEST_SIDE, MOST_PIXELS, MOST_SCANNED, Jpeg, Unfit

_QUALITY: Final = 85
_KINDS: Final = ("JPEG", "PNG", "WEBP")

Image.MAX_IMAGE_PIXELS = None  # Pillow warns of large pictures and goes on; here they are refused


def developed(raw: bytes, scans: int) -> Jpeg | Unfit:
    """The picture of a file that a JPEG goes over so many times. What a damaged file brings of Pillow's is raised."""
    with Image.open(io.BytesIO(raw), formats=_KINDS) as image:
        pixels = image.width * image.height
        if pixels > MOST_PIXELS or pixels * scans > MOST_SCANNED:
            return Unfit.TOO_BIG
        return _encoded(_drawn(image))


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
