"""`portal worker`: do what the outboxes hold, for all sites, until told to stop."""

import logging
import signal
from threading import Event

import click
from sqlalchemy.exc import DBAPIError

from portal.cli import open_registry
from portal.foundation.outbox import run_once

log = logging.getLogger(__name__)
#: Seconds between two looks: a change is searchable within two.
LOOK_EVERY = 0.5
#: Seconds to wait when a database does not answer.
AWAY_FOR = 5.0


@click.command("worker", help="Do what is waiting (index changes, messages) until stopped.")
@click.option("--once", is_flag=True, help="Do what is waiting now, then stop.")
@click.pass_context
def command(ctx: click.Context, once: bool) -> None:
    """Work site by site, round and round."""
    registry, stop = open_registry(ctx), Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    while not stop.is_set():
        pause = LOOK_EVERY
        for site in registry.sites:
            try:
                run_once(site, registry.job_handlers, registry.clock)
            except DBAPIError as fault:
                log.error("worker: the database of %s does not answer: %s", site.key, type(fault.orig).__name__)
                pause = AWAY_FOR
        if once:
            return
        stop.wait(pause)
