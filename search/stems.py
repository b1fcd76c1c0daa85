"""One stemmer per language: Snowball where it is good enough, our own small rules where it is not.

Dutch is Snowball's *Porter*: the newer Dutch (Kraaij-Pohlmann) turns geweld into wel and schulden into schul.
"""

import threading
from collections.abc import Callable

from search.letters import folded
from search.wordlists import stem_exceptions

Stem = Callable[[str], str]

_SNOWBALL = {"nl": "dutch_porter", "en": "english", "tr": "turkish", "ar": "arabic", "pl": "polish"}
_ARABIC_ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال")
# Case endings of Ukrainian nouns and adjectives, the longest first. Light on purpose; no native speaker has
# read it.
# fmt: off
_UKRAINIAN_ENDINGS = (
    "ями", "ами", "ого", "ому", "ими", "ої", "ою", "ею", "єю", "ій", "ів", "їв", "ях", "ах", "ям", "ам",
    "ом", "ем", "єм", "ий", "а", "я", "о", "е", "є", "и", "і", "ї", "у", "ю", "ь", "й",
)
# fmt: on
_SHORTEST = 3


def stemmer(language: str) -> Stem:
    """Return a function from a word (`letters.cased`) to its folded stem. Safe to call from many threads."""
    inner = _inner(language)
    exceptions = stem_exceptions(language)

    def stem(word: str) -> str:
        return exceptions.get(folded(word)) or folded(inner(word)) or folded(word)

    return stem


def _inner(language: str) -> Stem:
    if language == "uk":
        return _ukrainian
    if language not in _SNOWBALL:
        return str
    from search.snowball import algorithm

    engine = algorithm(_SNOWBALL[language])
    lock = threading.Lock()  # a Snowball stemmer keeps the word it works on inside itself

    def stem(word: str) -> str:
        with lock:
            return str(engine.stemWord(_without_article(word) if language == "ar" else word))

    return stem


def _without_article(word: str) -> str:
    """Drop the Arabic article: Snowball reads الديون as another word than ديون."""
    for article in _ARABIC_ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST:
            return word[len(article) :]
    return word


def _ukrainian(word: str) -> str:
    for ending in _UKRAINIAN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
