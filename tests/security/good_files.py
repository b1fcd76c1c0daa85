"""Documents as people have them, made here: what must be taken, and readable afterwards."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

WORDS = "Mijn plan: elke dinsdag naar de kaartclub."
#: Stands in what has to go: details, places, what hangs behind a file.
SECRET = "KANARIE-8011PK"
DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def picture(size: tuple[int, int] = (120, 80), kind: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    """A picture, red on its left and blue on its right."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (size[0] // 2, 0, size[0], size[1]))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A photo, taken on its side, that says where and by whom."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = SECRET
    exif.get_ifd(0x8825)[2] = (52.0, 30.0, 45.5)
    exif.get_ifd(0x8825)[0x1D] = SECRET
    return picture(exif=exif, comment=SECRET.encode())


def pdf(pages: int = 2, change: Any = None) -> bytes:
    """A PDF with words on each page, and details of its maker."""
    writer = PdfWriter()
    for _number in range(pages):
        page = writer.add_blank_page(595, 842)
        text = DecodedStreamObject()
        text.set_data(f"BT /F1 24 Tf 72 700 Td ({WORDS}) Tj ET".encode())
        font = DictionaryObject({
            NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        })  # fmt: skip
        page[NameObject("/Contents")] = writer._add_object(text)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
    writer.add_metadata({"/Author": SECRET, "/Title": SECRET})
    xmp = DecodedStreamObject()
    xmp.set_data(SECRET.encode())
    xmp.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    if change is not None:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def name(text: str) -> NameObject:
    """A name in a PDF."""
    return NameObject(text)


def text(words: str) -> TextStringObject:
    """A text in a PDF."""
    return TextStringObject(words)


def zipped(parts: Mapping[str, bytes | str], first: str | None = None) -> bytes:
    """A zip; the part called `first` comes first and is not pressed together."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(parts, key=lambda one: one != first):
            archive.writestr(part, parts[part], zipfile.ZIP_STORED if part == first else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def squeezed(megabytes: int) -> bytes:
    """So many megabytes of nothing, pressed together."""
    press, nothing = zlib.compressobj(9), bytes(1_000_000)
    return b"".join(press.compress(nothing) for _ in range(megabytes)) + press.flush()


def relationships(*lines: str) -> str:
    """A list of what a part leads to."""
    inside = "".join(f"<Relationship {line}/>" for line in lines)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def docx_parts() -> dict[str, bytes | str]:
    """The parts of a document of Word with a picture, a link, and details of who wrote it."""
    types = "".join(
        f'<Override PartName="{path}" ContentType="{kind}"/>'
        for path, kind in (("/word/document.xml", DOCX_MAIN), ("/docProps/core.xml", "application/xml"))
    )
    usual = (
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpg" ContentType="image/jpeg"/>'
    )
    return {
        "[Content_Types].xml": f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/'
        f'package/2006/content-types">{usual}{types}</Types>',
        "_rels/.rels": relationships(
            f'Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"',
            f'Id="rId2" Type="{RELATIONS}/core-properties" Target="docProps/core.xml"',
        ),
        "docProps/core.xml": f"<core><creator>{SECRET}</creator></core>",
        "word/document.xml": document(f"<w:r><w:t>{WORDS}</w:t></w:r>"),
        "word/_rels/document.xml.rels": relationships(
            f'Id="rId1" Type="{RELATIONS}/image" Target="media/image1.jpg"',
            f'Id="rId2" Type="{RELATIONS}/hyperlink" Target="https://www.zwolle.nl/?a=1&amp;b=2" TargetMode="External"',
        ),
        "word/media/image1.jpg": photo_with_place(),
    }


def document(inside: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    """The text of a document of Word."""
    return f'{head}<w:document xmlns:w="{_W}" xmlns:r="{RELATIONS}"><w:body><w:p>{inside}</w:p></w:body></w:document>'


def docx(**changed: bytes | str | None) -> bytes:
    """The same as a file."""
    return zipped({path: data for path, data in {**docx_parts(), **changed}.items() if data is not None})


def with_parts(parts: Mapping[str, Any], more: Mapping[str, bytes | str]) -> bytes:
    """A document with parts that are another's or its own."""
    return zipped({**parts, **more})


def odt_parts(inside: str = f"<text:p>{WORDS}</text:p>") -> dict[str, bytes | str]:
    """The parts of a document of LibreOffice."""
    spaces = " ".join(f'xmlns:{one}="{_ODF}:{one}:1.0"' for one in ("office", "text", "draw", "script", "table"))
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} '
        f'xmlns:xlink="http://www.w3.org/1999/xlink"><office:scripts/><office:body><office:text>{inside}</office:text>'
        "</office:body></office:document-content>",
        "meta.xml": f"<meta><creator>{SECRET}</creator></meta>",
        "settings.xml": f"<settings>{SECRET}</settings>",
        "Pictures/photo.jpg": photo_with_place(),
        "META-INF/manifest.xml": "<manifest/>",
    }


def odt(inside: str | None = None, **changed: bytes | str) -> bytes:
    """The same as a file."""
    return zipped({**(odt_parts(inside) if inside else odt_parts()), **changed}, "mimetype")


GOOD: dict[str, tuple[str, bytes, str]] = {
    "a PDF": ("plan.pdf", pdf(), "pdf"),
    "a PDF of 300 pages": ("plan.pdf", pdf(300), "pdf"),
    "a photo": ("foto.jpg", photo_with_place(), "jpg"),
    "a photo that is called jpeg": ("foto.JPEG", picture(), "jpg"),
    "a photo in grey": ("foto.jpg", picture(mode="L"), "jpg"),
    "a photo for a printer": ("foto.jpg", picture(mode="CMYK"), "jpg"),
    "a photo in layers": ("foto.jpg", picture((3000, 2000), progressive=True), "jpg"),
    "a photo of 27 megapixels": ("foto.jpg", picture((6000, 4500)), "jpg"),
    "a large picture": ("scherm.png", picture((5000, 3900), "PNG"), "png"),
    "a large picture that lets through": ("scherm.png", picture((5000, 3900), "PNG", "RGBA"), "png"),
    "a large photo in layers": ("foto.jpg", picture((5000, 3900), progressive=True), "jpg"),
    "a picture": ("scherm.png", picture(kind="PNG"), "png"),
    "a picture that lets through": ("scherm.png", picture(kind="PNG", mode="RGBA"), "png"),
    "a picture of few colours": ("scherm.png", picture(kind="PNG", mode="P"), "png"),
    "a picture in black and white": ("scan.png", picture(kind="PNG", mode="1"), "png"),
    "a picture of many greys": ("scan.png", picture(kind="PNG", mode="I;16"), "png"),
    "a document of Word": ("plan.docx", docx(), "docx"),
    "a document of LibreOffice": ("plan.odt", odt(), "odt"),
}
