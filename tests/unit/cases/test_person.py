"""One person gets everything that is here of them, or has it taken away; and nobody else's."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Column, ForeignKey, String, Table, delete, insert, select, update

from portal.accounts.models import Staff
from portal.cases.models import Case, CaseEvent, CaseLook, Contact, DeletionRecord, Representative
from portal.cases.person import PersonDesk, is_key, tables_about_cases
from portal.cases.references import hashed
from portal.cases.selection import Selection, bare, bare_phone
from portal.foundation.db import Base, writing
from portal.foundation.outbox import OutboxRow
from portal.messaging.models import Message
from tests.unit.cases.canaries import CANARIES, TABLES, WORDS, ask_everything, comes_to_rest, dump, write_to
from tests.unit.cleaning.asking import EMAIL, HELPER_EMAIL, HELPER_NAME, HOUSE, NAME, NOTE, PHONE

BECAUSE = "AVG artikel 17, verzoek 2026-11"
HELPER_PHONE = "0687651234"
NEIGHBOUR = {"name": "Buurman Tegenover", "email": "buur@example.nl", "phone": "0611112222", "house": "126"}
#: What only the resident's side of the case holds.
OF_THE_RESIDENT = (NAME, EMAIL, PHONE, HOUSE, NOTE, WORDS, "8011PK")


@pytest.fixture
def asked(zwolle, books, clock):
    """Makes a request with everything in it; gives id and canaries."""
    yield lambda key="send-key-of-kanarie", **contact: ask_everything(zwolle, clock, key, **contact)
    with writing(zwolle.engine) as session:
        session.execute(delete(DeletionRecord))


@pytest.fixture
def noor(zwolle, books, clock):
    """Somebody of the staff; gives her number."""
    with writing(zwolle.engine) as session:
        staff = Staff(email="noor@example.nl", name="Noor de Vries", employer="Gemeente Zwolle", created_at=clock.now())
        session.add(staff)
        session.flush()
        number = staff.id
    yield number
    with writing(zwolle.engine) as session:
        session.execute(delete(Staff).where(Staff.id == number))


@pytest.fixture
def find(zwolle, clock):
    """Finds who fits what was typed."""

    def run(**typed):
        with writing(zwolle.engine) as session:
            return PersonDesk(session, clock.now()).find(Selection.typed(**typed))

    return run


@pytest.fixture
def export(zwolle, clock, noor):
    """Hands over what is of who fits, as it is read back from the file."""

    def run(**typed):
        with writing(zwolle.engine) as session:
            desk = PersonDesk(session, clock.now())
            said = desk.export(desk.find(Selection.typed(**typed)), noor, "Gemeente Zwolle")
        return json.loads(json.dumps(said, ensure_ascii=False))

    return run


@pytest.fixture
def erase(zwolle, clock):
    """Takes away what is of who fits; gives what was kept."""

    def run(**typed):
        with writing(zwolle.engine) as session:
            desk = PersonDesk(session, clock.now())
            return desk.erase(desk.find(Selection.typed(**typed)).matches, BECAUSE)

    return run


# Who fits


@pytest.mark.parametrize(("typed", "read"), [
    ("06 1234 9876", "0612349876"), ("+31 6 12349876", "0612349876"), ("0031612349876", "0612349876"),
    ("+31 (0)6-12349876", "0612349876"), ("038-421 00 00", "0384210000"), ("+49 151 1", "+491511"),
    ("0049 151 1", "+491511"), (None, ""), ("", ""), ("geen", ""),
])  # fmt: skip
def test_a_phone_number_is_one_however_it_is_written(typed, read):
    assert bare_phone(typed) == read


def test_an_address_is_one_however_it_is_written():
    assert bare("8011 pk") == bare("8011PK")
    assert bare("12-a") == bare("12 A") != bare("12 B")


@pytest.mark.parametrize(("typed", "said"), [
    ({}, "say who"), ({"email": None}, "say who"), ({"phone": "geen"}, "--phone cannot be read"),
    ({"email": " "}, "--email cannot be read"), ({"reference": "7KD4"}, "--reference cannot be read"),
    ({"email": EMAIL, "phone": ""}, "--phone cannot be read"),
    ({"postcode": "8011PK"}, "go together"), ({"house": "1", "email": EMAIL}, "go together"),
])  # fmt: skip
def test_what_cannot_be_read_widens_nothing_but_is_said(typed, said):
    with pytest.raises(ValueError, match=said):
        Selection.typed(**typed)


@pytest.mark.parametrize(("typed", "names", "sure"), [
    ({"reference": "7KD4 MW3F"}, 1, True), ({"email": EMAIL}, 1, True), ({"email": EMAIL}, 2, False),
    ({"phone": PHONE}, 2, False), ({"postcode": "8011PK", "house": "1"}, 1, False),
    ({"postcode": "8011PK", "house": "1"}, 2, False), ({"postcode": "8011PK", "house": "1", "email": EMAIL}, 1, True),
])  # fmt: skip
def test_only_what_can_be_one_person_is_sure(typed, names, sure):
    assert Selection.typed(**typed).is_sure(names) is sure


def test_somebody_is_found_by_each_of_what_is_known_of_them(asked, find, books):
    asked()
    asked("other", **NEIGHBOUR)
    reference = next(row.reference for row in books.rows(Case) if row.send_key != "other")
    for typed in ({"reference": reference.lower()}, {"email": EMAIL.upper()}, {"phone": "+31 6 1234 9876"},
                  {"postcode": "8011 pk", "house": HOUSE}, {"email": EMAIL, "phone": PHONE}):  # fmt: skip
        assert [match.reference for match in find(**typed).matches] == [reference], typed


def test_all_that_is_given_must_fit(asked, find, books):
    asked()
    assert find(email=EMAIL, phone="0611112222").matches == ()
    assert find(reference=books.the(Case).reference, email=NEIGHBOUR["email"]).matches == ()


def test_at_one_address_different_names_are_counted(asked, find):
    asked()
    asked("again", name=NAME.upper())
    asked("housemate", name="Huisgenoot Ander", email="ander@example.nl", phone="0633334444")
    found = find(postcode="8011PK", house=HOUSE)
    assert (len(found.matches), found.names) == (3, 2)


def test_who_helps_is_found_by_their_own_address_and_never_by_the_residents(asked, find):
    asked()
    assert [match.as_helper for match in find(email=HELPER_EMAIL).matches] == [True]
    assert [match.as_helper for match in find(phone="+31687651234").matches] == [True]
    assert find(email=HELPER_EMAIL, postcode="8011PK", house=HOUSE).matches == ()


def test_one_address_of_resident_and_helper_is_two_people(asked, find):
    asked(email=HELPER_EMAIL)
    assert find(email=HELPER_EMAIL).names == 2


# Handing over


def test_an_export_holds_every_column_of_every_table_but_keys(asked, export):
    asked()
    (case,) = export(email=EMAIL)["uw_aanvragen"]
    expected = [Case.__table__, Message.__table__, *tables_about_cases()]
    assert set(case) == {table.name for table in expected}
    for table in expected:
        assert case[table.name], f"the test has no row in {table.name}"
        assert set(case[table.name][0]) == {column.name for column in table.c if not is_key(column)}


def test_a_new_table_that_hangs_on_a_case_is_in_it_by_itself(asked, export, erase, zwolle):
    case_id, _ = asked()
    table = Table("case_extra", Base.metadata, Column("id", String(10), primary_key=True), Column("said", String(40)),
                  Column("of_case", ForeignKey("case.id", ondelete="CASCADE")))  # fmt: skip
    try:
        table.create(zwolle.engine)
        with writing(zwolle.engine) as session:
            session.execute(insert(table).values(id="1", said="nieuwe kanarie", of_case=case_id))
        assert export(email=EMAIL)["uw_aanvragen"][0]["case_extra"][0]["said"] == "nieuwe kanarie"
        erase(email=EMAIL)
        assert "nieuwe kanarie" not in dump(zwolle)
    finally:
        table.drop(zwolle.engine)
        Base.metadata.remove(table)


def test_nothing_in_it_opens_anything(asked, export):
    _, (*tokens, _reference, _id, send_key) = asked()
    said = json.dumps(export(email=EMAIL))
    secrets = [*tokens[:3], send_key, *(hashed(token)[:16] for token in tokens)]
    assert [secret for secret in secrets if secret in said] == []
    assert "/nl/mijn-aanvraag/volg/(weggelaten)" in said
    assert "/nl/aanbod/(weggelaten)" in said


def test_it_says_in_plain_dutch_what_it_is_and_dates_are_readable(asked, export):
    asked()
    said = export(email=EMAIL)
    assert said["wat_is_dit"].startswith("Dit is alles wat Gemeente Zwolle in het portaal over u heeft.")
    assert said["gemaakt_op"] == "2026-11-23T10:00:00+01:00"
    assert said["uw_aanvragen"][0]["case"][0]["received_at"] == "2026-11-23T10:00:00+01:00"
    assert set(said["wat_betekenen_de_namen"]) >= {"case", "message"} | {table.name for table in tables_about_cases()}


def test_who_looked_is_a_name_and_taking_it_out_is_a_look(asked, export, books, noor):
    asked()
    looks = export(email=EMAIL)["uw_aanvragen"][0]["case_look"]
    assert [(look["staff_id"], look["why"]) for look in looks][-1] == ("Noor de Vries", "export")
    assert [(row.staff_id, row.why) for row in books.rows(CaseLook)][-1] == (noor, "export")


def test_nobody_elses_is_in_it(asked, export):
    asked()
    asked("other", **NEIGHBOUR)
    said = json.dumps(export(email=EMAIL), ensure_ascii=False)
    assert NAME in said
    assert [word for word in (*NEIGHBOUR.values(), HELPER_EMAIL, HELPER_PHONE) if f'"{word}"' in said] == []


def test_a_helper_gets_their_own_row_and_the_reference_and_nothing_of_the_resident(asked, export, books):
    asked()
    said = export(email=HELPER_EMAIL)
    assert said["uw_aanvragen"] == []
    (helped,) = said["aanvragen_waarbij_u_helpt"]
    assert helped["reference"] == books.the(Case).reference
    assert set(helped) == {"reference", "case_representative"}
    (row,) = helped["case_representative"]
    assert (row["name"], row["email"], row["phone"]) == (HELPER_NAME, HELPER_EMAIL, HELPER_PHONE)
    assert [word for word in OF_THE_RESIDENT if word in json.dumps(said, ensure_ascii=False)] == []


# Taking away


def test_of_who_is_taken_away_nothing_is_left_anywhere(asked, erase, zwolle, books):
    _, secrets = asked()
    asked("again", phone=None)
    assert erase(email=EMAIL) == ()
    left = dump(zwolle)
    assert [word for word in (*CANARIES, *secrets, WORDS) if word in left] == []
    records = [(row.why, row.basis, row.kind, row.state) for row in books.rows(DeletionRecord)]
    assert records == [("asked", BECAUSE, "cleaning", "offered")] * 2


def test_what_is_of_others_stays_as_it_was(asked, erase, books):
    asked("other", **NEIGHBOUR)
    before = {table: books.rows(table) for table in TABLES}
    asked()
    erase(email=EMAIL)
    assert {table: books.rows(table) for table in TABLES} == before


def test_what_the_law_holds_stays_and_is_named(asked, erase, zwolle, books, clock):
    case_id, _ = asked("held")
    comes_to_rest(zwolle, case_id, "ended", clock.now(), held="Archiefwet: hotspot")
    asked("free")
    kept = erase(email=EMAIL)
    assert [(match.case_id, match.held) for match in kept] == [(case_id, "Archiefwet: hotspot")]
    assert books.the(Case).id == case_id
    assert erase(email=HELPER_EMAIL) != ()
    assert books.the(Representative).name == HELPER_NAME


def test_a_case_that_went_meanwhile_is_no_fault(asked, zwolle, clock, find, books):
    asked()
    matches = find(email=EMAIL).matches
    with writing(zwolle.engine) as session:
        session.execute(delete(Case))
    with writing(zwolle.engine) as session:
        assert PersonDesk(session, clock.now()).erase(matches, BECAUSE) == ()
    assert books.rows(DeletionRecord) == []


def test_a_helper_is_taken_out_and_the_case_stays(asked, erase, zwolle, books, clock):
    case_id, _ = asked()
    with writing(zwolle.engine) as session:
        first = session.scalar(select(Message.id).where(Message.recipient == HELPER_EMAIL))
        session.execute(update(Message).where(Message.id == first).values(state="sent", sent_at=clock.now()))
        write_to(session, clock, case_id, HELPER_EMAIL, "Later", "later")
    assert erase(email=HELPER_EMAIL) == ()
    helper = books.the(Representative)
    assert (helper.name, helper.phone, helper.email, helper.gets_messages) == ("–", None, None, False)
    assert helper.ended_at == clock.now()
    left = dump(zwolle)
    assert [word for word in (HELPER_NAME, HELPER_EMAIL, HELPER_PHONE) if word in left] == []
    assert books.the(Contact).name == NAME
    assert [row.recipient for row in books.rows(Message) if row.id == first] == ["–"]
    assert {row.payload["id"] for row in books.rows(OutboxRow) if row.kind == "message"} <= {
        row.id for row in books.rows(Message)
    }
    assert books.rows(DeletionRecord) == []
    assert books.rows(CaseEvent)


def test_a_helper_who_ended_before_keeps_that_day(asked, erase, zwolle, books, clock):
    asked()
    before = clock.now() - timedelta(days=3)
    with writing(zwolle.engine) as session:
        session.execute(update(Representative).values(ended_at=before))
    erase(phone=HELPER_PHONE)
    assert books.the(Representative).ended_at == before


@pytest.mark.parametrize(("reason", "tells"), [
    (BECAUSE, False), ("Verzoek van mevrouw Zonneveld-Kanarie", True), (f"mail van {EMAIL}", True),
    ("belde met 06 1234 9876", True), ("woont op 8011 pk", True), ("Verzoek AVG, zaak 12", False),
])  # fmt: skip
def test_a_reason_that_tells_of_the_person_is_known(asked, find, reason, tells):
    asked()
    assert find(email=EMAIL).told_by(reason) is tells


def test_a_reason_with_the_reference_tells_of_the_person(asked, find, books):
    asked()
    assert find(email=EMAIL).told_by(f"zie {books.the(Case).reference[:4]} {books.the(Case).reference[4:]}")
