"""What stands around every page: name, languages, doors, help block, emergency line."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from typing import Any

from markupsafe import Markup
from pyramid.config import Configurator
from pyramid.events import BeforeRender
from pyramid.request import Request

from portal.foundation.clock import LOCAL, next_midnight
from portal.foundation.i18n import LOCALES, SOURCE, Locale, pick
from portal.foundation.lib import hours
from portal.ui.exit import exit_offered


@dataclass(frozen=True)
class LanguageLink:
    """This page in another language; `href` may lead to the start when the page has no such twin."""

    locale: Locale
    href: str
    current: bool


@dataclass(frozen=True)
class Door:
    """One of at most six entries of the main menu."""

    title: Any
    href: str


@dataclass(frozen=True)
class MenuItem:
    """A menu entry as registered: a message, and a link by meaning."""

    order: int
    title: Any
    target: str


class Shell:
    """The frame of one page for one reader. Asks nothing of a database but the kept addresses of pages."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self.site, self.locale = request.site, request.locale
        self.contact: Mapping[str, Any] = request.site.profile.contact
        self.emergency = request.site.profile.emergency

    @property
    def name(self) -> str:
        """The name of the portal in the reader's language."""
        return str(pick(self.site.profile.portal_name, self.locale))

    @property
    def exit(self) -> bool:
        """Whether the page has a way out that stays in view."""
        return exit_offered(self._request)

    @property
    def start(self) -> str:
        """The path of the start page."""
        return f"/{self.locale.segment}/"

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """Every language of the site, by own name; the Dutch levels first, as most people read them."""
        return list(self._language_links())

    def _language_links(self) -> Iterator[LanguageLink]:
        for code in self.site.profile.locales:
            locale = LOCALES[code]
            yield LanguageLink(locale, self.here_in(locale), locale is self.locale)

    def here_in(self, locale: Locale) -> str:
        """The path of this page in another language."""
        twin = self._request.environ.get("portal.twin")
        if twin is not None:
            return str(twin(locale))
        return f"/{locale.segment}{self._after_language[locale.dutch]}"

    @cached_property
    def _after_language(self) -> dict[bool, str]:
        """The path behind the language, for who reads Dutch and who does not: only the service word differs."""
        route, values = self._request.matched_route, dict(self._request.matchdict or {})
        if route is None or "locale" not in values:
            return {True: "/", False: "/"}
        for name in ("locale", "word"):
            values.pop(name, None)
        query = list(self._request.GET.items()) if self._request.method == "GET" else []
        found = {}
        for locale in (SOURCE, LOCALES["en"]):
            path = self._request.route_path(route.name, locale=locale.segment, _query=query, **values)
            found[locale.dutch] = path.removeprefix(f"/{locale.segment}")
        return found

    def own(self, name: str) -> str:
        """What comes into a hole of the frame: this page's address in a language, the mark of the door it is behind."""
        kind, _, what = name.partition(" ")
        if kind == "language":
            return self._addresses[what]
        return Markup(' aria-current="true"') if self._path.startswith(what) else ""

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {link.locale.code: link.href for link in self.languages}

    @cached_property
    def _path(self) -> str:
        return str(self._request.path)

    @property
    def canonical(self) -> str:
        """The public address that search engines should keep: the page's own, or of the Dutch text it shows."""
        source = self._request.environ.get("portal.canonical")
        return self.site.base_url + (source or self.here_in(self.locale))

    @cached_property
    def doors(self) -> list[Door]:
        """The main menu."""
        found = []
        for item in sorted(self._request.registry.public_menu, key=lambda item: item.order):
            href = self._request.link(item.target)
            if href:
                found.append(Door(item.title, href))
        return found

    @cached_property
    def _now(self) -> datetime:
        now = self._request.clock.now().astimezone(LOCAL)
        self._request.page_true_until(next_midnight(now))
        return now

    def hours_today(self, kind: str) -> list[tuple[time, time]]:
        """The hours of the central desk today, of one kind (phone, walk_in)."""
        closures = hours.parse_closures(self.contact.get("closed") or ())
        return hours.on_day(self.openings, kind, self._now.date(), closures)

    @property
    def openings(self) -> tuple[hours.Opening, ...]:
        """The week of the central desk."""
        return self.site.profile.openings

    @property
    def shows_dutch_below(self) -> bool:
        """Whether a Dutch translation belongs beside what is shown."""
        return not self.locale.dutch and SOURCE.code in self.site.profile.locales


def set_twin(request: Request, twin: Callable[[Locale], str]) -> None:
    """Say how this page's address reads in another language, when its path holds a slug."""
    request.environ["portal.twin"] = twin


def set_canonical(request: Request, path: str) -> None:
    """Say that another path holds the text shown here (an untranslated page)."""
    request.environ["portal.canonical"] = path


def add_public_menu(config: Configurator, order: int, title: Any, target: str) -> None:
    """Directive: put a door in the main menu; the house rule is six at most."""
    config.registry.public_menu.append(MenuItem(order, title, target))


def _offer_shell(event: BeforeRender) -> None:
    request = event.get("request")
    if request is not None and hasattr(request, "site"):
        event["shell"] = Shell(request)


def includeme(config: Configurator) -> None:
    """Every template gets its shell."""
    config.registry.public_menu = []
    config.add_directive("add_public_menu", add_public_menu, action_wrap=False)
    config.add_request_method(set_twin, "set_twin")
    config.add_request_method(set_canonical, "set_canonical")
    config.add_subscriber(_offer_shell, BeforeRender)
