"""Somebody says whether a page was of use; nothing is known of who they are, and nothing they typed is lost."""

import pytest
from sqlalchemy import delete, select

from portal.foundation.db import writing
from portal.pages.models import LONGEST_REMARK, PageReaction
from portal.ui.forms import TRAP
from tests.reading import hrefs, main, text, words

FORM = "/nl/reactie?pagina=klacht&nuttig="


@pytest.fixture
def reactions(zwolle):
    """Gives the reactions that are stored; those of before and of the test are forgotten."""
    with writing(zwolle.engine) as session:
        session.execute(delete(PageReaction))

    def stored():
        with writing(zwolle.engine) as session:
            return [row._asdict() for row in session.execute(select(PageReaction.__table__))]

    yield stored
    with writing(zwolle.engine) as session:
        session.execute(delete(PageReaction))


def open_form(visitor, answer="ja", path=FORM):
    return visitor.get(path + answer).forms["form"]


@pytest.mark.parametrize(("answer", "useful"), [("ja", True), ("nee", False)])
def test_yes_or_no_under_a_page_is_one_press_from_being_told(visitor, reactions, clock, answer, useful):
    page = visitor.get("/nl/klacht")
    link = next(href for href in hrefs(main(page)) if href.endswith(f"nuttig={answer}"))
    thanks = visitor.submit(visitor.get(link).forms["form"])
    assert thanks.status_int == 303
    assert thanks.location == "http://zwolle.test/nl/reactie-bedankt"
    assert [(row["page_key"], row["useful"], row["remark"]) for row in reactions()] == [("klacht", useful, "")]


def test_a_remark_is_kept_with_page_language_and_moment_and_nothing_else(visitor, reactions, clock):
    form = open_form(visitor, "nee", "/ar/reaction?pagina=klacht&nuttig=")
    form["remark"] = "لم أفهم الكلمة «bezwaar»\nشكراً"
    visitor.submit(form, status=303)
    (row,) = reactions()
    assert set(row) == {"id", "page_key", "locale", "useful", "remark", "received_at"}
    assert (row["locale"], row["useful"], row["received_at"]) == ("ar", False, clock.now())
    assert row["remark"].split() == ["لم", "أفهم", "الكلمة", "«bezwaar»", "شكراً"]


def test_the_thank_you_page_shows_the_way_on(visitor, reactions):
    thanks = visitor.get("/nl/reactie-bedankt")
    assert text(thanks.html.h1) == words("We have your reaction")
    assert "/nl/" in hrefs(main(thanks))


def test_no_choice_is_asked_again_with_the_remark_still_there(visitor, reactions):
    form = open_form(visitor, "")
    form["remark"] = "Ik zocht het formulier."
    page = visitor.submit(form, status=422)
    assert [(link["href"], text(link)) for link in page.html.select(".errors a")] == [
        ("#useful", words("Choose yes or no."))
    ]
    assert page.forms["form"]["remark"].value.strip() == "Ik zocht het formulier."
    assert page.forms["form"]["page"].value == "klacht"
    assert reactions() == []


def test_after_a_mistake_the_same_form_can_be_sent(visitor, reactions):
    page = visitor.submit(open_form(visitor, ""), status=422)
    form = page.forms["form"]
    form["useful"] = "yes"
    visitor.submit(form, status=303)
    assert len(reactions()) == 1


def test_a_remark_that_is_too_long_is_told_and_not_thrown_away(visitor, reactions):
    form = open_form(visitor)
    form["remark"] = "a" * (LONGEST_REMARK + 1)
    page = visitor.submit(form, status=422)
    assert str(LONGEST_REMARK) in text(page.html.find(id="remark-error"))
    assert len(page.forms["form"]["remark"].value.strip()) == LONGEST_REMARK + 1
    form = page.forms["form"]
    form["remark"] = "a" * LONGEST_REMARK
    visitor.submit(form, status=303)
    assert [len(row["remark"]) for row in reactions()] == [LONGEST_REMARK]


def test_a_program_that_fills_in_everything_is_thanked_and_stores_nothing(visitor, reactions):
    form = open_form(visitor)
    form[TRAP] = "+31 38 000 0000"
    form["remark"] = "Buy pills"
    assert visitor.submit(form).status_int == 303
    assert reactions() == []


def test_the_trap_is_hidden_from_people_who_see_and_people_who_hear(visitor):
    trap = visitor.get(FORM + "ja").html.find(attrs={"name": TRAP})
    assert trap["tabindex"] == "-1"
    assert trap["autocomplete"] == "off"
    assert trap.find_parent(attrs={"aria-hidden": "true", "class": "unseen"}) is not None


@pytest.mark.parametrize("token", ["", "0" * 40, "expired"])
def test_a_form_that_stood_open_too_long_comes_back_with_the_answers_to_send_once_more(visitor, reactions, token):
    form = open_form(visitor, "nee")
    form["remark"] = "Eerste regel\n\nTweede <b>regel</b>"
    form["csrf_token"] = token
    again = visitor.submit(form, status=422)
    assert text(again.html.h1) == words("Your answers are still here. Send them once more.")
    assert "Tweede <b>regel</b>" in text(main(again))
    assert reactions() == []
    visitor.submit(again.form, status=303)
    (row,) = reactions()
    assert (row["useful"], row["remark"].split()) == (False, ["Eerste", "regel", "Tweede", "<b>regel</b>"])


def test_without_cookies_the_answers_come_back_as_well(visitor, reactions):
    form = open_form(visitor)
    form["remark"] = "Zonder koekjes"
    visitor.forget()
    assert "Zonder koekjes" in text(main(visitor.submit(form, status=422)))
    assert reactions() == []


def test_something_that_no_form_of_ours_sent_stores_nothing(visitor, reactions):
    answer = visitor.post("/nl/reactie", {"page": "klacht", "useful": "yes", "remark": "x"})
    assert answer.status_int == 422
    assert reactions() == []


def test_the_cookie_of_the_form_says_nothing_and_is_for_this_site_only(visitor):
    header = visitor.get(FORM + "ja").headers["Set-Cookie"].lower()
    assert header.startswith("csrf=")
    assert "httponly" in header
    assert "samesite=lax" in header
    assert "expires" not in header


def test_reading_leaves_no_cookie(visitor):
    for path in ("/nl/", "/nl/klacht", "/nl/team/holtenbroek", "/nl/sociale-kaart", "/nl/zoeken?q=geld", "/nl/weg"):
        visitor.get(path, status="*")
    assert visitor.cookies == {}


@pytest.mark.parametrize("path", ["/nl/reactie", "/nl/reactie?pagina=", "/nl/reactie?pagina=bestaat-niet"])
def test_a_reaction_to_no_page_is_not_there(visitor, path):
    visitor.get(path, status=404)


def test_a_reaction_to_a_page_that_went_away_meanwhile_is_told(visitor, reactions):
    form = open_form(visitor)
    form["page"].force_value("bestaat-niet")
    assert visitor.submit(form).status_int == 404
    assert reactions() == []
