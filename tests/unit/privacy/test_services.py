"""What happens to a question about data: proved, found, chosen in two steps, answered in time or told why not."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.cases.handling import Handling
from portal.cases.models import Case, CaseEvent, CaseLook, Contact, DeletionRecord, Representative, Term
from portal.cases.retention import hold
from portal.cases.workflow import NotSo, StepRefused
from portal.messaging.models import Message
from portal.privacy.items import BECAUSE, Decided
from portal.privacy.models import PrivacyItem, PrivacyRequest
from tests.unit.privacy.conftest import EMAIL, OFFICER

#: A month after Monday 23 November 2026, and three.
FIRST, LONGER = date(2026, 12, 23), date(2027, 2, 23)


@pytest.fixture
def mails(session):
    return lambda: [row.text for row in session.scalars(select(Message).order_by(Message.id))]


@pytest.fixture
def checked(privacy, asked):
    """One of which we know who it is, with what was found: `checked("desk")`."""

    def check(how="code", numbers="", **contact):
        case = asked(**contact)
        if how == "code":
            privacy().prove(case)
        privacy().check_identity(case, how)
        privacy().items.collect(case, numbers)
        return case

    return check


def refused(act, *given, **more):
    with pytest.raises(NotSo) as fault:
        act(*given, **more)
    return str(fault.value)


def choose(privacy, case, **decided):
    desk = privacy()
    desk.items.decide(case, desk.of(case), {number: Decided(*one) for number, one in decided.items()})


def listed(privacy, case):
    return {item.reference: item.found_by for item in privacy().items.of(case)}


def test_it_has_a_month_from_the_day_it_came_in_and_the_message_says_that_date(session, privacy, asked, mails):
    case = asked()
    (term,) = session.scalars(select(Term).where(Term.case_id == case.id)).all()
    assert (term.key, term.due_on, privacy().due(privacy().of(case))) == ("avg_answer", FIRST, FIRST)
    assert "23 december 2026" in mails()[-1]
    assert case.team_slug is None


def test_sent_twice_it_is_one_question_with_one_message(asked, mails):
    assert asked().id == asked().id
    assert len(mails()) == 1


def test_a_code_counts_only_when_it_was_given(privacy, asked):
    case = asked()
    assert refused(privacy().check_identity, case, "code") == "code"
    privacy().prove(case)
    privacy().check_identity(case, "code")
    row = privacy().of(case)
    assert (row.identity_how, row.identity_by, row.identity_on) == ("code", OFFICER, date(2026, 11, 23))
    assert case.state == "identity_checked"


def test_a_code_that_was_read_aloud_proves_nothing(session, privacy, asked, clock):
    case = asked()
    Handling(session, clock.now(), OFFICER).read_code(case)
    assert refused(privacy().prove, case) == "read"
    assert privacy().of(case).proved_at is None


def test_nothing_is_looked_up_before_we_know_who_it_is(privacy, asked):
    with pytest.raises(StepRefused):
        privacy().items.collect(asked())


def test_two_months_more_once_within_the_first_with_the_reason(session, privacy, asked, mails, clock):
    case = asked()
    clock.forward(days=30)
    privacy().extend(case, "Er zijn veel papieren.")
    assert privacy().due(privacy().of(case)) == LONGER == case.due_on
    assert "Er zijn veel papieren." in mails()[-1]
    assert "23 februari 2027" in mails()[-1]
    assert [term.due_on for term in session.scalars(select(Term).where(Term.case_id == case.id))] == [FIRST, LONGER]
    assert refused(privacy().extend, case, "Nog eens.") == "twice"


def test_after_the_month_no_more_time_can_be_taken(privacy, asked, clock):
    case = asked()
    clock.forward(days=31)
    assert refused(privacy().extend, case, "Te laat.") == "late"
    assert case.due_on == FIRST


def test_only_exact_matches_are_found_and_each_says_by_what(privacy, checked, cleaning):
    mail = cleaning(name="Iemand", phone=None, postcode="8031AB")
    phone = cleaning(name="Iemand", email=None, phone="+31 6 1234 9876", postcode="8031AB")
    named = cleaning(email="oud@example.nl", phone="0687654321")
    cleaning(email="buur@example.nl", phone="0611112222", name="Buurman Tegenover")
    cleaning(email="ver@example.nl", phone="0611112223", house="128")
    number = cleaning(name="Vroeger", email="vroeger@example.nl", phone=None, house="1")
    case = checked("desk", numbers=f"{number.reference[:4]} {number.reference[4:].lower()}")
    assert listed(privacy, case) == {
        mail.reference: "reach", phone.reference: "reach", named.reference: "name", number.reference: "number",
    }  # fmt: skip


def test_a_number_that_is_not_there_is_said_and_nothing_is_kept(privacy, checked):
    case = checked("desk")
    assert refused(privacy().items.collect, case, "7KD4MW3F") == "number"
    assert refused(privacy().items.collect, case, "wat?") == "number"
    assert listed(privacy, case) == {}


def test_a_code_opens_only_what_has_the_same_phone_or_mail(privacy, checked, cleaning):
    """Else a name and an address on a form would be enough to read or destroy what is of somebody else."""
    other = cleaning(email="oud@example.nl", phone="0687654321")
    case = checked("code")
    for decision in ("given", "corrected", "erased"):
        assert refused(choose, privacy, case, **{other.reference: (decision,)}) == "proof"
    choose(privacy, case, **{other.reference: ("kept", "Wij weten niet zeker dat u dit bent.")})


def test_what_stays_needs_a_reason_and_what_is_held_stays(session, privacy, checked, cleaning):
    mine = cleaning()
    hold(session, mine.reference, "Er loopt een bezwaar")
    session.expire_all()
    case = checked()
    assert refused(choose, privacy, case, **{mine.reference: ("kept", "")}) == "why"
    assert refused(choose, privacy, case, **{mine.reference: ("erased",)}) == "held"
    choose(privacy, case, **{mine.reference: ("kept", "Er loopt een bezwaar")})


def test_choosing_throws_nothing_away_and_carrying_out_really_does(session, privacy, checked, cleaning):
    goes, stays = cleaning(), cleaning()
    case = checked()
    choose(privacy, case, **{goes.reference: ("erased",), stays.reference: ("kept", "De wet zegt het.")})
    assert session.scalar(select(Case.id).where(Case.id == goes.id)) is not None
    privacy().items.carry_out(case)
    assert session.scalar(select(Case.id).where(Case.id == goes.id)) is None
    assert session.scalar(select(Contact.case_id).where(Contact.case_id == goes.id)) is None
    assert session.scalar(select(Message.id).where(Message.about == goes.id)) is None
    assert session.scalar(select(Case.id).where(Case.id == stays.id)) is not None
    (record,) = session.scalars(select(DeletionRecord)).all()
    assert (record.kind, record.why, record.basis) == ("cleaning", "asked", BECAUSE)
    assert refused(privacy().items.carry_out, case) == "nothing"


def test_what_is_held_between_choosing_and_carrying_out_stays_with_that_reason(session, privacy, checked, cleaning):
    mine = cleaning()
    case = checked()
    choose(privacy, case, **{mine.reference: ("erased",)})
    hold(session, mine.reference, "De rechter vroeg het")
    privacy().items.carry_out(case)
    (item,) = privacy().items.of(case)
    assert (item.decision, item.why, item.done_at) == ("kept", "De rechter vroeg het", None)
    assert session.scalar(select(Case.id).where(Case.id == mine.id)) is not None


def test_who_only_helps_loses_what_is_theirs_and_the_request_stays(session, privacy, checked, cleaning):
    other = cleaning(name="Moeder", email="moeder@example.nl", phone="0687654321", house="1")
    session.add(
        Representative(case_id=other.id, name="Zoon", relation="carer", email=EMAIL, phone=None, gets_messages=True)
    )
    session.flush()
    case = checked()
    choose(privacy, case, **{other.reference: ("erased",)})
    privacy().items.carry_out(case)
    session.expire_all()
    assert session.get_one(Representative, other.id).email is None
    assert session.get_one(Contact, other.id).name == "Moeder"


def test_the_answer_waits_until_all_is_chosen_and_done(session, privacy, checked, cleaning, mails):
    gone, given = cleaning(), cleaning()
    case = checked()
    assert refused(privacy().answer, case, "Klaar.") == "undecided"
    choose(privacy, case, **{gone.reference: ("erased",), given.reference: ("given",)})
    assert refused(privacy().answer, case, "Klaar.") == "not_done"
    privacy().items.carry_out(case)
    privacy().answer(case, "Eén aanvraag is weg, van de andere krijgt u een kopie.")
    assert (case.state, privacy().of(case).answered_on) == ("answered", date(2026, 11, 23))
    assert "kopie" not in mails()[-1]  # what we answer is for who has the code
    assert "4 januari 2027" in mails()[-1]  # six weeks to object
    (look,) = session.scalars(select(CaseLook).where(CaseLook.case_id == given.id)).all()
    assert (look.staff_id, look.why) == (OFFICER, "export")
    assert case.due_on is None


def test_the_file_holds_what_is_given_and_nothing_else(privacy, checked, cleaning):
    given, kept = cleaning(), cleaning()
    case = checked()
    choose(privacy, case, **{given.reference: ("given",), kept.reference: ("kept", "Daar staat een ander in.")})
    said = privacy().items.file(case, "Gemeente Zwolle")
    assert [one["case"][0]["reference"] for one in said["uw_aanvragen"]] == [given.reference]
    assert said["uw_aanvragen"][0]["case_contact"][0]["email"] == EMAIL


def test_said_no_the_reason_is_on_paper_and_not_in_a_mail(privacy, asked, mails):
    privacy().refuse(asked(), "Het gaat over iemand anders.")
    assert "iemand anders" not in mails()[-1]
    privacy().refuse(asked(key="paper", way="letter"), "Het gaat over iemand anders.")
    assert "Het gaat over iemand anders." in mails()[-1]
    assert "bezwaar maken tot en met 4 januari 2027" in mails()[-1]


def test_what_was_thrown_away_can_not_be_followed_by_a_no(privacy, checked, cleaning):
    mine = cleaning()
    case = checked()
    choose(privacy, case, **{mine.reference: ("erased",)})
    privacy().items.carry_out(case)
    assert refused(privacy().refuse, case, "Toch niet.") == "done"


def test_nothing_personal_stands_in_what_happened(session, privacy, checked, cleaning):
    mine = cleaning()
    case = checked()
    choose(privacy, case, **{mine.reference: ("kept", "Mevrouw Zonneveld vroeg het.")})
    events = session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id)).all()
    assert [event.action for event in events] == ["open", "begin", "prove", "check_identity", "collect", "decide"]
    assert all(event.reason is None for event in events)


ROW = {"wants": "access", "what": "Alles", "received_on": date(2026, 11, 23)}
WRONG = {
    "an unknown wish": {"wants": "more"},
    "a code that nobody gave": {"identity_how": "code", "identity_on": date(2026, 11, 23)},
    "known without a day": {"identity_how": "desk"},
    "more time without a reason": {"extended_on": date(2026, 11, 23), "extended_why": ""},
    "an answer to who knows whom": {"answer": "Ja", "answered_on": date(2026, 11, 23)},
    "an answer without a day": {"answer": "Ja", "identity_how": "desk", "identity_on": date(2026, 11, 23)},
    "no without a reason": {"refused_why": "", "answered_on": date(2026, 11, 23)},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_the_database_refuses(session, cleaning, wrong):
    case = cleaning()
    session.add(PrivacyRequest(case_id=case.id, **{**ROW, **wrong}))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


@pytest.mark.parametrize(
    "wrong", [{"decision": "kept"}, {"decision": "burnt"}, {"found_by": "guess"},
              {"decision": "kept", "why": "De wet", "done_at": True}]
)  # fmt: skip
def test_the_database_refuses_of_a_thing(session, cleaning, clock, wrong):
    case = cleaning()
    wrong = {**wrong, **({"done_at": clock.now()} if "done_at" in wrong else {})}
    row = {"number": 1, "reference": "7KD4MW3F", "kind": "cleaning", "opened_on": ROW["received_on"]}
    session.add(PrivacyItem(case_id=case.id, **{**row, "found_by": "reach", **wrong}))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
