"""The words of a kind of case: what a moment says in a message, a letter and on screen.

YAML: `nl.yaml`, and where a kind says much a file for each thing it speaks of, such as `nl.plan.yaml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from portal.foundation.i18n import LOCALES, Locale, reading_order
from portal.foundation.seeding import read_yaml


@dataclass(frozen=True)
class Said:
    """The words of one moment in one locale: for a message (`subject`, `text`), for a text message, for the screen."""

    locale: Locale
    subject: str
    text: str
    sms: str
    status: str


@lru_cache(maxsize=64)
def _file(folder: Path, code: str) -> Mapping[str, Mapping[str, str]]:
    words: dict[str, Mapping[str, str]] = {}
    for path in (folder / f"{code}.yaml", *sorted(folder.glob(f"{code}.*.yaml"))):
        more = read_yaml(path) if path.exists() else {}
        if twice := words.keys() & more.keys():
            raise ValueError(f"{path}: said already: {sorted(twice)}")
        words |= more
    return words


class Texts:
    """The texts in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def moments(self, code: str) -> frozenset[str]:
        """The moments that a locale has words for."""
        return frozenset(_file(self.folder, code))

    def say(self, moment: str, locale: Locale, facts: Mapping[str, str]) -> Said:
        """The words for a moment, in the reader's language or else in Dutch, with the facts filled in.

        Raises KeyError for a moment without words and for a fact that is not given.
        """
        for code in (locale.code, *reading_order(locale), "nl"):
            words = _file(self.folder, code).get(moment)
            if words:
                filled = {
                    name: words.get(name, "").format_map(facts).strip() for name in ("subject", "text", "sms", "status")
                }
                return Said(LOCALES[code], **filled)
        raise KeyError(moment)


#: What is said about a case of any kind.
COMMON = Texts(Path(__file__).parent / "texts")
