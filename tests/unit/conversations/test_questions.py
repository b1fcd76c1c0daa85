"""What is asked before a conversation: little, with a reason, and nothing that is not our business."""

import colander
import pytest

from portal.bookings.models import PLACES as BOOKABLE
from portal.cases.people import helper_of
from portal.cleaning.rules import NEVER_ASKED
from portal.conversations.labels import INTERPRETERS, NEEDS, PLACES, SUPPORTER, TOPICS
from portal.conversations.questions import QUESTIONS, people_of
from portal.conversations.sending import contact_of, kept_of
from tests.unit.conversations.talking import FOR_MOTHER, IN_WRITING, ME

MOST_QUESTIONS = 12
#: What may stay empty: nobody is turned away for saying little.
MAY_STAY_EMPTY = {"about", "language", "needs", "company"}


def fields(node):
    for child in node.children:
        yield child.name
        yield from fields(child)


@pytest.fixture
def request_of_a_resident(ask):
    return ask("/nl/gesprek-vragen")


@pytest.fixture
def schemas(request_of_a_resident):
    """The schema of each question, made for somebody who asks for another."""
    answers = {name: dict(values) for name, values in FOR_MOTHER.items() if name != "moment"}
    return {question.name: question.schema(request_of_a_resident, answers) for question in QUESTIONS}


def forbidden(name):
    return [word for word in NEVER_ASKED if word in name.split("_") or (len(word) > 3 and word in name)]


def test_no_field_asks_what_is_never_asked(schemas):
    for schema in schemas.values():
        for name in fields(schema):
            assert not forbidden(name), name


def test_no_answer_to_choose_names_it_either():
    for values in (TOPICS, PLACES, SUPPORTER, INTERPRETERS, NEEDS):
        for code, _words in values:
            assert not forbidden(code), code


def test_nothing_is_kept_under_such_a_name():
    kept = kept_of({**FOR_MOTHER, "moment": {"moment": "call"}})
    assert {name: forbidden(name) for name in kept if forbidden(name)} == {}


def test_there_are_at_most_twelve_questions_and_each_says_why():
    assert len(QUESTIONS) <= MOST_QUESTIONS
    for question in QUESTIONS:
        assert len(str(question.why)) > 15, question.name


def test_what_is_about_somebody_may_stay_empty(schemas):
    for name in MAY_STAY_EMPTY:
        schemas[name].deserialize({})


def test_what_a_moment_needs_has_to_be_answered(schemas):
    for name in set(schemas) - MAY_STAY_EMPTY:
        with pytest.raises(colander.Invalid):
            schemas[name].deserialize({})


def test_every_field_has_a_limit_or_a_list(schemas):
    for question, schema in schemas.items():
        for node in schema.children:
            typed = {"x" * 5000} if isinstance(node.typ, colander.Set) else "x" * 5000
            with pytest.raises(colander.Invalid):
                node.deserialize(typed)
                raise AssertionError(f"{question}.{node.name} takes everything")


def test_the_client_supporter_is_told_of_before_a_moment_is_chosen():
    names = [question.name for question in QUESTIONS]
    assert names.index("supporter") < names.index("moment")


def test_in_writing_there_is_no_moment_and_nobody_comes_along():
    skipped = {question.name for question in QUESTIONS if not question.applies(IN_WRITING)}
    assert skipped == {"helper", "moment", "company"}


def test_what_can_be_booked_and_what_can_be_chosen_are_the_same_places():
    assert {code for code, _words in PLACES} == {*BOOKABLE, "writing"}


def test_only_who_has_a_name_comes_along():
    assert people_of(FOR_MOTHER["company"]) == [
        {"name": "Buurvrouw", "role": "buurvrouw", "reach": "buurvrouw.kanarie@example.nl"},
        {"name": "Zoon", "role": "mijn broer", "reach": "0612340000"},
    ]
    assert people_of(ME["company"]) == []


def test_an_interpreter_of_any_kind_stands_with_who_asks():
    answers = {name: {**values, "voicemail": "no"} for name, values in FOR_MOTHER.items()}
    contact = contact_of(answers)
    assert (contact.language, contact.interpreter) == ("Berbers", True)
    answers["helper"]["phone"] = ""
    assert helper_of(answers).gets_messages


def test_the_answers_of_the_tests_are_those_of_the_form():
    assert set(FOR_MOTHER) == {question.name for question in QUESTIONS}
    assert set(ME) == set(FOR_MOTHER) - {"helper"}
