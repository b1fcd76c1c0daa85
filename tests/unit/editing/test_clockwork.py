"""What happens by itself: a text goes on show at its moment, and off again, on a database that keeps it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.roles import Role
from portal.editing import clockwork
from portal.editing.drafting import Drafting, Editor, Words
from portal.editing.publishing import Publishing
from portal.foundation.content_cache import Kept
from portal.foundation.db import reading, writing
from portal.foundation.seeding import seed_site
from portal.pages.models import Page, PageText
from portal.pages.workflow import actors
from tests.desk import hire


@pytest.fixture
def site(new_site, registry, clock):
    """A municipality of the test's own, with its pages on show."""
    seed_site(new_site, registry.seeders, clock)
    return new_site


@pytest.fixture
def look(site, clock):
    """Looks once; nothing it does needs a path."""
    return lambda: clockwork.look(site, clock, None)


@pytest.fixture
def planned(site, clock):
    """Sets a text of “klacht” for hours from now: `planned("nl", 2, off=5)`."""

    def run(locale, on, off=None):
        hour, now = timedelta(hours=1), clock.now()
        with writing(site.engine) as session:
            eva, pam = (
                Editor(hire(session, now, role.value, (role, None)), actors([role]))
                for role in (Role.CONTENT_EDITOR, Role.PUBLISHER)  # a page of the law needs both
            )
            desk = Drafting(session, now, eva)
            version = desk.begin("klacht", locale)
            said = Words("Gepland", "Zeg het ons.", version.slug, "U mag klagen.\n", tuple(version.actions))
            desk.save(version, version.revision, said)
            desk.ask_review(version)
            Publishing(session, now, pam).schedule(version, now + on * hour, off and now + off * hour)

    return run


@pytest.fixture
def title(site):
    """The title that readers see; None when there is no such text."""

    def read(locale="nl"):
        with reading(site.engine) as connection:
            wanted = (PageText.page_key == "klacht", PageText.locale == locale)
            return connection.execute(select(PageText.title).where(*wanted)).scalar()

    return read


def test_nothing_happens_while_nothing_is_set(look, title, site):
    before = (title(), Kept(site).version())
    assert look() == 0
    assert (title(), Kept(site).version()) == before


def test_a_text_goes_on_show_at_its_moment_and_no_sooner(planned, look, title, clock, site):
    planned("nl", 2)
    before, version = title(), Kept(site).version()
    clock.forward(hours=1, minutes=59)
    assert (look(), title()) == (0, before)
    clock.forward(minutes=1)
    assert (look(), title()) == (1, "Gepland")
    assert Kept(site).version() == version + 1
    assert look() == 0


def test_a_translation_goes_off_again_and_the_page_stays(planned, look, title, clock):
    planned("en", 2, off=5)
    clock.forward(hours=2)
    assert (look(), title("en")) == (1, "Gepland")
    clock.forward(hours=3)
    assert (look(), title("en")) == (1, None)
    assert title() is not None
    assert look() == 0


def test_a_page_goes_with_its_dutch_text(planned, look, clock, site):
    planned("nl", 2, off=5)
    clock.forward(hours=2)
    look()
    clock.forward(hours=3)
    assert look() == 1
    with reading(site.engine) as connection:
        assert connection.execute(select(Page.state).where(Page.key == "klacht")).scalar() == "archived"


def test_a_clock_that_stood_still_makes_up_for_it(planned, look, title, clock):
    planned("en", 2, off=5)
    clock.forward(days=1)
    assert look() >= 1
    look()
    assert title("en") is None
