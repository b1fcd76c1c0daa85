"""A paper of who asked for a second opinion, in the hands of the expert: only while it is given, each look counts."""

import pytest

from portal.attachments.models import Attachment
from portal.cases.workflow import Author
from portal.opinions.models import ExpertLook
from portal.opinions.releasing import DOCUMENT
from tests.browser import Browser
from tests.reading import hrefs, main, text
from tests.security.good_files import SECRET, photo_with_place
from tests.unit.cleaning.asking import Books
from tests.unit.opinions.asking import FOLLOW, STAND, an_office, send
from tests.unit.opinions.expert_door import DOOR, asked, at_work, come_in, signs

office = pytest.fixture(an_office)
PHOTO = "foto.jpg"


@pytest.fixture
def books(office, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


@pytest.fixture
def paper(visitor, books):
    """Somebody asked, and sent a photo along; gives its row."""
    send(visitor)
    (form,) = [one for one in visitor.get(FOLLOW["nl"] + STAND).forms.values() if one.enctype == "multipart/form-data"]
    token, files = form["csrf_token"].value, [("document", PHOTO, photo_with_place())]
    visitor.post(f"{FOLLOW['nl']}/documenten", {"csrf_token": token}, status=303, upload_files=files)
    return books.the(Attachment)


@pytest.fixture
def expert(app, office, books, paper):
    """An expert who signed and may see only what was written."""
    browser = Browser(app, "zwolle.test")
    come_in(browser, books, asked(office))
    signs(browser)
    at_work(office)
    return browser


def give(office, *items):
    """Who asked gives these things, and takes the others back."""
    office.does(lambda desk, case, _session: desk.release(case, Author.STAFF, items))


def path_to(paper):
    return f"{DOOR['nl']}/document/{paper.id}"


def test_a_paper_that_was_given_is_opened_as_a_file_to_keep_and_the_look_is_written(expert, office, books, paper):
    give(office, "words", f"{DOCUMENT}{paper.id}")
    home = expert.get(DOOR["nl"])
    assert PHOTO in text(main(home)) and path_to(paper) in hrefs(main(home))
    answer = expert.get(path_to(paper), status=200)
    assert answer.content_type == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{PHOTO}"')
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert SECRET.encode() not in answer.body
    assert [row.item for row in books.rows(ExpertLook)] == [f"{DOCUMENT}{paper.id}"]


def test_a_paper_that_was_not_given_is_not_there(expert, books, paper):
    assert PHOTO not in expert.get(DOOR["nl"]).text
    expert.get(path_to(paper), status=404)
    assert books.rows(ExpertLook) == []


def test_a_paper_that_was_taken_back_is_not_there_any_more(expert, office, books, paper):
    give(office, "words", f"{DOCUMENT}{paper.id}")
    expert.get(path_to(paper), status=200)
    give(office, "words")
    expert.get(path_to(paper), status=404)
    assert PHOTO not in expert.get(DOOR["nl"]).text
    assert len(books.rows(ExpertLook)) == 1
