"""`portal db`: bring the databases of all sites to the newest migration."""

from pathlib import Path
from typing import Any

import click
from alembic import command as alembic
from alembic.config import Config
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from portal.cli import open_registry

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def _config(connection: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(slug)s")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Bring one database to the newest migration, in one transaction. Makes the folder of an SQLite file."""
    url = make_url(engine.url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    with engine.begin() as connection:
        alembic.upgrade(_config(connection), "head")


@click.group("db", help="The databases of all sites.")
def command() -> None:
    """Verbs about the databases."""


@command.command("upgrade", help="Bring every database to the newest migration.")
@click.pass_context
def upgrade_all(ctx: click.Context) -> None:
    """Upgrade site by site."""
    for site in open_registry(ctx).sites:
        upgrade(site.engine)
        click.echo(f"{site.key}: the database is at the newest migration.")


@command.command("revision", help="Write a migration from what the models now say.")
@click.argument("message")
@click.pass_context
def revision(ctx: click.Context, message: str) -> None:
    """For makers: compare the first site's database with the models."""
    site = next(iter(open_registry(ctx).sites))
    with site.engine.begin() as connection:
        alembic.revision(_config(connection), message, autogenerate=True)


@command.command("check", help="Say whether the models and the newest migration agree.")
@click.pass_context
def check(ctx: click.Context) -> None:
    """For makers and tests; fails when they differ."""
    for site in open_registry(ctx).sites:
        with site.engine.begin() as connection:
            alembic.check(_config(connection))
