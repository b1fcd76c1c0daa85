"""The finder on the real data of two municipalities."""

from contextlib import contextmanager

import pytest

from portal.foundation.clock import today
from portal.foundation.content_cache import kept
from portal.foundation.db import reading
from portal.foundation.i18n import LOCALES
from portal.teams.services import TeamFinder


@pytest.fixture
def finder(clock):
    """A finder on a site: `with finder(zwolle) as found: found("8011")`."""

    @contextmanager
    def opened(site, locale="nl"):
        with reading(site.engine) as reader:
            own = TeamFinder(reader, kept(site).get, site.profile.municipality, today(clock), LOCALES[locale])
            yield own.find

    return opened


@pytest.fixture
def find(finder, zwolle):
    """Asks once on the site of Zwolle."""

    def ask(asked, locale="nl"):
        with finder(zwolle, locale) as found:
            return found(asked)

    return ask
