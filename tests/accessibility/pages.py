"""Every kind of public page, each once, and its address in each language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from portal.foundation.i18n import LOCALES, SOURCE, Locale, localized_word
from portal.foundation.site import Site
from portal.pages.services import read_addresses, slug_for


@dataclass(frozen=True)
class Kind:
    """One kind of page: a route with what fills it, or the key of a text of the editors.

    `sends`: the page is what comes back when the form on it is sent without an answer.
    """

    name: str
    route: str = ""
    tail: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    status: int = 200
    sends: bool = False

    def __str__(self) -> str:
        return self.name.replace(",", "").replace(" ", "-")


ENTRY_IN_ARABIC = "/formulierenspreekuur-post-en-pen"
ENTRY_IN_DUTCH = "/fietsles-voor-vrouwen"
#: The longest text; it has Arabic too.
LONG_TEXT = "klacht"
#: A text that is there in Dutch only.
DUTCH_TEXT = "privacy"
#: A secret that nobody was given: what it leads to says nothing of a request. Pages behind a visit are in the journeys.
NOBODYS_TOKEN = "/" + "x" * 43
NOBODYS_LINK = f"/volg{NOBODYS_TOKEN}"

#: Answers to “which way is right for you”.
TREATED = {"over": "behandeling", "wie": "wijkteam", "wens": "plan"}

KINDS = (
    Kind("start", "start.start", "/"),
    Kind("find, nothing asked", "teams.find"),
    Kind("find, an answer", "teams.find", query={"waar": "8031 AB"}),
    Kind("find, choose", "teams.find", query={"waar": "8017"}),
    Kind("find, an error", "teams.find", query={"waar": "12"}, status=422),
    Kind("find, elsewhere", "teams.find", query={"waar": "7411 AA"}),
    Kind("no address", "teams.no_address"),
    Kind("all teams", "teams.all"),
    Kind("team", "teams.team", "/holtenbroek"),
    Kind("poster", "teams.poster", "/holtenbroek"),
    Kind("page, long", text=LONG_TEXT),
    Kind("page, safety", text="spoed-en-veiligheid"),
    Kind("page, in Dutch only", text=DUTCH_TEXT),
    Kind("map", "social_map.search"),
    Kind("map, filtered", "social_map.search", query={"thema": "taal", "wijk": "Holtenbroek"}),
    Kind("map, near a postcode", "social_map.search", query={"bij": "8031", "open": "now"}),
    Kind("map, a postcode that is not known", "social_map.search", query={"bij": "8010"}),
    Kind("map, nothing", "social_map.search", query={"q": "qqzxw"}),
    Kind("entry", "social_map.entry", ENTRY_IN_ARABIC),
    Kind("entry, in Dutch only", "social_map.entry", ENTRY_IN_DUTCH),
    Kind("search, results", "sitesearch.search", query={"q": "schulden"}),
    Kind("search, one kind", "sitesearch.search", query={"q": "schulden", "wat": "page"}),
    Kind("search, thanked", "sitesearch.search", query={"q": "schulden", "gezegd": "1"}),
    Kind("search, urgent", "sitesearch.search", query={"q": "ik wil dood"}),
    Kind("search, nothing", "sitesearch.search", query={"q": "qqzxw"}),
    Kind("reaction", "pages.react", query={"pagina": LONG_TEXT}),
    Kind("reaction, errors", "pages.react", query={"pagina": LONG_TEXT}, status=422, sends=True),
    Kind("thanks", "pages.thanks"),
    Kind("ask, start", "cleaning.start"),
    Kind("ask, a question", "cleaning.question", "/vraag/who"),
    Kind("ask, errors", "cleaning.question", "/vraag/who", status=422, sends=True),
    Kind("ask, go on later", "cleaning.resume", "/verder"),
    Kind("ask, go on later, errors", "cleaning.resume", "/verder", status=422, sends=True),
    Kind("which way, start", "ways.start"),
    Kind("which way, nothing chosen", "ways.start", query={"klaar": "over"}, status=422),
    Kind("which way, letter", "ways.start", query={"over": "behandeling"}),
    Kind("which way, date", "ways.start", query={"over": "besluit"}),
    Kind("which way, wrong date", "ways.start", query={"over": "plan", "brief": "ja", "datum": "31-2"}, status=422),
    Kind("which way, who", "ways.start", query={"over": "behandeling", "brief": "nee"}),
    Kind("which way, wish", "ways.start", query={"over": "plan", "brief": "nee"}),
    Kind("which way, result", "ways.start", query={**TREATED, "brief": "ja", "datum": "3-11-2026"}),
    Kind("which way, too late", "ways.start", query={**TREATED, "brief": "ja", "datum": "3-8-2026"}),
    Kind("which way, no date", "ways.start", query={**TREATED, "brief": "geen-datum"}),
    Kind("follow", "cases.find"),
    Kind("follow, errors", "cases.find", status=422, sends=True),
    Kind("follow, by a link", "cases.link", NOBODYS_LINK),
    Kind("offer, gone", "cleaning.offer", NOBODYS_TOKEN),
    Kind("waiting times, none yet", "bookings.waiting_times"),
    Kind("waiting times of a team, none yet", "bookings.waiting_times_of", "/holtenbroek"),
    Kind("404", tail="/dit-is-er-niet", status=404),
)
BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
#: The parts of the screens: one page, outside the languages.
STYLEGUIDE = Kind("styleguide", tail="/styleguide")


def in_locales(*codes: str) -> Iterator[tuple[Kind, Locale]]:
    """Every kind in each of these languages, and the style guide once."""
    for kind in KINDS:
        for code in codes:
            yield kind, LOCALES[code]
    yield STYLEGUIDE, SOURCE


def names(pairs: list[tuple[Kind, Locale]]) -> list[str]:
    """What pytest calls them."""
    return [f"{kind}-{locale.code}" for kind, locale in pairs]


class Addresses:
    """Where each kind of page lives on a site."""

    def __init__(self, registry: Any, site: Site) -> None:
        self._registry = registry
        with site.engine.connect() as connection:
            self._texts = read_addresses(connection)

    def of(self, kind: Kind, locale: Locale) -> str:
        """The path of a page in a language, with its query."""
        if kind is STYLEGUIDE:
            return kind.tail
        parts = [f"/{locale.segment}"]
        if kind.text:
            parts.append(f"/{slug_for(self._texts, kind.text, locale)}")
        elif kind.route in self._registry.localized_words:
            parts.append("/" + localized_word(kind.route, locale, self._registry))
        parts.append(kind.tail)
        return "".join(parts) + (f"?{urlencode(kind.query)}" if kind.query else "")
