"""An expert who is asked to judge a plan: comes in with link and code, signs, sees what is given, and writes once."""

from datetime import timedelta
from itertools import combinations

import pytest
from sqlalchemy import update

from portal.cases.workflow import Author
from portal.foundation.db import writing
from portal.opinions.models import Expert, ExpertKey, ExpertLook, Opinion, SecondOpinion
from tests.browser import Browser
from tests.unit.cleaning.asking import Books, faults, fill, on
from tests.unit.opinions.asking import CHANGE, DOUBT, NAME, WHY, an_office, send
from tests.unit.opinions.expert_door import (
    DOOR,
    MAIL,
    PHONE,
    asked,
    at_work,
    code_of,
    come_in,
    knock,
    says,
    signs,
    stands,
)

office = pytest.fixture(an_office)
HOME = DOOR["nl"]
ITEMS = ("words", "reach", "plan")
#: Everything that can be given together.
SUBSETS = [some for size in range(1, len(ITEMS) + 1) for some in combinations(ITEMS, size)]


@pytest.fixture
def books(office, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


@pytest.fixture
def new_browser(app):
    """Makes one more browser."""
    return lambda: Browser(app, "zwolle.test")


@pytest.fixture
def link(office, books, visitor):
    """Somebody asked for a second opinion, and the expert for theirs; gives their link."""
    send(visitor)
    return asked(office)


@pytest.fixture
def expert(link, books, new_browser):
    """An expert behind link and code."""
    browser = new_browser()
    come_in(browser, books, link)
    return browser


def judges(expert, **more):
    page = expert.get(HOME + "/oordeel")
    return expert.submit(fill(page.forms["form"], {"right_plan": "partly", "change": CHANGE, "why": WHY, **more}))


def test_the_mail_names_nobody_and_the_code_goes_to_the_phone(link, books, new_browser):
    browser = new_browser()
    page = knock(browser, link)
    assert page.request.path == HOME + "/code"
    (mail,) = [one for one in books.messages(MAIL)]
    assert NAME not in mail.text and DOUBT not in mail.text and "Mila" not in mail.text
    (sms,) = [one for one in books.messages() if one.channel == "sms"]
    assert sms.recipient.replace(" ", "").endswith(PHONE[-9:])
    assert books.rows(ExpertKey)[0].hash not in mail.text


def test_asked_signed_judged(expert, office, books):
    page = expert.get(HOME)
    for shown in ("Gemeente Zwolle", "Stichting Frion", "Mila de Wit"):
        assert shown in says(page)
    assert NAME not in says(page) and DOUBT not in says(page)
    page = signs(expert)
    assert stands(books) == ("proposed", "proposed")
    assert NAME not in says(page)
    at_work(office)
    assert any("kunt beginnen" in one.text + one.subject for one in books.messages(MAIL))
    assert DOUBT in says(expert.get(HOME + "/stuk/words"))
    expert.get(HOME + "/stuk/reach", status=404)
    page = judges(expert)
    assert CHANGE in says(page)
    assert books.rows(Opinion) == []
    form = next(one for one in page.forms.values() if "send" in one.fields)
    page = on(expert, expert.submit(form, name="send"))
    opinion = books.the(Opinion)
    assert (opinion.right_plan, opinion.change, opinion.why) == ("partly", CHANGE, WHY)
    assert stands(books)[0] == "opinion_sent"
    for tail in ("", "/stuk/words", "/oordeel"):
        expert.get(HOME + tail, status=404)


def test_every_word_stays_when_something_is_missing(expert, office, books):
    signs(expert)
    at_work(office)
    page = expert.get(HOME + "/oordeel")
    page = expert.submit(fill(page.forms["form"], {"right_plan": "no", "why": WHY}), status=422)
    assert [name for name, _message in faults(page)] == ["change"]
    assert page.forms["form"]["why"].value == WHY


@pytest.mark.parametrize("given", SUBSETS, ids="-".join)
def test_an_expert_sees_what_is_given_and_nothing_else(given, expert, office, books):
    signs(expert)
    at_work(office, given)
    for item in ITEMS:
        expert.get(f"{HOME}/stuk/{item}", status=200 if item in given else 404)
    assert {row.item for row in books.rows(ExpertLook)} == set(given)


def test_taken_back_it_is_closed_at_once(expert, office, books):
    signs(expert)
    at_work(office, ("words", "reach"))
    assert NAME in says(expert.get(HOME + "/stuk/reach"))
    office.does(lambda desk, case, _session: desk.release(case, Author.STAFF, ["words"]))
    expert.get(HOME + "/stuk/reach", status=404)
    expert.get(HOME + "/stuk/words")
    assert len([row for row in books.rows(ExpertLook) if row.item == "reach"]) == 1


def test_five_wrong_codes_and_the_right_one_is_gone(link, books, new_browser):
    browser = new_browser()
    page, right = knock(browser, link), code_of(books)
    wrong = "000000" if right != "000000" else "111111"
    for _time in range(5):
        page = browser.submit(fill(page.forms["form"], {"code": wrong}), status=422)
        assert faults(page)
    browser.submit(fill(page.forms["form"], {"code": right}), status=422)
    browser.get(HOME, status=404)


def test_a_link_that_is_too_old_opens_nothing(link, new_browser, zwolle, clock):
    with writing(zwolle.engine) as session:
        session.execute(update(ExpertKey).values(expires_at=clock.now() - timedelta(seconds=1)))
    new_browser().get(link, status=404)


def test_without_a_link_there_is_no_door(new_browser, office):
    browser = new_browser()
    for tail in ("", "/code", "/tekenen", "/stoppen", "/oordeel", "/stuk/words"):
        browser.get(HOME + tail, status=404)


def test_who_turns_out_to_work_for_a_provider_stops_at_the_next_page(expert, office, books, zwolle):
    signs(expert)
    at_work(office)
    with writing(zwolle.engine) as session:
        session.execute(update(SecondOpinion).values(providers="Adviesbureau Noord B.V."))
    expert.get(HOME + "/stuk/words", status=410)
    assert stands(books) == ("acknowledged", "ended")
    assert books.rows(ExpertLook) == []
    expert.get(HOME, status=404)


def test_an_opinion_of_who_is_not_independent_any_more_is_not_sent(expert, office, books, zwolle):
    signs(expert)
    at_work(office)
    page = judges(expert)
    form = next(one for one in page.forms.values() if "send" in one.fields)
    with writing(zwolle.engine) as session:
        session.execute(update(Expert).values(employer="Gemeente Zwolle"))
    expert.submit(form, name="send", status=410)
    assert books.rows(Opinion) == []
    assert stands(books) == ("acknowledged", "ended")


def test_saying_no_closes_the_door_and_tells_the_coordinator_why(expert, books):
    page = expert.get(HOME + "/stoppen")
    page = on(expert, expert.submit(fill(page.forms["form"], {"why": "Geen tijd"})))
    assert page.request.path == HOME + "/klaar"
    assert stands(books) == ("acknowledged", "declined")
    expert.get(HOME, status=404)


def test_the_door_is_there_in_english(link, books, new_browser):
    browser = new_browser()
    page = come_in(browser, books, link.replace(DOOR["nl"], DOOR["en"]))
    assert page.request.path == DOOR["en"]


def test_going_out_ends_the_visit(expert):
    page = expert.get(HOME)
    form = next(one for one in page.forms.values() if one.action.endswith("/sluiten"))
    on(expert, expert.submit(form))
    expert.get(HOME, status=404)
