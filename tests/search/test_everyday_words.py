"""57 questions as people type them, over the invented catalogue with its few coarse concepts.

The golden set (`tests/search/golden`) measures the real thing; this runs on every engine.

Catalogue, concepts and questions have the same authors, so this guards against getting worse; it does not say
how good the search is for people (that needs questions and judgements of others).
"""

import csv

import pytest
from invented_catalogue import DATA

from search.documents import Query
from search.engines.memory import MemoryIndex

MEANT = {
    "schulden": "schuldhulp",
    "huurachterstand": "huurachterstand",
    "voedselbank": "voedselbank",
    "uitkering": "uitkering",
    "bijstand": "bijstand",
    "toeslag": "toeslagen",
    "hulp bij formulieren": "formulieren",
    "mantelzorg": "mantelzorg",
    "contact": "maatje",
    "wijkcentrum": "wijkcentrum",
    "inloop": "inloop",
    "huisarts": "huisarts",
    "psycholoog": "psycholoog",
    "psychische hulp": "psychisch",
    "dementie": "dementie",
    "verslaving": "verslaving",
    "huishoudelijke hulp": "hulphuis",
    "thuiszorg": "thuiszorg",
    "rolstoel": "rolstoel",
    "scootmobiel": "scootmobiel",
    "regiotaxi": "regiotaxi",
    "gehandicaptenparkeerkaart": "parkeerkaart",
    "dagbesteding": "dagbesteding",
    "vrijwilliger": "vrijwilligerswerk",
    "vrijwilligerswerk": "vrijwilligerswerk",
    "taalles": "taalles",
    "taalcoach": "taalcoach",
    "digitale hulp": "digitaal",
    "DigiD": "digitaal",
    "opvoeden": "opvoeden",
    "scheiding": "scheiding",
    "kinderopvang": "kinderopvang",
    "huiselijk geweld": "huiselijk-geweld",
    "zelfmoordgedachten": "zelfmoord",
    "urgentie woning": "urgentie",
    "huurtoeslag": "huurtoeslag",
    "Wmo aanvragen": "wmo",
    "Wmo": "wmo",
    "eenzaamheid": "eenzaam",
    "wonen": "wonen",
}

# 55 of 57 measured. It was 56 while the weights were set by these 57 alone; they are now set by the golden set.
FLOOR = 0.96


@pytest.fixture(scope="module")
def questions():
    with (DATA / "zoekvragen-met-fouten.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def missed(index: MemoryIndex, questions, locale: str | None) -> list[str]:
    return [
        row["zoekvraag"]
        for row in questions
        if MEANT[row["bedoeld"]]
        not in [hit.key for hit in index.search(Query(row["zoekvraag"], locale or row["taal"], limit=3)).hits]
    ]


@pytest.mark.parametrize("locale", ["nl", None], ids=["on the Dutch site", "on the site in the own language"])
def test_what_people_mean_is_among_the_first_three(index, questions, locale):
    wrong = missed(index, questions, locale)
    success = 1 - len(wrong) / len(questions)
    print(f"success@3 {success:.3f} of {len(questions)}; missed: {wrong}")
    assert len(questions) == 57
    assert success >= FLOOR, wrong
