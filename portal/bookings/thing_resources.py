"""What the addresses of rooms and cars mean, and who may do what with them."""

from pyramid.request import Request

from portal.accounts.resources import StaffRoom
from portal.bookings.thing_models import Thing
from portal.cases.resources import COORDINATOR, NO_ONE, OutOfSight, allowing
from portal.foundation.security import Permission


class ThingDesk(StaffRoom):
    """The rooms and cars of the teams that somebody leads."""

    __acl__ = allowing((COORDINATOR,), Permission.DIARY_READ, Permission.DIARY_KEEP)


class ThingFile(StaffRoom):
    """One room or car, for who leads its team. For everybody else it is not there.

    On POST `thing` belongs to the session that writes.
    """

    #: What it can open. To whom, each thing says.
    __acl__ = allowing((NO_ONE,), Permission.DIARY_READ, Permission.DIARY_KEEP)
    thing: Thing

    def __init__(self, request: Request) -> None:
        super().__init__(request)
        if getattr(request, "identity", None) is None:  # the door, whatever the address says
            return
        found = request.looking.get(Thing, int(request.matchdict["id"]))
        if found is None or f"{COORDINATOR}:{found.team_slug}" not in request.identity.principals:
            raise OutOfSight()
        self.thing = found
        leads = (f"{COORDINATOR}:{found.team_slug}",)
        self.__acl__ = allowing(leads, Permission.DIARY_READ, Permission.DIARY_KEEP)
