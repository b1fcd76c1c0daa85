"""`portal attachments`: new locks on the documents of residents, after a new key was set."""

from typing import Any

import click

from portal.attachments.services import lock_anew
from portal.attachments.vault import Locked, Vault
from portal.cli import open_registry


@click.group("attachments", help="Documents that residents sent along.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Verbs about documents."""
    ctx.obj = open_registry(ctx)
    ctx.call_on_close(lambda: [site.engine.dispose() for site in ctx.obj.sites])


@command.command("lock-anew")
@click.pass_obj
def again(registry: Any) -> None:
    """Put the newest key on every document; then the older keys can go from the settings.

    The portal may go on meanwhile. Stopped half-way, it can be done again.
    """
    for site in registry.sites:
        try:
            count = lock_anew(site.engine, Vault(site.settings.attachment_keys))
        except Locked as fault:
            cure = "Put the key that is missing back behind the others."
            raise click.ClickException(f"{site.key}: a document does not open with these keys. {cure}") from fault
        click.echo(f"{site.key}: {count} pieces have the newest lock")
