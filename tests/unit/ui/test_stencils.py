"""What is made once for everybody: true for each reader, page and day, and holding nothing of anybody."""

from datetime import timedelta

import pytest
from pyramid.csrf import get_csrf_token

from portal.cases import form_views
from portal.cases.doors import at_the_desk
from portal.foundation.content_cache import kept, raise_version
from portal.foundation.db import writing
from portal.foundation.page_cache import PageCache
from portal.pages.models import Page
from portal.ui import stencils
from portal.ui.stencils import UNSEEN, Looked, Stencil, hole
from tests.browser import Browser
from tests.reading import hrefs, main, text, words
from tests.staff import ACCOUNT, DOOR, NAME, forget_everybody, invite, settle
from tests.unit.cleaning.asking import FOR_MOTHER, FORM, HOUSE, ME, Books, at, faults, fill

WHO, HOME = f"{FORM['nl']}/vraag/who", f"{FORM['nl']}/vraag/home"


@pytest.fixture
def store(registry):
    """What is kept; empty at first."""
    registry.stencils = PageCache(stencils.MOST_BYTES)
    return registry.stencils


@pytest.fixture
def books(zwolle):
    """The requests that Zwolle has written down; nothing stays behind."""
    books = Books(zwolle)
    yield books
    books.empty()


@pytest.fixture
def two(app, store, books):
    """Two people, of whom the second gets what was made for the first."""
    return Browser(app, "zwolle.test"), Browser(app, "zwolle.test")


def pages_in(store):
    """The paths of the whole pages that are kept."""
    return {key[3] for key in store._pages if key[2] == "page"}


def all_of(store):
    return "".join("".join(one._pieces) for one in store._pages.values())


def token(page):
    return page.html.find("input", attrs={"name": "csrf_token"})["value"]


def code(page):
    """The code of a draft, as the page shows it."""
    return page.html.select_one("p.hint.small bdi").text


def languages(page):
    return {link["href"] for link in page.html.select("header .langs a")}


# Holes


def test_a_hole_is_filled_with_what_is_ones_own_and_what_is_written_there_is_no_markup():
    made = Stencil(f"<p>{hole('name')}, {hole('name')} {hole('a-b c')}</p>", 1, None)
    assert made.holes == {"name", "a-b c"}
    assert made.fill({"name": '"><b>', "a-b c": "x"}.__getitem__) == "<p>&#34;&gt;&lt;b&gt;, &#34;&gt;&lt;b&gt; x</p>"
    assert made.fill({"name": "Fatma", "a-b c": "y"}.__getitem__) == "<p>Fatma, Fatma y</p>"


def test_a_hole_that_nobody_fills_is_a_fault():
    with pytest.raises(KeyError):
        Stencil(f"<p>{hole('name')}</p>", 1, None).fill({}.__getitem__)


def test_while_it_is_made_for_everybody_nobody_gets_a_token(ask):
    request = ask(WHO)
    made = stencils._make(request, 1, lambda: get_csrf_token(request))
    assert made.holes == {stencils.TOKEN}
    assert not request.response_callbacks
    assert len(get_csrf_token(request)) > 20


def test_a_fault_while_making_leaves_the_request_as_it_was(ask):
    request = ask(WHO)
    with pytest.raises(ZeroDivisionError):
        stencils._make(request, 1, lambda: str(1 / 0))
    assert not stencils.making_stencil(request)


@pytest.mark.parametrize(
    "look", [lambda: UNSEEN["who"], lambda: UNSEEN.get("who"), lambda: bool(UNSEEN), lambda: {**UNSEEN}]
)
def test_who_looks_at_the_answers_of_nobody_is_stopped(look):
    with pytest.raises(Looked):
        look()


# Whose


def test_everybody_has_a_token_of_their_own_and_the_rest_is_the_same(two, store):
    first, second = (visitor.get(WHO) for visitor in two)
    assert token(first) != token(second)
    assert [token(first), token(second)] == [visitor.cookies["csrf"] for visitor in two]
    assert first.text.replace(token(first), "") == second.text.replace(token(second), "")
    assert pages_in(store) == {WHO}


def test_a_token_stays_the_same_from_page_to_page(two):
    visitor = two[0]
    assert token(visitor.get(WHO)) == token(visitor.get(WHO)) == token(at(visitor, "home"))


def test_a_token_that_somebody_made_up_is_text_only(two):
    first, second = two
    first.get(WHO)
    second._app.set_cookie("csrf", "x&lt;script")
    assert "x&amp;lt;script" in second.get(WHO).text


def test_everybody_sees_the_code_of_their_own_draft(two, store):
    first, second = (at(visitor, "home") for visitor in two)
    for page, visitor in ((first, two[0]), (second, two[1])):
        assert code(page).replace(" ", "") == visitor.cookies["draft"]
    assert code(first) not in second.text
    assert HOME in pages_in(store)


def test_nothing_of_anybody_is_kept(two, store, books):
    for visitor in two:
        at(visitor, "note")
    held = all_of(store)
    for visitor in two:
        own = [visitor.cookies["csrf"], visitor.cookies["draft"], *ME["name"].values(), HOUSE]
        assert [value for value in own if value in held] == []


def test_with_and_without_a_draft_are_two_pages(two):
    first, second = two
    at(first, "home")
    with_draft = first.get(WHO)
    assert code(with_draft)
    assert not second.get(WHO).html.select_one("p.hint.small bdi")


def test_what_was_answered_before_stands_in_the_page_of_who_answered_it(two):
    first, second = two
    at(first, "provider")
    at(second, "home")
    assert first.get(HOME).html.find(id="house")["value"] == HOUSE
    assert second.get(HOME).html.find(id="house")["value"] == ""


def test_what_was_wrong_is_told_to_who_wrote_it(two):
    first, second = two
    at(first, "home")
    page = at(second, "home")
    wrong = second.submit(fill(page.forms["form"], {"house": "7 kanarie"}), status=422)
    assert [field for field, _message in faults(wrong)] == ["postcode"]
    assert wrong.html.find(id="house")["value"] == "7 kanarie"
    assert "kanarie" not in first.get(HOME).text
    assert faults(second.get(HOME)) == []


def test_a_question_that_looks_at_earlier_answers_is_made_for_each(two, store):
    mine, theirs = at(two[0], "name"), at(two[1], "name", FOR_MOTHER)
    assert words("Your name") in text(main(mine))
    assert words("The name of the person you ask for") in text(main(theirs))
    assert not {path for path in pages_in(store) if path.endswith(("/name", "/provider"))}


def test_a_question_says_which_step_it_is_for_this_reader(two):
    mine, theirs = at(two[0], "home"), at(two[1], "home", FOR_MOTHER)
    assert words("step %(number)s of %(count)s", number=2, count=8) in text(main(mine))
    assert words("step %(number)s of %(count)s", number=3, count=9) in text(main(theirs))
    assert hrefs(main(mine))[0] == WHO
    assert hrefs(main(theirs))[0] == f"{FORM['nl']}/vraag/helper"


# Where


def test_every_page_has_its_own_address_in_the_other_languages(two):
    visitor = two[0]
    assert "/en/ask-for-cleaning/vraag/who" in languages(visitor.get(WHO))
    assert "/nl-simple/schoonmaak-aanvragen/vraag/home" in languages(at(visitor, "home"))
    assert "/en/nergens" in languages(visitor.get("/nl/nergens", status=404))
    assert "/en/ask-for-cleaning/vraag/who" in languages(visitor.get(WHO))


def test_the_door_of_one_page_is_not_that_of_the_next(two):
    visitor = two[0]
    marked = [
        {link["href"] for link in visitor.get(path).html.select(".doors a[aria-current]")}
        for path in ("/nl/sociale-kaart?thema=geld", WHO, "/nl/zoeken?q=geld")
    ]
    assert marked[0] == {"/nl/sociale-kaart"}
    assert not marked[0] & (marked[1] | marked[2])


def test_every_language_has_its_own_frame(two):
    visitor = two[0]
    for locale, path in FORM.items():
        page = visitor.get(f"{path}/vraag/who")
        assert text(page.html.find(id="help-title")) == words("Rather talk to someone?", locale)
        assert text(page.html.h1) == words("Who is it for?", locale)


def test_another_municipality_has_its_own_page(visitor, visitor_of_leeuwarden, store, zwolle, leeuwarden):
    pages = [one.get(WHO) for one in (visitor, visitor_of_leeuwarden, visitor, visitor_of_leeuwarden)]
    for page, own, other in zip(pages, (zwolle, leeuwarden) * 2, (leeuwarden, zwolle) * 2, strict=True):
        assert own.profile.contact["phone"] in page.text
        assert own.profile.organisation in page.text
        assert other.profile.contact["phone"] not in page.text
        assert other.profile.organisation not in page.text


def test_what_stands_behind_a_question_mark_is_for_one_reader(two, store):
    page = two[0].get(f"{WHO}?kanarie=1")
    assert "/en/ask-for-cleaning/vraag/who?kanarie=1" in languages(page)
    assert "kanarie" not in all_of(store)
    assert "kanarie" not in two[1].get(WHO).text
    assert not {path for path in pages_in(store) if "?" in path}


# When


def test_a_page_is_made_again_when_the_content_changed(small, small_site, small_web):
    small.stencils = PageCache(stencils.MOST_BYTES)
    assert "/nl/privacy" in hrefs(small_web.get(WHO).html)
    for state, there in (("archived", False), ("published", True)):
        with writing(small_site.engine) as session:
            session.get(Page, "privacy").state = state
            raise_version(session)
        kept(small_site).look_now()
        assert ("/nl/privacy" in hrefs(small_web.get(WHO).html)) == there


def test_a_page_tells_the_hours_of_today_and_not_of_yesterday(two, clock):
    closed = words("Today nobody answers this phone. On working days we do.")
    assert closed not in text(two[0].get(WHO).html)
    clock.forward(days=5)
    assert closed in text(two[1].get(WHO).html)


def test_a_page_that_is_kept_whole_ends_at_midnight_too_when_its_frame_was_there_already(ask, store, registry):
    midnights = []
    for _ in range(2):
        request = ask("/nl/klacht")
        stencils._part(request, "closing")
        midnights.append(request.environ["portal.true_until"])
    assert midnights[0] == midnights[1] > registry.clock.now()


def test_the_moment_of_one_page_is_not_that_of_the_frame(ask, store, clock):
    request, soon = ask("/nl/klacht"), clock.now() + timedelta(minutes=5)
    request.page_true_until(soon)
    stencils._part(request, "closing")
    assert request.environ["portal.true_until"] == soon
    (frame,) = store._pages.values()
    assert frame.true_until > soon


# For whom nothing is kept


def test_who_was_looked_up_gets_a_page_that_is_kept_by_nobody(ask, store):
    request = ask(WHO)
    request.environ["portal.personal"] = True
    assert stencils._part(request, "closing")
    assert not store._pages


def test_what_is_made_while_somebody_is_looked_up_is_not_kept(ask, store):
    request = ask(WHO)

    def make():
        request.environ["portal.personal"] = True
        return "hallo"

    assert stencils._stencil(request, ("page", "x"), make).fill({}.__getitem__) == "hallo"
    assert not store._pages


@pytest.fixture
def colleague(app, zwolle, clock, store):
    """Somebody of the staff who is signed in."""
    browser = Browser(app, "zwolle.test")
    settle(browser, invite(zwolle, clock), clock)
    yield browser
    forget_everybody(zwolle)


def test_pages_of_staff_take_no_part_of_the_frame_and_leave_none(visitor, colleague, store):
    store._pages.clear()
    visitor.get(DOOR)
    page = colleague.get(ACCOUNT)
    assert NAME in page.text
    assert not store._pages


def test_what_staff_read_as_everybody_is_kept_for_everybody_without_a_trace_of_them(visitor, colleague, store):
    theirs, ours = colleague.get(WHO), visitor.get(WHO)
    assert theirs.text.replace(token(theirs), "") == ours.text.replace(token(ours), "")
    assert NAME not in all_of(store)
    assert token(theirs) not in all_of(store)


def test_a_form_at_the_desk_is_made_for_who_sits_there(ask, store, registry):
    public = registry.case_forms["cleaning"]
    desk = at_the_desk(public)
    assert form_views._blank(ask(WHO), desk, desk.questions[0], None) is None
    assert form_views._blank(ask(WHO), public, public.questions[0], None) is not None


def test_without_a_database_nothing_kept_is_trusted(ask, store):
    request = ask(WHO)
    request.environ["portal.database_away"] = True
    assert stencils._part(request, "closing")
    assert not store._pages


def test_a_part_that_would_hold_somebodys_token_is_refused(ask, store, monkeypatch):
    request = ask(WHO)
    monkeypatch.setattr(stencils, "render", lambda *_args, **_kw: f"<input value={get_csrf_token(request)}>")
    with pytest.raises(KeyError):
        stencils._part(request, "closing")


def test_the_longest_unread_makes_room(ask, registry):
    registry.stencils = PageCache(20_000)
    for number in range(50):
        stencils._stencil(ask(WHO), ("page", str(number)), lambda: "x" * 1_000)
    assert 0 < len(registry.stencils._pages) < 10
    registry.stencils = PageCache(stencils.MOST_BYTES)
