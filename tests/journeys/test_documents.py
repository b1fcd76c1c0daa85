"""Somebody sends their own plan along with a request, without JavaScript; staff get it, and nobody else."""

import pytest
from webtest import Upload

from portal.app import configure
from portal.attachments.labels import REASONS
from portal.attachments.models import Attachment, AttachmentPiece
from portal.cases.models import Case, CaseEvent, CaseLook
from portal.foundation.uploads import LARGEST_FORM
from tests.browser import Browser
from tests.desk import INBOX, an_office, leads, works
from tests.reading import hrefs, main, text, words
from tests.security.good_files import SECRET, WORDS, docx, odt, pdf, photo_with_place, picture
from tests.security.hostile_files import BAD_OFFICE
from tests.security.hostile_pdfs import BAD_PDF, EXE
from tests.unit.attachments.scanning import a_scanner
from tests.unit.cleaning.asking import FOLLOW, Books, on
from tests.unit.cleaning.following import with_code
from tests.unit.conversations.talking import EMAIL, a_diary, send

diary = pytest.fixture(a_diary)
office = pytest.fixture(an_office)
STATUS, DOCUMENTS = f"{FOLLOW['nl']}/stand", f"{FOLLOW['nl']}/documenten"


@pytest.fixture
def books(office, diary, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


def form_on(page):
    """The form by which a document is sent."""
    (found,) = [form for form in page.forms.values() if form.enctype == "multipart/form-data"]
    return found


def hand_in(visitor, name, data, page=None, status="*"):
    """Choose a document on the page of the request, and send it."""
    form = form_on(page or visitor.get(STATUS))
    form["document"] = Upload(name, data)
    return visitor.submit(form, status)


def followed(visitor, name="plan.pdf", data=None):
    """Send a document; the page one comes back to."""
    return on(visitor, hand_in(visitor, name, data or pdf(), status=303))


def said(page):
    """What is said at the field."""
    return text(page.html.find(id="document-error"))


def test_somebody_sends_their_plan_and_sees_that_it_is_there(visitor, books):
    send(visitor)
    page = followed(visitor)
    (row,) = books.rows(Attachment)
    case = books.the(Case)
    assert (row.case_id, row.name, row.kind, row.state, row.author) == (
        case.id, "plan.pdf", "pdf", "unscanned", "resident",
    )  # fmt: skip
    assert page.request.path == STATUS
    assert words("Your own plan or other papers") in text(main(page))
    assert words("You sent us a document") in text(main(page))
    assert "plan.pdf" not in page.text  # what it is called may say who somebody is
    assert case.asks_since is not None
    assert [event.action for event in books.rows(CaseEvent)][-1] == "document"


def test_what_is_kept_can_be_read_by_nobody_without_the_key(visitor, books):
    send(visitor)
    followed(visitor)
    for piece in books.rows(AttachmentPiece):
        assert b"PDF" not in piece.locked
        assert WORDS.encode() not in piece.locked


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("foto.jpg", photo_with_place(), "image/jpeg"),
        ("plan.odt", odt(), "opendocument"),
        ("plan.docx", docx(), "word"),
    ],
    ids=["photo", "odt", "docx"],
)
def test_with_a_code_it_can_be_opened_again_without_what_it_said_of_its_maker(visitor, books, name, data, kind):
    send(visitor)
    followed(visitor, name, data)
    page = with_code(visitor, books, EMAIL)
    (href,) = [one for one in hrefs(main(page)) if "/documenten/" in one]
    answer = visitor.get(href)
    assert kind in answer.content_type
    assert answer.headers["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert SECRET.encode() not in answer.body
    assert int(answer.headers["Content-Length"]) == len(answer.body) == books.rows(Attachment)[0].size


def test_without_a_code_nobody_opens_it_or_takes_it_away(visitor, books):
    send(visitor)
    page = followed(visitor)
    (row,) = books.rows(Attachment)
    assert not [one for one in hrefs(main(page)) if "/documenten/" in one]
    assert f"{FOLLOW['nl']}/code" in visitor.get(f"{DOCUMENTS}/{row.id}", status=303).location
    token = page.html.find("input", attrs={"name": "csrf_token"})["value"]
    visitor.post(f"{DOCUMENTS}/{row.id}/weg", {"csrf_token": token}, status=403)
    assert books.rows(Attachment)


def test_somebody_takes_a_document_away_again(visitor, books):
    send(visitor)
    followed(visitor)
    page = with_code(visitor, books, EMAIL)
    (form,) = [one for one in page.forms.values() if one.action.endswith("/weg")]
    page = on(visitor, visitor.submit(form))
    assert books.rows(Attachment) == books.rows(AttachmentPiece) == []
    assert words("You took a document away") in text(main(page))
    visitor.submit(form, status=404)


def test_the_document_of_somebody_else_is_not_there(visitor, another, books):
    send(visitor)
    followed(visitor)
    (row,) = books.rows(Attachment)
    send(another)
    with_code(another, books, EMAIL)
    another.get(f"{DOCUMENTS}/{row.id}", status=404)
    Browser(another._app.app, "zwolle.test").get(f"{DOCUMENTS}/{row.id}", status=303)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("plan.pdf", EXE, REASONS["kind"]),
        ("plan.pdf", b"", REASONS["empty"]),
        ("plan.pdf", b"%PDF-1.7\n", REASONS["broken"]),
        ("plan.pdf", BAD_PDF["a script when it opens"], REASONS["acting_pdf"]),
        ("plan.docx", BAD_OFFICE["a macro"][1], REASONS["inside"]),
    ],
    ids=["kind", "empty", "broken", "script", "macro"],
)
def test_what_we_do_not_take_is_told_with_what_to_do_and_the_rest_stays(visitor, books, name, data, why):
    send(visitor)
    followed(visitor, "eerst.jpg", picture())
    page = hand_in(visitor, name, data, status=422)
    assert said(page) == words(why)
    assert page.html.title.text.startswith(words("Look again"))
    assert [row.name for row in books.rows(Attachment)] == ["eerst.jpg"]
    assert page.html.find("input", type="file")["aria-describedby"].startswith("document-error")
    on(visitor, hand_in(visitor, "dan.pdf", pdf(), page))
    assert len(books.rows(Attachment)) == 2


@pytest.mark.parametrize("token", [None, "", "f" * 40])
def test_without_the_token_of_its_form_no_document_is_kept(visitor, books, token):
    send(visitor)
    values = {} if token is None else {"csrf_token": token}
    visitor.get(STATUS)
    visitor.post(DOCUMENTS, values, status=422, upload_files=[("document", "plan.pdf", pdf())])
    assert books.rows(Attachment) == []


def test_the_token_is_taken_from_the_form_that_brings_the_file(visitor, books):
    send(visitor)
    token = visitor.get(STATUS).html.find("input", attrs={"name": "csrf_token"})["value"]
    visitor.post(DOCUMENTS, {"csrf_token": token}, status=303, upload_files=[("document", "plan.pdf", pdf())])
    assert len(books.rows(Attachment)) == 1


def test_no_document_at_all_is_told_at_the_field(visitor, books):
    send(visitor)
    page = visitor.submit(form_on(visitor.get(STATUS)), status=422)
    assert said(page) == words("Choose a document first.")


def test_more_than_ten_megabytes_is_told_at_the_field_and_more_than_a_form_holds_on_a_page(visitor, books):
    send(visitor)
    page = hand_in(visitor, "plan.pdf", b"%PDF-1.7" + bytes(10_000_000), status=422)
    assert "10 MB" in said(page)
    page = hand_in(visitor, "plan.pdf", b"%PDF-1.7" + bytes(33 * 1024 * 1024), status=413)
    assert words("This is too large for us") in text(main(page))
    assert "038 000 02 00" in text(main(page))


def test_only_this_form_may_be_large(visitor, books):
    send(visitor)
    token = visitor.get(STATUS).html.find("input", attrs={"name": "csrf_token"})["value"]
    visitor.post(STATUS, {"csrf_token": token, "text": "a" * LARGEST_FORM}, status=413)
    assert books.the(Case).asks_since is None


def test_five_is_the_most_and_the_form_goes_away(visitor, books):
    send(visitor)
    for number in range(4):
        old = followed(visitor, f"{number}.png", picture((40 + number, 40), "PNG"))
    page = on(visitor, hand_in(visitor, "vijf.png", picture((80, 40), "PNG"), old))
    assert not page.html.find("input", type="file")
    page = hand_in(visitor, "zes.png", picture((90, 40), "PNG"), old, status=422)
    assert len(books.rows(Attachment)) == 5
    assert "5" in text(main(page))


def test_sent_twice_it_is_kept_once(visitor, books):
    send(visitor)
    followed(visitor)
    followed(visitor)
    assert len(books.rows(Attachment)) == 1


def test_a_name_of_a_path_and_of_signs_that_nobody_sees_is_cleaned(visitor, books):
    send(visitor)
    followed(visitor, "C:\\Users\\jan\\gpj.\u202eplan\u200b.exe", picture())
    (row,) = books.rows(Attachment)
    assert row.name == "gpj.plan.jpg"


def test_a_request_for_cleaning_takes_no_documents(visitor, books, office):
    reference = office.ask("midden")
    page = visitor.get(f"{FOLLOW['nl']}")
    form = page.forms["form"]
    form["reference"], form["known"] = reference, "8011PK"
    page = on(visitor, visitor.submit(form))
    assert not page.html.find("input", type="file")
    assert visitor.get(DOCUMENTS, status=303).location.endswith("/stand")


def test_when_the_request_is_closed_nothing_is_added_and_nothing_taken_away(visitor, books, office):
    send(visitor)
    page = followed(visitor)
    late = form_on(page)
    office.change(books.the(Case).reference, state="withdrawn")
    page = visitor.get(STATUS)
    assert not page.html.find("input", type="file")
    late["document"] = Upload("laat.png", picture(kind="PNG"))
    visitor.submit(late, status=303)
    assert [row.name for row in books.rows(Attachment)] == ["plan.pdf"]
    page = with_code(visitor, books, EMAIL)
    assert not [form for form in page.forms.values() if form.action.endswith("/weg")]


def test_the_team_gets_it_and_it_is_written_down_who_opened_it(visitor, books, office):
    send(visitor)
    followed(visitor)
    case = books.the(Case)
    worker = office.colleague("Joris", works("midden"))
    page = worker.browser.get(f"{INBOX.replace('aanvragen', 'aanvraag')}/{case.reference}")
    (href,) = [one for one in hrefs(main(page)) if "/document/" in one]
    assert "plan.pdf" in text(main(page))
    assert words("not checked for viruses") in text(main(page))
    office.clock.forward(hours=2)
    office.let_in(worker)
    before = len(books.rows(CaseLook))
    answer = worker.browser.get(href)
    assert answer.body.startswith(b"%PDF-")
    assert len(books.rows(CaseLook)) == before + 1
    elsewhere = office.colleague("Anna", works("holtenbroek"), leads("holtenbroek"))
    elsewhere.browser.get(href, status=404)
    assert len(books.rows(CaseLook)) == before + 1
    visitor.get(href, status=303)


@pytest.fixture
def scanned(settings, clock, tmp_path):
    """The same portal with a scanner beside it: (browser, scanner)."""
    place = str(tmp_path / "s")
    own = {"portal.scanner": f"unix:{place}", "site.zwolle.index": str(tmp_path / "index")}
    configured = configure({**settings, **own})
    configured.registry.clock = clock
    with a_scanner(place) as scanner:
        yield Browser(configured.make_wsgi_app(), "zwolle.test"), scanner
    for site in configured.registry.sites:
        site.engine.dispose()


def test_with_a_scanner_every_document_is_looked_at_before_it_is_kept(scanned, books):
    browser, scanner = scanned
    send(browser)
    followed(browser)
    assert scanner.seen == pdf()
    (row,) = books.rows(Attachment)
    assert row.state == "clean"
    page = hand_in(browser, "plan.pdf", pdf() + b"VIRUS", status=422)
    assert said(page) == words(REASONS["virus"])
    assert len(books.rows(Attachment)) == 1


def test_without_an_answer_of_the_scanner_nothing_is_taken_and_everything_else_works(scanned, books):
    browser, scanner = scanned
    send(browser)
    followed(browser)
    scanner.mood = "hangs up"
    page = hand_in(browser, "foto.jpg", picture(), status=422)
    assert said(page) == words(REASONS["away"])
    page = browser.get(STATUS)
    form = page.forms["form"]
    form["text"] = "Ik stuur mijn plan met de post."
    on(browser, browser.submit(form, status=303))
    scanner.mood = "fine"
    followed(browser, "foto.jpg", picture())
    assert {row.name for row in books.rows(Attachment)} == {"plan.pdf", "foto.jpg"}
