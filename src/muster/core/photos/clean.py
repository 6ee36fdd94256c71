"""A picture decoded and written anew: what is not a dot of the picture does not come along."""

import io
import warnings

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 1920
QUALITY = 82


class TooManyPixels(Exception):
    """The picture would need more memory than we give it."""


TOO_MANY = (TooManyPixels, Image.DecompressionBombWarning, Image.DecompressionBombError)


def cleaned(data: bytes) -> bytes:
    """Return the picture as a JPEG of at most 1920 dots a side, without EXIF, place, time or device.

    The turn that EXIF asks for is carried out first. Raises TooManyPixels, or what Pillow raises.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise TooManyPixels
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened)
            flat = _on_white(upright)
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A picture of its own: comments, profiles and segments hang on the opened one, never on dots.
    plain = Image.new("RGB", flat.size)
    plain.paste(flat)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the picture in plain colours, transparent parts white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return picture.convert("RGB")
