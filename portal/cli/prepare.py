"""`portal prepare`: everything the portal needs before it opens, in one go; quick when nothing changed."""

from pathlib import Path

import click

from portal.cli import open_registry, read_ini
from portal.cli.catalogs import compile_catalogs
from portal.cli.db import upgrade
from portal.cli.index import rebuild_all
from portal.cli.seed import seed_all
from portal.sitesearch import thesaurus
from portal.ui.assets import build


@click.command("prepare", help="Catalogs, assets, databases, content and index, as far as they are behind.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Words and style before the portal is composed, tables before content, content before the index."""
    compile_catalogs(Path(read_ini(ctx.find_root().obj)["portal.locales_dir"]))
    build()
    thesaurus.build()
    registry = open_registry(ctx)
    for site in registry.sites:
        upgrade(site.engine)
    seed_all(registry)
    rebuild_all(registry, only_if_needed=True)
