"""What would else be left lying: cases of who left, words of letters that are in the post, old notes of the desk."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, or_, select, update

from portal.accounts.reading import working_on
from portal.backoffice.models import Digest
from portal.cases.events import add_event
from portal.cases.models import Case
from portal.cases.scope import roles_that_see
from portal.cases.walls import kept_from
from portal.cases.workflow import Author, CaseKind
from portal.foundation.clock import LOCAL
from portal.foundation.db import reading, writing
from portal.foundation.site import Site
from portal.messaging.models import Message

#: How long a printed letter can be put back, in case the printer ate it.
PRINTED_STAYS = timedelta(days=1)
#: How long the desk's own mails stay, and the days of which a digest was made.
OWN_MAIL_STAYS = timedelta(days=30)


def release_left(site: Site, now: datetime, kinds: Iterable[CaseKind]) -> int:
    """Give the cases of who left, or works in another team now, back to their team; returns how many.

    Of a kind with walls also those of who came to stand behind one: they joined the team that it is about.
    """
    by_code = {kind.code: kind for kind in kinds}
    with reading(site.engine) as connection:
        people = connection.execute(working_on(now.astimezone(LOCAL).date())).all()
        held = connection.execute(
            select(Case.owner_id, Case.team_slug, Case.kind)
            .where(Case.closed_at.is_(None), Case.owner_id.is_not(None))
            .distinct()
        ).all()
        walled = _behind_walls(connection, by_code, now)
    left = [row for row in held if row.kind in by_code and not _may(row, people, by_code[row.kind])]
    if not left and not walled:
        return 0
    count = 0
    with writing(site.engine) as session:
        theirs = or_(Case.id.in_(walled), *(
            and_(Case.owner_id == row.owner_id, Case.team_slug.is_not_distinct_from(row.team_slug),
                 Case.kind == row.kind) for row in left))  # fmt: skip
        for case in session.scalars(select(Case).where(Case.closed_at.is_(None), theirs).with_for_update()):
            case.owner_id = None
            add_event(session, case, "release", Author.SYSTEM, case.state, now)
            session.flush()
            count += 1
    return count


def _behind_walls(connection: Connection, kinds: Mapping[str, CaseKind], now: datetime) -> list[str]:
    """The open cases that are kept from who has them in hand."""
    day = now.astimezone(LOCAL).date()
    walled = sorted(code for code, kind in kinds.items() if kind.walled)
    held = connection.execute(
        select(Case.id, Case.owner_id).where(
            Case.kind.in_(walled), Case.closed_at.is_(None), Case.owner_id.is_not(None)
        )
    ).all()  # fmt: skip
    return [row.id for row in held if row.owner_id in kept_from(connection, row.id, day)]


def _may(row: Any, people: Iterable[Any], kind: CaseKind) -> bool:
    """Whether the owner of these cases still sees them."""
    inside = roles_that_see(kind, row.team_slug)
    return any(
        one.id == row.owner_id
        and (one.role in kind.seen_by or (one.role in inside and row.team_slug in {None, one.team_slug}))
        for one in people
    )


def tidy(site: Site, now: datetime) -> int:
    """Blank what is in the post, and throw the desk's own old mails away; returns how much."""
    in_the_post = and_(
        Message.state == "printed",
        Message.channel == "letter",
        Message.text != "",
        Message.sent_at <= now - PRINTED_STAYS,
    )
    own = and_(Message.about.startswith("staff:"), Message.created_at <= now - OWN_MAIL_STAYS)
    with reading(site.engine) as connection:
        if connection.execute(select(Message.id).where(or_(in_the_post, own)).limit(1)).first() is None:
            return 0
    with writing(site.engine) as session:
        blanked: Any = session.execute(update(Message).where(in_the_post).values(text=""))
        gone: Any = session.execute(delete(Message).where(own))
        session.execute(delete(Digest).where(Digest.made_at <= now - OWN_MAIL_STAYS))
        return int(blanked.rowcount + gone.rowcount)
