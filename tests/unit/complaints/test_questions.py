"""What is asked of whom, and what of the answers is kept."""

import pytest

from portal.complaints.questions import QUESTIONS
from portal.complaints.sending import contact_of, kept_of
from tests.unit.complaints.complaining import BY_LETTER, FOR_MOTHER, ME, NAMELESS

VOICEMAIL = {"reach": {**ME["reach"], "voicemail": "no"}}


def asked(answers):
    return [question.name for question in QUESTIONS if question.applies(answers)]


@pytest.mark.parametrize(
    ("answers", "names"),
    [
        (ME, ["who", "about", "happened", "decision", "wish", "named", "name", "home", "reach"]),
        (FOR_MOTHER, ["who", "helper", "about", "happened", "decision", "wish", "named", "name", "home", "reach"]),
        (NAMELESS, ["who", "about", "happened", "decision", "wish", "named"]),
    ],
    ids=["myself", "my mother", "without a name"],
)
def test_nobody_is_asked_more_than_the_law_needs(answers, names):
    assert asked(answers) == names


def test_without_a_name_nothing_is_kept_that_says_who_it_was_also_when_it_was_typed_before():
    contact = contact_of({**ME, **VOICEMAIL, "named": {"named": "anonymous"}})
    assert (contact.name, contact.postcode, contact.house, contact.phone, contact.email) == ("–", "", "", None, None)


def test_with_a_name_the_postcode_is_kept_as_it_is_written():
    assert contact_of({**ME, **VOICEMAIL}).postcode == "8011PK"


def test_what_is_kept_of_the_answers_holds_no_name_and_no_address():
    kept = kept_of({**BY_LETTER, **VOICEMAIL})
    assert set(kept) == {"about", "team", "whom", "what", "when", "where", "letter", "wish", "first", "anonymous"}
    assert not [value for value in kept.values() if value in {ME["name"]["name"], ME["home"]["postcode"]}]
