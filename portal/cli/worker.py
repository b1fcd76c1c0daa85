"""`portal worker`: do what the outboxes hold, for all sites, until told to stop."""

import logging
import signal
from threading import Event
from time import monotonic
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from portal.cli import open_registry
from portal.foundation.outbox import run_once
from portal.foundation.site import Site
from portal.foundation.tasks import run_tasks
from search import IndexBusy

log = logging.getLogger(__name__)
#: Seconds between two looks: a change is searchable within two.
LOOK_EVERY = 0.5
#: Seconds between two looks at what comes due by the calendar.
TASKS_EVERY = 20.0
#: Seconds to wait when a database does not answer.
AWAY_FOR = 5.0


def mend_index(registry: Any, site: Site) -> None:
    """Rebuild an index that cannot be read; one that is being written by another is left to it."""
    try:
        if registry.indexes.mend(site):
            log.warning("worker: the index of %s could not be read and was rebuilt", site.key)
    except IndexBusy:
        log.info("worker: the index of %s is being written by another process", site.key)
    except OSError as fault:  # a full disk must not stop the messages
        log.error("worker: the index of %s cannot be written: %s", site.key, type(fault).__name__)


@click.command("worker", help="Do what is waiting (index changes, messages) until stopped.")
@click.option("--once", is_flag=True, help="Do what is waiting now, then stop.")
@click.pass_context
def command(ctx: click.Context, once: bool) -> None:
    """Work site by site, round and round."""
    registry, stop = open_registry(ctx), Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    next_tasks = 0.0
    while not stop.is_set():
        pause, tasks_now = LOOK_EVERY, monotonic() >= next_tasks
        next_tasks = monotonic() + TASKS_EVERY if tasks_now else next_tasks
        for site in registry.sites:
            try:
                mend_index(registry, site)
                if tasks_now:
                    run_tasks(registry, site)
                run_once(site, registry.job_handlers, registry.clock)
            except DBAPIError as fault:
                log.error("worker: the database of %s does not answer: %s", site.key, type(fault.orig).__name__)
                pause = AWAY_FOR
        if once:
            return
        stop.wait(pause)
