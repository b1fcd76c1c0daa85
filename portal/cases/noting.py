"""Writing down that somebody of the staff opened a case, whichever page or paper of it they opened."""

from pyramid.request import Request

from portal.cases.handling import looked_lately
from portal.cases.models import CaseLook
from portal.foundation.db import writing


def note_look(request: Request, case_id: str) -> None:
    """Write down that who asks opened a case, before it is shown; a moment ago is the same look.

    In a transaction of its own: the only thing that a GET of the desk writes.
    """
    staff_id, now = request.identity.staff_id, request.clock.now()
    if looked_lately(request.looking, case_id, staff_id, now):
        return
    with writing(request.site.engine) as session:
        session.add(CaseLook(case_id=case_id, staff_id=staff_id, at=now, why="work"))


def note_look_afterwards(request: Request, case_id: str) -> None:
    """The same for an answer that shows the case and changes nothing: its own transaction is taken back."""
    staff_id, site, now = request.identity.staff_id, request.site, request.clock.now()

    def note(_request: Request) -> None:
        with writing(site.engine) as session:
            if not looked_lately(session, case_id, staff_id, now):
                session.add(CaseLook(case_id=case_id, staff_id=staff_id, at=now, why="work"))

    request.add_finished_callback(note)
