"""Photos: decoded and encoded anew, so that only the picture itself remains. Place, camera and what hung behind go."""

import warnings
from contextlib import suppress
from typing import IO, Any

from PIL import Image, ImageOps

from portal.attachments.rules import Refused

#: Dots of a picture that we hold in memory, at four bytes each, twice while it is turned: 160 MB.
MOST_DOTS = 20_000_000
#: A photo of up to so many dots is read at a half, a quarter or an eighth of its size. One that comes in over and over
#: finer layers cannot be: its decoder holds it whole.
MOST_IN_A_PHOTO = 120_000_000
QUALITY = 88
FORMATS = {"jpg": "JPEG", "png": "PNG", "gif": "GIF"}
_BEGINNINGS = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF87a", "gif"), (b"GIF89a", "gif"))

Image.MAX_IMAGE_PIXELS = MOST_IN_A_PHOTO
warnings.simplefilter("error", Image.DecompressionBombWarning)


def picture_kind(head: bytes) -> str | None:
    """`jpg`, `png` or `gif`, by how it begins."""
    return next((kind for beginning, kind in _BEGINNINGS if head.startswith(beginning)), None)


def wash_picture(source: IO[bytes], kind: str, out: IO[bytes]) -> None:
    """Write the picture anew, upright. Raises `Refused`: `dots` when there are too many, or `broken`."""
    try:
        with Image.open(source, formats=(FORMATS[kind],)) as image:
            _not_too_large(image, kind)
            image.load()
            with suppress(Exception):  # how the camera was held is odd; the picture itself is not
                ImageOps.exif_transpose(image, in_place=True)
            clean = _plain(image, kind)
            clean.info = {}
            clean.save(out, FORMATS[kind], **_options(kind))
    except Refused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError) as fault:
        raise Refused("dots") from fault
    except Exception as fault:  # whatever a decoder says of bytes that somebody chose
        raise Refused("broken") from fault


def _not_too_large(image: Any, kind: str) -> None:
    width, height = image.size
    in_layers = kind != "jpg" or bool(image.info.get("progressive"))
    if width * height > (MOST_DOTS if in_layers else MOST_IN_A_PHOTO):
        raise Refused("dots")
    by = next(by for by in (1, 2, 4, 8) if width * height / by**2 <= MOST_DOTS)
    if by > 1:
        image.draft(None, (width // by, height // by))


def _plain(image: Any, kind: str) -> Any:
    """In a way of keeping colours that has nothing beside the dots."""
    if kind == "gif":
        return image.convert("RGB").quantize()
    if image.mode in {"I", "F"} or image.mode.startswith("I;"):  # 65,536 greys
        return image.convert("I").point(lambda grey: grey / 256).convert("L")
    if kind == "png" and (image.mode in {"LA", "PA", "RGBA"} or "transparency" in image.info):
        return image.convert("RGBA")
    return image if image.mode in {"L", "RGB"} else image.convert("RGB")


def _options(kind: str) -> dict[str, Any]:
    return {"jpg": {"quality": QUALITY}, "png": {"compress_level": 4}, "gif": {}}[kind]
