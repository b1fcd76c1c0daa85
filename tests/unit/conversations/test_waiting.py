"""The waiting list: first come, first asked; what is kept for one is nobody else's, and nobody loses what they have."""

from threading import Barrier, Thread

import pytest

from portal.bookings.models import Booking, BookingCell
from portal.bookings.services import BookingIsOver, HoldIsOver, MomentTaken
from portal.cases.models import Case
from portal.cases.workflow import Author
from portal.conversations.clockwork import offer_earlier
from portal.conversations.models import Waiting
from portal.foundation.clock import LOCAL
from portal.foundation.db import writing
from tests.desk import hire, leads
from tests.unit.conversations.booked import a_team, on

team = pytest.fixture(a_team)
#: Everybody's own talk is a week away; what comes free is on Wednesday.
OWN, FREE = on("30 10:00"), on("25 10:00")


@pytest.fixture
def look(team, clock):
    """The worker looks at a moment, or now; gives for how many requests it did something."""

    def looked(moment=None):
        if moment is not None:
            clock.set(moment)
        return offer_earlier(team.site, clock, team.path)

    return looked


def wait(team, *case_ids):
    for case_id in case_ids:
        team.doing(lambda talks, session, case_id=case_id: talks.waiting.join(session.get_one(Case, case_id)))
        team.clock.forward(seconds=1)


def take(team, case_id):
    team.doing(lambda talks, session: talks.take_earlier(session.get_one(Case, case_id), Author.RESIDENT))


def kept(team, case_id):
    """When the moment begins that is kept for a request."""
    row = next((row for row in team.books.rows(Waiting) if row.case_id == case_id), None)
    if row is None or row.hold_key is None:
        return None
    return next(
        one.starts_at for one in team.books.rows(Booking) if (one.hold_key, one.state) == (row.hold_key, "held")
    )


def waiting(team):
    return [row.case_id for row in team.books.rows(Waiting)]


def two_who_wait(team):
    """Two who wait, the second since later; and the only thing that is free is what is given back."""
    els, jan = team.ask("els", OWN), team.ask("jan", on("30 12:00"))
    wait(team, els, jan)
    return els, jan


def test_who_waits_longest_is_asked_and_the_moment_is_theirs_alone_for_four_hours(team, look):
    els, jan = two_who_wait(team)
    assert look() == 2
    first, second = kept(team, els), kept(team, jan)
    assert first < second < OWN
    (asked, _other) = team.told("earlier_free")
    assert asked.recipient == "els@example.nl"
    assert "Wij houden het voor u vast tot maandag 23 november, 14:00." in asked.text
    assert "/volg/" in asked.text
    assert look() == 0
    with pytest.raises(MomentTaken):
        team.hold("piet", first.astimezone(LOCAL))


def test_one_moment_for_two_is_for_who_came_first_and_for_the_next_when_it_lapses(team, look, clock):
    els, jan = two_who_wait(team)
    team.only(FREE)
    assert look() == 1
    assert (kept(team, els), kept(team, jan)) == (FREE, None)
    clock.forward(hours=3, minutes=59)
    assert (look(), kept(team, jan)) == (0, None)
    clock.forward(minutes=1)
    look()  # els did not answer
    look()
    assert (kept(team, els), kept(team, jan)) == (None, FREE)
    assert look() == 0
    take(team, jan)
    assert (team.live(jan).starts_at, team.live(els).starts_at) == (FREE, OWN)
    assert waiting(team) == [els]


def test_who_came_first_and_moved_leaves_the_next_moment_to_the_other(team, look):
    els, jan = two_who_wait(team)
    team.only(FREE)
    look()
    team.step(els, "withdraw")
    assert look() == 1
    assert kept(team, jan) == FREE


def test_who_did_not_answer_is_left_alone_for_a_day(team, look):
    els = team.ask("els", OWN)
    wait(team, els)
    team.only(on("27 10:00"))
    assert look(on("24 10:00")) == 1
    assert [look(on(moment)) for moment in ("24 14:00", "24 15:00", "25 13:59", "25 14:00")] == [1, 0, 0, 1]
    assert len(team.told("earlier_free")) == 2


def test_taking_it_moves_the_talk_in_one_go_and_ends_the_waiting(team, look, clock):
    els = team.ask("els", OWN)
    wait(team, els)
    look()
    before, earlier = team.live(els), kept(team, els)
    take(team, els)
    now = team.live(els)
    assert (now.starts_at, now.sequence, now.hold_key) == (earlier, before.sequence + 1, before.hold_key)
    assert sorted(row.state for row in team.books.rows(Booking)) == ["booked", "moved"]
    assert {row.booking_id for row in team.books.rows(BookingCell)} == {now.id}
    assert waiting(team) == []
    assert "op een ander moment" in team.books.messages("els@example.nl")[-1].subject


def test_what_lapsed_cannot_be_taken_and_the_own_talk_stands(team, look, clock):
    els = team.ask("els", OWN)
    wait(team, els)
    look()
    before = team.live(els)
    clock.forward(hours=4, minutes=1)
    with pytest.raises(HoldIsOver):
        take(team, els)
    assert team.live(els) == before


@pytest.mark.parametrize(("moment", "asked"), [("29 10:15", 0), ("29 10:00", 1)])
def test_an_earlier_moment_begins_a_day_before_ones_own_at_least(team, look, moment, asked):
    els = team.ask("els", OWN)
    wait(team, els)
    team.only(on(moment))
    assert look() == asked


@pytest.mark.parametrize(("moment", "asked"), [("23 20:59", 1), ("23 21:00", 0), ("24 07:59", 0), ("24 08:00", 1)])
def test_nobody_is_asked_at_night(team, look, moment, asked):
    els = team.ask("els", OWN)
    wait(team, els)
    assert look(on(moment)) == asked


def test_what_is_asked_in_the_evening_is_kept_into_the_morning(team, look):
    els = team.ask("els", OWN)
    wait(team, els)
    look(on("23 20:00"))
    (asked,) = team.told("earlier_free")
    assert "vast tot dinsdag 24 november, 11:00" in asked.text


@pytest.mark.parametrize(("action", "author"), [("give_back", Author.RESIDENT), ("withdraw", Author.RESIDENT),
                                                ("talked", Author.STAFF), ("no_contact", Author.STAFF)])  # fmt: skip
def test_who_needs_no_earlier_moment_is_off_the_list_and_nothing_is_kept_for_them(team, look, action, author):
    els = team.ask("els", OWN)
    wait(team, els)
    look()
    team.step(els, action, author)
    assert waiting(team) == []
    assert [row.state for row in team.books.rows(Booking) if row.state == "held"] == []


def test_who_moves_their_talk_themselves_is_off_the_list(team, look):
    els = team.ask("els", OWN)
    wait(team, els)
    look()
    team.move(els, on("27 18:00"))
    assert waiting(team) == []
    assert [row.state for row in team.books.rows(Booking) if row.state == "held"] == []


def test_who_has_no_talk_any_more_by_whatever_way_is_taken_off_by_the_worker(team, look):
    els, _jan = two_who_wait(team)
    team.doing(lambda talks, session: talks.bookings.cancel(talks.booking(session.get_one(Case, els))))
    assert look(on("30 13:00")) == 2  # and the talk of the other was
    assert waiting(team) == []


def test_leaving_the_list_lets_go_of_what_was_kept(team, look):
    els = team.ask("els", OWN)
    wait(team, els)
    look()
    assert team.doing(lambda talks, _session: talks.waiting.leave(els))
    assert not team.doing(lambda talks, _session: talks.waiting.leave(els))
    assert [row.state for row in team.books.rows(Booking) if row.state == "held"] == []


def test_joining_twice_keeps_ones_place(team):
    els = team.ask("els", OWN)
    wait(team, els)
    since = team.books.the(Waiting).since
    assert not team.doing(lambda talks, session: talks.waiting.join(session.get_one(Case, els)))
    assert team.books.the(Waiting).since == since


def test_who_is_called_is_called_by_the_team_while_it_is_there(team, look):
    with writing(team.site.engine) as session:
        hire(session, team.clock.now(), "Carla Smit", leads("midden"))
        hire(session, team.clock.now(), "Omar Bakker", leads("holtenbroek"))
    els = team.ask("els", OWN, way="phone", phone="0612349876")
    wait(team, els)
    assert [look(on(moment)) for moment in ("23 18:00", "24 10:00")] == [0, 1]
    (mail,) = team.told("earlier_call")
    assert mail.recipient == "carla.smit@staff.example"
    assert "/werk/aanvraag/" in mail.text
    assert team.told("earlier_free") == []


def test_who_gets_letters_is_not_asked_as_paper_comes_too_late(team, look):
    els = team.ask("els", OWN, way="letter")
    assert not team.doing(lambda talks, session: talks.may_wait(session.get_one(Case, els)))
    wait(team, els)
    assert look() == 0


def test_somebody_else_who_takes_the_moment_first_has_it_and_nobody_is_asked_in_vain(team, look):
    els = team.ask("els", OWN)
    wait(team, els)
    team.hold("piet", FREE)
    team.send("piet")
    team.only(FREE)
    assert look() == 0
    assert team.told("earlier_free") == []


def at_once(*acts):
    """Do these at the same moment; gives what each gave or raised."""
    together, given = Barrier(len(acts)), {}

    def do(number, act):
        together.wait()
        try:
            given[number] = act()
        except Exception as fault:
            given[number] = fault

    threads = [Thread(target=do, args=numbered) for numbered in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [given[number] for number in range(len(acts))]


def test_two_workers_and_somebody_with_the_form_at_once_and_the_moment_is_for_one(team, look):
    els, jan = two_who_wait(team)
    team.only(FREE)

    def form():
        team.hold("piet", FREE)
        return "held"

    found = at_once(look, look, form)
    held = [row for row in team.books.rows(Booking) if row.state == "held"]
    assert [row.starts_at for row in held] == [FREE]
    asked = [case_id for case_id in (els, jan) if kept(team, case_id)]
    assert len(asked) + (found[2] == "held") == 1
    assert len(team.told("earlier_free")) == len(asked)
    assert [one for one in found[:2] if isinstance(one, Exception)] == []


def test_taking_it_twice_at_once_is_once(team, look):
    els = team.ask("els", OWN)
    wait(team, els)
    look()
    earlier = kept(team, els)
    found = at_once(lambda: take(team, els), lambda: take(team, els))
    assert [type(one) for one in found if one is not None] in ([HoldIsOver], [BookingIsOver])
    assert team.live(els).starts_at == earlier
    assert len([row for row in team.books.messages("els@example.nl") if "ander moment" in row.subject]) == 1
