"""Text documents of LibreOffice and others: text, styles and pictures only, and nothing that acts or calls up more."""

import re
from xml.sax.saxutils import quoteattr

from portal.attachments.rules import Refused
from portal.attachments.wash.archive import LEADS_TO, Parts, local, read_xml
from portal.attachments.wash.docx import picture

MIMETYPE, MANIFEST = "mimetype", "META-INF/manifest.xml"
ODT = b"application/vnd.oasis.opendocument.text"
TEXT = ("content.xml", "styles.xml")
_PICTURE = re.compile(r"Pictures/[\w. -]+\.(png|jpe?g|gif)", re.IGNORECASE)
#: What is left out: who wrote it and when, for which printer, in which fonts; what programs keep for themselves.
_LEFT_OUT = re.compile(
    r"meta\.xml|settings\.xml|manifest\.rdf|layout-cache|current\.xml|META-INF/.*|Thumbnails/.*|Configurations2/.*|Fonts/.*"
)
#: Elements that act, or in which something else lies.
ACTING = frozenset(
    {"event-listener", "script", "object", "object-ole", "plugin", "applet", "floating-frame", "section-source",
     "dde-connection-decl", "dde-source", "dde-connection", "database-display", "xforms-submission", "submission",
     "macro-button", "execute-macro"}
)  # fmt: skip
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def wash_odt(parts: Parts) -> Parts:
    """The parts of the document that stays. Raises `Refused`: `acting`, `inside`, `locked` or `broken`."""
    if b"encryption-data" in parts.get(MANIFEST, b""):
        raise Refused("locked")
    kept: Parts = {MIMETYPE: ODT}
    for name, data in parts.items():
        if name in TEXT:
            read_xml(data, _begins)
            kept[name] = data
        elif _PICTURE.fullmatch(name):
            kept[name] = picture(data)
        elif name != MIMETYPE and not _LEFT_OUT.fullmatch(name):
            raise Refused("inside")
    if TEXT[0] not in kept:
        raise Refused("broken")
    kept[MANIFEST] = _manifest(kept)
    return kept


def _begins(name: str, values: dict[str, str]) -> None:
    if local(name) in ACTING:
        raise Refused("acting")
    for key, value in values.items():
        if local(key) == "href" and not _leads_well(local(name), value):
            raise Refused("acting")


def _leads_well(element: str, target: str) -> bool:
    """A place in the document, a picture of its own, or a link that somebody has to press."""
    own = target.removeprefix("./").startswith(("#", "Pictures/", "Fonts/")) or target == ""
    return (own and ".." not in target) or (element == "a" and bool(LEADS_TO.match(target)))


def _manifest(kept: Parts) -> bytes:
    kinds = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "xml": "text/xml"}
    lines = [f'<m:file-entry m:full-path="/" m:version="1.3" m:media-type="{ODT.decode()}"/>']
    lines += [
        f'<m:file-entry m:full-path={quoteattr(name)} m:media-type="{kinds[name.rpartition(".")[2].lower()]}"/>'
        for name in sorted(kept)
        if name != MIMETYPE
    ]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<m:manifest xmlns:m="{_NAMESPACE}" m:version="1.3">'
    return f"{head}{''.join(lines)}</m:manifest>".encode()
