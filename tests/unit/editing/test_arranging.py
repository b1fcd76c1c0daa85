"""The tree: pages that come, move, are looked at again, and go without leaving a link to nothing."""

from datetime import date, timedelta

import pytest

from portal.accounts.roles import Role
from portal.editing.arranging import Arranging
from portal.editing.drafting import NotSo
from portal.editing.links import Leading, links_to, targets
from portal.pages.models import Page
from portal.pages.services import read_addresses

TODAY = date(2026, 11, 23)


@pytest.fixture
def arranging(session, clock, eva):
    """An editor who arranges pages, now."""
    return Arranging(session, clock.now(), eva)


@pytest.fixture
def page(session):
    """A page by its key."""
    return lambda key: session.get(Page, key)


def test_nobody_sees_a_new_page_until_its_dutch_text_is_published(session, arranging, written, publishing_as, pam):
    page = arranging.add("kamer-zoeken", "Redactie", TODAY, TODAY + timedelta(days=90), "hulp-nodig")
    assert (page.parent_key, page.edited) == ("hulp-nodig", True)
    assert "kamer-zoeken" not in read_addresses(session.connection())
    publishing_as(pam).publish(written(key="kamer-zoeken", slug="kamer-zoeken"))
    assert read_addresses(session.connection())["kamer-zoeken"]["nl"][0] == "kamer-zoeken"


def test_a_page_that_is_there_is_not_made_again(arranging):
    with pytest.raises(NotSo, match="taken"):
        arranging.add("klacht", "Redactie", TODAY, TODAY)


@pytest.mark.parametrize("roles", [(Role.TRANSLATOR,), (Role.COUNCIL_VIEWER,), ()])
def test_who_only_translates_arranges_nothing(session, clock, somebody, roles):
    with pytest.raises(NotSo, match="not_yours"):
        Arranging(session, clock.now(), somebody("Tess", *roles))


@pytest.mark.parametrize("parent", ["klacht", "bezwaar", "second-opinion"])
def test_no_page_stands_below_itself(arranging, page, parent):
    arranging.move(page("bezwaar"), "klacht", 1)
    arranging.move(page("second-opinion"), "bezwaar", 1)
    with pytest.raises(NotSo, match="circle"):
        arranging.move(page("klacht"), parent, 0)
    assert page("klacht").parent_key == "klacht-bezwaar-of-second-opinion"


def test_a_page_that_others_lead_to_does_not_go(arranging, page):
    with pytest.raises(NotSo, match="links"):
        arranging.archive(page("klacht"))


def test_a_page_with_pages_below_it_does_not_go(arranging, page):
    arranging.move(page("bezwaar"), "klacht", 1)
    with pytest.raises(NotSo, match="children"):
        arranging.archive(page("klacht"))


def test_a_page_that_nothing_leads_to_goes_and_comes_back(session, arranging, written, publishing_as, pam):
    page = arranging.add("los", "Redactie", TODAY, TODAY + timedelta(days=90))
    with pytest.raises(NotSo, match="empty"):
        arranging.revive(page)
    publishing_as(pam).publish(written(key="los", slug="los"))
    arranging.archive(page)
    assert "los" not in read_addresses(session.connection())
    arranging.revive(page)
    assert "los" in read_addresses(session.connection())


def test_what_was_looked_at_again_gets_a_later_day(arranging, page):
    arranging.checked(page("klacht"), TODAY, TODAY + timedelta(days=180))
    assert (page("klacht").checked_on, page("klacht").review_by) == (TODAY, TODAY + timedelta(days=180))
    with pytest.raises(NotSo, match="order"):
        arranging.checked(page("klacht"), TODAY, TODAY)


def test_only_facts_of_the_page_are_kept(arranging, page):
    arranging.keep(page("klacht"), {"owner": "Iemand anders", "state": "archived", "key": "x"})
    assert (page("klacht").owner, page("klacht").state) == ("Iemand anders", "published")


def test_it_is_known_what_leads_to_a_page(session):
    found = links_to(session.connection(), "klacht")
    title = "Klacht, bezwaar of second opinion, wat past bij u?"
    assert Leading("klacht-bezwaar-of-second-opinion", "nl", title) in found
    assert "klacht" not in {one.page_key for one in found}
    assert links_to(session.connection(), "geen-pagina") == []


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("[a](page:klacht)", {"klacht"}),
        ("[a](page:klacht#wie) en [b]( page:bezwaar )", {"klacht", "bezwaar"}),
        ("[a](service:find-team) page:klacht", set()),
        ("", set()),
    ],
)
def test_links_are_read_from_markdown(markdown, found):
    assert targets(markdown) == found
