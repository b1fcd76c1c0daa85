"""Words of editors on a page: links by meaning become addresses, names of facts become the facts.

`[[phone]]` in a text stands for the municipality's own number, so that no page has to be edited when it changes.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from markupsafe import Markup, escape
from pyramid.config import Configurator
from pyramid.events import BeforeRender
from pyramid.request import Request

from portal.foundation.lib import hours
from portal.ui import dates

_LINK = re.compile(r'href="((?:page|service|phone):[^"]*)"')
_FACT = re.compile(r"\[\[([\w-]+)\]\]")
Fact = Callable[[Request], Markup]


def _tel(link: str, number: str) -> Markup:
    return Markup('<a href="tel:{}"><bdi dir="ltr">{}</bdi></a>').format(link, number)


def _phone(request: Request) -> Markup:
    contact = request.site.profile.contact
    return _tel(contact["phone_link"], contact["phone"])


def _email(request: Request) -> Markup:
    address = request.site.profile.contact["email"]
    return Markup('<a href="mailto:{0}" translate="no"><bdi dir="ltr">{0}</bdi></a>').format(address)


def _address(request: Request) -> Markup:
    contact = request.site.profile.contact
    return Markup('<bdi dir="ltr" lang="nl" translate="no">{address}, {postcode} {city}</bdi>').format(**contact)


def _phone_hours(request: Request) -> Markup:
    locale = request.locale
    parts = []
    for first, last, start, end in hours.spans(request.site.profile.openings, "phone"):
        days = dates.weekday(first, locale) + (f" – {dates.weekday(last, locale)}" if last != first else "")
        parts.append(f"{days} {dates.clock_time(start, locale)}–{dates.clock_time(end, locale)}")
    return escape(", ".join(parts))


_FACTS: dict[str, Fact] = {
    "phone": _phone,
    "email": _email,
    "address": _address,
    "phone_hours": _phone_hours,
    "municipality": lambda request: escape(request.site.profile.municipality),
    "organisation": lambda request: escape(request.site.profile.organisation),
}


def _fact(request: Request, name: str) -> Markup:
    if name in _FACTS:
        return _FACTS[name](request)
    for line in request.site.profile.emergency:
        if line["code"] == name:
            return _tel(line["link"], line["number"])
    return Markup("")


def fact_names(profile: Any) -> set[str]:
    """Every name that may stand between `[[` and `]]` for a municipality."""
    return set(_FACTS) | {line["code"] for line in profile.emergency}


def prose(request: Request, html: str) -> Markup:
    """Rendered Markdown, ready for the page. A link that leads nowhere becomes plain words."""

    def address(found: re.Match[str]) -> str:
        href = request.link(unescape(found[1]))
        return f'href="{escape(href)}"' if href else ""

    linked = _LINK.sub(address, html)
    return Markup(_FACT.sub(lambda found: str(_fact(request, found[1])), linked))


def sentence(request: Request, text: str) -> Markup:
    """A plain sentence of an editor (a summary) with its facts."""
    return Markup(_FACT.sub(lambda found: str(_fact(request, found[1])), str(escape(text))))


def bare(request: Request, text: str) -> str:
    """A plain sentence with its facts and without any markup: for titles, search results and other programs."""
    return Markup(sentence(request, text)).striptags()


def _offer_prose(event: BeforeRender) -> None:
    request = event.get("request")
    if request is not None:
        event["prose"] = lambda html: prose(request, html)
        event["sentence"] = lambda text: sentence(request, text)
        event["bare"] = lambda text: bare(request, text)


def includeme(config: Configurator) -> None:
    """Templates get `prose`, `sentence` and `bare`."""
    config.add_subscriber(_offer_prose, BeforeRender)
