"""Papers that belong to a complaint: for who complained and who handles it, and there for nobody else."""

import pytest
from webtest import TestApp

from portal.attachments.models import Attachment
from portal.cases.models import Case
from tests.desk import an_office, leads, path_of, works
from tests.reading import hrefs, main, text
from tests.security.good_files import SECRET, pdf, photo_with_place
from tests.unit.cleaning.asking import Books
from tests.unit.cleaning.following import with_code
from tests.unit.complaints.at_desk import HANDLES
from tests.unit.complaints.complaining import EMAIL, FOLLOW, send

office = pytest.fixture(an_office)
STATUS, DOCUMENTS = f"{FOLLOW['nl']}/stand", f"{FOLLOW['nl']}/documenten"


@pytest.fixture
def books(office, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


@pytest.fixture
def told(visitor, books):
    """Somebody complained about the team Midden and sent two papers along; gives the row of the case."""
    send(visitor)
    for name, data in (("brief.pdf", pdf()), ("foto.jpg", photo_with_place())):
        page = visitor.get(STATUS)
        (form,) = [one for one in page.forms.values() if one.enctype == "multipart/form-data"]
        token = form["csrf_token"].value
        visitor.post(DOCUMENTS, {"csrf_token": token}, status=303, upload_files=[("document", name, data)])
    return books.the(Case)


def paper(books, name):
    """The row of one paper."""
    return next(row for row in books.rows(Attachment) if row.name == name)


@pytest.mark.parametrize(("name", "kind"), [("brief.pdf", "application/pdf"), ("foto.jpg", "image/jpeg")])
def test_who_complained_sees_their_papers_and_opens_them_with_a_code(visitor, books, told, name, kind):
    assert [row.case_id for row in books.rows(Attachment)] == [told.id, told.id]
    page = with_code(visitor, books, EMAIL)
    assert name in text(main(page))
    path = f"{DOCUMENTS}/{paper(books, name).id}"
    assert path in hrefs(main(page))
    gives_it_closed_in(visitor.get(path), name, kind)


@pytest.mark.parametrize(("name", "kind"), [("brief.pdf", "application/pdf"), ("foto.jpg", "image/jpeg")])
def test_who_handles_it_finds_the_papers_beside_the_complaint(office, books, told, name, kind):
    hanna = office.colleague("Hanna Visser", HANDLES)
    page = hanna.browser.get(path_of(told.reference))
    assert name in text(main(page))
    path = path_of(told.reference, f"/document/{paper(books, name).id}")
    assert path in hrefs(main(page))
    gives_it_closed_in(hanna.browser.get(path), name, kind)


def gives_it_closed_in(answer, name, kind):
    """It comes as a file to keep, that can do nothing in a browser and tells nothing of where it was made."""
    assert answer.content_type == kind
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{name}"')
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert SECRET.encode() not in answer.body


@pytest.mark.parametrize("roles", [(works("midden"),), (leads("midden"),), (HANDLES, works("midden"))])
def test_the_link_of_the_desk_is_not_there_for_the_team_that_it_is_about(office, books, told, roles):
    somebody = office.colleague("Mila de Wit", *roles)
    somebody.browser.get(path_of(told.reference, f"/document/{paper(books, 'brief.pdf').id}"), status=404)


def test_the_link_of_the_desk_is_not_there_for_residents_nor_for_who_is_not_signed_in(office, another, books, told):
    path = path_of(told.reference, f"/document/{paper(books, 'brief.pdf').id}")
    for answer in (another.get(path, status="*"), TestApp(office.app).get(
            path, headers={"Host": "zwolle.test"}, status="*")):  # fmt: skip
        assert answer.status_int != 200
        assert b"PDF" not in answer.body
        assert answer.location is None or "document" not in answer.location.split("?")[0]


def test_the_link_of_who_complained_is_not_there_for_another_resident(another, books, told):
    send(another)
    with_code(another, books, EMAIL)
    another.get(f"{DOCUMENTS}/{paper(books, 'brief.pdf').id}", status=404)
