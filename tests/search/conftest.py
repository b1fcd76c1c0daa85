"""The invented catalogue, and the engines that have to give the same answers about it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from search.documents import Doc, Text
from search.engines.memory import MemoryIndex
from search.engines.whoosh import WhooshIndex
from search.index import SearchIndex
from search.thesaurus import Concept, Thesaurus

DATA = Path(__file__).parent / "data"


def catalogue() -> list[Doc]:
    rows = yaml.safe_load((DATA / "catalogue.yaml").read_text(encoding="utf-8"))
    return [_doc(*row) for row in rows]


def _doc(key, kind, themes, title, summary, body, others=None) -> Doc:
    texts = {"nl": Text(title, summary, body)}
    texts |= {locale: Text(*pair) for locale, pair in (others or {}).items()}
    formal = kind in {"page", "care"}
    return Doc(key, kind, texts, tuple(themes), formal=formal, free=True, payload={"url": f"/nl/{key}"})


def thesaurus() -> Thesaurus:
    concepts = yaml.safe_load((DATA / "concepts.yaml").read_text(encoding="utf-8"))
    words = {code: {lang: tuple(each) for lang, each in langs.items()} for code, langs in concepts.items()}
    return Thesaurus(Concept(code, each) for code, each in words.items())


Maker = Callable[..., SearchIndex]


@pytest.fixture(params=["memory", "whoosh"])
def make(request, tmp_path) -> Maker:
    """Makes an empty index of each engine."""
    if request.param == "memory":
        return MemoryIndex
    return lambda *args, **options: WhooshIndex(tmp_path / "index", *args, **options)


@pytest.fixture
def index(make) -> SearchIndex:
    """The invented catalogue in each engine."""
    made = make(thesaurus())
    made.rebuild(catalogue())
    return made
