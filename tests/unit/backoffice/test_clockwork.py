"""What the desk does by itself: each promise is told of once on each level, to who can do something about it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from portal.backoffice import clockwork
from portal.cases.models import Case, Term
from portal.cases.notices import about_for_staff
from portal.cases.references import spoken
from portal.cases.services import CaseDesk
from portal.cases.workflow import Author
from portal.cleaning.kind import CLEANING
from portal.cleaning.services import CleaningService
from portal.foundation.db import writing
from portal.foundation.policies import read_policies
from portal.foundation.tasks import paths
from portal.messaging.models import Message
from tests.clock import START
from tests.desk import an_office, leads, works
from tests.unit.cases.conftest import ANSWERS, somebody
from tests.unit.cleaning.asking import PERSONAL

office = pytest.fixture(an_office)
#: The promise of these cases: ten working days, from Monday 23 November until Monday 7 December.
HALF, NEARLY, LAST = (START + timedelta(days=days) for days in (7, 11, 14))


@pytest.fixture
def warn(office, registry, clock):
    """Looks at every promise, now or at a moment: gives how many were told of."""

    def look(moment=None):
        if moment:
            clock.set(moment)
        return clockwork.warn(office.site, clock.now(), paths(registry, office.site), registry.case_kinds)

    return look


@pytest.fixture
def promised(office, clock):
    """Opens a case with a promise of ten working days: `promised(owner)` gives its number."""
    keys = iter(range(1000))

    def opened(owner=None, team="midden"):
        with writing(office.site.engine) as session:
            desk = CaseDesk(session, CLEANING, read_policies(session.connection(), START.date()), START)
            case = desk.open(f"promised-{next(keys)}", dict(ANSWERS), somebody(way="phone"), "nl", team=team).case
            desk.take(case, "offer", Author.SYSTEM)
            desk.take(case, "accept", Author.PROVIDER)
            case.owner_id = owner.staff_id if owner else None
            return case.reference

    return opened


@pytest.fixture
def told(office):
    """Who was told: the names before the @ of each mail to staff, in the order of the alphabet."""
    return lambda: sorted(
        row.recipient.split("@")[0] for row in office.books.rows(Message) if row.about.startswith("desk:")
    )


def test_half_way_is_noted_and_told_to_nobody(office, promised, warn, told):
    promised(office.colleague("Mila", works("midden")))
    assert warn(HALF) == 1
    assert told() == []
    assert [term.warned for term in office.books.rows(Term) if term.ended_on is None] == [50]


def test_at_eighty_who_has_it_hears_and_on_the_last_day_the_coordinators_too(office, promised, warn, told):
    promised(office.colleague("Mila", works("midden")))
    office.colleague("Carla", leads("midden"))
    office.colleague("Piet", works("midden"))
    office.colleague("Ellen", leads("holtenbroek"))
    assert warn(NEARLY) == 1
    assert told() == ["mila"]
    assert warn(LAST) == 1
    assert told() == ["carla", "mila", "mila"]


def test_when_nobody_has_it_the_coordinators_of_its_team_hear_at_eighty(office, promised, warn, told):
    promised()
    office.colleague("Carla", leads("midden"))
    office.colleague("Mila", works("midden"))
    office.colleague("Ellen", leads("holtenbroek"))
    warn(NEARLY)
    assert told() == ["carla"]


def test_of_a_case_without_a_team_every_coordinator_hears(office, promised, warn, told):
    promised(team=None)
    for name, role in (("Carla", leads("midden")), ("Ellen", leads("holtenbroek")), ("Mila", works("midden"))):
        office.colleague(name, role)
    warn(NEARLY)
    assert told() == ["carla", "ellen"]


def test_who_leads_two_teams_hears_once(office, promised, warn, told):
    promised(team=None)
    office.colleague("Carla", leads("midden"), leads("holtenbroek"))
    warn(NEARLY)
    assert told() == ["carla"]


def test_an_owner_who_leads_the_team_hears_once(office, promised, warn, told):
    promised(office.colleague("Carla", leads("midden")))
    warn(LAST)
    assert told() == ["carla"]


def test_each_level_is_told_once_however_often_the_worker_looks(office, promised, warn, told):
    promised(office.colleague("Mila", works("midden")))
    found = [warn(START + timedelta(days=day, hours=hour)) for day in range(20) for hour in (0, 3, 6)]
    assert sum(found) == 3
    assert told() == ["mila", "mila"]


def test_a_worker_that_stood_still_tells_the_last_level_only(office, promised, warn, told):
    promised(office.colleague("Mila", works("midden")))
    assert warn(LAST + timedelta(days=30)) == 1
    assert told() == ["mila"]
    assert warn() == 0


def test_who_left_is_not_told_and_the_coordinator_is_on_the_last_day(office, promised, warn, told):
    mila = office.colleague("Mila", works("midden"))
    office.colleague("Carla", leads("midden"))
    promised(mila)
    office.leaves(mila)
    warn(NEARLY)
    assert "mila" not in told()
    warn(LAST)
    assert set(told()) == {"carla"}


def test_a_coordinator_whose_time_is_over_is_not_told(office, promised, warn, told):
    carla = office.colleague("Carla", leads("midden"))
    office.leaves(carla)
    promised()
    assert warn(LAST) == 1
    assert told() == []


def test_a_promise_that_was_kept_is_told_of_no_more(office, promised, warn, told):
    reference = promised(office.colleague("Mila", works("midden")))
    with writing(office.site.engine) as session:
        session.execute(update(Term).values(ended_on=START.date()))
    assert warn(LAST) == 0
    assert told() == []
    assert office.case(reference)


def test_a_new_promise_of_the_same_kind_is_told_of_again(office, warn, told, clock):
    """A provider is silent, another is asked: that is a new promise, with levels of its own."""
    mila = office.colleague("Mila", works("midden"))
    reference = office.ask(provider="anyone", way="phone")
    office.change(reference, owner_id=mila.staff_id)
    clock.forward(days=2)
    warn()
    assert told() == ["mila"]
    case_id = office.case(reference).id

    def again(service: CleaningService):
        case = service._session.get(Case, case_id)
        service.silence(case)
        service.offer(case, "anyone", Author.STAFF)

    office.doing(again)
    clock.forward(days=2)
    warn()
    assert told() == ["mila", "mila"]


def test_the_mail_names_the_number_the_day_and_a_way_in_and_nothing_of_people(office, warn, clock):
    office.colleague("Carla", leads("midden"))
    reference = office.ask(name="Mevrouw Zonneveld-Kanarie", way="phone", phone="0612349876")
    warn(START + timedelta(days=2))
    mail = next(row for row in office.books.rows(Message) if row.recipient.startswith("carla"))
    assert spoken(reference) in mail.text
    assert spoken(reference) in mail.subject
    assert "25-11-2026" in mail.text
    assert f"http://zwolle.test/nl/werk/aanvraag/{reference}" in mail.text
    for word in (*PERSONAL, "Schoonmaak", "schoonmaak"):
        assert word not in mail.text + mail.subject


def test_a_mail_to_staff_is_no_message_about_the_resident(office, promised, warn):
    reference = promised(office.colleague("Mila", works("midden")))
    warn(LAST)
    assert office.post(reference) == []
    assert {row.about for row in office.books.rows(Message)} == {about_for_staff(office.case(reference).id)}


def test_promises_are_told_in_handfuls_until_all_are(office, promised, warn, told, monkeypatch):
    monkeypatch.setattr(clockwork, "HANDFUL", 3)
    office.colleague("Carla", leads("midden"))
    for _number in range(7):
        promised()
    assert [warn(LAST), warn(), warn(), warn()] == [3, 3, 1, 0]
    assert told() == ["carla"] * 7


def test_a_weekend_and_christmas_bring_no_promise_further(office, warn, clock):
    clock.set(datetime(2026, 12, 24, 9, tzinfo=UTC))  # a Thursday: two working days on it is Tuesday 29 December
    office.ask(way="phone")
    assert [warn(datetime(2026, 12, day, 9, tzinfo=UTC)) for day in (24, 25, 26, 27, 28, 29)] == [0, 0, 0, 0, 1, 1]


def test_without_promises_there_is_nothing_to_do(office, warn):
    assert warn() == 0


# --- the worker's task


@pytest.fixture
def look(office, registry, clock):
    """A worker that starts now, and looks."""
    task = clockwork.Look(registry.case_kinds)
    return lambda: task(office.site, clock, paths(registry, office.site))


def test_the_desk_looks_by_itself(registry):
    assert isinstance(registry.tasks["desk"], clockwork.Look)


def test_promises_are_looked_at_once_a_day_and_by_a_new_worker_at_once(office, promised, look, told, clock):
    promised(office.colleague("Mila", works("midden")))
    clock.set(NEARLY.replace(hour=6))  # seven in the morning: no digest yet
    assert [look(), look()] == [1, 0]
    clock.forward(days=3)
    assert look() == 1
    assert told() == ["mila", "mila"]


def test_when_there_is_more_than_a_handful_the_next_look_goes_on(office, promised, look, told, clock, monkeypatch):
    monkeypatch.setattr(clockwork, "HANDFUL", 2)
    office.colleague("Carla", leads("midden"))
    for _number in range(5):
        promised()
    clock.set(LAST.replace(hour=6))
    assert [look(), look(), look(), look()] == [2, 2, 1, 0]
    assert told() == ["carla"] * 5


def test_once_an_hour_the_cases_of_who_left_go_back_to_the_team(office, promised, look, clock):
    mila = office.colleague("Mila", works("midden"))
    reference = promised(mila)
    clock.set(START.replace(hour=5))
    look()
    office.leaves(mila)
    assert look() == 0
    clock.forward(hours=1)
    assert look() == 1
    assert office.case(reference).owner_id is None
