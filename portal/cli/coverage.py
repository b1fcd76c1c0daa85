"""`portal coverage`: which team covers what; import a file, report gaps and overlaps by name."""

from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cli import open_registry
from portal.foundation.clock import today
from portal.foundation.content_cache import raise_version
from portal.foundation.db import writing
from portal.foundation.outbox import post
from portal.teams.coverage import CoverageError, Report, read_rules, report
from portal.teams.models import CoverageRule, Neighbourhood, Team
from portal.teams.rules import Rule
from portal.teams.seed import everybody, replace_rules


@click.group("coverage", help="Which team covers what.")
@click.option("--site", "key", default=None, help="The site; may be left out when there is only one.")
@click.pass_context
def command(ctx: click.Context, key: str | None) -> None:
    """Verbs about coverage."""
    registry = open_registry(ctx)
    sites = list(registry.sites)
    if key is None and len(sites) > 1:
        raise click.ClickException(f"Which site? Use --site with one of: {', '.join(site.key for site in sites)}.")
    try:
        ctx.obj = (registry.sites.by_key(key) if key else sites[0], registry.clock)
    except KeyError as fault:
        raise click.ClickException(str(fault)) from fault


def _say(found: Report) -> None:
    for title, lines in (
        ("Gaps", found.gaps),
        ("Overlaps", found.overlaps),
        ("Shared, one more question", found.shared),
    ):
        click.echo(f"{title}: {len(lines) or 'none'}")
        for line in lines:
            click.echo(f"  - {line}")


def _report(session: Session, rules: list[Rule], site: Any, clock: Any) -> Report:
    buurten = {code: name for code, name in session.execute(select(Neighbourhood.code, Neighbourhood.name))}
    return report(rules, buurten, site.profile.pc4, today(clock))


@command.command("import", help="Put the rules of FILE in the place of the old ones; refuse a file with errors.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read and report, change nothing.")
@click.pass_obj
def import_rules(obj: Any, file: Path, dry_run: bool) -> None:
    """All or nothing, with a report of every gap and overlap by name."""
    site, clock = obj
    with writing(site.engine) as session:
        try:
            rules = read_rules(file, session.scalars(select(Team.slug)))
        except CoverageError as fault:
            raise click.ClickException(str(fault)) from fault
        _say(_report(session, rules, site, clock))
        if not dry_run:
            replace_rules(session, rules)
            for change in everybody(session):
                post(session, "index", {"source": change.source, "key": change.key}, clock.now())
            raise_version(session)
    click.echo(f"{len(rules)} rules read, {'nothing changed' if dry_run else 'now in force'}.")


@command.command("report", help="Report the gaps and overlaps of what is in force.")
@click.pass_obj
def report_now(obj: Any) -> None:
    """The same report on the rows there are."""
    site, clock = obj
    with writing(site.engine) as session:
        rows = session.scalars(select(CoverageRule)).all()
        rules = [Rule(r.team_slug, r.kind, r.value, r.number_from, r.number_to, r.parity, r.valid_from, r.valid_to)
                 for r in rows]  # fmt: skip
        _say(_report(session, rules, site, clock))
