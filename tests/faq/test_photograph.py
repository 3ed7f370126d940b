"""Photographs made anew: what comes through of a file from outside, and what never does."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from faq.photograph import LONGEST_SIDE, MOST_BYTES, Jpeg, Unfit, reencode
from tests.pictures import (
    bomb,
    gif,
    hidden_in,
    jpeg,
    many_scans,
    many_scans_of_much,
    pdf,
    picture,
    png,
    turned,
    webp,
    webp_bomb,
)


def _opened(made: Jpeg | Unfit) -> Image.Image:
    assert isinstance(made, Jpeg)
    image = Image.open(io.BytesIO(made.data))
    image.load()
    assert (image.width, image.height) == (made.width, made.height)
    return image


@pytest.mark.parametrize("make", [jpeg, png, webp])
def test_a_picture_of_each_kind_becomes_a_jpeg(make: Callable[[Image.Image], bytes]) -> None:
    image = _opened(reencode(make(picture(80, 60))))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (80, 60))


def test_nothing_but_the_picture_comes_through() -> None:
    raw = hidden_in(picture(80, 60))
    planted = Image.open(io.BytesIO(raw))
    assert planted.getexif().get_ifd(0x8825)  # where it was taken
    assert {"exif", "icc_profile", "comment", "xmp"} <= planted.info.keys()
    for hidden in (b"SECRET", b"Exif", b"ICC_PROFILE", b"ns.adobe.com"):
        assert hidden in raw
    made = reencode(raw)
    image = _opened(made)
    assert isinstance(made, Jpeg)
    assert not image.getexif()
    assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for hidden in (b"SECRET", b"Exif", b"ICC_PROFILE", b"ns.adobe.com"):
        assert hidden not in made.data
    assert made.data.count(b"\xff\xd8\xff") == 1, "no small picture within"
    assert made.data.endswith(b"\xff\xd9")


def test_a_picture_is_turned_as_the_camera_was_held() -> None:
    image = _opened(reencode(turned(picture(80, 60))))
    assert image.size == (60, 80)
    red, _, blue = image.getpixel((30, 10))  # type: ignore[misc]
    assert red > 200 > blue, "the red half, left in the file, is on top"


def test_a_large_picture_becomes_small_enough() -> None:
    image = _opened(reencode(jpeg(picture(4000, 3000))))
    assert image.size == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)


def test_a_scan_of_sixteen_bits_keeps_its_greys() -> None:
    assert _opened(reencode(png(Image.new("I;16", (8, 8), 0x8000)))).getpixel((4, 4)) == (128, 128, 128)


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    assert _opened(reencode(png(clear))).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "CMYK"])
def test_a_picture_of_each_make_comes_through(mode: str) -> None:
    plain = Image.new("RGB", (8, 8), "white").convert(mode)
    made = reencode(jpeg(plain) if mode == "CMYK" else png(plain))
    assert _opened(made).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        pytest.param(jpeg(picture(8, 8)) + b"\0" * 20_000_000, Unfit.TOO_BIG, id="20 MB"),
        pytest.param(jpeg(picture(8, 8)).ljust(MOST_BYTES + 1, b"\0"), Unfit.TOO_BIG, id="one byte too many"),
        pytest.param(bomb(), Unfit.TOO_BIG, id="a small file that unpacks to 400 megapixels"),
        pytest.param(webp_bomb(), Unfit.TOO_BIG, id="the same as WebP"),
        pytest.param(many_scans(), Unfit.TOO_BIG, id="a JPEG that is gone over a thousand times"),
        pytest.param(many_scans_of_much(), Unfit.TOO_BIG, id="a large JPEG that is gone over forty times"),
        pytest.param(gif(picture(8, 8)), Unfit.NOT_A_PICTURE, id="a GIF"),
        pytest.param(pdf(), Unfit.NOT_A_PICTURE, id="a PDF, whatever it is called"),
        pytest.param(jpeg(picture(80, 60))[:600], Unfit.NOT_A_PICTURE, id="a JPEG that ends too early"),
        pytest.param(png(picture(80, 60))[:-40], Unfit.NOT_A_PICTURE, id="a PNG that ends too early"),
        pytest.param(b"", Unfit.NOT_A_PICTURE, id="nothing"),
        pytest.param(b"\xff\xd8\xff\xe1\x00\x10Exif\0\0", Unfit.NOT_A_PICTURE, id="the head of a JPEG"),
        pytest.param(b"<svg onload='alert(1)'/>", Unfit.NOT_A_PICTURE, id="an SVG"),
    ],
)
def test_what_is_no_picture_or_too_big_is_refused(raw: bytes, why: Unfit) -> None:
    assert reencode(raw) is why


def test_a_picture_of_ten_megabytes_is_taken() -> None:
    assert isinstance(reencode(jpeg(picture(8, 8)).ljust(MOST_BYTES, b"\0")), Jpeg)
