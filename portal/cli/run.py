"""`portal run`: the portal and its worker together, for a laptop."""

import os
import signal
import subprocess
import sys

import click

WELCOME = """
The portal is open:   {base}/nl/
In other languages:   {base}/en/   {base}/ar/   {base}/nl-simple/
Parts of the screens: {base}/styleguide
Is it well:           {base}/gezondheid
Staff cannot sign in yet; that comes with the first requests.
Stop with Ctrl-C.
"""


@click.command("run", help="Serve the portal with its worker, until stopped.")
@click.option("--port", envvar="PORT", default=6543, show_default=True, help="The port on this machine.")
@click.pass_context
def command(ctx: click.Context, port: int) -> None:
    """Start both; when one ends, so does the other."""
    config = ctx.find_root().obj
    environ = {**os.environ, "PORT": str(port)}
    here = os.path.dirname(sys.executable)  # noqa: PTH120  the scripts of this very environment
    both = [
        subprocess.Popen([os.path.join(here, "portal"), "--config", config, "worker"], env=environ),  # noqa: PTH118
        subprocess.Popen([os.path.join(here, "pserve"), config, f"http_port={port}"], env=environ),  # noqa: PTH118
    ]
    click.echo(WELCOME.format(base=f"http://localhost:{port}"))
    signal.signal(signal.SIGTERM, lambda *_: _stop(both))
    try:
        os.wait()
    except (KeyboardInterrupt, ChildProcessError):
        pass
    finally:
        _stop(both)


def _stop(processes: list["subprocess.Popen[bytes]"]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        process.wait(timeout=10)
