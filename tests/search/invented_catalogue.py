"""The invented catalogue of tests/search/data, as documents and as a thesaurus."""

from pathlib import Path

import yaml

from search.documents import Doc, Text
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
