"""The filters of the social map: a question is an address, an address is a question.

`Finding` holds everything a list shows; its fields are the parameters of the URL, so that list, filters, links and
pages come from one object. Parameter names are Dutch, as the words in the path.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from portal.foundation.lib.typed import one_line
from portal.social_map.rules import AUDIENCES, KINDS, THEMES
from search import Query

#: Entries on one page.
PAGE = 20
LONGEST_QUESTION = 200
#: parameter → (filter of the index, the values it may have; None: any short text)
PARAMETERS: Mapping[str, tuple[str, tuple[str, ...] | None]] = {
    "thema": ("theme", THEMES),
    "wijk": ("area", None),
    "soort": ("sort", KINDS),
    "voor": ("audience", AUDIENCES),
    "formeel": ("formal", ("yes", "no")),
    "gratis": ("free", ("yes",)),
    "taal": ("spoken", None),
    "open": ("open", ("now",)),
    "drempelvrij": ("step_free", ("yes",)),
}
#: parameter for the postcode to sort around: four digits, which say where about thousands live and never who asks.
NEAR = "bij"
_POSTCODE = re.compile(r"([1-9][0-9]{3})\s*(?:[A-Za-z]{2})?")
#: A filter with more values chosen than this was not made by a person.
MOST_VALUES = 12
LONGEST_VALUE = 60
MOST_PAGES = 500


@dataclass(frozen=True)
class Finding:
    """What somebody looks for on the map."""

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    near: str = ""

    @classmethod
    def read(cls, parameters: Any) -> "Finding":
        """From the parameters of a request; whatever is not known is left out, never refused."""
        chosen = {}
        for name, (_filter, allowed) in PARAMETERS.items():
            values = dict.fromkeys(value.strip() for value in parameters.getall(name))
            good = [v for v in values if v and len(v) <= LONGEST_VALUE and (allowed is None or v in allowed)]
            if good:
                chosen[name] = tuple(good[:MOST_VALUES])
        page = parameters.get("pagina", "1")
        number = int(page) if page.isascii() and page.isdecimal() and len(page) <= 4 else 1
        return cls(
            one_line(parameters.get("q", ""))[:LONGEST_QUESTION].strip(),
            chosen,
            min(max(number, 1), MOST_PAGES),
            read_near(parameters.get(NEAR, "")),
        )

    def query(self, locale: str, minute: int, point: tuple[float, float] | None = None) -> Query:
        """The question for the index, at a minute of the week, sorted around a point when there is one."""
        filters = {PARAMETERS[name][0]: values for name, values in self.chosen.items()}
        return Query(
            self.q, locale, {"kind": ("entry",), **filters}, limit=PAGE, offset=(self.page - 1) * PAGE,
            minute=minute, near=point,
        )  # fmt: skip

    @property
    def count(self) -> int:
        """How many values are chosen."""
        return sum(map(len, self.chosen.values()))

    def has(self, name: str, value: str) -> bool:
        """Whether a value is chosen."""
        return value in self.chosen.get(name, ())

    def with_only(self, name: str, value: str) -> "Finding":
        """The same question with just this value of one filter, on its first page."""
        return replace(self, chosen={**self.chosen, name: (value,)}, page=1)

    def without(self, name: str, value: str) -> "Finding":
        """The same question without one value."""
        left = tuple(v for v in self.chosen.get(name, ()) if v != value)
        others = {key: values for key, values in self.chosen.items() if key != name}
        return replace(self, chosen={**others, name: left} if left else others, page=1)

    def asking(self, q: str) -> "Finding":
        """The same filters with other words."""
        return replace(self, q=q, page=1)

    def nowhere(self) -> "Finding":
        """The same question, no longer sorted around a postcode."""
        return replace(self, near="", page=1)

    def on_page(self, number: int) -> "Finding":
        """The same question, another page of answers."""
        return replace(self, page=number)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Its parameters, as a form or an address carries them."""
        if self.q:
            yield "q", self.q
        for name, values in self.chosen.items():
            for value in values:
                yield name, value
        if self.near:
            yield NEAR, self.near
        if self.page > 1:
            yield "pagina", str(self.page)

    def address(self, path: str) -> str:
        """The link to this question."""
        query = urlencode(list(self.pairs()))
        return f"{path}?{query}" if query else path


def read_near(typed: str) -> str:
    """The four digits of a postcode; empty when it is none. The letters are dropped: they could point at a home."""
    found = _POSTCODE.fullmatch(typed.strip())
    return found.group(1) if found else ""
