"""Standard texts: a start of a message in the language of the resident, beside the same words in Dutch.

A folder per kind with a YAML file per locale: key → states, title, text. The key is the same in every language, so
that staff choose what they can read, and send what the resident can read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from portal.cases.models import Case
from portal.foundation.i18n import LOCALES, reading_order
from portal.foundation.seeding import read_yaml


@dataclass(frozen=True)
class StandardText:
    """One text: `text` in the language of the resident, `dutch` the same for who chooses it."""

    key: str
    title: str
    text: str
    dutch: str


@lru_cache(maxsize=64)
def _file(folder: Path, code: str) -> Mapping[str, Mapping[str, Any]]:
    path = folder / f"{code}.yaml"
    return read_yaml(path) if path.exists() else {}


def standard_texts(folder: Path | None, case: Case) -> list[StandardText]:
    """The texts that fit the state of a case; none for a kind without a folder."""
    if folder is None:
        return []
    order = [case.locale, *reading_order(LOCALES[case.locale]), "nl"]
    found = []
    for key, dutch in _file(folder, "nl").items():
        if case.state in dutch["states"]:
            words = next(file[key] for file in (_file(folder, code) for code in order) if key in file)
            found.append(StandardText(key, dutch["title"], words["text"].strip(), dutch["text"].strip()))
    return found
