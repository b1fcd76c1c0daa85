"""What who told us may take along is what they told: nothing of the person, and nothing of how it ended."""

import json
from datetime import date

import pytest

from portal.cases.another import is_about_another, of_who_asked
from portal.cases.models import CaseMessage
from portal.cases.person import PersonDesk, tables_about_cases
from portal.cases.selection import Selection
from portal.worries.informing import Informed, Share
from tests.unit.worries.conftest import NAME, SAID

TODAY = date(2026, 11, 23)


@pytest.fixture
def taken_along(named, service, session, clock, noor):
    """Everything that who told us gets, after the person said no; as text."""
    service(noor).inform(named, Informed(TODAY, "visit", "nl"))
    service(noor).share(named, Share("Politie", "Dat er geslagen wordt.", "law", TODAY))
    service(noor).finish(named, "refuse")
    note = CaseMessage(case_id=named.id, author="staff", staff_id=noor, note=True, at=clock.now(), text="Wil niet.")
    session.add(note)
    session.flush()
    desk = PersonDesk(session, clock.now())
    found = desk.find(Selection(email="buurvrouw@example.nl"))
    return desk.export(found, noor, "Zwolle")


def test_nothing_of_the_person_is_in_it(taken_along):
    said = json.dumps(taken_along["uw_aanvragen"], ensure_ascii=False, default=str)
    hidden = (NAME, "Kanarie", SAID, "0687654321", "Politie", "geslagen", "Wil niet.", "refuse", "safety", "inform")
    assert not [word for word in hidden if word in said]


def test_what_they_told_themselves_is_in_it(taken_along):
    (case,) = taken_along["uw_aanvragen"]
    assert case["case"][0]["answers"]["what"] == "Een oude man roept 's nachts."
    assert case["case_contact"][0]["email"] == "buurvrouw@example.nl"
    assert [row["action"] for row in case["case_event"]] == ["open", "name"]
    assert "worry_person" not in case and "case_term" not in case


def test_a_case_of_another_kind_is_handed_over_as_it_is():
    tables = list(tables_about_cases())
    assert is_about_another("worry", tables) and not is_about_another("cleaning", tables)
    about = {"case": [{"state": "ended"}], "case_event": [{"author": "staff"}]}
    assert of_who_asked("cleaning", about, tables) == about
