"""`portal assets`: make style sheet, script and pictures ready to serve."""

import click

from portal.ui.assets import build


@click.command("assets", help="Build style sheet, script and pictures.")
def command() -> None:
    """Write `portal/ui/built/`."""
    manifest = build()
    click.echo(f"Built {len(manifest)} assets.")
