"""The serving process is killed while people send, again and again; nobody who was told so loses their request."""

import time

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.foundation.db import make_engine
from tests.chaos.amounts import EVERY, KILLS, SEED
from tests.chaos.checker import look
from tests.chaos.figures import interrupted, printed, table
from tests.chaos.storm import LEFT, Storm
from tests.served import Portal, Served


class Standing:
    """The server that is up; for who finds it killed there is soon another, on the same database."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._served: Served | None = portal.start()
        self.starts: list[float] = []

    def port(self) -> int | None:
        """Where it listens; None while there is none."""
        served = self._served
        return served.port if served else None

    def kill(self) -> None:
        """SIGKILL, without a word."""
        served, self._served = self._served, None
        if served is not None:
            served.process.kill()
            served.process.wait(timeout=10)

    def start_again(self) -> None:
        """Another one, at once."""
        self._served = self._portal.start()
        self.starts.append(self._served.ready_after)


@pytest.fixture
def portal(unseeded):
    unseeded.run("db", "upgrade")
    unseeded.run("seed")
    return unseeded


def test_no_request_is_lost_doubled_or_half_written_on_sqlite(portal):
    began = time.monotonic()
    server, engine = Standing(portal), make_engine(portal.database)
    storm = Storm(server.port, SEED)
    try:
        storm.prepare(KILLS * EVERY + LEFT)
        prepared = time.monotonic()
        storm.begin()
        for number in range(KILLS):
            storm.kill(number, EVERY, server.kill, engine)
            server.start_again()
        storm.end()
    finally:
        server.kill()  # once more, so that what was written last is found after a kill too
    with Session(engine) as session:
        sound = [session.scalars(text(f"PRAGMA {check}")).all() for check in ("integrity_check", "foreign_key_check")]
        faults = look(session, [who.told for who in storm.residents])
        more = {
            "integrity_check, foreign_key_check": sound,
            "seconds of a start, mean": f"{sum(server.starts) / len(server.starts):.2f}",
            "seconds to answer the questions": f"{prepared - began:.0f}",
            "seconds of kills": f"{time.monotonic() - prepared:.0f}",
        }
        printed(f"SQLite, seed {SEED}", table(storm, session, faults, more))
    engine.dispose()
    assert sound == [["ok"], []]
    assert faults == {}
    assert storm.astray == []
    assert all(who.told_at for who in storm.residents)
    assert len(storm.kills) == KILLS
    assert interrupted(storm) >= KILLS, "so little was cut off that it proves nothing"
    assert not storm.statuses, "an error page, though every server that was up was whole"
