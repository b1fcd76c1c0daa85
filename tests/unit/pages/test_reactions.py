"""What readers say of a page: kept without anything about them, refused kindly, and lost never."""

import pytest
from sqlalchemy import select
from webtest import TestApp

from portal.foundation.db import reading, writing
from portal.pages.models import LONGEST_REMARK, PageReaction
from portal.pages.services import ReactionService
from tests.clock import START


@pytest.fixture
def kept_reactions(small_site):
    """The reactions of the small municipality, which has none to begin with."""

    def read():
        with reading(small_site.engine) as connection:
            return connection.execute(select(PageReaction.__table__).order_by(PageReaction.id)).all()

    yield read
    with writing(small_site.engine) as session:
        session.query(PageReaction).delete()


@pytest.fixture
def form(small):
    """The form for the page `klacht`, as a reader gets it."""

    def get(path="/nl/reactie?pagina=klacht&nuttig=ja"):
        web = TestApp(small.app, extra_environ={"HTTP_HOST": "small.test", "REMOTE_ADDR": "192.0.2.1"})
        return web.get(path).forms["form"]

    return get


def test_a_reaction_is_kept_with_its_moment(session):
    ReactionService(session, START).react("klacht", "nl_simple", False, "Te lang.")
    found = session.scalars(select(PageReaction)).one()
    assert (found.page_key, found.locale, found.useful, found.remark) == ("klacht", "nl_simple", False, "Te lang.")
    assert found.received_at == START


def test_a_row_has_no_place_for_anything_about_the_reader():
    columns = {column.name for column in PageReaction.__table__.columns}
    assert columns == {"id", "page_key", "locale", "useful", "remark", "received_at"}


def test_a_sent_reaction_is_kept_and_thanked_for(form, kept_reactions):
    sent = form()
    sent["remark"] = "Duidelijk!\nDank u."
    answer = sent.submit(status=303)
    assert answer.location == "http://small.test/nl/reactie-bedankt"
    assert answer.follow(status=200)
    (row,) = kept_reactions()
    assert (row.page_key, row.locale, row.useful) == ("klacht", "nl", True)
    assert row.remark.split() == ["Duidelijk!", "Dank", "u."]


def test_the_choice_one_came_with_is_made_already(form):
    assert form("/nl/reactie?pagina=klacht&nuttig=ja")["useful"].value == "yes"
    assert form("/nl/reactie?pagina=klacht&nuttig=nee")["useful"].value == "no"
    assert form("/nl/reactie?pagina=klacht&nuttig=misschien")["useful"].value is None


@pytest.mark.parametrize("path", ["/nl/reactie", "/nl/reactie?pagina=niets", "/nl/reactie?pagina="])
def test_there_is_no_form_for_a_page_that_is_not_there(small_web, path):
    small_web.get(path, status=404)


def test_a_reaction_to_a_page_that_went_meanwhile_is_not_found(form, kept_reactions):
    sent = form()
    sent["page"].force_value("niets")
    sent.submit(status=404)
    assert kept_reactions() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("useful", "maybe"), ("remark", "x" * (LONGEST_REMARK + 1)), ("page", "x" * 81)],
    ids=["choice", "remark-too-long", "page-too-long"],
)
def test_what_cannot_be_kept_is_shown_back_and_nothing_is_kept(form, kept_reactions, field, value):
    sent = form()
    sent["remark"] = "blijft staan"
    sent[field].force_value(value)
    answer = sent.submit(status=422)
    assert kept_reactions() == []
    assert (value if field == "remark" else "blijft staan") in answer.text


def test_the_longest_remark_is_kept(form, kept_reactions):
    sent = form()
    sent["remark"] = "é" * LONGEST_REMARK
    sent.submit(status=303)
    assert len(kept_reactions()[0].remark) == LONGEST_REMARK


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(form, kept_reactions):
    sent = form()
    sent["fax_number"] = "038"
    sent.submit(status=303)
    assert kept_reactions() == []


def test_a_form_from_elsewhere_is_shown_to_be_sent_once_more(small, kept_reactions):
    web = TestApp(small.app, extra_environ={"HTTP_HOST": "small.test"})
    answer = web.post("/nl/reactie", {"page": "klacht", "useful": "yes", "remark": "Mijn <b>woorden</b>"}, status=422)
    assert "Mijn &lt;b&gt;woorden&lt;/b&gt;" in answer.text
    assert kept_reactions() == []
