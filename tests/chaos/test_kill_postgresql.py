"""PostgreSQL is killed with all its processes while people send; the portal lives on and never tells a lie."""

import time
from contextlib import closing

import pytest
from sqlalchemy.orm import Session

from portal.foundation.db import make_engine
from tests.chaos.amounts import POSTGRES_EVERY, POSTGRES_KILLS, SEED
from tests.chaos.checker import look
from tests.chaos.cluster import CrashingCluster
from tests.chaos.figures import interrupted, printed, table
from tests.chaos.resident import START
from tests.chaos.storm import LEFT, Storm
from tests.postgres import binaries


@pytest.fixture
def cluster(never_skip):
    tools = binaries()
    if tools is None:
        assert not never_skip, "PostgreSQL is not on this machine"
        pytest.skip("PostgreSQL is not on this machine")
    cluster = CrashingCluster(tools)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture
def portal(cluster, unseeded):
    unseeded.database = unseeded.environ["PORTAL_SITE_ZWOLLE_DATABASE"] = cluster.make("zwolle")
    unseeded.run("db", "upgrade")
    unseeded.run("seed")
    return unseeded


def test_no_request_is_lost_doubled_or_half_written_on_postgresql(portal, cluster):
    began = time.monotonic()
    back, killed, engine = [], [], make_engine(portal.database)
    with portal.serving() as server:
        storm = Storm(lambda: server.port, SEED)
        storm.prepare(POSTGRES_KILLS * POSTGRES_EVERY + LEFT)
        prepared = time.monotonic()
        storm.begin()
        for number in range(POSTGRES_KILLS):
            storm.kill(number, POSTGRES_EVERY, lambda: killed.append(cluster.kill()), engine)
            back.append(cluster.serve())
        storm.end()
        assert server.process.poll() is None, "the portal stopped"
        with closing(server.client()) as client:
            assert b'"database": true' in client.get("/gezondheid").body  # the index is not built here
            assert client.get(START).status == 200
    cluster.kill()  # once more, so that what was written last is found after a kill too
    cluster.serve()
    with Session(engine) as session:
        faults = look(session, [who.told for who in storm.residents])
        more = {
            "processes killed at a kill, mean": f"{sum(killed) / len(killed):.1f}",
            "recoveries in PostgreSQL’s log": cluster.log().count("automatic recovery in progress"),
            "seconds until PostgreSQL is back": f"{sum(back) / len(back):.2f} mean, {max(back):.2f} at most",
            "seconds to answer the questions": f"{prepared - began:.0f}",
            "seconds of kills": f"{time.monotonic() - prepared:.0f}",
        }
        printed(f"PostgreSQL, seed {SEED}", table(storm, session, faults, more))
    engine.dispose()
    assert faults == {}
    assert storm.astray == []
    assert all(who.told_at for who in storm.residents)
    assert len(storm.kills) == POSTGRES_KILLS
    assert interrupted(storm) >= POSTGRES_KILLS, "so little was cut off that it proves nothing"
    assert set(storm.statuses) <= {500, 503}
