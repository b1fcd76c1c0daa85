"""The example experts: invented, in the pool once."""

from sqlalchemy import select

from portal.opinions.models import Expert
from portal.opinions.seed import add_example


def test_invented_experts_are_added_once(session, zwolle, clock):
    assert add_example(session, zwolle, clock.now()) == 3
    assert add_example(session, zwolle, clock.now()) == 0
    found = session.scalars(select(Expert)).all()
    assert all("Voorbeeld" in one.name and one.email.endswith(".example") for one in found)
