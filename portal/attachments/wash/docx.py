"""Text documents of Word: known parts only, without their details, and nothing that acts or calls up something else."""

import io
import posixpath
import re
from collections.abc import Callable
from xml.sax.saxutils import quoteattr

from portal.attachments.rules import Refused
from portal.attachments.wash.archive import LEADS_TO, Parts, local, read_xml
from portal.attachments.wash.pictures import picture_kind, wash_picture

TYPES, ROOTS = "[Content_Types].xml", "_rels/.rels"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
#: Signs of macros and of what runs, in the list of what is in a document.
RUNS = re.compile(r"macroenabled|vbaproject|vbadata|activex|oleobject", re.IGNORECASE)
_TEXT = re.compile(
    r"word/(document\d*|styles|stylesWithEffects|settings|webSettings|fontTable|numbering|footnotes|endnotes|comments"
    r"|header\d*|footer\d*)\.xml|word/theme/theme\d*\.xml"
)
_RELATIONS = re.compile(r"word/(theme/)?_rels/\w+\.xml\.rels")
_PICTURE = re.compile(r"word/media/[\w. -]+\.(png|jpe?g|gif)", re.IGNORECASE)
#: What is left out: who wrote it, with what, for which printer, in which fonts; what programs keep for themselves.
_LEFT_OUT = re.compile(
    r"docProps/.*|customXml/.*|docMetadata/.*|_xmlsignatures/.*|\[trash\]/.*|word/(printerSettings|fonts|webextensions|"
    r"glossary)/.*|word/(people|commentsIds|commentsExtended|commentsExtensible|documenttasks/.*)\.xml",
    re.IGNORECASE,
)
_OWN_FONTS = re.compile(rb"<w:embed(Regular|Bold|Italic|BoldItalic)\b[^>]*?/>")
#: Fields that fetch, run or put together something.
FETCHES = frozenset(
    {"DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DATABASE", "QUOTE", "MACROBUTTON",
     "AUTOTEXT", "RD"}
)  # fmt: skip
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def wash_docx(parts: Parts) -> Parts:
    """The parts of the document that stays. Raises `Refused`: `acting`, `inside` when another file is in it, `kind`."""
    kept: Parts = {}
    types = _types(parts[TYPES])
    for name, data in parts.items():
        if _TEXT.fullmatch(name):
            kept[name] = _text(name, data)
        elif _PICTURE.fullmatch(name):
            kept[name] = picture(data)
        elif name not in {TYPES, ROOTS} and not _RELATIONS.fullmatch(name) and not _LEFT_OUT.fullmatch(name):
            raise Refused("inside")
    if not any(kept.get(path) is not None and kind == MAIN for path, kind in types.items()):
        raise Refused("kind")
    for name in [ROOTS, *filter(_RELATIONS.fullmatch, parts)]:
        kept[name] = _relations(name, parts.get(name, b""), kept)
    kept[TYPES] = _list_of_types(types, kept)
    return kept


def picture(data: bytes) -> bytes:
    """A photo in a document, washed as one that comes by itself."""
    kind, out = picture_kind(data[:8]), io.BytesIO()
    if kind is None:
        raise Refused("inside")
    wash_picture(io.BytesIO(data), kind, out)
    return out.getvalue()


def _types(data: bytes) -> dict[str, str]:
    """What each part is said to be. Raises `Refused` when any is something that runs."""
    found: dict[str, str] = {}

    def begins(_name: str, values: dict[str, str]) -> None:
        said = values.get("ContentType", "")
        if RUNS.search(said) or RUNS.search(values.get("PartName", "")):
            raise Refused("acting")
        if "PartName" in values:
            found[values["PartName"].lstrip("/")] = said

    read_xml(data, begins)
    return found


def _text(name: str, data: bytes) -> bytes:
    fields = Fields()
    read_xml(data, fields.begins, fields.text)
    fields.end()
    return _OWN_FONTS.sub(b"", data) if name == "word/fontTable.xml" else data


class Fields:
    """The codes of fields in a text, wherever they are cut in pieces. Raises `Refused` at one that fetches."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._in_code = False

    def begins(self, name: str, values: dict[str, str]) -> None:
        """An element begins."""
        called = {local(key): value for key, value in values.items()}
        self._in_code = local(name) in {"instrText", "delInstrText"}
        if local(name) == "fldSimple":
            self._look(called.get("instr", ""))
        elif local(name) == "fldChar" and called.get("fldCharType") == "begin":
            self._open.append("")
        elif local(name) == "fldChar" and self._open and called.get("fldCharType") in {"separate", "end"}:
            self._look(self._open.pop() if called["fldCharType"] == "end" else self._open[-1])

    def text(self, piece: str) -> None:
        """A piece of text."""
        if self._in_code and self._open:
            self._open[-1] += piece
        elif self._in_code:
            self._look(piece)

    def end(self) -> None:
        """The part is over; what was not ended counts too."""
        for code in self._open:
            self._look(code)

    @staticmethod
    def _look(code: str) -> None:
        words = code.split()
        if words and words[0].strip("\\\"'").upper() in FETCHES:
            raise Refused("acting")


def _relations(name: str, data: bytes, kept: Parts) -> bytes:
    """What a part leads to, as far as it stayed. Raises `Refused` when it calls up something from elsewhere."""
    lines: list[str] = []
    folder = posixpath.dirname(posixpath.dirname(name))

    def begins(element: str, values: dict[str, str]) -> None:
        if local(element) != "Relationship":
            return
        target, kind = values.get("Target", ""), values.get("Type", "")
        outside = values.get("TargetMode", "").lower() == "external" or "//" in target
        if outside and not (kind.endswith("/hyperlink") and (LEADS_TO.match(target) or target.startswith("#"))):
            raise Refused("acting")
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if outside or path in kept or target.startswith("#"):
            mode = ' TargetMode="External"' if outside else ""
            said = " ".join(f"{key}={quoteattr(values.get(key, ''))}" for key in ("Id", "Type", "Target"))
            lines.append(f"<Relationship {said}{mode}/>")

    if data:
        read_xml(data, begins)
    return _document("Relationships", _RELATIONSHIPS, lines)


def _list_of_types(types: dict[str, str], kept: Parts) -> bytes:
    pictures = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}
    usual = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml", **pictures}
    usual |= {name.rpartition(".")[2]: pictures[name.rpartition(".")[2].lower()]
              for name in kept if _PICTURE.fullmatch(name)}  # fmt: skip
    lines = [f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in usual.items()]
    say: Callable[[str], str] = quoteattr
    lines += [f"<Override PartName={say('/' + path)} ContentType={say(kind)}/>"
              for path, kind in types.items() if _TEXT.fullmatch(path) and path in kept]  # fmt: skip
    return _document("Types", _CONTENT_TYPES, lines)


def _document(root: str, namespace: str, lines: list[str]) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<{root} xmlns="{namespace}">{"".join(lines)}</{root}>'.encode()
