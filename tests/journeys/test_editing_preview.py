"""A text as readers will see it: in frames of ours for who works here, by a secret link for others."""

import re

import pytest

from portal.accounts.roles import Role
from portal.editing.previews import LASTS
from portal.editing.publishing import Publishing
from tests.browser import Browser
from tests.desk import an_office, works
from tests.journeys.test_editing_write import begin, button, said, send
from tests.writers import ARABIC, DUTCH, KEY, a_tried_page, place

office = pytest.fixture(an_office)
tried = pytest.fixture(a_tried_page)
PREVIEW = place("voorbeeld")
OURS_ALONE = "frame-ancestors 'self'"


@pytest.fixture
def eva(office, tried):
    """An editor."""
    return office.colleague("Eva Editor", (Role.CONTENT_EDITOR, None))


@pytest.fixture
def stranger(app):
    """Somebody without an account."""
    return Browser(app, "zwolle.test")


def make(person, path=PREVIEW):
    """A secret link, as a path."""
    page = person.browser.get(path)
    form = next(form for form in page.forms.values() if "make" in form.fields)
    made = person.browser.submit(form, name="make")
    (link,) = re.findall(
        r"http://zwolle\.test(?::\d+)?(/[a-z-]+/(?:voorbeeld|preview)/[\w-]{43})", str(made.html.find(id="links"))
    )[:1]
    return link


def frames(page):
    return [frame["src"] for frame in page.html.find_all("iframe")]


def test_the_frames_hold_the_page_as_it_will_be_and_the_public_page_is_as_it_was(eva, tried, stranger):
    send(eva, begin(eva), markdown=DUTCH + "\nNieuw hier.\n")
    page = eva.browser.get(PREVIEW)
    phone, wide = page.html.find_all("iframe")
    assert (phone["width"], phone["src"]) == ("320", wide["src"])
    assert all("scripts" not in str(frame["sandbox"]) and frame["title"] for frame in (phone, wide))
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    inside = eva.browser.get(phone["src"])
    assert "Nieuw hier." in said(inside)
    assert "Deze pagina is nog niet te zien voor iedereen." in said(inside)
    assert inside.html.find("meta", attrs={"name": "robots"})["content"].startswith("noindex")
    assert inside.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert OURS_ALONE in inside.headers["Content-Security-Policy"]
    assert inside.headers["Cache-Control"] == "no-store"
    assert "Nieuw hier." not in said(stranger.get(f"/nl/{KEY}"))


def test_no_other_page_may_stand_in_a_frame(eva, stranger, tried):
    begin(eva)
    for page in (stranger.get(f"/nl/{KEY}"), eva.browser.get(place("schrijven")), stranger.get(make(eva))):
        assert page.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_a_frame_is_for_who_works_on_pages(eva, office, stranger, tried):
    begin(eva)
    (path,) = set(frames(eva.browser.get(PREVIEW)))
    assert "/aanmelden" in stranger.get(path, status=303).location
    office.colleague("Mila", works("midden")).browser.get(path, status=403)
    eva.browser.get(path.replace("/2", "/9"), status=404)


def test_arabic_stands_from_right_to_left_and_other_languages_are_a_link_away(eva, tried):
    tried.show("ar", ARABIC)
    page = eva.browser.get(place("voorbeeld", "ar"))
    (path,) = set(frames(page))
    inside = eva.browser._app.get(path)  # in the language of the text, not of the desk
    assert (inside.html.html["dir"], inside.html.html["lang"]) == ("rtl", "ar")
    assert "من يساعدك" in said(inside)
    assert "هذه الصفحة غير معروضة" not in said(inside)
    assert [link["href"] for link in page.html.select("a.chip")] == [PREVIEW]


def test_a_secret_link_shows_the_version_to_somebody_without_an_account(eva, tried, stranger):
    send(eva, begin(eva), markdown=DUTCH + "\nNieuw hier.\n")
    link = make(eva)
    page = stranger.get(link)
    assert "Nieuw hier." in said(page)
    assert "Deze pagina is nog niet te zien voor iedereen." in said(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.html.find("meta", attrs={"name": "robots"})["content"].startswith("noindex")
    token = link.rsplit("/", 1)[-1]
    assert token not in page.text
    assert token not in eva.browser.get(PREVIEW).text


def test_a_link_leads_to_the_language_of_its_text(eva, tried, stranger):
    tried.show("ar", ARABIC)
    begin(eva, "ar")
    link = make(eva, place("voorbeeld", "ar"))
    assert link.startswith("/ar/preview/")
    other = stranger.get(link.replace("/ar/preview", "/nl/voorbeeld"), status=303)
    assert other.location.endswith(link)


def test_a_link_ends_by_itself_by_hand_and_when_the_version_is_on_show(eva, tried, stranger, clock):
    begin(eva)
    first, second = make(eva), make(eva)
    page = eva.browser.get(PREVIEW)
    assert len([form for form in page.forms.values() if "end" in form.fields]) == 2
    ended = eva.browser.submit(next(form for form in page.forms.values() if "end" in form.fields), name="end")
    assert ended.status_int == 303
    left = [link for link in (first, second) if stranger.get(link, status="*").status_int == 200]
    assert len(left) == 1
    clock.forward(days=LASTS.days, minutes=-1)
    stranger.get(left[0])
    clock.forward(minutes=1)
    gone = stranger.get(left[0], status=404)
    never = stranger.get(f"/nl/voorbeeld/{'x' * 43}", status=404)
    token = left[0].rsplit("/", 1)[-1]
    assert gone.text.replace(token, "x" * 43) == never.text


def test_a_version_on_show_has_no_secret_link(eva, tried, stranger):
    begin(eva)
    link = make(eva)
    with tried.change() as (session, version):
        Publishing(session, tried.office.clock.now(), tried.maker).publish(version)
    stranger.get(link, status=404)
    page = eva.browser.get(PREVIEW)
    assert page.html.find(id="links") is None
    assert button(page, "/beginnen") is not None


def test_a_page_without_any_text_has_no_preview(eva, tried):
    eva.browser.get(place("voorbeeld", "pl"), status=404)
