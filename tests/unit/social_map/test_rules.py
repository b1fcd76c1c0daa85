"""What is wrong with an entry is said as “field: what to mend”."""

from copy import deepcopy

import pytest

from portal.social_map.labels import AUDIENCES as AUDIENCE_WORDS
from portal.social_map.labels import COME as COME_WORDS
from portal.social_map.labels import KINDS as KIND_WORDS
from portal.social_map.labels import PER as PER_WORDS
from portal.social_map.rules import AUDIENCES, KINDS, PER, REQUIRED, REQUIRED_TEXT, WAYS_TO_COME, faults

AREAS = {"Holtenbroek", "Noord"}
GOOD = {
    "kind": "group", "formal": False, "example": True, "themes": ["geld", "formulieren"], "audience": ["everyone"],
    "areas": ["Holtenbroek"], "national": False, "hours": [], "cost": {"free": True}, "come": "walk_in",
    "referral_needed": False, "languages": ["nl"], "keywords": [], "checked_on": None, "phone": "038 000 00 01",
    "text": {"nl": {"name": "Koffie", "summary": "Kom.", "body": "Hier.", "first_step": "Loop binnen."}},
}  # fmt: skip
TEXT = GOOD["text"]["nl"]


def said(**changes):
    entry = deepcopy(GOOD) | changes
    return list(faults(entry, AREAS))


def test_a_good_entry_has_no_faults():
    assert said() == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"kind": "club"}, "kind: is “club”; write one of group, initiative, volunteer, care, helpline"),
        ({"come": "fly"}, "come: is “fly”; write one of walk_in, call, register, referral, online"),
        ({"themes": ["geld", "liefde", "rust"]}, "themes: unknown liefde, rust"),
        ({"themes": []}, "themes: 1 to 4, the most important first"),
        ({"themes": ["geld", "taal", "werk", "wonen", "gezin"]}, "themes: 1 to 4, the most important first"),
        ({"audience": ["cats"]}, "audience: unknown cats"),
        ({"areas": ["Holtenbroek", "Kampen"]}, "areas: unknown Kampen"),
        ({"cost": {"free": False, "amount": "1.00", "per": "week"}}, "cost: per “week” is not known"),
        ({"phone": None}, "phone, email, website or place: one of them is needed, or nobody can come"),
        ({"text": {"en": TEXT}}, "text: nl is missing; plain Dutch is the source"),
        ({"text": {"nl": TEXT | {"body": ""}}}, "text, nl: missing body"),
        ({"text": {"nl": TEXT, "ar": {"name": "x"}}}, "text, ar: missing summary, body, first_step"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_fault_names_its_field(changes, fault):
    assert said(**changes) == [fault]


@pytest.mark.parametrize("key", REQUIRED)
def test_every_required_key_is_missed(key):
    entry = deepcopy(GOOD)
    del entry[key]
    assert list(faults(entry, AREAS)) == [f"missing: {key}"]


@pytest.mark.parametrize("key", REQUIRED_TEXT)
def test_every_required_text_is_missed(key):
    assert said(text={"nl": {name: words for name, words in TEXT.items() if name != key}}) == [
        f"text, nl: missing {key}"
    ]


@pytest.mark.parametrize("way", ["phone", "email", "website", "place"])
def test_one_way_to_come_is_enough(way):
    assert said(**({"phone": None} | {way: "x"})) == []


@pytest.mark.parametrize("areas", [[], None, ["Noord"]], ids=["everywhere", "not-said", "district"])
def test_an_entry_may_be_for_the_whole_municipality(areas):
    assert said(areas=areas) == []


def test_all_faults_are_said_at_once():
    assert len(said(kind="x", come="x", themes=["x"], text={"nl": {}})) == 4


def test_every_code_has_words_and_no_words_are_spare():
    assert set(KIND_WORDS) == set(KINDS)
    assert set(AUDIENCE_WORDS) == set(AUDIENCES)
    assert set(COME_WORDS) == set(WAYS_TO_COME)
    assert set(PER_WORDS) == set(PER)
