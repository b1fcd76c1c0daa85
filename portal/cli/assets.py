"""`portal assets`: make style sheet, script, pictures and thesaurus ready to serve."""

import click

from portal.sitesearch import thesaurus
from portal.ui.assets import build


@click.command("assets", help="Build style sheet, script, pictures and thesaurus.")
def command() -> None:
    """Write `portal/ui/built/` and `portal/sitesearch/built/`."""
    manifest = build()
    click.echo(f"Built {len(manifest)} assets.")
    if written := thesaurus.build():
        click.echo(f"Built a thesaurus of {written} concepts.")
