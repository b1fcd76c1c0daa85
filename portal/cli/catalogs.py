"""`portal catalogs`: extract messages, bring the catalogs up to date, compile them."""

import io
from pathlib import Path

import click
import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from portal.cli import read_ini
from portal.foundation.i18n import LOCALES

ROOT = Path(__file__).parent.parent.parent
DOMAIN = "portal"
METHODS = [("portal/**.py", "python"), ("portal/**.jinja2", "jinja2")]
OPTIONS = {"portal/**.jinja2": {"trimmed": "true", "silent": "false", "newstyle_gettext": "true",
                                "trim_blocks": "true", "lstrip_blocks": "true"}}  # fmt: skip
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Every message in code and templates, in a fixed order, without line numbers (they only make noise)."""
    catalog = Catalog(project="portal", copyright_holder="the authors", charset="utf-8", fuzzy=False)
    found = extract_from_dir(ROOT, METHODS, OPTIONS, keywords=KEYWORDS, directory_filter=_is_ours)
    for name, _line, message, comments, context in sorted(found, key=lambda item: (str(item[0]), item[1])):
        catalog.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return catalog


def _is_ours(folder: str) -> bool:
    return Path(folder).name not in {"built", "__pycache__", "node_modules", "var", ".venv", "tests", "search"}


def template_text() -> str:
    """The text of `portal.pot` as it should be now."""
    out = io.BytesIO()
    write_po(out, extracted(), omit_header=True, include_lineno=False, width=110)
    return out.getvalue().decode()


def _path(folder: Path, locale: str, domain: str = DOMAIN) -> Path:
    return folder / locale / "LC_MESSAGES" / f"{domain}.po"


def read_catalog(folder: Path, locale: str, domain: str = DOMAIN) -> Catalog:
    """A locale's catalog; empty when there is none yet."""
    path = _path(folder, locale, domain)
    if not path.exists():
        return Catalog(locale=LOCALES[locale].cldr)
    with path.open("rb") as lines:
        return read_po(lines, locale=LOCALES[locale].cldr)


@click.group("catalogs", help="The words of the interface.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Verbs about catalogs."""
    ctx.obj = Path(read_ini(ctx.find_root().obj)["portal.locales_dir"])


def head_of(folder: Path, locale: str) -> str:
    """The comment at the head of a catalog: whose words these are, and whether they are a draft."""
    review = yaml.safe_load((folder / "review.yaml").read_text("utf-8"))[locale]
    state = "DRAFT: " if review["draft"] else ""
    return f"# The words of the interface, {LOCALES[locale].own_name}.\n# {state}{review['note']}."


@command.command("update", help="Extract messages and bring every catalog up to them.")
@click.pass_obj
def update(folder: Path) -> None:
    """Write portal.pot and the .po files; new messages are empty until somebody translates them."""
    (folder / "portal.pot").write_text(template_text(), "utf-8")
    template = extracted()
    for locale in LOCALES:
        catalog = read_catalog(folder, locale)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.header_comment, catalog.fuzzy = head_of(folder, locale), False
        catalog.project, catalog.version = "portal", "1"
        path = _path(folder, locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            write_po(out, catalog, include_lineno=False, width=110, ignore_obsolete=True)
        missing = sum(1 for message in catalog if message.id and not _done(message))
        click.echo(f"{locale}: {missing or 'no'} messages to translate.")


def _done(message: object) -> bool:
    words = getattr(message, "string", "")
    return all(words) if isinstance(words, (tuple, list)) else bool(words)


def compile_catalogs(folder: Path) -> int:
    """Write a .mo beside every .po that has changed since. Returns how many."""
    done = 0
    for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            with path.open("rb") as lines, target.open("wb") as out:
                write_mo(out, read_po(lines, locale=LOCALES[path.parts[-3]].cldr))
            done += 1
    return done


@command.command("compile", help="Compile every catalog for use.")
@click.pass_obj
def compile_all(folder: Path) -> None:
    """Compile what changed."""
    click.echo(f"Compiled {compile_catalogs(folder)} catalogs.")
