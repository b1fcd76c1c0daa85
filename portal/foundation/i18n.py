"""Languages and reading levels. A reading level is a locale: `nl` is plain Dutch, `nl_simple` simple Dutch.

The language stands first in the path (`/nl/`, `/nl-simple/`, `/ar/`), never in a cookie. Service words in the path
are Dutch under the Dutch locales and English elsewhere; `add_localized_route` keeps both behind one route name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale as Cldr
from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

_ = TranslationStringFactory("portal")


@dataclass(frozen=True)
class Locale:
    """One language at one reading level.

    `code` names catalogs and rows, `segment` the path, `tag` is for `lang=`, `cldr` for dates and numbers,
    `fallback` is read when a text is missing (each language ends at `nl`).
    """

    code: str
    segment: str
    tag: str
    direction: str
    cldr: str
    own_name: str
    dutch_name: str
    fallback: str | None

    @property
    def dutch(self) -> bool:
        """Whether its readers read Dutch: they get the Dutch words in the path."""
        return self.code.startswith("nl")

    @property
    def formats(self) -> Cldr:
        """Babel's data for dates and numbers."""
        return _formats(self.cldr)


@cache
def _formats(name: str) -> Cldr:
    return Cldr.parse(name)


LOCALES: Mapping[str, Locale] = {
    locale.code: locale
    for locale in (
        Locale("nl", "nl", "nl", "ltr", "nl", "Nederlands", "Nederlands", None),
        # "simple" is a registered variant (IANA language subtag registry): the tag is honest.
        Locale(
            "nl_simple", "nl-simple", "nl-simple", "ltr", "nl", "Makkelijk Nederlands", "Makkelijk Nederlands", "nl"
        ),
        Locale("ar", "ar", "ar", "rtl", "ar", "العربية", "Arabisch", "nl"),
        Locale("en", "en", "en", "ltr", "en_GB", "English", "Engels", "nl"),
        Locale("pl", "pl", "pl", "ltr", "pl", "Polski", "Pools", "nl"),
        Locale("tr", "tr", "tr", "ltr", "tr", "Türkçe", "Turks", "nl"),
        Locale("uk", "uk", "uk", "ltr", "uk", "Українська", "Oekraïens", "nl"),
    )
}
SOURCE = LOCALES["nl"]
BY_SEGMENT: Mapping[str, Locale] = {locale.segment: locale for locale in LOCALES.values()}
_SEGMENTS = "|".join(map(re.escape, sorted(BY_SEGMENT, key=len, reverse=True)))


def reading_order(locale: Locale) -> tuple[str, ...]:
    """The locale codes to try for a text, best first."""
    return (locale.code,) if locale.fallback is None else (locale.code, locale.fallback)


def pick(texts: Mapping[str, Any], locale: Locale) -> Any:
    """The text for a reader: theirs, else the Dutch one, else whatever there is. None for no texts at all."""
    for code in reading_order(locale):
        if texts.get(code):
            return texts[code]
    return next(iter(texts.values()), None)


def negotiate(request: Request) -> Locale:
    """The locale a browser asks for, among those of the site; plain Dutch when it asks for none of ours."""
    offered = {LOCALES[code].tag: LOCALES[code] for code in request.site.profile.locales}
    tag = request.accept_language.lookup(list(offered), default=SOURCE.tag)
    return offered.get(tag, SOURCE)


def _locale(request: Request) -> Locale:
    """The locale in the path; for paths without one (an unknown page, say) what the browser asks for."""
    first = request.environ.get("PATH_INFO", "/").split("/", 2)[1:2]
    found = BY_SEGMENT.get(first[0]) if first else None
    if found is not None and found.code in request.site.profile.locales:
        return found
    return negotiate(request)


class SpokenHere:
    """Route predicate: the language in the path is one of the site's."""

    def __init__(self, wanted: bool, _config: Any) -> None:
        self.wanted = wanted

    def text(self) -> str:
        """How Pyramid prints it."""
        return f"spoken_here = {self.wanted}"

    phash = text

    def __call__(self, info: Mapping[str, Any], request: Request) -> bool:
        """Whether the route fits this request."""
        locale = BY_SEGMENT[info["match"]["locale"]]
        word = info["match"].get("word")
        if locale.code not in request.site.profile.locales:
            return False
        return word is None or word == localized_word(info["route"].name, locale, request.registry)


def localized_word(route: str, locale: Locale, registry: Any) -> str:
    """The service word that a route has in a language."""
    words: Mapping[str, str] = registry.localized_words[route]
    return words["nl"] if locale.dutch else words["en"]


def add_localized_route(
    config: Configurator, name: str, words: Mapping[str, str] | None = None, tail: str = "",
    only: tuple[str, ...] | None = None, **kw: Any,
) -> None:  # fmt: skip
    """Directive: one route name for every language.

    `words` are the service words (`{"nl": "vind-uw-team", "en": "find-your-team"}`), `tail` what comes after them.
    `request.route_path(name)` gives the path in the reader's language; `locale=<segment>` asks another. `only` are the
    codes of the languages that have it; in others there is no such address.
    """
    segments = _SEGMENTS if only is None else "|".join(re.escape(LOCALES[code].segment) for code in only)
    middle = ""
    if words is not None:
        config.registry.localized_words[name] = words
        if only is not None:
            config.registry.only_in[name] = only
        middle = "/{word:" + "|".join(sorted({re.escape(word) for word in words.values()})) + "}"

    def in_this_language(request: Request, elements: Any, kw: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        kw.setdefault("locale", request.locale.segment)
        if words is not None:
            kw["word"] = localized_word(name, BY_SEGMENT[kw["locale"]], request.registry)
        return elements, kw

    pattern = "/{locale:" + segments + "}" + middle + tail
    config.add_route(name, pattern, pregenerator=in_this_language, spoken_here=True, **kw)


def translate(request: Request, message: Any) -> str:
    """A message in the reader's language."""
    return request.localizer.translate(message)


def includeme(config: Configurator) -> None:
    """Read our catalogs before those of the libraries, so that ours may overrule single strings."""
    config.registry.localized_words = {}
    config.registry.only_in = {}
    config.add_translation_dirs(str(config.registry.portal.locales_dir))
    config.add_translation_dirs("colander:locale", "deform:locale")
    config.set_locale_negotiator(lambda request: request.locale.code)
    config.add_request_method(_locale, "locale", reify=True)
    config.add_route_predicate("spoken_here", SpokenHere)
    config.add_directive("add_localized_route", add_localized_route, action_wrap=False)
