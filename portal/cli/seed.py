"""`portal seed`: read the content folder of each site into its database."""

from typing import Any

import click

from portal.cli import open_registry
from portal.foundation.seeding import ContentError, seed_site


def seed_all(registry: Any) -> None:
    """Seed site by site. Raises `click.ClickException` for a file that cannot be used."""
    for site in registry.sites:
        try:
            count = seed_site(site, registry.seeders, registry.clock)
        except ContentError as fault:
            raise click.ClickException(f"{site.key}: {fault}") from fault
        click.echo(f"{site.key}: {count or 'no'} texts and places are new or changed.")


@click.command("seed", help="Read the content folders into the databases; only what changed.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """A file that cannot be used is named, and nothing is half read."""
    seed_all(open_registry(ctx))
