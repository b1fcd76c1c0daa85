"""The example diary: invented workers in every team, with whom one can talk, and who cannot sign in."""

import pytest
import yaml
from sqlalchemy import select

from portal.accounts.models import Staff, StaffLink
from portal.bookings.availability import Place
from portal.bookings.models import BookingWorker
from portal.bookings.seed import EMPLOYER, add_example
from portal.bookings.thing_models import Thing
from portal.foundation.seeding import ContentError
from portal.teams.models import Team
from tests.composed import ROOT
from tests.unit.bookings.conftest import wish


@pytest.fixture
def example(session, zwolle, clock):
    return lambda: add_example(session, zwolle, clock.now())


def test_every_team_has_two_or_three_with_whom_one_can_talk_at_home(example, session, bookings):
    added = example()
    teams = session.scalars(select(Team.slug)).all()
    workers = session.scalars(select(BookingWorker.team_slug)).all()
    assert added == len(workers)
    assert {workers.count(team) for team in teams} <= {2, 3}
    for team in teams:
        assert len(bookings().free(team, wish(Place.HOME))) == 20, team


def test_a_second_time_adds_nobody(example):
    assert example() > 0
    assert example() == 0


def test_some_teams_have_rooms_and_a_car_and_a_second_time_adds_none(example, session, bookings):
    example()
    listed = session.scalars(select(Thing)).all()
    teams = {kind: {one.team_slug for one in listed if one.kind == kind} for kind in ("room", "car")}
    assert teams["room"] > teams["car"] > set()
    assert {code for one in listed for code in one.features} == {"lift", "quiet"}
    example()
    assert session.scalars(select(Thing)).all() == listed
    lift = wish(Place.TEAM, 0, features=frozenset({"lift"}))
    assert len(bookings().free("midden", lift)) == 20


def test_nobody_of_them_can_sign_in(example, session):
    example()
    staff = session.scalars(select(Staff).where(Staff.employer == EMPLOYER)).all()
    assert all(one.password_hash is None and one.totp_seed is None for one in staff)
    assert all(one.email.endswith(".example") for one in staff)
    assert session.scalars(select(StaffLink).where(StaffLink.staff_id.in_([one.id for one in staff]))).all() == []


def test_the_files_say_that_these_people_do_not_exist():
    for path in (ROOT / "content" / "bookings").glob("*.yaml"):
        data = yaml.safe_load(path.read_text("utf-8"))
        assert data["example"] is True
        assert all(worker["name"].endswith(" Voorbeeld") for worker in data["workers"])


@pytest.mark.parametrize("text", ["example: false\nworkers: []", "example: true\nworkers: [{name: X Voorbeeld}]", "[]"])
def test_a_file_that_cannot_be_used_is_named(small_site, clock, text):
    from portal.foundation.db import writing

    folder = small_site.content / "bookings"
    folder.mkdir(exist_ok=True)
    path = folder / "midden.yaml"
    path.write_text(text, "utf-8")
    try:
        with pytest.raises(ContentError, match="midden"), writing(small_site.engine) as session:
            add_example(session, small_site, clock.now())
    finally:
        path.unlink()
