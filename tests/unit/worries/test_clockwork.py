"""A name whose time is over goes away by itself, on the first day after it, and who gave it hears that."""

from datetime import date, datetime

import pytest

from portal.backoffice.clockwork import warn
from portal.cases.entry import Entry
from portal.cases.models import Case, CaseEvent
from portal.foundation.clock import LOCAL
from portal.foundation.db import writing
from portal.worries import clockwork
from portal.worries.informing import Informed
from portal.worries.kind import WORRY
from portal.worries.models import WorryPerson
from portal.worries.services import Named
from tests.desk import hire, leads, works
from tests.staff import forget_everybody
from tests.unit.worries.conftest import ANSWERS, NAME, PERSON, SAID, neighbour, path, service_on

LAST = date(2026, 12, 23)


@pytest.fixture
def office(zwolle, clock, books):
    """Does something with worries, in a transaction of its own; nobody works here afterwards."""

    def doing(act, staff_id=None):
        with writing(zwolle.engine) as session:
            return act(service_on(session, clock, staff_id), session)

    yield doing
    books.empty()
    forget_everybody(zwolle)


def on(clock, day, hour=10):
    clock.set(datetime(day.year, day.month, day.day, hour, tzinfo=LOCAL))


def tell(office, named=True, key="key"):
    person = Named(**PERSON) if named else None
    return office(lambda it, _s: it.file(key, dict(ANSWERS), neighbour(), Entry("nl"), named=person).case.id)


def colleagues(office, clock):
    return office(lambda _it, s: (hire(s, clock.now(), "Noor de Vries", works("midden")),
                                  hire(s, clock.now(), "Karim Bos", works("midden"))))  # fmt: skip


def doing(office, case_id, act, staff_id=None):
    return office(lambda it, session: act(it, session.get(Case, case_id)), staff_id)


def one(books, table, case_id):
    return next(row for row in books.rows(table) if case_id in {row[0], getattr(row, "case_id", None)})


def look(zwolle, clock):
    return clockwork.look(zwolle, clock, path)


def test_on_the_last_day_it_still_counts_and_the_day_after_the_name_is_gone(office, zwolle, clock, books):
    case_id = tell(office)
    on(clock, LAST, 23)
    assert look(zwolle, clock) == 0
    on(clock, date(2026, 12, 24), 0)
    assert look(zwolle, clock) == 1
    person, case = one(books, WorryPerson, case_id), one(books, Case, case_id)
    assert (case.state, person.name, person.said, person.house, person.phone) == ("lapsed", "", "", "", None)
    assert person.erased_at is not None and case.closed_at is not None
    assert [row.action for row in books.rows(CaseEvent)][-1] == "lapse"


def test_who_gave_the_name_is_told_that_we_were_too_late(office, zwolle, clock, books):
    tell(office)
    on(clock, date(2026, 12, 24))
    look(zwolle, clock)
    told = books.messages()[-1]
    assert "niet op tijd verteld" in told.text and "weggegooid" in told.text
    assert NAME not in told.text and SAID not in told.text


def test_looking_twice_is_once(office, zwolle, clock):
    tell(office)
    on(clock, date(2026, 12, 24))
    assert [look(zwolle, clock), look(zwolle, clock)] == [1, 0]


def test_nothing_of_the_person_is_anywhere_after_it(office, zwolle, clock, books):
    case_id = tell(office)
    on(clock, date(2026, 12, 24))
    look(zwolle, clock)
    row = one(books, WorryPerson, case_id)
    assert NAME not in str(row) + str(books.messages()) + str(books.rows(Case))


def test_who_knows_of_it_stays(office, zwolle, clock, books):
    case_id, (noor, _karim) = tell(office), colleagues(office, clock)
    doing(office, case_id, lambda it, case: it.inform(case, Informed(date(2026, 11, 23), "call", "nl")), noor)
    on(clock, date(2027, 2, 1))
    assert look(zwolle, clock) == 0
    assert one(books, WorryPerson, case_id).name == NAME


def test_advice_without_a_name_is_no_work_of_the_clock(office, zwolle, clock):
    tell(office, named=False)
    on(clock, date(2027, 2, 1))
    assert look(zwolle, clock) == 0


def propose(office, case_id, noor, review):
    doing(office, case_id, lambda it, case: it.propose_safety(case, "Zijn zoon slaat hem.", review), noor)


def test_half_a_decision_on_safety_holds_nothing(office, zwolle, clock, books):
    case_id, (noor, _karim) = tell(office), colleagues(office, clock)
    on(clock, date(2026, 12, 21))
    propose(office, case_id, noor, date(2027, 1, 4))
    on(clock, date(2026, 12, 24))
    assert look(zwolle, clock) == 1
    assert one(books, Case, case_id).state == "lapsed"


def test_a_whole_one_holds_it_until_its_review_and_no_longer(office, zwolle, clock, books):
    case_id, (noor, karim) = tell(office), colleagues(office, clock)
    on(clock, date(2026, 12, 21))
    propose(office, case_id, noor, date(2026, 12, 30))
    doing(office, case_id, lambda it, case: it.agree_to_safety(case), karim)
    on(clock, date(2026, 12, 30), 23)
    assert look(zwolle, clock) == 0
    on(clock, date(2026, 12, 31))
    assert look(zwolle, clock) == 1
    assert one(books, WorryPerson, case_id).name == ""
    assert "niet op tijd verteld" in books.messages()[-1].text


def test_when_the_person_knew_nobody_says_that_they_did_not(office, zwolle, clock, books):
    case_id, (noor, karim) = tell(office), colleagues(office, clock)
    doing(office, case_id, lambda it, case: it.inform(case, Informed(date(2026, 11, 23), "call", "nl")), noor)
    propose(office, case_id, noor, date(2026, 12, 1))
    doing(office, case_id, lambda it, case: it.agree_to_safety(case), karim)
    on(clock, date(2026, 12, 2))
    assert look(zwolle, clock) == 1
    assert "verteld" not in books.messages()[-1].text
    assert not [one for one in books.messages() if one.channel == "letter"]  # a letter that still waited is gone too


def test_the_coordinator_is_warned_before_it_is_too_late(office, zwolle, clock, books):
    tell(office)
    office(lambda _it, session: hire(session, clock.now(), "Ans Visser", leads("midden")))
    on(clock, date(2026, 12, 18))
    warn(zwolle, clock.now(), path_of_staff, {"worry": WORRY})
    on(clock, LAST)
    warn(zwolle, clock.now(), path_of_staff, {"worry": WORRY})
    warned = [row for row in books.messages() if row.recipient.startswith("ans.visser")]
    assert len(warned) == 2
    assert NAME not in str(warned)


def path_of_staff(name, **elements):
    return f"/nl/werk/{elements.get('reference', '')}"
