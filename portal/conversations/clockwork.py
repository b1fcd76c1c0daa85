"""What happens by itself for who would like to come earlier."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.notices import surroundings
from portal.conversations.models import Waiting
from portal.conversations.waiting import Earlier
from portal.conversations.words import TEXTS
from portal.foundation.clock import Clock, today
from portal.foundation.db import reading, writing
from portal.foundation.policies import read_policies
from portal.foundation.site import Site

#: Requests that are served in one look; the next look comes soon.
HANDFUL = 20


def offer_earlier(site: Site, clock: Clock, path: Any) -> int:
    """Ask the next in line, and go on from who did not answer; returns how many requests something was done for."""
    around = surroundings(site, path)
    with reading(site.engine) as connection:  # SQLite has one write lock; looking does not take it
        if connection.execute(select(Waiting.case_id).limit(1)).first() is None:
            return 0
        policies = read_policies(connection, today(clock))
        with Session(connection, autoflush=False) as session:
            waiting = Earlier(session, policies, TEXTS, clock.now(), around).to_do()
    done = 0
    for case_id in waiting[:HANDFUL]:  # each on its own: who chooses a moment meanwhile waits for one only
        with writing(site.engine) as session:
            done += Earlier(session, policies, TEXTS, clock.now(), around).serve(case_id)
    return done
