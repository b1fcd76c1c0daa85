"""`portal check-texts`: hold the Dutch texts of content/ against their reading level."""

from pathlib import Path

import click

from portal.cli import open_registry
from portal.foundation.lib.readability import Finding, Report, Term, faults
from portal.foundation.lib.readability import check as read
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


def glossary(content: Path) -> dict[str, Term]:
    """The hard words of a content folder; none when it has no list."""
    path = content / "glossary" / "nl.yaml"
    rows = read_yaml(path) if path.is_file() else []
    return {str(row["word"]): Term(str(row["plain"]), str(row["explanation"])) for row in rows}


def report(content: Path, folder: str) -> list[str]:
    """What the plain-language checker finds on one page, in both levels; empty when there is no such page."""
    terms, said = glossary(content), []
    for level in LEVELS:
        path = content / "pages" / folder / f"{level}.md"
        if path.is_file():
            found = read(path.read_text("utf-8"), level, terms)
            said += [f"{level}: {_summed(found)}", *(_line(level, one) for one in found.findings)]
    return said


def _summed(found: Report) -> str:
    if found.estimate is None:
        return f"{found.words} words, too few for an estimate"
    reasons = ", ".join(f"{code} {value:g}" for code, value in found.estimate.reasons)
    return f"{found.words} words; estimate: {found.estimate.level} ({reasons})"


def _line(level: str, one: Finding) -> str:
    values = ", ".join(f"{key}: {value}" for key, value in one.values.items())
    return f"{level}.md:{one.line}: {one.kind}; {one.mend}{f' ({values})' if values else ''}\n    “{one.sentence}”"


@click.command("check-texts", help="Say which Dutch texts are harder than their level allows.")
@click.option("--page", metavar="FOLDER", help="Show all that could be plainer on one page, with the sentence.")
@click.pass_context
def command(ctx: click.Context, page: str | None) -> None:
    """Fails when there is one that is too hard; with `--page` only when there is no such page."""
    sites = open_registry(ctx).sites
    if page:
        _show([line for site in sites for line in report(site.content, page)], page)
        return
    said = [fault for site in sites for fault in check(site.content)]
    for fault in said:
        click.echo(fault)
    if said:
        raise click.ClickException(f"{len(said)} texts are too hard.")
    click.echo("All Dutch texts keep to their level.")


def _show(lines: list[str], page: str) -> None:
    if not lines:
        raise click.ClickException(f"There is no page {page}.")
    for line in lines:
        click.echo(line)
