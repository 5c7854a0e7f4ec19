"""Photographs without their secrets: turned upright, then stored without any metadata."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from monarca.engines.documents.archive import Refused

MAX_PIXELS = 60_000_000
QUALITY = 88
BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    IndexError,
    TypeError,
    KeyError,
    EOFError,
)


def opened_image(data: bytes) -> Image.Image:
    """The picture's header; raises Refused when it is no JPEG or PNG, or has too many pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
    except Image.DecompressionBombError as error:
        raise Refused("file.image_too_large", limit=MAX_PIXELS) from error
    except BROKEN as error:
        raise Refused("file.damaged") from error
    if picture.width * picture.height > MAX_PIXELS:
        raise Refused("file.image_too_large", limit=MAX_PIXELS)
    return picture


def _bare(picture: Image.Image, mode: str) -> Image.Image:
    """The pixels alone: a new picture shares no dictionary of chunks with the old one."""
    pixels = picture.convert(mode)
    bare = Image.new(mode, pixels.size)
    bare.paste(pixels)
    return bare


def clean_image(data: bytes) -> bytes:
    """The same picture re-encoded without EXIF, GPS, XMP, comments or text chunks.

    The orientation is applied before it is dropped. Raises Refused (damaged, too many pixels).
    """
    picture = opened_image(data)
    kind = picture.format
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            upright = ImageOps.exif_transpose(picture)
            clear = kind == "PNG" and ("A" in upright.getbands() or "transparency" in upright.info)
            bare = _bare(upright, "RGBA" if clear else "RGB")
    except Image.DecompressionBombError as error:
        raise Refused("file.image_too_large", limit=MAX_PIXELS) from error
    except BROKEN as error:
        raise Refused("file.damaged") from error
    out = io.BytesIO()
    if kind == "PNG":
        bare.save(out, "PNG", optimize=False)
    else:
        bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
