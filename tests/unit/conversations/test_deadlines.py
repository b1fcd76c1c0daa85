"""What happens by itself around a report: each thing once, on its day, to who can do something about it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import Staff
from portal.cases.events import broken_link
from portal.cases.models import Case, CaseEvent, Term
from portal.cases.services import CaseDesk
from portal.cases.workflow import Author
from portal.conversations import deadlines
from portal.conversations.kind import CONVERSATION
from portal.conversations.models import Report
from portal.foundation.clock import LOCAL
from portal.foundation.db import writing
from portal.foundation.i18n import LOCALES
from portal.foundation.policies import read_policies
from portal.foundation.tasks import paths
from portal.messaging.models import Message
from tests.desk import an_office, leads, works
from tests.unit.conversations.planning import FOUND, PLAN, REPORT, WHO, asked, reports, talked
from tests.unit.foundation.test_workdays import on_foot

office = pytest.fixture(an_office)
#: The day of the portal's own example: a Sunday.
SUNDAY = date(2026, 11, 22)
EMAIL = WHO["email"]


def at(day, hour=10):
    """A moment on a day here."""
    return datetime.combine(day, time(hour), LOCAL).astimezone(UTC)


@pytest.fixture
def look(office, registry, clock):
    """The worker looks on a day at an hour, in a process that was just started; gives how much it did."""

    def run(day, hour=10, task=None):
        clock.set(at(day, hour))
        return (task or deadlines.Daily())(office.site, clock, paths(registry, office.site))

    return run


@pytest.fixture
def ask(office, clock):
    """Somebody asked for a conversation on a day; gives the id of the case."""
    keys = iter(range(1000))

    def opened(day=SUNDAY, hour=10, owner=None, had=False, **more):
        with writing(office.site.engine) as session:
            case = (talked if had else asked)(session, at(day, hour), key=f"deadline-{next(keys)}", **more)
            case.owner_id = owner.staff_id if owner else None
            return case.id

    return opened


@pytest.fixture
def send(office):
    """Somebody of the staff sends a report on a day."""

    def sent(case_id, day, **more):
        with writing(office.site.engine) as session:
            reports(session, at(day), 7).send(session.get_one(Case, case_id), **{**REPORT, **more})

    return sent


@pytest.fixture
def told(office):
    """Mails to staff as (name, the start of the subject), the oldest first."""

    def read():
        with writing(office.site.engine) as session:
            rows = session.scalars(select(Message).where(Message.about.startswith("desk:")).order_by(Message.id)).all()
            names = {row.email: row.name for row in session.scalars(select(Staff))}
            return [(names[row.recipient], row.subject.split(" ")[0]) for row in rows]

    return read


@pytest.fixture
def events(office):
    """What happened to a case."""
    return lambda case_id: [row.action for row in office.books.rows(CaseEvent) if row.case_id == case_id]


def after(day, days):
    return day + timedelta(days=days)


# The six weeks


@pytest.mark.parametrize("day", [after(date(2026, 11, 16), days) for days in range(60)], ids=str)
def test_the_last_day_is_what_a_diary_says(session, day):
    case = asked(session, at(day, 23))
    (due,) = session.scalars(select(Term.due_on).where(Term.case_id == case.id, Term.key == "melding_investigation"))
    assert due == on_foot(day, "weeks", 6)


def test_six_weeks_from_sunday_22_november_2026_are_monday_4_january_2027(session):
    case = asked(session, at(SUNDAY))
    (due,) = session.scalars(select(Term.due_on).where(Term.case_id == case.id, Term.key == "melding_investigation"))
    assert due == date(2027, 1, 4)


# Before the end: who leads the team


def test_on_days_28_and_38_the_coordinator_and_the_owner_hear_once(office, ask, look, told):
    office.colleague("Carla", leads("midden"))
    office.colleague("Ellen", leads("holtenbroek"))
    ask(owner=office.colleague("Mila", works("midden")))
    assert look(after(SUNDAY, 27)) == 0
    assert told() == []
    for day, subject in ((28, "Nog"), (38, "Bijna")):
        assert look(after(SUNDAY, day)) == 2
        assert look(after(SUNDAY, day + 1)) == 0
        assert sorted(told()[-2:]) == [("Carla", subject), ("Mila", subject)]
    assert look(after(SUNDAY, 41)) == 0
    assert len(told()) == 4


def test_the_mail_names_the_number_the_day_and_nobody(office, ask, look):
    office.colleague("Carla", leads("midden"))
    ask()
    look(after(SUNDAY, 28))
    (mail,) = [row for row in office.books.rows(Message) if row.about.startswith("desk:")]
    for said in ("28 dagen", "04-01-2027", "/nl/werk/aanvraag/"):
        assert said in mail.text
    assert "Kanarie" not in mail.text + mail.subject


def test_nobody_hears_after_the_report_or_when_the_resident_took_it_back(office, ask, send, look, told):
    office.colleague("Carla", leads("midden"))
    send(ask(had=True), after(SUNDAY, 20))
    with writing(office.site.engine) as session:
        case = asked(session, at(SUNDAY), key="taken-back")
        desk = CaseDesk(session, CONVERSATION, read_policies(session.connection(), SUNDAY), at(SUNDAY))
        desk.take(case, "withdraw", Author.RESIDENT)
    assert [look(after(SUNDAY, day)) for day in (28, 38, 45)] == [0, 0, 0]
    assert told() == []


def test_of_a_request_without_a_team_every_coordinator_hears(office, ask, look, told):
    for name, role in (("Carla", leads("midden")), ("Ellen", leads("holtenbroek")), ("Mila", works("midden"))):
        office.colleague(name, role)
    ask(team=None)
    look(after(SUNDAY, 28))
    assert [name for name, _subject in told()] == ["Carla", "Ellen"]


def test_a_worker_that_stood_still_tells_the_last_warning_only(office, ask, look, told):
    office.colleague("Carla", leads("midden"))
    ask()
    assert look(after(SUNDAY, 40)) == 1
    assert told() == [("Carla", "Bijna")]


# Too late: the resident may apply


def test_the_day_after_the_last_day_the_resident_hears_once_that_they_may_apply(office, ask, look, events):
    case_id = ask()
    assert look(date(2027, 1, 4)) == 0
    assert "may_apply" not in events(case_id)
    assert look(date(2027, 1, 5)) == 1
    assert [look(after(date(2027, 1, 5), days)) for days in (0, 1, 30)] == [0, 0, 0]
    assert events(case_id).count("may_apply") == 1
    (mail,) = office.books.messages(EMAIL)
    for said in ("Wij zijn te laat.", "U mag nu zelf een aanvraag doen.", "4 januari 2027", "19 januari 2027"):
        assert said in mail.text
    with writing(office.site.engine) as session:
        assert broken_link(session, case_id) is None


def test_by_when_is_decided_is_what_a_diary_says(office, ask, look, clock):
    ask()
    look(date(2027, 1, 5))
    end = on_foot(date(2027, 1, 5), "weeks", 2)
    assert f"{end.day} januari 2027" in office.books.messages(EMAIL)[0].text


def test_wherever_the_request_stands_without_a_report_they_may_apply(office, ask, look, events):
    had, waits = ask(had=True), ask()
    assert look(date(2027, 1, 5)) == 2
    assert {case.state for case in office.books.rows(Case)} == {"talked", "received"}
    assert all("may_apply" in events(case_id) for case_id in (had, waits))


def test_who_is_called_by_phone_gets_it_as_a_letter(office, ask, look):
    ask(way="phone")
    look(date(2027, 1, 5))
    (letter,) = office.books.messages()
    assert letter.channel == "letter"


def test_a_report_in_time_or_an_end_keeps_it_away(office, ask, send, look, events):
    case_id = ask(had=True)
    send(case_id, date(2027, 1, 4))
    assert look(date(2027, 1, 5)) == 0
    assert "may_apply" not in events(case_id)


# The day to look at the plan again


def test_on_its_day_the_resident_and_the_owner_hear_once(office, ask, send, look, told):
    office.colleague("Carla", leads("midden"))
    case_id = ask(had=True, owner=office.colleague("Mila", works("midden")))
    send(case_id, after(SUNDAY, 10))
    before = len(office.books.messages(EMAIL))
    assert look(date(2027, 2, 28)) == 0
    assert look(date(2027, 3, 1)) == 1
    assert [look(date(2027, 3, day)) for day in (1, 2, 30)] == [0, 0, 0]
    assert told() == [("Mila", "Vandaag")]
    mails = office.books.messages(EMAIL)
    assert len(mails) == before + 1
    assert "1 maart 2027" in mails[-1].text
    assert not [word for word in (FOUND, PLAN) if word in mails[-1].text]


def test_without_an_owner_or_when_the_owner_left_who_leads_the_team_hears(office, ask, send, look, told):
    office.colleague("Carla", leads("midden"))
    left = office.colleague("Mila", works("midden"))
    for owner in (None, left):
        send(ask(had=True, owner=owner), after(SUNDAY, 10))
    office.leaves(left)
    assert look(date(2027, 3, 1)) == 2
    assert told() == [("Carla", "Vandaag"), ("Carla", "Vandaag")]


def test_it_is_the_day_of_the_newest_report(office, ask, send, look):
    case_id = ask(had=True)
    send(case_id, after(SUNDAY, 10))
    send(case_id, after(SUNDAY, 11), evaluate_on=date(2027, 6, 1))
    assert look(date(2027, 3, 1)) == 0
    assert look(date(2027, 6, 1)) == 1


@pytest.mark.parametrize(("view", "then", "heard"), [
    ("agree", "close", 1), ("agree", None, 1), ("disagree", None, 0), ("disagree", "close", 0),
    ("agree", "withdraw", 0),
])  # fmt: skip
def test_a_plan_that_runs_is_looked_at_also_after_the_end_and_one_that_was_not_agreed_is_not(
    office, ask, send, look, view, then, heard
):
    case_id = ask(had=True)
    send(case_id, after(SUNDAY, 10))
    with writing(office.site.engine) as session:
        case = session.get_one(Case, case_id)
        reports(session, at(after(SUNDAY, 12))).reply(case, 1, view, "")
        if then:
            policies = read_policies(session.connection(), SUNDAY)
            desk = CaseDesk(session, CONVERSATION, policies, at(after(SUNDAY, 13)), 7)
            desk.take(case, then, Author.STAFF)
    assert look(date(2027, 3, 1)) == heard
    assert [row.reminded_at is not None for row in office.books.rows(Report)] == [bool(heard)]


# The clock itself


def test_nobody_is_told_anything_at_night(office, ask, look):
    ask()
    task = deadlines.Daily()
    assert look(date(2027, 1, 5), hour=8, task=task) == 0
    assert look(date(2027, 1, 5), hour=9, task=task) == 1


def test_a_day_is_looked_at_once_and_the_next_day_again(office, ask, look, monkeypatch):
    task = deadlines.Daily()
    assert look(date(2027, 1, 4), task=task) == 0
    ask()
    assert look(date(2027, 1, 4), hour=15, task=task) == 0
    assert look(date(2027, 1, 5), task=task) == 1


def test_more_than_a_handful_takes_more_looks_on_the_same_day(office, ask, look, monkeypatch):
    monkeypatch.setattr(deadlines, "HANDFUL", 2)
    for _ in range(5):
        ask()
    task = deadlines.Daily()
    assert [look(date(2027, 1, 5), task=task) for _ in range(4)] == [2, 2, 1, 0]


def test_the_texts_of_every_language_can_be_said(office, ask, send, look):
    for locale in LOCALES:
        ask(locale=locale)
        send(ask(had=True, locale=locale), after(SUNDAY, 10))
    assert look(date(2027, 3, 1)) == 2 * len(LOCALES)
