"""The `portal` command: one verb a file, each a thin call of a service.

`portal --help` lists them. The settings come from `development.ini` or `--config FILE`, overruled by the environment.
"""

import configparser
from pathlib import Path
from typing import Any

import click

from portal.foundation.settings import SettingsError

#: verb → the file that holds it; read only when asked for, so that each verb starts fast.
VERBS = {
    "assets": "portal.cli.assets",
    "attachments": "portal.cli.attachments",
    "bookings": "portal.cli.bookings",
    "cases": "portal.cli.cases",
    "catalogs": "portal.cli.catalogs",
    "check-texts": "portal.cli.check_texts",
    "coverage": "portal.cli.coverage",
    "db": "portal.cli.db",
    "export": "portal.cli.export",
    "index": "portal.cli.index",
    "opinions": "portal.cli.opinions",
    "prepare": "portal.cli.prepare",
    "reactions": "portal.cli.reactions",
    "run": "portal.cli.run",
    "search": "portal.cli.search",
    "seed": "portal.cli.seed",
    "staff": "portal.cli.staff",
    "worker": "portal.cli.worker",
}


class Verbs(click.Group):
    """The verbs, each loaded when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs by name."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb, or None when there is no such verb."""
        if cmd_name not in VERBS:
            return None
        from importlib import import_module

        command: click.Command = import_module(VERBS[cmd_name]).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; settings that cannot be used are said in words."""
        try:
            return super().invoke(ctx)
        except SettingsError as fault:
            raise click.ClickException(str(fault)) from fault


@click.command(cls=Verbs)
@click.option("--config", default="development.ini", show_default=True, help="The .ini file with the settings.")
@click.pass_context
def portal(ctx: click.Context, config: str) -> None:
    """Keep the portal: database, content, search index, worker."""
    ctx.obj = config


def read_ini(path: str, section: str = "app:main") -> dict[str, str]:
    """The settings of a section, `%(here)s` filled in. Raises `click.ClickException` when the file is not there."""
    if not Path(path).is_file():
        raise click.ClickException(f"There is no file {path}. Go to the folder of the portal, or use --config.")
    parser = configparser.ConfigParser(defaults={"here": str(Path(path).resolve().parent)}, interpolation=None)
    parser.read(path, "utf-8")
    here = parser.defaults()["here"]
    return {key: value.replace("%(here)s", here) for key, value in parser[section].items()}


def open_registry(ctx: click.Context) -> Any:
    """The composed portal without a server: sites, seeders, search sources, handlers."""
    from portal.app import configure

    return configure(read_ini(ctx.find_root().obj)).registry
