"""`portal export`: write what is in the databases back as content folders."""

from pathlib import Path

import click

from portal.cli import open_registry
from portal.foundation.db import reading


@click.command("export", help="Write pages, teams, coverage and the social map of each site into FOLDER/<site>/.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def command(ctx: click.Context, folder: Path) -> None:
    """One folder a site; what is there is written over."""
    registry = open_registry(ctx)
    for site in registry.sites:
        target = folder / site.key
        with reading(site.engine) as connection:
            count = sum(write(connection, target) for write in registry.exporters.values())
        click.echo(f"{site.key}: {count} files in {target}.")
