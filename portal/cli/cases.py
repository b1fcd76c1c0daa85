"""`portal cases`: how long requests are kept; and one person's data, out or away. It prints references, no persons."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

import click
from sqlalchemy.orm import Session

import portal.models  # noqa: F401 (an export walks over every table there is)
from portal.accounts.services import NoSuchStaff, StaffAccounts
from portal.cases.person import Found, Match, PersonDesk
from portal.cases.references import read_reference
from portal.cases.retention import Line, Report, hold, retention_of
from portal.cases.selection import Selection
from portal.cli import open_registry
from portal.foundation.clock import today
from portal.foundation.db import reading, writing
from portal.foundation.site import Site

LONGEST_REASON = 200


@click.group("cases", help="How long requests are kept; one person's data, out or away.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Verbs about requests."""
    ctx.obj = open_registry(ctx)
    ctx.call_on_close(lambda: [site.engine.dispose() for site in ctx.obj.sites])


def _site(registry: Any, key: str | None) -> Site:
    """The site that was named; the only one when none was."""
    sites: list[Site] = list(registry.sites)
    if key is None and len(sites) > 1:
        raise click.ClickException(f"Which site? Use --site with one of: {', '.join(site.key for site in sites)}.")
    try:
        site: Site = registry.sites.by_key(key) if key else sites[0]
    except KeyError as fault:
        raise click.ClickException(str(fault.args[0])) from fault
    return site


def _reason(typed: str) -> str:
    """A reason on one line."""
    found = " ".join(typed.split())
    if not 0 < len(found) <= LONGEST_REASON:
        raise click.ClickException(f"--because is 1 to {LONGEST_REASON} signs.")
    return found


def _line(line: Line) -> str:
    policy = line.rule.policy
    kept = (
        f"{policy.key}: {policy.value} {policy.unit} ({policy.legal_basis})"
        if policy
        else "no policy today, so all are kept"
    )
    return (
        f"  {line.rule.kind:<16} {line.rule.state:<16} {line.due:>6} due  {line.held:>4} held  "
        f"oldest {line.oldest or '-':<10}  {kept}"
    )


def _table(site: Site, report: Report) -> None:
    click.echo(f"{site.key}: {report.due} requests")
    for line in report.lines:
        click.echo(_line(line))
    click.echo("  " + ", ".join(f"{count} {name}" for name, count in report.passing.items()) + " past their time")


@command.command("retention", help="Throw away what was kept long enough, as the worker does each hour.")
@click.option("--site", "key", help="The site; all sites when left out.")
@click.option("--dry-run", is_flag=True, help="Print what would go, change nothing.")
@click.pass_obj
def retention(registry: Any, key: str | None, dry_run: bool) -> None:
    """The same table before and after: what is due, or what went."""
    failed = 0
    for site in [_site(registry, key)] if key else registry.sites:
        due = retention_of(site, registry.case_kinds, registry.clock)
        report = due.report() if dry_run else due.run()
        _table(site, report)
        failed += report.failed
    if failed:
        raise click.ClickException(f"{failed} requests could not be thrown away; the log says where it went wrong.")


@command.command("hold", help="Keep a request for a reason in law, however old it gets.")
@click.argument("reference")
@click.option("--because", required=True, help="The reason in law.")
@click.option("--site", "key", help="The site; may be left out when there is only one.")
@click.pass_obj
def hold_case(registry: Any, reference: str, because: str, key: str | None) -> None:
    """Who looks at what is due sees that it is held."""
    _hold(_site(registry, key), reference, _reason(because))
    click.echo("It is held.")


@command.command("release", help="No longer keep a request for a reason in law.")
@click.argument("reference")
@click.option("--site", "key", help="The site; may be left out when there is only one.")
@click.pass_obj
def release_case(registry: Any, reference: str, key: str | None) -> None:
    """When its time is over it goes within the hour."""
    _hold(_site(registry, key), reference, None)
    click.echo("It is no longer held.")


def _hold(site: Site, reference: str, because: str | None) -> None:
    with writing(site.engine) as session:
        if not hold(session, read_reference(reference) or "", because):
            raise click.ClickException(f"There is no request with that reference at {site.key}.")


def _who(verb: Callable[..., None]) -> Callable[..., None]:
    """The options by which somebody is looked for."""
    for option in (
        click.option("--site", "key", required=True),
        click.option("--reference", help="The reference of a request."),
        click.option("--email"),
        click.option("--phone"),
        click.option("--postcode"),
        click.option("--house", help="House number with its letter; goes with --postcode."),
        click.option(
            "--yes-all-at-this-address", "--yes-all-these-names", "everybody", is_flag=True,
            help="Take everybody who fits, though they may be several people.",
        ),
    ):  # fmt: skip
        verb = option(verb)
    return verb


def _selection(who: dict[str, str | None]) -> Selection:
    try:
        return Selection.typed(**{name: who[name] for name in ("reference", "email", "phone", "postcode", "house")})
    except ValueError as fault:
        raise click.ClickException(f"{fault}.") from fault


def _found(site: Site, selection: Selection, everybody: bool, now: datetime) -> Found:
    """Who fits, found without a lock. Refuses when that may be several: what is of one is not for a housemate."""
    with reading(site.engine) as connection, Session(connection) as session:
        found = PersonDesk(session, now).find(selection)
    if not found.matches:
        raise click.ClickException("Nothing is here of who fits all of this.")
    if not (everybody or selection.is_sure(found.names)):
        raise click.ClickException(
            f"{found.names} different names fit, in {len(found.matches)} requests. Add --reference, --email or --phone "
            "to find one person, or use --yes-all-at-this-address (or --yes-all-these-names) for all of them."
        )
    return found


@contextmanager
def _new_file(path: Path) -> Iterator[TextIO]:
    """A file that was not there, for its owner alone; gone again when what it is for goes wrong."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as fault:
        raise click.ClickException(f"{path} is there already; nothing is written over.") from fault
    except OSError as fault:
        raise click.ClickException(f"{path} cannot be written: {fault.strerror}.") from fault
    try:
        with open(number, "w", encoding="utf-8") as file:  # noqa: PTH123 (a descriptor has no path)
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _staff_id(session: Session, registry: Any, site: Site, email: str) -> int:
    try:
        return StaffAccounts(session, registry.clock.now(), today(registry.clock)).by_email(email).id
    except NoSuchStaff as fault:
        raise click.ClickException(f"Nobody who works at {site.key} has the address of --by.") from fault


@command.command("export", help="Write everything that is here of one person into a new file.")
@_who
@click.option("--by", "staff", required=True, metavar="EMAIL", help="Who of the staff asks; the person sees the name.")
@click.option("--to", "path", required=True, type=click.Path(path_type=Path), help="A file that is not there yet.")
@click.pass_obj
def export(registry: Any, key: str, staff: str, path: Path, everybody: bool, **who: str | None) -> None:
    """The file is for its owner alone. That it was taken out stands in each request as a look: no look, no file."""
    site, selection, now = _site(registry, key), _selection(who), registry.clock.now()
    found = _found(site, selection, everybody, now)
    with _new_file(path) as file, writing(site.engine) as session:
        staff_id = _staff_id(session, registry, site, staff)
        said = PersonDesk(session, now).export(found, staff_id, site.profile.organisation)
        json.dump(said, file, ensure_ascii=False, indent=2)
        file.write("\n")
        file.flush()
    click.echo(f"{len(found.matches)} requests in {path}. Hand it over safely, then throw the file away.")


@command.command("erase", help="Throw away what is here of one person, but for what the law keeps.")
@_who
@click.option("--because", required=True, help="Why; stays behind, so it names nobody.")
@click.option("--dry-run", is_flag=True, help="Print what would go, change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def erase(registry: Any, key: str, because: str, everybody: bool, dry_run: bool, yes: bool, **who: str | None) -> None:
    """Lists what goes, asks, and does all of it or nothing."""
    site, selection, why, now = _site(registry, key), _selection(who), _reason(because), registry.clock.now()
    found = _found(site, selection, everybody, now)
    if found.told_by(why):
        raise click.ClickException("--because stays behind: leave out name, address, phone and reference.")
    for match in found.matches:
        click.echo(_fate(match))
    if dry_run:
        return
    if not yes:
        click.confirm("This cannot be taken back. Go on?", abort=True)
    with writing(site.engine) as session:
        kept = PersonDesk(session, now).erase(found.matches, why)
    click.echo(f"{len(found.matches) - len(kept)} done, {len(kept)} kept.")


def _fate(match: Match) -> str:
    """What becomes of a request."""
    fate = "goes"
    if match.held is not None:
        fate = f"stays, held: {match.held}"
    elif match.as_helper:
        fate = "stays, without its helper's name and addresses"
    elif match.company:
        fate = "stays, without the name and the address of who comes along"
    return f"  {match.reference}  {match.kind}  {match.state}  {fate}"
