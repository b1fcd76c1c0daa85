"""`portal reactions`: what readers said of the pages, for who keeps the words true."""

from collections import Counter
from datetime import UTC, datetime

import click
from sqlalchemy import select

from portal.cli import open_registry
from portal.foundation.db import reading
from portal.pages.models import PageReaction


@click.command("reactions", help="Show what readers said of the pages: counts, then remarks.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), default="2026-01-01", show_default=True)
@click.pass_context
def command(ctx: click.Context, since: datetime) -> None:
    """Page by page, the newest remark first; nothing is known of who wrote it."""
    for site in open_registry(ctx).sites:
        with reading(site.engine) as connection:
            rows = connection.execute(
                select(PageReaction.__table__)
                .where(PageReaction.received_at >= since.replace(tzinfo=UTC))
                .order_by(PageReaction.page_key, PageReaction.received_at.desc())
            ).all()
        counts = Counter((row.page_key, row.useful) for row in rows)
        click.echo(f"{site.key}: {len(rows)} reactions")
        for key in sorted({row.page_key for row in rows}):
            click.echo(f"  {key}: {counts[key, True]} yes, {counts[key, False]} no")
            for row in rows:
                if row.page_key == key and row.remark:
                    click.echo(f"    {row.received_at:%Y-%m-%d} {row.locale}: {' '.join(row.remark.split())}")
