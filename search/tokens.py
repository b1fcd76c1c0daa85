"""From a document to weighted tokens. An engine stores these and knows nothing of language or of fields.

A token is `<language>:<stem>`, or `#<code>` for a concept. Its weight says how much the document is about it:
how often and how prominently, already made comparable between long and short texts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from search.documents import Doc, Language, Text, language_of
from search.language import analyser
from search.thesaurus import Thesaurus

Words = Mapping[Language, Mapping[str, int]]
"""Per language the words that occur, with the number of documents they occur in."""

_TITLE, _KEYWORD, _SUMMARY, _BODY = 3.0, 3.0, 1.5, 1.0
_PART = 0.5  # a part of a compound says less than the word itself
_LITTLE_WORD = 0.3  # stop words count in titles only: "Over ons" has no other words
_USUAL_LENGTH, _LENGTH_MATTERS = 120, 0.3
_FIRST_THEME, _OTHER_THEME = 1.5, 0.8
_NAMED, _KEPT_WORD, _MENTIONED = 6.0, 4.0, 1.2


def word_token(language: Language, stem: str) -> str:
    """Return the token of a word."""
    return f"{language}:{stem}"


def concept_token(code: str) -> str:
    """Return the token of a concept or theme."""
    return f"#{code}"


def tokens_of(doc: Doc, thesaurus: Thesaurus) -> dict[str, float]:
    """Return all tokens of a document with their weights, each above zero."""
    weights: dict[str, float] = {}
    for locale, text in doc.texts.items():
        language = language_of(locale)
        for token, weight in _text_tokens(text, doc.keywords.get(language, ()), language).items():
            # two reading levels of one language say the same thing: the higher weight counts, not the sum
            weights[token] = max(weight, weights.get(token, 0.0))
    for language in set(doc.keywords) - {language_of(locale) for locale in doc.texts}:
        weights.update(_text_tokens(Text(""), doc.keywords[language], language))
    return weights | _concept_tokens(doc, thesaurus)


def _text_tokens(text: Text, keywords: Iterable[str], language: Language) -> dict[str, float]:
    weights: Counter[str] = Counter()
    length = 0
    for field, weight in (
        (text.title, _TITLE),
        (" . ".join(keywords), _KEYWORD),
        (text.summary, _SUMMARY),
        (text.body, _BODY),
    ):
        for token, share in _terms(field, language, titles=weight == _TITLE):
            weights[token] += weight * share  # type: ignore[assignment]
            length += 1
    shrink = 1 - _LENGTH_MATTERS + _LENGTH_MATTERS * length / _USUAL_LENGTH
    return {token: round(weight / shrink, 3) for token, weight in weights.items()}


def _terms(text: str, language: Language, *, titles: bool) -> Iterator[tuple[str, float]]:
    for term in analyser(language).terms(text):
        if not term.stop:
            yield word_token(language, term.stem), 1.0
            yield from ((word_token(language, part), _PART) for part in term.parts)
        elif titles:
            yield word_token(language, term.stem), _LITTLE_WORD


def _concept_tokens(doc: Doc, thesaurus: Thesaurus) -> dict[str, float]:
    """Return the concepts a document is about: its themes, and what its words mean, with what lies around those."""
    weights: Counter[str] = Counter()
    for place, theme in enumerate(doc.themes):
        weights[concept_token(theme)] += _OTHER_THEME if place else _FIRST_THEME  # type: ignore[assignment]
    for code, weight in _meant(doc, thesaurus).items():
        weights[concept_token(code)] += round(weight, 3)  # type: ignore[assignment]
    return dict(weights)


def _meant(doc: Doc, thesaurus: Thesaurus) -> dict[str, float]:
    """Return the concepts that a document names, by the most prominent place that names each."""
    found: dict[str, float] = {}
    for weight, text, language in _fields(doc):
        for code, sure in thesaurus.codes(text, language).items():
            for near, worth in thesaurus.upward(code).items():
                found[near] = max(found.get(near, 0.0), weight * worth * sure)
    return found


def _fields(doc: Doc) -> Iterator[tuple[float, str, Language]]:
    for locale, text in doc.texts.items():
        yield _NAMED, text.title, language_of(locale)
        yield _MENTIONED, text.summary, language_of(locale)
    for language, words in doc.keywords.items():
        yield from ((_KEPT_WORD, word, language) for word in words)


def words_of(texts: Mapping[str, Text], keywords: Mapping[Language, Iterable[str]]) -> frozenset[tuple[str, str]]:
    """Return (language, word) for all words of a document that a question may be corrected to."""
    fields = [(language_of(at), f"{text.title} {text.summary} {text.body}") for at, text in texts.items()]
    fields += [(language, " ".join(words)) for language, words in keywords.items()]
    return frozenset(
        (language, term.word)
        for language, text in fields
        for term in analyser(language).terms(text)
        if not term.stop and len(term.word) > 1
    )


class WordCounts:
    """Counts in how many documents each word occurs, while documents come and go."""

    def __init__(self, counts: Words) -> None:
        self._counts = {language: Counter(words) for language, words in counts.items()}

    def add(self, words: Iterable[tuple[str, str]], times: int = 1) -> None:
        """Count the words of one more document, or of one less with `times=-1`."""
        for language, word in words:
            self._counts.setdefault(language, Counter())[word] += times

    def result(self) -> dict[str, dict[str, int]]:
        """Return the counts without the words that no longer occur."""
        return {
            language: {word: count for word, count in counts.items() if count > 0}
            for language, counts in self._counts.items()
        }
