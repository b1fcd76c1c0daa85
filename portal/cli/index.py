"""`portal index`: the search index of each site."""

from typing import Any

import click

from portal.cli import open_registry


def rebuild_all(registry: Any, *, only_if_needed: bool) -> None:
    """Rebuild site by site; where there is a healthy index it may stay."""
    for site in registry.sites:
        status = registry.indexes.of(site).status()
        if only_if_needed and status.healthy and status.count:
            click.echo(f"{site.key}: the index holds {status.count} documents.")
            continue
        click.echo(f"{site.key}: built an index of {registry.indexes.rebuild(site)} documents.")


@click.group("index", help="The search index of each site.")
def command() -> None:
    """Verbs about the index."""


@command.command("rebuild", help="Build every index anew beside the old one, then switch.")
@click.option("--if-needed", is_flag=True, help="Only where there is none, or one that cannot be read.")
@click.pass_context
def rebuild(ctx: click.Context, if_needed: bool) -> None:
    """All of them, or only the broken and missing ones."""
    rebuild_all(open_registry(ctx), only_if_needed=if_needed)


@command.command("status", help="Say how each index is doing.")
@click.pass_context
def status(ctx: click.Context) -> None:
    """One line a site."""
    registry = open_registry(ctx)
    for site in registry.sites:
        now = registry.indexes.of(site).status()
        health = "healthy" if now.healthy else f"not healthy: {now.problem}"
        click.echo(f"{site.key}: {now.count} documents, generation {now.generation}, {health}")
