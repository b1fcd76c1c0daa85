"""A page for a test of the editors' desk: made by the services, worked on through the screens, gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from portal.accounts.roles import Role
from portal.editing.arranging import Arranging
from portal.editing.drafting import Drafting, Editor, Words
from portal.editing.publishing import Publishing
from portal.foundation.clock import today
from portal.foundation.content_cache import kept, raise_version
from portal.foundation.db import writing
from portal.pages.models import Page
from portal.pages.versions import PageVersion
from portal.pages.workflow import actors
from tests.desk import ROOM, Office, hire

KEY = "een-proefpagina"
DUTCH = "## Wie helpt u\n\nBel ons. Wij helpen u graag.\n\n- een\n- twee\n"
ARABIC = "## من يساعدك\n\nاتصل بنا. نحن نساعدك.\n\n- واحد\n- اثنان\n"
TITLES = {"nl": "Een pagina om te proberen", "ar": "صفحة للتجربة"}


class TriedPage:
    """One page of the test's own."""

    def __init__(self, office: Office) -> None:
        self.office = office
        with writing(office.site.engine) as session:
            roles = (Role.CONTENT_EDITOR, Role.PUBLISHER)
            staff_id = hire(session, office.clock.now(), "Maaike Maker", *((role, None) for role in roles))
            self.maker = Editor(staff_id, actors([str(role) for role in roles]))
            day = today(office.clock)
            Arranging(session, office.clock.now(), self.maker).add(KEY, "redactie", day, day + timedelta(days=200))
        self.show("nl", DUTCH)

    def show(self, locale: str, markdown: str, small: bool = False) -> None:
        """Put a text on show."""
        with writing(self.office.site.engine) as session:
            desk = Drafting(session, self.office.clock.now(), self.maker)
            version = desk.begin(KEY, locale)
            words = Words(TITLES[locale], "Wij helpen u.", KEY, markdown, ({"to": "phone:central", "text": "Bel"},))
            desk.save(version, version.revision, words, small=small)
            Publishing(session, self.office.clock.now(), self.maker).publish(version)
        kept(self.office.site).look_now()

    def versions(self, locale: str = "nl") -> list[PageVersion]:
        """All versions, the first first."""
        with writing(self.office.site.engine) as session:
            session.expire_on_commit = False
            rows = select(PageVersion).where(PageVersion.page_key == KEY, PageVersion.locale == locale)
            return list(session.scalars(rows.order_by(PageVersion.number)))

    @contextmanager
    def change(self, locale: str = "nl") -> Iterator[tuple[Any, PageVersion]]:
        """Somebody else works on the newest version, by the services: gives the session and the version."""
        with writing(self.office.site.engine) as session:
            rows = select(PageVersion).where(PageVersion.page_key == KEY, PageVersion.locale == locale)
            yield session, session.scalars(rows.order_by(PageVersion.number.desc()).limit(1)).one()

    def close(self) -> None:
        """It never was."""
        with writing(self.office.site.engine) as session:
            session.execute(delete(Page).where(Page.key == KEY))
            raise_version(session)
        kept(self.office.site).look_now()


def a_tried_page(office: Office) -> Iterator[TriedPage]:
    """For a fixture `tried = pytest.fixture(a_tried_page)`, next to one called `office`."""
    page = TriedPage(office)
    yield page
    page.close()


def place(name: str, locale: str = "nl") -> str:
    """The address of a screen about a text of this page."""
    return f"{ROOM}/paginas/{KEY}/{locale}/{name}"
