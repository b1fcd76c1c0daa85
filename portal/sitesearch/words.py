"""Words that editors add to the thesaurus at run time: on show within two seconds, without a new release."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.foundation.content_cache import raise_version
from portal.foundation.outbox import post
from portal.foundation.seeding import EVERYTHING
from portal.sitesearch.models import SearchWord
from portal.sitesearch.thesaurus import LANGUAGES, base
from search import Concept, Thesaurus

LONGEST_PHRASE = 80


class WordRefused(Exception):
    """A word that cannot be added; the message says what to write instead."""


class SearchWords:
    """The added words of one site."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def add(self, concept: str, language: str, phrase: str) -> bool:
        """Add a phrase to a concept; returns whether it is new. Raises `WordRefused`.

        The index is built anew by the worker, because documents that hold the phrase are now about the concept.
        """
        words = " ".join(phrase.split())
        self._check(concept, language, words)
        if self._found(concept, language, words):
            return False
        self._session.add(SearchWord(concept=concept, language=language, phrase=words, added_at=self._now))
        self._changed()
        return True

    def take_away(self, concept: str, language: str, phrase: str) -> bool:
        """Take an added phrase away again; returns whether it was there."""
        row = self._found(concept, language, " ".join(phrase.split()))
        if row is None:
            return False
        self._session.delete(row)
        self._changed()
        return True

    def _found(self, concept: str, language: str, words: str) -> SearchWord | None:
        return self._session.scalar(
            select(SearchWord).where(
                SearchWord.concept == concept, SearchWord.language == language, SearchWord.phrase == words
            )
        )

    def _check(self, concept: str, language: str, words: str) -> None:
        if concept not in base().concepts:
            raise WordRefused(f"There is no concept “{concept}”. `portal search concepts` lists them.")
        if language not in LANGUAGES:
            raise WordRefused(f"There is no language “{language}”. Write one of {', '.join(LANGUAGES)}.")
        if not words or len(words) > LONGEST_PHRASE:
            raise WordRefused(f"Write a word or a short phrase, at most {LONGEST_PHRASE} characters.")
        if not Thesaurus([Concept(concept, {language: (words,)})]).languages:
            raise WordRefused(f"“{words}” has only little words. Add a word that says what it is about.")

    def _changed(self) -> None:
        post(self._session, "index", {"source": "entry", "key": EVERYTHING}, self._now)
        raise_version(self._session)
