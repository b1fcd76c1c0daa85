"""The thesaurus of the social domain: concepts with their words in six languages, in YAML that an editor can read.

`thesaurus/<theme>.yaml` holds a list of concepts, shaped after SKOS: `label` (one per language, prefLabel), `also`
(altLabel), `misspelt` (hiddenLabel), `broader`, `related`, `upl` (names in the Uniforme Productnamenlijst).
`thesaurus/everyday/<language>.yaml` adds phrases to concepts, for one reader of that language to keep. Rows of
`search_word` add at run time. Stemming every phrase takes a second, so the build does it (`portal prepare`).
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

import search
from portal.foundation.seeding import read_yaml
from portal.foundation.site import Site
from portal.sitesearch.models import SearchWord
from search import Concept, Thesaurus

HERE = Path(__file__).parent
FILES = HERE / "thesaurus"
BUILT = HERE / "built" / "thesaurus.json"
LANGUAGES = ("nl", "en", "ar", "tr", "pl", "uk")


def read_concepts(folder: Path = FILES) -> Iterator[Concept]:
    """All concepts of the files. Raises `KeyError` when a file is not written as above."""
    for path in sorted(folder.glob("*.yaml")):
        data = read_yaml(path)
        for one in data["concepts"]:
            yield _concept(one, data["theme"])
    for path in sorted(folder.glob("everyday/*.yaml")):
        for code, phrases in read_yaml(path).items():
            yield Concept(code, {path.stem.partition("-")[0]: tuple(phrases)})


def _concept(one: Mapping[str, Any], theme: str | None) -> Concept:
    also: Mapping[str, Iterable[str]] = one.get("also") or {}
    words = {language: (one["label"][language], *also.get(language, ())) for language in one["label"]}
    top = (theme,) if theme and theme != one["code"] else ()
    broader = (one["broader"],) if one.get("broader") else top
    hidden = {language: tuple(listed) for language, listed in (one.get("misspelt") or {}).items()}
    return Concept(one["code"], words, hidden, broader, tuple(one.get("related") or ()))


def _fingerprint() -> str:
    """Changes when a file does, or the code and the lists that stem its words."""
    home = Path(search.__file__).parent
    lists = [path for path in sorted(home.glob("data/*.txt")) if "real_words" not in path.name]
    sources = [*sorted(FILES.glob("**/*.yaml")), *sorted(home.glob("*.py")), *lists]
    return sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def build() -> int:
    """Write the stemmed thesaurus for a quick start, when it is behind; returns the number of concepts written."""
    mark = _fingerprint()
    if _built(mark) is not None:
        return 0
    made = Thesaurus(read_concepts())
    BUILT.parent.mkdir(exist_ok=True)
    value = {"fingerprint": mark, "thesaurus": made.to_json()}
    BUILT.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    base.cache_clear()
    return len(made.concepts)


def _built(mark: str) -> Mapping[str, Any] | None:
    try:
        value = json.loads(BUILT.read_text("utf-8"))
        found: Mapping[str, Any] = value["thesaurus"]
        return found if value["fingerprint"] == mark else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


@lru_cache(maxsize=1)
def base() -> Thesaurus:
    """The thesaurus of the files: as built, or made now when it was not built or is behind."""
    built = _built(_fingerprint())
    return Thesaurus.from_json(built or Thesaurus(read_concepts()).to_json())


def added_words(connection: Connection | None, _site: Site) -> Iterable[Concept]:
    """The words that editors added at run time."""
    if connection is None:
        return
    table = SearchWord.__table__
    for row in connection.execute(select(table.c.concept, table.c.language, table.c.phrase).order_by(table.c.id)):
        yield Concept(row.concept, {row.language: (row.phrase,)})
