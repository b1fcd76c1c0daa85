"""Which kinds of documents we take, and how one is known: by what is in it, never by its name or by what is said."""

from dataclasses import dataclass

#: Bytes from the start of a file that say what it is.
HEAD = 8
#: How a file begins → how it is washed. Both office kinds are a zip; which of them it is, the washing finds out.
_BEGINNINGS = ((b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"PK\x03\x04", "office"))


@dataclass(frozen=True)
class Kind:
    """A kind of document; `endings` are the names by which people know it, ours first."""

    code: str
    endings: tuple[str, ...]
    media_type: str


KINDS = {
    kind.code: kind
    for kind in (
        Kind("pdf", ("pdf",), "application/pdf"),
        Kind("jpg", ("jpg", "jpeg"), "image/jpeg"),
        Kind("png", ("png",), "image/png"),
        Kind("docx", ("docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        Kind("odt", ("odt",), "application/vnd.oasis.opendocument.text"),
    )
}
#: What a browser offers to choose from. No `image/*`: then a phone sends a photo in a form that few can open.
ACCEPT = ".pdf,.jpg,.jpeg,.png,.docx,.odt,application/pdf,image/jpeg,image/png"


def how_to_wash(head: bytes) -> str | None:
    """The way to wash a file that begins like this: `pdf`, `jpg`, `png` or `office`; None for what we do not take."""
    return next((way for beginning, way in _BEGINNINGS if head.startswith(beginning)), None)
