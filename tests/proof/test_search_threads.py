"""Four threads search while one writes: no fault, and never an empty answer for what is always there."""

import os
import random
from collections import Counter

import pytest

from portal.sitesearch.thesaurus import base
from search import Change, Doc, Query, Text
from search.engines.whoosh import WhooshIndex
from tests.proof.amounts import THREADS_SECONDS
from tests.search.lending import Lending
from tests.search.on_postgresql import run_together

#: Documents with the word that is always there, and others that come and go.
ALWAYS, OTHERS = 60, 200
WORDS = ("koffie", "schulden", "taalles", "fiets", "mantelzorg", "tuin", "buurthuis", "verhuizen", "brief", "eenzaam")
#: Questions with how many answers there are at least. The second is misspelt, the fourth is Polish for it.
CERTAIN = (("rolstoel", "nl"), ("rolsteol", "nl"), ("rolstoel", "ar"), ("wózek inwalidzki", "pl"), ("", "nl"))
#: A handful is one change; now and then everything is written anew.
REBUILT_EVERY = 10


def document(number, chance):
    word = "rolstoel" if number < ALWAYS else "plantenbak"
    text = " ".join(chance.choices(WORDS, k=12))
    return Doc(
        f"entry:{number}", "entry", {"nl": Text(f"{chance.choice(WORDS)} met {word}", text, text)},
        themes=("hulpmiddelen",), areas=(f"wijk-{chance.randrange(5)}",), openings=((0, chance.randrange(1, 10_000)),),
    )  # fmt: skip


@pytest.fixture(params=["whoosh", "postgresql"])
def opened(request, tmp_path):
    """Opens the index of this test, as another process would."""
    if request.param == "whoosh":
        yield lambda: WhooshIndex(tmp_path / "index", base())
        return
    if "PORTAL_TEST_POSTGRES" not in os.environ:
        pytest.skip("PostgreSQL is not on this machine")
    from search.engines.postgresql import PostgresIndex

    lending = Lending(os.environ["PORTAL_TEST_POSTGRES"].format(database="postgres").replace("+psycopg", ""))
    yield lambda: PostgresIndex(lending, base(), name="threads")
    lending.close()


def test_who_searches_never_notices_who_writes(opened):
    writer, other = opened(), opened()
    chance = random.Random(2611)
    writer.rebuild([document(number, chance) for number in range(ALWAYS + OTHERS)])
    stages = Counter()

    def reader(index):
        def read(chance):
            text, locale = chance.choice(CERTAIN)
            page = index.search(Query(text, locale, minute=chance.randrange(10_080)))
            stages[page.stage] += 1
            if page.total < ALWAYS or not page.hits:
                return f"“{text}” has {page.total} answers and {len(page.hits)} hits: {index.status().problem}"
            if len(index.complete("rolst", "nl", 5)) != 5:
                return "nothing continues “rolst”"
            found = index.search(Query(" ".join(chance.sample(WORDS, 2)), "nl", {"area": ("wijk-1",)}))
            return "" if index.status().healthy and found.stage else index.status().problem

        return read

    def write(number):
        if number % REBUILT_EVERY == REBUILT_EVERY - 1:
            writer.rebuild([document(each, chance) for each in range(ALWAYS + OTHERS)])
            return
        same = chance.sample(range(ALWAYS), 3)
        gone = chance.sample(range(ALWAYS, ALWAYS + OTHERS), 3)
        back = chance.sample(range(ALWAYS, ALWAYS + OTHERS), 3)
        writer.apply(
            [Change.put(document(each, chance)) for each in same]
            + [Change.delete(f"entry:{each}") for each in gone]
            + [Change.put(document(each, chance)) for each in back]
        )

    wrong, counts = run_together([reader(writer), reader(writer), reader(other), reader(other)], write, THREADS_SECONDS)
    assert not wrong, f"{len(wrong)} faults, such as {Counter(wrong).most_common(3)}"
    assert counts["written"] > REBUILT_EVERY, "so little was written that it proves nothing"
    assert other.status().healthy
    answered = ", ".join(f"{stage} {count}" for stage, count in stages.most_common())
    print(f"{counts['read']} readings while {counts['written']} changes were written; answers: {answered}")
