"""A translation that the Dutch text ran ahead of says so, also to who reads from right to left or by keys."""

from datetime import date

import pytest

from portal.foundation.content_cache import kept, raise_version
from portal.foundation.db import writing
from portal.pages.models import PageText
from tests.accessibility.pages import LONG_TEXT
from tests.accessibility.test_axe import look_in_every_mode


@pytest.fixture
def behind(registry):
    """The long page, behind in Arabic; afterwards it says the same again."""
    site = registry.sites.by_key("zwolle")

    def set_day(day):
        with writing(site.engine) as session:
            session.get_one(PageText, (LONG_TEXT, "ar")).behind_since = day
            raise_version(session)
        kept(site).look_now()

    set_day(date(2026, 11, 20))
    yield
    set_day(None)


def test_axe_finds_nothing_in_a_translation_that_is_behind(inspector, behind):
    page = inspector.open("page, long", "ar")
    link = page.locator(".checked a")
    assert link.get_attribute("href") == f"/nl/{LONG_TEXT}"
    found = look_in_every_mode(page)
    assert not found, "\n".join(found)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/nl/{LONG_TEXT}")
