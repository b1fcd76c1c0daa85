"""Nobody has the best place, and nobody is asked what is not our business."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain

import colander
import pytest
from sqlalchemy import inspect

from portal.cases.models import Case, Contact, Representative
from portal.cleaning.questions import QUESTIONS
from portal.cleaning.rules import ANYONE, DAY_PARTS, NEVER_ASKED, in_turn, works_at
from portal.cleaning.sending import contact_of, helper_of
from tests.unit.cleaning.asking import FOR_MOTHER, ME

MOST_QUESTIONS = 10
ANSWERS = {name: dict(values) for name, values in FOR_MOTHER.items()}


@dataclass
class Firm:
    """A provider, as far as the rules look at it."""

    slug: str
    postcodes: list[str] = field(default_factory=list)


FIRMS = [Firm(slug) for slug in ("bezem", "doek", "dweil", "emmer", "spons", "zeem")]


def test_the_order_differs_between_visitors():
    orders = {tuple(firm.slug for firm in in_turn(FIRMS, f"visitor {n}")) for n in range(50)}
    assert len(orders) > 40


def test_the_order_stays_for_one_visitor_however_the_list_was_given():
    assert in_turn(FIRMS, "me") == in_turn(FIRMS, "me") == in_turn(reversed(FIRMS), "me")


@pytest.mark.parametrize("place", range(len(FIRMS)))
def test_everybody_stands_in_each_place_about_as_often(place):
    visitors = 600
    found = Counter(in_turn(FIRMS, f"8011PK {n}")[place].slug for n in range(visitors))
    for firm in FIRMS:
        assert 0.7 * visitors / len(FIRMS) < found[firm.slug] < 1.3 * visitors / len(FIRMS), found


def test_only_those_who_work_at_an_address_are_shown_and_no_list_means_everywhere():
    here, there, everywhere = Firm("here", ["8011"]), Firm("there", ["8031"]), Firm("everywhere")
    assert works_at([here, there, everywhere], "8011") == [here, everywhere]
    assert works_at([here, there, everywhere], "") == [everywhere]


def test_no_provider_can_be_called_as_no_preference_is(zwolle):
    assert not (zwolle.content / "providers" / f"{ANYONE}.yaml").exists()


def fields(node):
    for child in node.children:
        yield child.name
        yield from fields(child)


@pytest.fixture
def asked(ask):
    """The names of all fields, per question."""
    request = ask("/nl/schoonmaak-aanvragen")
    return {question.name: list(fields(question.schema(request, ANSWERS))) for question in QUESTIONS}


def forbidden(name):
    return [word for word in NEVER_ASKED if word in name.split("_") or (len(word) > 3 and word in name)]


def test_no_question_asks_what_is_never_asked(asked):
    assert sum(map(len, asked.values())) >= len(QUESTIONS)
    for names in asked.values():
        assert {name: forbidden(name) for name in names if forbidden(name)} == {}


def test_no_column_keeps_what_is_never_asked():
    for table in (Case, Contact, Representative):
        names = [column.key for column in inspect(table).columns]
        assert {name: forbidden(name) for name in names if forbidden(name)} == {}, table


def test_what_is_sent_on_holds_no_answer_under_another_name(asked):
    known = {*chain(*asked.values()), "name", "relation", "gets_messages", "street", "case_id", "ended_at"}
    answers = {**ANSWERS, "language": {"language": "", "interpreter": "no"}}
    answers["reach"] = {"way": "phone", "phone": "0612345678", "email": "", "voicemail": "no"}
    answers["helper"] = {**answers["helper"], "phone": ""}
    for row in (contact_of(answers), helper_of(answers)):
        filled = {name for name, value in vars(row).items() if not name.startswith("_") and value not in {None, ""}}
        assert filled <= known, filled - known


def test_the_words_that_are_never_asked_are_found_when_they_are_there():
    for name in ("bsn", "birth_date", "age", "reason", "household_size", "other_help", "insurance"):
        assert forbidden(name), name
    for name in ("language", "messages", "postcode"):
        assert not forbidden(name), name


def test_there_are_few_questions_and_each_says_why_it_is_asked():
    assert len(QUESTIONS) <= MOST_QUESTIONS
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS)
    for question in QUESTIONS:
        assert len(str(question.why)) > 15, question.name


def test_the_answers_of_the_tests_are_those_of_the_form():
    assert set(ME) == {question.name for question in QUESTIONS} - {"helper"}
    assert set(FOR_MOTHER) == {question.name for question in QUESTIONS}


def test_only_who_asks_for_another_is_asked_who_they_are():
    (helper,) = [question for question in QUESTIONS if question.name == "helper"]
    assert not helper.applies({})
    assert not helper.applies({"who": {"who": "me"}})
    for who in ("helper", "carer", "professional"):
        assert helper.applies({"who": {"who": who}})


def test_every_field_has_a_limit_or_a_list(ask):
    request = ask("/nl/schoonmaak-aanvragen")
    for question in QUESTIONS:
        schema = question.schema(request, ANSWERS)
        for node in schema.children:
            with pytest.raises(colander.Invalid):
                node.bind(request=request).deserialize({"x" * 5000} if node.name == "parts" else "x" * 5000)


def test_days_are_named_in_the_order_of_the_week():
    assert [part.split("-")[0] for part in DAY_PARTS] == [day for day in ("mo", "tu", "we", "th", "fr") for _ in "12"]
