"""`portal seed`: read the content folder of each site into its database."""

import click

from portal.cli import open_registry
from portal.foundation.seeding import ContentError, seed_site


@click.command("seed", help="Read the content folders into the databases; only what changed.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Seed site by site; a file that cannot be used is named, and nothing is half read."""
    registry = open_registry(ctx)
    for site in registry.sites:
        try:
            count = seed_site(site, registry.seeders, registry.clock)
        except ContentError as fault:
            raise click.ClickException(f"{site.key}: {fault}") from fault
        click.echo(
            f"{site.key}: {count} texts and places are new or changed." if count else f"{site.key}: nothing new."
        )
