"""What is exported and seeded again gives the same rows."""

import shutil

import pytest
from sqlalchemy import Column, select

from portal.foundation.db import reading, writing
from portal.foundation.seeding import seed_site
from portal.models import metadata

#: Rows that content files do not hold: what was read when, what is to be done, what readers said.
NOT_CONTENT = {"seeded", "outbox", "content_version", "page_reaction", "alembic_version"}
#: Columns that depend on the order or the bytes of the files.
NOT_COMPARED = {"id", "seeded", "position"}


def _rows(site):
    """All rows of content, as sorted texts by table."""
    found = {}
    with reading(site.engine) as connection:
        for table in metadata.sorted_tables:
            if table.name not in NOT_CONTENT:
                columns: list[Column] = [column for column in table.c if column.name not in NOT_COMPARED]
                found[table.name] = sorted(str(tuple(row)) for row in connection.execute(select(*columns)))
    return found


def _export(site, registry, folder):
    with reading(site.engine) as connection:
        return sum(write(connection, folder) for write in registry.exporters.values())


@pytest.fixture
def seeded(new_site, registry, clock):
    seed_site(new_site, registry.seeders, clock)
    return new_site


def test_an_export_seeded_into_an_empty_database_gives_the_same_rows(seeded, registry, clock, content, tmp_path):
    before = _rows(seeded)
    assert all(before[name] for name in ("page", "page_text", "team", "team_text", "entry", "entry_text"))
    _export(seeded, registry, tmp_path / "out")
    with writing(seeded.engine) as session:
        for table in reversed(metadata.sorted_tables):
            session.execute(table.delete())
    for name in ("pages", "teams", "social_map"):
        shutil.rmtree(content / name)
        shutil.copytree(tmp_path / "out" / name, content / name)
    shutil.copy(tmp_path / "out" / "areas" / "coverage.csv", content / "areas" / "coverage.csv")
    seed_site(seeded, registry.seeders, clock)
    assert _rows(seeded) == before


def test_an_export_says_how_many_files_it_wrote(seeded, registry, tmp_path):
    count = _export(seeded, registry, tmp_path / "out")
    assert count == sum(1 for path in (tmp_path / "out").rglob("*") if path.is_file())


def test_a_page_that_was_taken_away_is_not_exported(seeded, registry, tmp_path):
    with writing(seeded.engine) as session:
        session.execute(metadata.tables["page"].update().values(state="archived"))
    _export(seeded, registry, tmp_path / "out")
    assert not (tmp_path / "out" / "pages").exists()
