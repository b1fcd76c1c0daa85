"""Reminders: each once for a moment that stands, at an hour at which they are welcome, and never of what is over."""

from threading import Barrier, Thread

import pytest

from portal.conversations.reminders import Look
from portal.foundation.outbox import OutboxRow
from tests.unit.conversations.booked import a_team, on

team = pytest.fixture(a_team)
TALK = on("26 10:00")
FRIENDS = [
    {"name": "Buurvrouw", "role": "", "reach": "buurvrouw@example.nl"},
    {"name": "Zoon", "role": "", "reach": "0612340000"},
]


@pytest.fixture
def look(team, clock):
    """The worker looks at a moment, or now; gives how many messages are new."""
    worker = Look()

    def looked(moment=None, by=None):
        if moment is not None:
            clock.set(moment)
        return (by or worker)(team.site, clock, team.path)

    return looked


def test_somebody_is_reminded_two_days_and_two_hours_before_and_each_time_once(team, look):
    team.ask("els", TALK)
    moments = ["24 09:59", "24 10:00", "24 10:01", "25 23:00", "26 07:59", "26 08:00", "26 09:00", "26 10:00"]
    assert [look(on(moment)) for moment in moments] == [0, 1, 0, 0, 0, 1, 0, 0]
    first, last = team.told("remind_")
    assert (first.recipient, first.channel) == ("els@example.nl", "email")
    for said in ("donderdag 26 november", "10:00", "Met de telefoon", "Sam", "U hoeft niets mee te nemen", "/volg/"):
        assert said in first.text
    assert "vandaag" in last.text


def test_a_worker_that_began_anew_says_nothing_twice(team, look):
    team.ask("els", TALK)
    assert look(on("24 10:00")) == 1
    assert look(on("24 10:01"), by=Look()) == 0


def test_two_workers_at_the_same_moment_say_it_once(team, clock):
    for number in range(4):
        team.ask(f"els-{number}", on(f"26 {9 + number}:00"))
    clock.set(on("24 12:30"))
    together, told, faults = Barrier(3), [], []

    def worker():
        look = Look()
        together.wait()
        try:
            told.append(look(team.site, clock, team.path))
        except Exception as fault:
            faults.append(repr(fault))

    threads = [Thread(target=worker) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sum(told), faults) == (4, [])
    assert len(team.told("remind_first")) == 4


def test_a_talk_that_was_moved_is_reminded_again_and_the_old_moment_never(team, look):
    case_id = team.ask("els", TALK)
    assert look(on("24 10:00")) == 1
    team.move(case_id, on("30 10:00"))
    assert [look(on(moment)) for moment in ("26 08:00", "28 10:00", "30 08:00")] == [0, 1, 1]
    assert ["30 november" in row.text for row in team.told("remind_")] == [False, True, True]


def test_who_booked_after_the_moment_had_passed_is_not_reminded_of_what_they_just_chose(team, look, clock):
    clock.set(on("24 12:00"))
    team.ask("els", on("26 10:00"))
    assert [look(on(moment)) for moment in ("24 12:01", "26 08:00")] == [0, 1]
    assert team.told("remind_first") == []


def test_who_held_it_before_that_moment_and_sent_the_form_after_it_is_not_either(team, look, clock):
    clock.set(on("24 09:55"))
    team.hold("els", TALK)
    clock.set(on("24 10:05"))
    team.send("els")
    assert look(on("24 10:06")) == 0


@pytest.mark.parametrize("action", ["give_back", "withdraw"])
def test_nobody_is_reminded_of_what_was_cancelled(team, look, action):
    case_id = team.ask("els", TALK, {"company": FRIENDS})
    team.step(case_id, action)
    assert [look(on(moment)) for moment in ("24 10:00", "26 08:00")] == [0, 0]


def test_at_night_no_text_message_goes_and_the_last_one_comes_at_eight(team, look, clock):
    team.ask("els", on("26 09:00"), way="sms", phone="0612349876")
    look(on("24 09:00"))
    assert [look(on(moment)) for moment in ("26 07:00", "26 07:59", "26 08:00", "26 08:30")] == [0, 0, 1, 0]
    (last,) = team.told("remind_last")
    assert (last.channel, len(last.text) < 320) == ("sms", True)


def test_the_last_one_is_left_out_when_the_talk_has_begun_by_then(team, look):
    team.ask("els", on("26 08:00"), way="sms", phone="0612349876")
    assert look(on("24 08:00")) == 1
    assert [look(on(moment)) for moment in ("26 06:30", "26 07:59", "26 08:00")] == [0, 0, 0]


def test_a_mail_may_come_before_eight(team, look):
    team.ask("els", on("26 09:00"))
    look(on("24 09:00"))
    assert look(on("26 07:00")) == 1


def test_who_comes_along_hears_the_date_and_the_place_and_nothing_else(team, look):
    team.ask("els", TALK, {"company": FRIENDS})
    assert [look(on("24 10:00")), look(on("26 08:00"))] == [3, 3]
    mail, sms = team.told("company_soon:first")
    assert {mail.channel, sms.channel} == {"email", "sms"}
    for said in (mail.text, sms.text):
        assert "26 november" in said
        assert "met de telefoon" in said
        assert "Sam" not in said


def test_at_night_only_the_text_message_waits(team, look):
    team.ask("els", on("26 09:00"), {"company": FRIENDS})
    look(on("24 09:00"))
    assert [look(on(moment)) for moment in ("26 07:00", "26 07:30", "26 08:00")] == [2, 0, 1]


def test_who_is_called_and_who_gets_letters_too_late_gets_nothing(team, look):
    """Paper takes three working days: two days before it comes after the talk."""
    team.ask("els", TALK, way="phone", phone="0612349876")
    team.ask("jan", on("26 12:00"), way="letter")
    assert [look(on(moment)) for moment in ("24 12:00", "26 08:00", "26 10:30")] == [0, 0, 0]


def test_looking_with_nothing_to_say_takes_no_lock(team, look, clock):
    """While somebody writes, on SQLite the only one who can, a look with nothing to do does not wait."""
    team.ask("els", TALK, way="phone", phone="0612349876")
    clock.set(on("24 10:00"))
    waits = []

    def act(_talks, session):
        session.connection()
        looked = Thread(target=lambda: waits.append(look()))
        looked.start()
        looked.join(3)

    team.doing(act)
    assert waits == [0]


def test_a_reminder_is_in_the_language_of_the_request_and_leaves_the_house(team, look):
    team.ask("els", TALK, locale="ar")
    assert look(on("24 10:00")) == 1
    (said,) = team.told("remind_first")
    assert said.locale == "ar"
    assert "لا تحتاج أن تحضر معك شيئًا" in said.text
    assert "/ar/" in said.text
    waiting = [row.payload["id"] for row in team.books.rows(OutboxRow) if row.kind == "message"]
    assert said.id in waiting
