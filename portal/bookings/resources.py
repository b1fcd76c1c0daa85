"""What the addresses of diaries mean, and who may do what with them."""

from pyramid.request import Request

from portal.accounts.resources import StaffRoom
from portal.bookings.agendas import teams_in_which
from portal.cases.resources import COORDINATOR, NO_ONE, WORKER, OutOfSight, allowing
from portal.foundation.clock import today
from portal.foundation.security import Permission

#: Who has working hours and talks; complaints and other work of the whole municipality have no diary here.
HAVE_A_DIARY = (WORKER, COORDINATOR)


class Diary(StaffRoom):
    """One's own diary, and what one sees of the team's; which teams those are, every question says."""

    __acl__ = allowing(HAVE_A_DIARY, Permission.DIARY_READ, Permission.DIARY_KEEP)


class DiaryOf(StaffRoom):
    """The diary of a colleague, for who leads a team of theirs. For everybody else it is not there.

    `staff_id` is whose it is; `teams` are those of theirs that who asks leads.
    """

    #: What it can open. To whom, each diary says.
    __acl__ = allowing((NO_ONE,), Permission.DIARY_READ, Permission.DIARY_KEEP)
    staff_id: int
    teams: frozenset[str]

    def __init__(self, request: Request) -> None:
        super().__init__(request)
        if getattr(request, "identity", None) is None:  # the door, whatever the address says
            return
        self.staff_id = int(request.matchdict["staff"])
        mine = request.identity.principals
        theirs = teams_in_which(request.reader, self.staff_id, today(request.clock))
        self.teams = frozenset(team for team in theirs if f"{COORDINATOR}:{team}" in mine)
        if not self.teams:
            raise OutOfSight()
        self.__acl__ = allowing(
            (f"{COORDINATOR}:{team}" for team in self.teams), Permission.DIARY_READ, Permission.DIARY_KEEP
        )


class TeamDiary(StaffRoom):
    """When a team is closed, for who leads it."""

    __acl__ = allowing((COORDINATOR,), Permission.DIARY_READ, Permission.DIARY_KEEP)


class LostMoments(StaffRoom):
    """Whose moment was lost and who has no new one, for who leads their team."""

    __acl__ = allowing((COORDINATOR,), Permission.DIARY_READ)


class Agenda(StaffRoom):
    """The weeks of one's own teams, and one's own calendar; which teams those are, every question says."""

    __acl__ = allowing(HAVE_A_DIARY, Permission.DIARY_READ, Permission.DIARY_FEED)
