"""`portal run`: the portal and its worker together, for a laptop."""

import signal
import subprocess
import sys
from logging import basicConfig
from typing import Any

import click
import waitress

from portal.cli import read_ini

WELCOME = """
The portal is open:   {base}/nl/
In other languages:   {base}/en/   {base}/ar/   {base}/nl-simple/
Parts of the screens: {base}/styleguide
Is it well:           {base}/gezondheid
What it sends:        {base}/dev/postvak
Staff sign in:        {base}/nl/werk/aanmelden   (portal staff add makes the first one)
Stop with Ctrl-C.
"""


def server_settings(config: str, port: int) -> dict[str, Any]:
    """What `[server:main]` says to waitress, on another port."""
    settings = read_ini(config, "server:main")
    own = {key: value for key, value in settings.items() if key not in {"use", "listen", "here"}}
    return {**own, "listen": f"127.0.0.1:{port}"}


@click.command("run", help="Serve the portal with its worker, until stopped.")
@click.option("--port", envvar="PORT", default=6543, show_default=True, help="The port on this machine.")
@click.pass_context
def command(ctx: click.Context, port: int) -> None:
    """Start the worker beside the server; when the server ends, so does the worker."""
    from portal.app import main

    config = ctx.find_root().obj
    basicConfig(level="INFO", format="%(asctime)s %(levelname)s %(name)s %(message)s")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the worker is stopped below
    worker = subprocess.Popen([sys.argv[0], "--config", config, "worker"])
    try:
        server = waitress.create_server(main({}, **read_ini(config)), **server_settings(config, port))
        click.echo(WELCOME.format(base=f"http://localhost:{port}"))
        server.run()
    except OSError as fault:
        raise click.ClickException(f"Port {port} is taken ({fault.strerror}). Try PORT=6544 make run.") from fault
    finally:
        worker.terminate()
        worker.wait(timeout=10)
