"""A made-up catalogue of any size: Dutch words as often as people write them, and concepts of the real thesaurus."""

import random
from collections.abc import Iterator
from functools import lru_cache

from portal.sitesearch.thesaurus import LANGUAGES, read_concepts
from search import Concept, Doc, Text
from tests.bench.searching.words import LITTLE, Drawn

AREAS = tuple(f"wijk-{number}" for number in range(1, 17))
AUDIENCES = tuple(f"groep-{number}" for number in range(1, 11))
KINDS = ("entry",) * 8 + ("page", "team")
#: Every second title names a concept, as titles do; the other concepts come with the words of the texts.
NAMES_A_CONCEPT = 0.5
HOUR, DAY = 60, 24 * 60


@lru_cache(maxsize=1)
def concepts() -> tuple[Concept, ...]:
    """All concepts of the portal with their words; what the everyday files add comes as concepts of its own."""
    return tuple(read_concepts())


@lru_cache(maxsize=8)
def phrases(language: str) -> tuple[str, ...]:
    """Every phrase of a language in the thesaurus, each once."""
    return tuple(dict.fromkeys(phrase for concept in concepts() for phrase in concept.words.get(language, ())))


@lru_cache(maxsize=1)
def themes() -> tuple[str, ...]:
    """The themes of the portal: what its concepts lie under."""
    lower = {concept.code for concept in concepts() if concept.broader}
    return tuple(sorted({code for concept in concepts() for code in concept.broader} - lower))


def documents(size: int, seed: int = 1) -> Iterator[Doc]:
    """The catalogue: of one size always the same, and the larger ones begin with the smaller ones."""
    chance = random.Random(seed)
    written, telling = Drawn(), Drawn(skipped=LITTLE)
    for number in range(size):
        yield _document(number, chance, written, telling)


def _document(number: int, chance: random.Random, written: Drawn, telling: Drawn) -> Doc:
    title = list(telling.some(chance, chance.randint(2, 4)))
    if chance.random() < NAMES_A_CONCEPT:
        title[-1] = chance.choice(phrases("nl"))
    summary = " ".join(written.some(chance, chance.randint(15, 25)))
    body = " ".join(written.some(chance, chance.randint(50, 80)))
    return Doc(
        f"entry:{number}",
        chance.choice(KINDS),
        {"nl": Text(" ".join(title).capitalize(), summary, body)},
        themes=tuple(chance.sample(themes(), chance.choice((1, 1, 2)))),
        areas=tuple(chance.sample(AREAS, chance.choice((1, 1, 2, 3)))),
        audience=tuple(chance.sample(AUDIENCES, chance.choice((1, 2)))),
        formal=chance.random() < 0.5,
        free=chance.choice((True, True, False, None)),
        facets={
            "spoken": ("nl", *chance.sample(LANGUAGES[1:], chance.choice((0, 0, 1, 2)))),
            "step_free": (chance.choice(("yes", "yes", "no")),),
        },
        openings=_hours(chance),
        point=(52.44 + chance.random() * 0.15, 6.0 + chance.random() * 0.2) if chance.random() < 0.9 else None,
        payload={"slug": f"entry-{number}", "summary": {"nl": summary}},
    )


def _hours(chance: random.Random) -> tuple[tuple[int, int], ...]:
    """Open on some days of the week, from and until some half hour."""
    opens = (8 + chance.randrange(6) / 2) * HOUR
    lasts = (2 + chance.randrange(14) / 2) * HOUR
    days = sorted(chance.sample(range(7), chance.randint(1, 6)))
    return tuple((int(day * DAY + opens), int(day * DAY + opens + lasts)) for day in days)
