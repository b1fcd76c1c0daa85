"""Files that nobody means well with: none is taken as it is, each is looked at within seconds, in bounded memory.

By the service that the page uses, with the real process in which documents are washed. What people really have is taken
and can be read afterwards, without what it said of its maker.
"""

import io
import resource
import subprocess
import sys
import time
import zipfile
from tempfile import TemporaryFile

import pytest
from PIL import Image
from pypdf import PdfReader

from portal.attachments.kinds import HEAD, how_to_wash
from portal.attachments.names import LONGEST_NAME, clean_name, disposition
from portal.attachments.rules import MEGABYTE, Limits, Refused
from portal.attachments.washing import wash
from tests.security.good_files import GOOD, SECRET, WORDS, odt, pdf, photo_with_place
from tests.security.hostile_files import DISARMED, EICAR, REFUSED
from tests.security.hostile_pdfs import EXE, HTML, SCRIPT

#: Seconds of work for one file (not of waiting: the machine may be busy), and megabytes that it may take.
LONGEST, MOST_MEMORY = 5.0, 300
LIMITS = Limits(10 * MEGABYTE, 25 * MEGABYTE, 5)
MEASURED = (
    "import sys; from portal.attachments.wash import room; code = room.main(sys.argv[1]); "
    "print([line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')][0], file=sys.stderr); "
    "sys.exit(code)"
)
NAMES = {
    "../../etc/passwd": "passwd", "..\\..\\boot.ini": "boot", "C:\\plan.pdf": "plan", "/plan.pdf": "plan",
    "plan.pdf\0.exe": "plan", "plan\r\nSet-Cookie: a=b.pdf": "plan Set-Cookie: a=b", "\u202efdp.exe": "fdp",
    "a\u2066b\u200bc\ufeff.pdf": "abc", "x" * 300 + ".pdf": "x" * (LONGEST_NAME - 4), "": "document", ".": "document",
    "..": "document", "   .pdf": "document", "\x1b[31mrood.pdf": "[31mrood", "plan.pdf.exe": "plan",
    "e\u0301e\u0301n.pdf": "één", "\ud800.pdf": "document", "خطة.pdf": "خطة", '"; rm -rf.pdf': '"; rm -rf',
    "plan\u2028twee.pdf": "plan twee", "<script>.pdf": "<script>", "versie 1.2": "versie 1.2",
}  # fmt: skip


def worked():
    """Seconds of work so far, of this process and of those it started."""
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + others.ru_utime + others.ru_stime


def washed(data):
    """(kind, what is kept, seconds of work). Raises `Refused`."""
    began = worked()
    with TemporaryFile() as file:
        file.write(data)
        LIMITS.one(len(data))
        with wash(file) as found:
            return found.kind, found.file.read(), worked() - began


def opened(kind, data):
    """Everything that can be read of a document, in one piece: also what is pressed together."""
    if kind == "pdf":
        reader = PdfReader(io.BytesIO(data))
        return data + "".join(page.extract_text() for page in reader.pages[:3]).encode()
    if kind in {"docx", "odt"}:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
            return data + b"".join(name.encode() + archive.read(name) for name in archive.namelist())
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return data + repr([image.info, dict(image.getexif())]).encode()


def test_there_are_enough_of_them():
    assert len(REFUSED) + len(DISARMED) >= 100


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_a_document_or_can_act_is_not_taken(what):
    _name, data = REFUSED[what]
    began = worked()
    with pytest.raises(Refused):
        washed(data)
    assert worked() - began < LONGEST


@pytest.mark.parametrize("what", DISARMED)
def test_what_has_something_hidden_in_it_is_taken_without_it(what):
    name, data = DISARMED[what]
    kind, kept, seconds = washed(data)
    everything = opened(kind, kept)
    for gone in (SECRET.encode(), SCRIPT, EXE[:64], b"<html"):
        assert gone not in everything
    assert how_to_wash(kept[:HEAD]) is not None
    assert clean_name(name, kind).endswith(f".{kind}")
    assert seconds < LONGEST


@pytest.mark.parametrize("what", GOOD)
def test_what_people_have_is_taken_and_can_be_read(what):
    _name, data, kind = GOOD[what]
    found, kept, seconds = washed(data)
    assert found == kind
    everything = opened(kind, kept)
    if kind in {"pdf", "docx", "odt"}:
        assert WORDS.encode() in everything
    assert SECRET.encode() not in everything
    assert seconds < LONGEST


def test_a_photo_on_its_side_is_upright_and_says_no_place():
    _kind, kept, _seconds = washed(photo_with_place())
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (80, 120)
        assert dict(image.getexif()) == {}
        red, _green, blue = image.getpixel((40, 20))
        assert red > blue


def test_a_document_keeps_its_picture_and_its_link_and_nothing_that_is_not_listed():
    from tests.security.good_files import docx

    _kind, kept, _seconds = washed(docx())
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        names = set(archive.namelist())
        assert names == {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels",
                         "word/media/image1.jpg"}  # fmt: skip
        assert b"https://www.zwolle.nl/?a=1&amp;b=2" in archive.read("word/_rels/document.xml.rels")
        assert b"docProps" not in archive.read("_rels/.rels") + archive.read("[Content_Types].xml")
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_a_document_of_libreoffice_says_first_what_it_is():
    _kind, kept, _seconds = washed(odt())
    assert kept[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"


def test_washing_twice_gives_the_same_so_that_sent_twice_is_once():
    for _name, data, kind in (GOOD["a PDF"], GOOD["a photo"], GOOD["a document of Word"]):
        once, again = washed(data)[1], washed(data)[1]
        assert once == again
        assert washed(once)[0] == kind


def test_nothing_takes_much_memory_or_long_in_the_process_that_looks():
    most, worst, longest = 0, "", 0.0
    everything = {what: file[1] for what, file in {**REFUSED, **DISARMED, **GOOD}.items()}
    asked = 0
    for what, data in everything.items():
        way = how_to_wash(data[:HEAD])
        if way is None:
            continue
        with TemporaryFile() as file, TemporaryFile() as out:
            file.write(data)
            file.seek(0)
            began = worked()
            done = subprocess.run(
                [sys.executable, "-I", "-c", MEASURED, way], stdin=file, stdout=out,
                stderr=subprocess.PIPE, timeout=20, env={}, check=False,
            )  # fmt: skip
        longest, asked = max(longest, worked() - began), asked + 1
        assert done.returncode in {0, 3}, (what, done.stderr)
        memory = int(done.stderr.split()[-1]) // 1024
        most, worst = (memory, what) if memory > most else (most, worst)
    print(f"{len(everything)} files, {asked} looked into; at most {most} MB ({worst}), {longest:.1f} s")
    assert asked > 90
    assert most < MOST_MEMORY
    assert longest < LONGEST


def test_the_process_has_nothing_of_ours_and_bounds_itself():
    code = (
        "import os, resource; from portal.attachments.wash import room; room.bound(); print(dict(os.environ), "
        "resource.getrlimit(resource.RLIMIT_AS), 'sqlalchemy' in __import__('sys').modules)"
    )
    said = subprocess.run([sys.executable, "-I", "-c", code], env={}, capture_output=True, text=True, check=True).stdout
    assert "PORTAL" not in said
    assert said.strip().endswith("False")
    assert str(512 * 1024 * 1024) in said


@pytest.mark.parametrize("given", NAMES, ids=repr)
def test_a_name_is_for_showing_only(given):
    name = clean_name(given, "pdf")
    assert name == f"{NAMES[given]}.pdf"
    header = disposition(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert len(name) <= LONGEST_NAME


def test_what_a_scanner_would_stop_is_no_document_and_a_page_is_none_either():
    for data in (EICAR, HTML, pdf()[1:]):
        with pytest.raises(Refused, match="kind"):
            washed(data)
