"""A photo that went through carries nothing but dots: no place, no time, no device."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from muster.core.photos import PhotoTooLarge, PhotoUnreadable, clean_in_child
from muster.core.photos.clean import LONGEST_SIDE

SECRET = b"secret-camera-7788"


def located_jpeg(size: tuple[int, int] = (64, 40), turn: int = 1) -> bytes:
    """Return a JPEG as a phone makes it: GPS place, time, device, comment, profile, left half red."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x010F], exif[0x0132], exif[0x0112] = SECRET.decode(), "2026:05:20 08:00:00", turn
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (30.0, 15.0, 9.87), "E", (120.0, 9.0, 8.76)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=SECRET, icc_profile=SECRET * 4, quality=95)
    return out.getvalue()


def test_the_made_photo_really_has_a_place_to_lose() -> None:
    with Image.open(io.BytesIO(located_jpeg())) as before:
        assert before.getexif().get_ifd(0x8825)[2] == (30.0, 15.0, 9.87)
    assert SECRET in located_jpeg()


def test_place_time_device_comment_and_profile_do_not_come_along() -> None:
    clean = clean_in_child("会场.jpg", located_jpeg())

    assert SECRET not in clean and b"Exif" not in clean and b"2026:05:20" not in clean
    with Image.open(io.BytesIO(clean)) as after:
        assert (after.format, after.size) == ("JPEG", (64, 40))
        assert dict(after.getexif()) == {}
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(after.info)


def test_a_photo_held_sideways_is_turned_upright() -> None:
    with Image.open(io.BytesIO(clean_in_child("x.jpg", located_jpeg(turn=6)))) as after:
        assert after.size == (40, 64)
        red, _, blue = after.getpixel((20, 5))  # type: ignore[misc]
        assert red > 200 and blue < 60


def test_words_in_a_png_are_dropped_and_its_clear_parts_become_white() -> None:
    from PIL.PngImagePlugin import PngInfo

    words, out = PngInfo(), io.BytesIO()
    words.add_text("Location", SECRET.decode())
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG", pnginfo=words)

    clean = clean_in_child("x.png", out.getvalue())

    assert SECRET not in clean
    with Image.open(io.BytesIO(clean)) as after:
        assert after.getpixel((5, 5)) == (255, 255, 255)


def test_a_large_photo_is_made_small() -> None:
    with Image.open(io.BytesIO(clean_in_child("x.jpg", located_jpeg((4000, 1000))))) as after:
        assert after.size == (LONGEST_SIDE, LONGEST_SIDE // 4)


def bomb(side: int = 30_000) -> bytes:
    """Return a small PNG whose head promises more dots than any memory holds."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 999)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts
    )
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_picture_with_too_many_dots_is_refused_before_it_is_opened() -> None:
    with pytest.raises(PhotoTooLarge, match="像素"):
        clean_in_child("x.png", bomb())


def test_a_file_over_twenty_megabytes_is_refused() -> None:
    with pytest.raises(PhotoTooLarge, match="20 MB"):
        clean_in_child("x.jpg", b"\xff\xd8" + b"\0" * (20 * 2**20))


@pytest.mark.parametrize(
    "data", [b"", b"no picture", located_jpeg()[:200], b"GIF89a\x01\x00\x01\x00"]
)
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    with pytest.raises(PhotoUnreadable, match=r"x\.jpg"):
        clean_in_child("x.jpg", data)


def test_a_process_killed_on_the_way_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(PhotoUnreadable):
        clean_in_child("x.jpg", located_jpeg(), wall_s=0.001)
