"""`portal bookings`: an example diary for who wants to see a portal in development work."""

from typing import Any

import click

from portal.bookings.seed import add_example
from portal.cli import open_registry
from portal.foundation.db import writing
from portal.foundation.seeding import ContentError


@click.group("bookings", help="Talks with the teams.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Verbs about bookings."""
    ctx.obj = open_registry(ctx)
    ctx.call_on_close(lambda: [site.engine.dispose() for site in ctx.obj.sites])


@command.command("example")
@click.pass_obj
def example(registry: Any) -> None:
    """In development: add invented workers with hours to every team.

    They come from the folder content/bookings. They are written down as staff with the role team_worker, have no
    password and no invitation, and cannot sign in. A second time adds only who is missing.
    """
    if not registry.portal.development:
        raise click.ClickException("Example staff are for a portal in development only (portal.development).")
    for site in registry.sites:
        try:
            with writing(site.engine) as session:
                added = add_example(session, site, registry.clock.now())
        except ContentError as fault:
            raise click.ClickException(str(fault)) from fault
        click.echo(f"{site.key}: {added} example workers added")
