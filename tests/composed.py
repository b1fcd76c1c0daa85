"""The portal as tests see it, in this process: two municipalities on empty databases, and a real port when asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

from waitress.server import create_server

from portal.app import configure
from portal.cli.db import upgrade
from portal.foundation.seeding import seed_site
from tests.clock import FixedClock

ROOT = Path(__file__).parent.parent
SITES = {
    "zwolle": {"host": "zwolle.test", "content": ROOT / "content"},
    "leeuwarden": {"host": "leeuwarden.test", "content": ROOT / "tests" / "sites" / "leeuwarden"},
}
#: What a browser asks at once, and a little more.
THREADS = 6


def settings_of_two_sites(database: Callable[[str], str], indexes: Path) -> dict[str, str]:
    """The settings of a portal with two sites; `database` gives the address of an empty database by name."""
    found = {
        "portal.sites": " ".join(SITES),
        "portal.locales_dir": str(ROOT / "locales"),
        "portal.development": "true",
        "portal.mail": f"folder:{indexes / 'post'}",
        "portal.mail_sender": "portal@example.nl",
        "portal.sms": f"folder:{indexes / 'post'}",
        "pyramid_openapi3.enable_response_validation": "true",
    }
    for key, site in SITES.items():
        found |= {
            f"site.{key}.hosts": str(site["host"]),
            f"site.{key}.base_url": f"http://{site['host']}",
            f"site.{key}.content": str(site["content"]),
            f"site.{key}.database": database(f"portal_{key}"),
            f"site.{key}.index": str(indexes / key),
        }
    return found


@contextmanager
def composed(settings: dict[str, str], clock: FixedClock) -> Iterator[Any]:
    """The composed portal: databases at the newest migration, content seeded, indexes built."""
    configured = configure(dict(settings))
    registry = configured.registry
    registry.clock = clock
    for site in registry.sites:
        upgrade(site.engine)
        seed_site(site, registry.seeders, clock)
        registry.indexes.rebuild(site)
    yield configured
    for site in registry.sites:
        site.engine.dispose()


@contextmanager
def on_a_port(app: Any) -> Iterator[int]:
    """Waitress, as in production, in a thread of this process; gives the port on 127.0.0.1."""
    server = create_server(app, host="127.0.0.1", port=0, threads=THREADS, ident=None)
    closing = Event()

    def serve() -> None:
        while not closing.is_set():
            server.asyncore.loop(timeout=0.2, map=server._map, count=1)

    thread = Thread(target=serve, name="portal", daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        closing.set()
        thread.join(timeout=5)
        server.task_dispatcher.shutdown(timeout=5)
        server.asyncore.close_all(map=server._map)
