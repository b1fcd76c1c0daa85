"""What the addresses of the editors' desk mean, and who may do what there."""

from functools import cached_property
from typing import Any

from pyramid.authorization import Allow
from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from sqlalchemy import select

from portal.accounts.resources import StaffRoom
from portal.accounts.roles import Role
from portal.editing.drafting import Editor
from portal.foundation.i18n import LOCALES, Locale
from portal.foundation.security import Permission
from portal.pages.models import Page
from portal.pages.versions import PageVersion
from portal.pages.workflow import OPEN, Actor, State

ARRANGERS = (Role.CONTENT_EDITOR, Role.PUBLISHER)
WRITERS = (*ARRANGERS, Role.TRANSLATOR)
_RIGHTS = (
    (Permission.PAGE_READ, WRITERS),
    (Permission.PAGE_WRITE, WRITERS),
    (Permission.PAGE_ARRANGE, ARRANGERS),
    (Permission.PAGE_PUBLISH, (Role.PUBLISHER,)),
)


def _who_may(*rights: Permission) -> tuple[Any, ...]:
    """The entries of an access control list for some of the rights of this desk."""
    return tuple((Allow, f"role:{role}", right) for right, roles in _RIGHTS if right in rights for role in roles)


def editor_of(request: Request) -> Editor:
    """Who asks, as somebody at this desk."""
    principals = request.identity.principals
    return Editor(request.identity.staff_id, frozenset(a for a in Actor if f"role:{a}" in principals))


class PagesDesk(StaffRoom):
    """All pages, for who writes them."""

    __acl__: tuple[Any, ...] = _who_may(*(right for right, _roles in _RIGHTS))


class PageFile(PagesDesk):
    """One page; 404 when there is none with this key."""

    @cached_property
    def page(self) -> Page:
        """The page itself."""
        page = self._session.get(Page, str(self.request.matchdict["key"]))
        if page is None:
            raise HTTPNotFound()
        return page

    @property
    def _session(self) -> Any:
        """Who sends a form changes what it shows; who looks does not."""
        return self.request.db if self.request.method == "POST" else self.request.looking


class TextFile(PageFile):
    """One page in one locale of this site; 404 for another locale."""

    @cached_property
    def locale(self) -> Locale:
        """The locale of the text, not of who looks at it."""
        code = str(self.request.matchdict["code"]).replace("-", "_")
        if code not in self.request.site.profile.locales:
            raise HTTPNotFound()
        return LOCALES[code]

    @cached_property
    def codes(self) -> list[str]:
        """The locales of this site in which this page has a text: on show, or being made."""
        rows = select(PageVersion.locale).where(
            PageVersion.page_key == self.page.key, PageVersion.state.in_({*OPEN, State.PUBLISHED})
        )
        there = set(self._session.scalars(rows))
        return [code for code in self.request.site.profile.locales if code in there]

    def version(self, *states: State) -> PageVersion | None:
        """The one version in one of these states."""
        rows = (PageVersion.page_key == self.page.key, PageVersion.locale == self.locale.code)
        found: PageVersion | None = self._session.scalar(
            select(PageVersion).where(*rows, PageVersion.state.in_(states))
        )
        return found

    @cached_property
    def open(self) -> PageVersion | None:
        """What is being written, waits for a publisher or for its moment; None when nothing is."""
        return self.version(*OPEN)

    @cached_property
    def shown(self) -> PageVersion | None:
        """What readers see; None when they see no text in this locale."""
        return self.version(State.PUBLISHED)

    def numbered(self, number: int) -> PageVersion:
        """A version by its number; 404 when there is none."""
        rows = (PageVersion.page_key == self.page.key, PageVersion.locale == self.locale.code)
        found: PageVersion | None = self._session.scalar(select(PageVersion).where(*rows, PageVersion.number == number))
        if found is None:
            raise HTTPNotFound()
        return found


class WrittenText(TextFile):
    """A text, for who writes it: nothing is put on show from here."""

    __acl__ = _who_may(Permission.PAGE_READ, Permission.PAGE_WRITE)


class PagesTree(PagesDesk):
    """All pages, to look at."""

    __acl__ = _who_may(Permission.PAGE_READ)


class NewPage(PagesDesk):
    """A page that is not there yet."""

    __acl__ = _who_may(Permission.PAGE_ARRANGE)


class KeptPage(PageFile):
    """One page, to look at and to keep true."""

    __acl__ = _who_may(Permission.PAGE_READ, Permission.PAGE_ARRANGE)


class ArchivedPage(PageFile):
    """One page, to take away or to put back."""

    __acl__ = _who_may(Permission.PAGE_ARRANGE)


class RestoredText(TextFile):
    """An old version that somebody wants to write on in."""

    __acl__ = _who_may(Permission.PAGE_WRITE)


class DecidedText(TextFile):
    """A text, for who decides whether readers see it."""

    __acl__ = _who_may(Permission.PAGE_PUBLISH)


class WaitingTexts(PagesDesk):
    """All that waits to be published."""

    __acl__ = _who_may(Permission.PAGE_READ)


class FramedText(TextFile):
    """A text in a frame of ours: to look at."""

    __acl__ = _who_may(Permission.PAGE_READ)
