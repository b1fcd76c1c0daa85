"""`portal search`: what people could not find, and the words that lead them there."""

from datetime import timedelta

import click

from portal.cli import open_registry
from portal.foundation.clock import today
from portal.foundation.db import reading, writing
from portal.sitesearch import thesaurus
from portal.sitesearch.unmet import ENOUGH, read_unmet
from portal.sitesearch.words import SearchWords, WordRefused


@click.group("search", help="What people could not find, and words that lead them there.")
def command() -> None:
    """Verbs about searching."""


@command.command("unmet", help=f"Questions that found nothing or did not help, asked {ENOUGH} times or more in a week.")
@click.option("--weeks", default=4, show_default=True, help="How many weeks back.")
@click.pass_context
def unmet(ctx: click.Context, weeks: int) -> None:
    """Week by week; nothing is known of who asked."""
    registry = open_registry(ctx)
    since = today(registry.clock) - timedelta(weeks=weeks)
    for site in registry.sites:
        with reading(site.engine) as connection:
            lines = read_unmet(connection, since)
        click.echo(f"{site.key}: {len(lines)} questions")
        for line in lines:
            click.echo(f"  {line.monday} {line.count:>4} x {line.locale:<9} {line.kind:<9} {line.words}")


@command.command("concepts", help="The concepts that words may be added to.")
def concepts() -> None:
    """Code and Dutch name."""
    for concept in thesaurus.read_concepts():
        if "nl" in concept.words and len(concept.words) > 1:
            click.echo(f"{concept.code:<32} {concept.words['nl'][0]}")


@command.command("add-word", help="Add an everyday word or phrase to a concept.")
@click.argument("site")
@click.argument("concept")
@click.argument("language")
@click.argument("phrase")
@click.pass_context
def add_word(ctx: click.Context, site: str, concept: str, language: str, phrase: str) -> None:
    """On show as soon as the worker has built the index anew."""
    registry = open_registry(ctx)
    found = registry.sites.by_key(site)
    try:
        with writing(found.engine) as session:
            new = SearchWords(session, registry.clock.now()).add(concept, language, phrase)
    except WordRefused as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo("Added." if new else "That word was there already.")
