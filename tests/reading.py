"""How a test reads a page, and how it says a message of the interface in a language."""

import re
from functools import cache
from typing import Any

from bs4 import Tag
from pyramid.i18n import Localizer, TranslationString, make_localizer
from webtest import TestResponse

from tests.composed import ROOT


def main(response: TestResponse) -> Tag:
    """The part of the page that differs from its neighbours."""
    return response.html.find("main")


def text(tag: Tag) -> str:
    """What a person reads, on one line. Quotation marks stand close to what they hold, whatever tag that is in."""
    line = " ".join(tag.get_text(" ").split())
    return re.sub(r" (?=[”»])", "", re.sub(r"(?<=[“«„]) ", "", line))


def hrefs(tag: Tag) -> list[str]:
    """Where the links lead, each once, in the order of the page."""
    return list(dict.fromkeys(link["href"] for link in tag.find_all("a", href=True)))


def language(tag: Tag) -> tuple[str, str]:
    """In which language and direction a screen reader takes these words: the nearest that is said."""
    said = tag if tag.has_attr("lang") else tag.find_parent(lang=True)
    turned = tag if tag.has_attr("dir") else tag.find_parent(dir=True)
    return said["lang"], turned["dir"]


@cache
def _localizer(locale: str) -> Localizer:
    return make_localizer(locale, [str(ROOT / "locales")])


def words(message: str, locale: str = "nl", **values: Any) -> str:
    """A message of the interface as a reader of that language gets it."""
    if not isinstance(message, TranslationString):
        message = TranslationString(message, domain="portal")
    said = _localizer(locale).translate(message)
    return said % values if values else said
