"""Who comes along to a talk finds, gets and loses what is theirs, and nothing of who asked."""

import json

import pytest
from sqlalchemy import select, update

from portal.cases.company import company_of, without
from portal.cases.models import Case, CaseLook, Contact
from portal.cases.person import PersonDesk
from portal.cases.selection import Selection
from portal.foundation.db import writing
from portal.messaging.models import Message
from tests.unit.cases.canaries import ask_everything, dump, write_to
from tests.unit.cases.test_person import BECAUSE, OF_THE_RESIDENT, asked, erase, export, find, noor
from tests.unit.cleaning.asking import EMAIL, HELPER_EMAIL, NAME

__all__ = ["asked", "erase", "export", "find", "noor"]
#: Two who come along, one reached by e-mail and one by phone.
FRIEND = {"name": "Buurvrouw Overweg", "role": "buurvrouw", "reach": "Overweg@Example.nl"}
BROTHER = {"name": "Karel Zonnebloem", "role": "mijn broer", "reach": "06 1199 2288"}


@pytest.fixture
def talk(zwolle, books, clock):
    """A request with two who come along, each of whom was sent an invitation; gives its id."""
    case_id, _ = ask_everything(zwolle, clock, "send-key-of-talk")
    with writing(zwolle.engine) as session:
        answers = session.scalar(select(Case.answers).where(Case.id == case_id))
        session.execute(
            update(Case).where(Case.id == case_id).values(answers={**answers, "company": [FRIEND, BROTHER]})
        )
        write_to(session, clock, case_id, "overweg@example.nl", "Dinsdag met de overwegvogel", "company:1")
        write_to(session, clock, case_id, "overweg@example.nl", "Woensdag met de overwegvogel", "company:2")
    return case_id


def people(books):
    return company_of(books.the(Case).answers)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"email": "OVERWEG@example.nl"}, 0), ({"phone": "+31 6 11992288"}, 1), ({"phone": "0611992288"}, 1),
    ],
)  # fmt: skip
def test_who_comes_along_is_found_by_how_they_are_reached(talk, find, typed, place):
    (match,) = find(**typed).matches
    assert (match.case_id, match.company, match.own, match.as_helper) == (talk, (place,), False, False)


def test_never_by_what_is_the_residents(talk, find, books):
    reference = books.the(Case).reference
    assert [match.own for match in find(reference=reference).matches] == [True]
    assert find(email="overweg@example.nl", postcode="8011PK", house="127").matches == ()
    assert find(email="overweg@example.nl", phone="0611992288").matches == ()


def test_who_asked_and_comes_along_elsewhere_is_who_asked(talk, zwolle, find):
    with writing(zwolle.engine) as session:
        session.execute(update(Contact).values(email="overweg@example.nl"))
    (match,) = find(email="overweg@example.nl").matches
    assert match.own


def test_names_are_counted_so_that_nobody_gets_what_is_of_a_housemate(talk, zwolle, find):
    with writing(zwolle.engine) as session:
        session.execute(update(Contact).values(email="overweg@example.nl"))
    assert find(email="overweg@example.nl").names == 2


def test_they_get_their_own_row_and_the_reference_and_nothing_of_the_resident(talk, export, books):
    said = export(email="overweg@example.nl")
    assert said["uw_aanvragen"] == said["aanvragen_waarbij_u_helpt"] == []
    assert said["gesprekken_waar_u_bij_bent"] == [{"reference": books.the(Case).reference, "company": [FRIEND]}]
    told = json.dumps(said, ensure_ascii=False)
    assert [word for word in (*OF_THE_RESIDENT, *BROTHER.values()) if word in told] == []
    assert [row.why for row in books.rows(CaseLook)][-1] == "export"


def test_the_resident_gets_their_names_and_how_they_are_reached_masked(talk, export):
    (case,) = export(email=EMAIL)["uw_aanvragen"]
    found = case["case"][0]["answers"]["company"]
    assert [(one["name"], one["role"]) for one in found] == [(one["name"], one["role"]) for one in (FRIEND, BROTHER)]
    assert [one["reach"] for one in found] == ["O…@Example.nl", "06…88"]
    told = json.dumps(case, ensure_ascii=False).casefold()
    assert "overweg@example.nl" not in told
    assert "0611992288" not in told.replace(" ", "")


def test_they_are_taken_out_and_the_request_stays(talk, erase, zwolle, books, clock):
    with writing(zwolle.engine) as session:
        first = session.scalar(select(Message.id).where(Message.recipient == "overweg@example.nl"))
        session.execute(update(Message).where(Message.id == first).values(state="sent", sent_at=clock.now()))
    assert erase(email="overweg@example.nl") == ()
    assert people(books) == [{"name": "–", "role": "", "reach": ""}, BROTHER]
    assert books.the(Contact).name == NAME
    left = dump(zwolle).casefold()
    assert [word for word in ("overweg", "overwegvogel") if word in left] == []
    assert [row.recipient for row in books.rows(Message) if row.id == first] == ["–"]


def test_of_somebody_who_is_reached_as_the_helper_is_the_helpers_messages_stay(talk, zwolle, clock, books):
    with writing(zwolle.engine) as session:
        answers = session.scalar(select(Case.answers))
        session.execute(update(Case).values(answers={**answers, "company": [{**FRIEND, "reach": HELPER_EMAIL}]}))
    with writing(zwolle.engine) as session:
        desk = PersonDesk(session, clock.now())
        (match,) = desk.find(Selection.typed(email=HELPER_EMAIL)).matches
        assert match.as_helper
    assert HELPER_EMAIL in {row.recipient for row in books.rows(Message)}


def test_who_helps_and_comes_along_is_taken_out_of_both(talk, zwolle, erase, books):
    with writing(zwolle.engine) as session:
        answers = session.scalar(select(Case.answers))
        session.execute(
            update(Case).values(answers={**answers, "company": [{**FRIEND, "reach": HELPER_EMAIL}, BROTHER]})
        )
    erase(email=HELPER_EMAIL)
    assert people(books)[0] == {"name": "–", "role": "", "reach": ""}
    assert HELPER_EMAIL not in dump(zwolle)


def test_what_the_law_holds_stays(talk, zwolle, erase, books):
    with writing(zwolle.engine) as session:
        session.execute(update(Case).values(held="Archiefwet: hotspot"))
    assert [match.case_id for match in erase(phone="0611992288")] == [talk]
    assert people(books)[1] == BROTHER


def test_a_reason_with_their_name_or_address_tells_of_them(talk, find):
    found = find(email="overweg@example.nl")
    assert found.told_by("verzoek van mevrouw Overweg")
    assert found.told_by("mail van overweg@example.nl")
    assert not found.told_by(BECAUSE)


@pytest.mark.parametrize("answers", [None, {}, {"company": []}, {"company": None}])
def test_where_nobody_was_asked_nobody_comes_along(answers):
    assert list(company_of(answers)) == []


def test_who_comes_after_keeps_their_place():
    assert without({"a": 1, "company": [FRIEND, BROTHER]}, (0,)) == {
        "a": 1, "company": [{"name": "–", "role": "", "reach": ""}, BROTHER],
    }  # fmt: skip
