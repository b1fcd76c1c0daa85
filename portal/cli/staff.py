"""`portal staff`: who works here. Lets people in by an invitation, gives and takes roles, lets people out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import WORD
from portal.accounts.models import Staff
from portal.accounts.roles import OF_A_TEAM, Role
from portal.accounts.services import AlreadyHere, NoSuchStaff, RoleDoesNotFit, StaffAccounts
from portal.cli import open_registry
from portal.foundation.clock import LOCAL, today
from portal.foundation.db import writing
from portal.foundation.site import Site
from portal.teams.models import Team

_ROLE = click.Choice([str(role) for role in Role])


@click.group("staff", help="Who works here: invite, give and take roles, let go.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Verbs about staff."""
    ctx.obj = open_registry(ctx)
    ctx.call_on_close(lambda: [site.engine.dispose() for site in ctx.obj.sites])


def _site(registry: Any, key: str) -> Site:
    try:
        site: Site = registry.sites.by_key(key)
    except KeyError as fault:
        raise click.ClickException(str(fault.args[0])) from fault
    return site


@contextmanager
def _accounts(registry: Any, site: Site) -> Iterator[tuple[Session, StaffAccounts]]:
    """The accounts of a site; all of it stands, or none. What cannot be is said in words."""
    try:
        with writing(site.engine) as session:
            yield session, StaffAccounts(session, registry.clock.now(), today(registry.clock))
    except NoSuchStaff as fault:
        raise click.ClickException(f"Nobody who works at {site.key} has the address {fault}.") from fault
    except RoleDoesNotFit as fault:
        teams = " and ".join(sorted(OF_A_TEAM))
        raise click.ClickException(
            f"That role cannot be given. {teams} need --team and other roles have none; and who judges the plans of "
            "teams is in no team."
        ) from fault


def _link(registry: Any, site: Site, token: str) -> str:
    until = registry.clock.now().astimezone(LOCAL)
    return (
        f"  {site.base_url}/nl/{WORD['nl']}/uitnodiging?sleutel={token}\n"
        f"The link works once, for three days from {until:%d-%m-%Y %H:%M}. Hand it over yourself, to nobody else."
    )


def _team_exists(session: Session, team: str | None) -> None:
    known = list(session.scalars(select(Team.slug).order_by(Team.slug)))
    if team is not None and team not in known:
        raise click.ClickException(f"There is no team “{team}”; there are: {', '.join(known)}.")


@command.command("add", help="Let somebody in with a role, or give a role more to somebody who is here.")
@click.argument("site")
@click.argument("email")
@click.argument("name")
@click.option("--role", type=_ROLE, required=True)
@click.option("--team", help="The slug of the team, for roles of a team.")
@click.option("--employer", help="For who is not employed by the municipality.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The first day without this role.")
@click.pass_obj
def add(registry: Any, site: str, email: str, name: str, **granted: Any) -> None:
    """Print the link with which they set a password and a second step."""
    if "@" not in email:
        raise click.ClickException(f"“{email}” is no e-mail address.")
    place, role, team = _site(registry, site), Role(granted["role"]), granted["team"]
    until = granted["until"] and granted["until"].date()
    if until is not None and until <= today(registry.clock):
        raise click.ClickException("--until is a day to come.")
    with _accounts(registry, place) as (session, accounts):
        _team_exists(session, team)
        token = None
        try:
            staff = accounts.add(email, name, granted["employer"] or place.profile.organisation)
        except AlreadyHere:
            staff = accounts.by_email(email)
        else:
            token = accounts.invite(staff)
        accounts.grant(staff, role, team, until)
    if token is None:
        click.echo(f"{email} was here already and now has the role {role}.")
    else:
        click.echo(f"{email} is invited:\n{_link(registry, place, token)}")


@command.command("invite", help="A new link for somebody who forgot their password or lost phone and codes.")
@click.argument("site")
@click.argument("email")
@click.pass_obj
def invite(registry: Any, site: str, email: str) -> None:
    """When the link is used, the password, second step and sessions of before are over."""
    place = _site(registry, site)
    with _accounts(registry, place) as (_session, accounts):
        token = accounts.invite(accounts.by_email(email))
    click.echo(f"{email} is invited again:\n{_link(registry, place, token)}")


@command.command("end", help="Take a role back from somebody who stays.")
@click.argument("site")
@click.argument("email")
@click.option("--role", type=_ROLE, required=True)
@click.option("--team")
@click.pass_obj
def end(registry: Any, site: str, email: str, role: str, team: str | None) -> None:
    """It is over at the next thing they do."""
    with _accounts(registry, _site(registry, site)) as (_session, accounts):
        ended = accounts.end_grant(accounts.by_email(email), Role(role), team)
    if not ended:
        raise click.ClickException(f"{email} does not have that role.")
    click.echo(f"{email} no longer has the role {role}.")


@command.command("leave", help="Somebody leaves: sessions, roles and password end now.")
@click.argument("site")
@click.argument("email")
@click.pass_obj
def leave(registry: Any, site: str, email: str) -> None:
    """What they did keeps their name."""
    with _accounts(registry, _site(registry, site)) as (_session, accounts):
        accounts.leave(email)
    click.echo(f"{email} has left: signed out everywhere, without roles.")


@command.command("list", help="Everybody with their roles.")
@click.argument("site")
@click.pass_obj
def show_all(registry: Any, site: str) -> None:
    """Who is here first, then who left."""
    with _accounts(registry, _site(registry, site)) as (_session, accounts):
        for staff in accounts.everybody():
            click.echo(_line(staff, accounts))


def _line(staff: Staff, accounts: StaffAccounts) -> str:
    if staff.state == "left":
        return f"{staff.email}  {staff.name}: left on {staff.left_at:%Y-%m-%d}"
    roles = [
        f"{grant.role}{f' ({grant.team_slug})' if grant.team_slug else ''} from {grant.valid_from}"
        f"{f' until {grant.valid_to}' if grant.valid_to else ''}"
        for grant in accounts.grants(staff.id)
    ]
    state = "" if staff.totp_seed else ", not signed in yet"
    return f"{staff.email}  {staff.name}, {staff.employer}{state}: {'; '.join(roles) or 'no role'}"
