"""`portal opinions`: example experts for who wants to see second opinions in development work."""

from typing import Any

import click

from portal.cli import open_registry
from portal.foundation.db import writing
from portal.foundation.seeding import ContentError
from portal.opinions.seed import add_example


@click.group("opinions", help="Second opinions.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Verbs about second opinions."""
    ctx.obj = open_registry(ctx)
    ctx.call_on_close(lambda: [site.engine.dispose() for site in ctx.obj.sites])


@command.command("example")
@click.pass_obj
def example(registry: Any) -> None:
    """In development: add invented experts to the pool. They come from the folder content/opinions.

    A second time adds only who is missing.
    """
    if not registry.portal.development:
        raise click.ClickException("Example experts are for a portal in development only (portal.development).")
    for site in registry.sites:
        try:
            with writing(site.engine) as session:
                added = add_example(session, site, registry.clock.now())
        except ContentError as fault:
            raise click.ClickException(str(fault)) from fault
        click.echo(f"{site.key}: {added} example experts added")
