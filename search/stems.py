"""One stemmer per language: Snowball where it is good enough, our own small rules where it is not.

Dutch is Snowball's *Porter*: the newer Dutch (Kraaij-Pohlmann) turns geweld into wel and schulden into schul.
"""

import threading
from collections.abc import Callable
from typing import Any

from search.letters import folded
from search.realwords import is_dutch_word
from search.wordlists import stem_exceptions, words

Stem = Callable[[str], str]

_SNOWBALL = {"nl": "dutch_porter", "en": "english", "ar": "arabic"}
_ARABIC_ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال")
# The commonest endings, the longest first. Light on purpose; no native speaker has read them. Snowball's Polish and
# Turkish need the accents that people leave out on a phone.
# fmt: off
_UKRAINIAN_ENDINGS = (
    "ями", "ами", "ого", "ому", "ими", "ої", "ою", "ею", "єю", "ій", "ів", "їв", "ях", "ах", "ям", "ам",
    "ом", "ем", "єм", "ий", "а", "я", "о", "е", "є", "и", "і", "ї", "у", "ю", "ь", "й",
)
_POLISH_ENDINGS = (
    "owego", "owych", "owymi", "owej", "iach", "iami", "iego", "iemu", "ami", "ach", "ego", "emu", "ymi", "imi", "ych",
    "ich", "owi", "iem", "iej", "iom", "ow", "om", "em", "ie", "ia", "iu", "ej", "ym", "im",
    "a", "e", "i", "o", "u", "y",
)
_TURKISH_ENDINGS = (
    "lerimiz", "larimiz", "imiz", "umuz", "iniz", "unuz", "lari", "leri", "lar", "ler", "dan", "den", "tan", "ten",
    "nin", "nun", "yla", "yle", "lik", "luk", "sin", "sun", "da", "de", "ta", "te", "ya", "ye", "yi", "yu", "na", "ne",
    "ni", "nu", "im", "um", "in", "un", "si", "su", "la", "le", "ca", "ce", "ci", "cu", "li", "lu",
    "a", "e", "i", "u", "m",
)
# fmt: on
_DIMINUTIVES = ("etje", "tje", "pje", "kje", "je")
_HARD = {"g": "k", "b": "p", "d": "t"}
_SHORTEST = 3
# Languages with many endings of which the stemmers know a part: the beginning of a word is what stays the same
# (yardım, yardımı, yardımcı).
_CUT = {"tr": 5, "pl": 6, "uk": 6}


def stemmer(language: str) -> Stem:
    """Return a function from a word (`letters.cased`) to its folded stem. Safe to call from many threads."""
    inner = _inner(language)
    exceptions = stem_exceptions(language)

    cut = _CUT.get(language)

    def stem(word: str) -> str:
        known = exceptions.get(folded(word))
        if known:
            return known
        found = folded(inner(word))
        if len(found) < _SHORTEST:
            found = folded(word)
        return found[:cut] if cut else found

    return stem


def _inner(language: str) -> Stem:
    if language in _LIGHT:
        return _LIGHT[language]
    if language not in _SNOWBALL:
        return str
    from search.snowball import algorithm

    engine = algorithm(_SNOWBALL[language])
    lock = threading.Lock()  # a Snowball stemmer keeps the word it works on inside itself

    def stem(word: str) -> str:
        with lock:
            if language == "ar":
                return str(engine.stemWord(_without_owner(without_article(word))))
            return str(engine.stemWord(word)) if language != "nl" else _dutch(word, engine)

    return stem


def without_article(word: str) -> str:
    """Return a word without the Arabic article: Snowball reads الديون as another word than ديون."""
    for article in _ARABIC_ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST:
            return word[len(article) :]
    return word


def _without_owner(word: str) -> str:
    """Drop the Arabic my at the end (ديوني), of which Snowball makes another word."""
    return word[:-1] if word.endswith("ي") and len(word) > _SHORTEST + 1 else word


def _dutch(word: str, engine: Any) -> str:
    """Porter's stem, of the whole of a diminutive, and with the s that belongs to a word: fiets is no plural."""
    whole = _whole(word)
    stem = str(engine.stemWord(whole))
    return whole if whole.endswith("s") and stem == whole[:-1] and not _is_word(stem) else stem


def _is_word(word: str) -> bool:
    return word in words("nl.parts.txt") or is_dutch_word(word)


def _whole(word: str) -> str:
    """Return what a Dutch diminutive is the small one of, when that is a word: groepjes → groep, hulpje → hulp."""
    bare = word.removesuffix("s")
    for ending in _DIMINUTIVES:
        rest = bare.removesuffix(ending)
        if rest != bare:
            for whole in (rest, rest[:-1] if rest[-1:] == rest[-2:-1] else rest + "g"):
                if len(whole) >= _SHORTEST and _is_word(whole):
                    return whole
    return word


def _ukrainian(word: str) -> str:
    return _without_ending(word, _UKRAINIAN_ENDINGS)


def _polish(word: str) -> str:
    """Without its ending; many type without accents, so what is stemmed has none. podatek and podatku are one word."""
    found = _without_ending(folded(word), _POLISH_ENDINGS)
    return found[:-2] + "k" if found.endswith("ek") and len(found) > 4 else found


def _turkish(word: str) -> str:
    """Without up to three endings, and without accents. The last letter hardens: çocuğu is çocuk, kitabı is kitap."""
    found = folded(word)
    for _ending in range(3):
        found = _without_ending(found, _TURKISH_ENDINGS)
    found = found[: _CUT["tr"]]
    return found[:-1] + _HARD.get(found[-1:], found[-1:])


def _without_ending(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


_LIGHT: dict[str, Stem] = {"uk": _ukrainian, "pl": _polish, "tr": _turkish}
