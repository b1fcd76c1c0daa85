"""Questions as people ask them, made up: words, sentences, faults of the hand, other languages, a click on a filter."""

import random
from collections.abc import Iterator

from portal.sitesearch.thesaurus import LANGUAGES
from search import Query
from tests.bench.searching.catalogue import AREAS, AUDIENCES, phrases, themes
from tests.bench.searching.words import LITTLE, Drawn

#: Of a hundred questions. The first three are Dutch, and a quarter of those (a fifth of all) is misspelt.
MIX = {"word": 30, "two": 25, "sentence": 25, "other language": 10, "filters only": 10}
MISSPELT = 0.25
#: Every fifth question also comes with a filter, as after a click.
FILTERED = 0.2
#: Words asked for are not as unequal as words written.
FLAT = 0.6
#: Tuesday at half past ten: much is open.
MINUTE = (24 + 10) * 60 + 30
SENTENCES = (
    "ik zoek hulp bij {} en {}", "waar kan ik {} krijgen in de buurt", "mijn moeder heeft {} en kan niet meer {}",
    "ik heb geen {} meer", "hoe kom ik aan {} voor mijn {}", "wie helpt mij met {}", "kan ik met {} ook naar {}?",
    "wat moet ik doen als ik {} ben en geen {} heb",
)  # fmt: skip


def questions(count: int, seed: int = 2) -> Iterator[Query]:
    """This many questions, always the same ones. All ask for every facet, and for what is open now."""
    chance = random.Random(seed)
    drawn = Drawn(skipped=LITTLE, flat=FLAT)
    for _ in range(count):
        kind = chance.choices(list(MIX), weights=list(MIX.values()))[0]
        locale, text = _text(kind, chance, drawn)
        filters = _filters(chance) if kind == "filters only" or chance.random() < FILTERED else {}
        yield Query(text, locale, filters, limit=20, minute=MINUTE)


def _text(kind: str, chance: random.Random, drawn: Drawn) -> tuple[str, str]:
    if kind == "filters only":
        return "nl", ""
    if kind == "other language":
        language = chance.choice(LANGUAGES[1:])
        return chance.choice((language, "nl")), chance.choice(phrases(language))
    if kind == "sentence":
        pattern = chance.choice(SENTENCES)
        text = pattern.format(*(_word(chance, drawn) for _ in range(pattern.count("{}"))))
    else:
        text = " ".join(_word(chance, drawn) for _ in range(2 if kind == "two" else 1))
    return "nl", _misspelt(text, chance) if chance.random() < MISSPELT else text


def _word(chance: random.Random, drawn: Drawn) -> str:
    """A word that people ask for: half of the time one of an everyday phrase, else any."""
    if chance.random() < 0.5:
        return max(chance.choice(phrases("nl")).split(), key=len)
    return drawn.some(chance, 1)[0]


def _misspelt(text: str, chance: random.Random) -> str:
    """The text with two letters of its longest word swapped, or one left out; not the first."""
    word = max(text.split(), key=len)
    if len(word) < 5:
        return text
    place = chance.randrange(1, len(word) - 1)
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return text.replace(word, chance.choice((swapped, word[:place] + word[place + 1 :])), 1)


def _filters(chance: random.Random) -> dict[str, tuple[str, ...]]:
    """One filter, or two that narrow each other."""
    every = {
        "theme": (chance.choice(themes()),), "area": tuple(chance.sample(AREAS, 2)),
        "audience": (chance.choice(AUDIENCES),), "free": ("yes",), "open": ("now",),
    }  # fmt: skip
    return {name: every[name] for name in chance.sample(sorted(every), chance.choice((1, 1, 2)))}


def beginnings(titles: list[str], count: int, seed: int = 3) -> Iterator[str]:
    """What stands in the box while somebody types a title: its first letters, one to twelve of them."""
    chance = random.Random(seed)
    for _ in range(count):
        yield chance.choice(titles)[: chance.randint(1, 12)]
