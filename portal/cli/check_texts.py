"""`portal check-texts`: hold the Dutch texts of content/ against their reading level."""

from pathlib import Path

import click

from portal.cli import open_registry
from portal.foundation.lib.readability import faults
from portal.foundation.seeding import read_yaml
from portal.pages.files import read_page_file

LEVELS = ("nl", "nl_simple")


def _page(path: Path) -> list[str]:
    file = read_page_file(path)
    return faults(f"{file.head['summary']}\n\n{file.markdown}", path.stem)


def _texts(path: Path, fields: tuple[str, ...]) -> list[str]:
    texts = read_yaml(path)["text"]
    return [
        f"{level}: {fault}"
        for level in LEVELS
        for fault in faults("\n\n".join(str(texts.get(level, {}).get(field) or "") for field in fields), level)
    ]


def check(content: Path) -> list[str]:
    """Every fault of every Dutch text in a content folder, as “file: what to mend”."""
    found = [(p, f) for p in sorted(content.glob("pages/*/*.md")) if p.stem in LEVELS for f in _page(p)]
    for folder, fields in (("teams", ("summary", "route", "what")), ("social_map", ("summary", "body", "first_step"))):
        found += [(p, f) for p in sorted(content.glob(f"{folder}/*.yaml")) for f in _texts(p, fields)]
    return [f"{path.relative_to(content)}: {fault}" for path, fault in found]


@click.command("check-texts", help="Say which Dutch texts are harder than their level allows.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Fails when there is one."""
    said = [fault for site in open_registry(ctx).sites for fault in check(site.content)]
    for fault in said:
        click.echo(fault)
    if said:
        raise click.ClickException(f"{len(said)} texts are too hard.")
    click.echo("All Dutch texts keep to their level.")
