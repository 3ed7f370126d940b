"""Pictures as phones take them and as somebody hostile makes them, made here so that it is known what is in them."""

import io
import struct
import zlib

from PIL import Image, ImageCms

_GPS, _THUMBNAIL = 0x8825, 0x0201


def picture(width: int, height: int) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    return image


def jpeg(image: Image.Image, **options: object) -> bytes:
    return _saved(image, "JPEG", **options)


def png(image: Image.Image) -> bytes:
    return _saved(image, "PNG")


def webp(image: Image.Image) -> bytes:
    return _saved(image, "WEBP")


def gif(image: Image.Image) -> bytes:
    return _saved(image, "GIF")


def pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def turned(image: Image.Image) -> bytes:
    """A JPEG whose camera was held upright: it is to be turned by a quarter to the right."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return jpeg(image, exif=exif)


def hidden_in(image: Image.Image) -> bytes:
    """A JPEG that tells where it was taken, by which camera, and more, has a small picture in it and text after it."""
    exif = Image.Exif()
    exif[0x010F] = "SECRET CAMERA"
    exif[_GPS] = {1: "N", 2: (32.0, 48.0, 11.0), 3: "E", 4: (130.0, 42.0, 28.0), 29: "2026:11:23"}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRET PLACE http://ns.adobe.com/</x:xmpmeta>"
    plain = jpeg(image, exif=exif, icc_profile=profile, comment=b"SECRET WORDS", xmp=xmp)
    small = jpeg(image.resize((16, 12)))
    return plain[:2] + _segment(0xEE, b"SECRET" + small) + plain[2:] + b"SECRET TAIL" + small


def bomb() -> bytes:
    """A PNG of some kilobytes that says it has 20 000 by 20 000 pixels."""
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 20_001 * 200)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def webp_bomb() -> bytes:
    """A WebP of some bytes whose canvas has 16 384 by 16 384 pixels."""
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + 2 * (16_383).to_bytes(3, "little")
    image = webp(picture(8, 8))[12:]
    return b"RIFF" + struct.pack("<I", len(body) + len(image)) + body + image


def many_scans(times: int = 1000) -> bytes:
    """A progressive JPEG that repeats its last pass over the picture so many times."""
    plain = jpeg(picture(64, 64), progressive=True)
    last = plain.rindex(b"\xff\xda")
    return plain[:last] + plain[last:-2] * times + plain[-2:]


def many_scans_of_much() -> bytes:
    """One that says of itself to have 36 megapixels, and goes over them forty times."""
    sides = struct.pack(">HH", 64, 64)
    return many_scans(40).replace(sides, struct.pack(">HH", 6000, 6000), 1)


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
