"""The models and the migrations tell the same story, in one line, forwards and backwards."""

import io

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from portal.cli.db import MIGRATIONS, upgrade
from portal.foundation.db import make_engine
from portal.models import metadata


def alembic(connection=None):
    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@pytest.fixture
def fresh(database):
    """An engine on an empty database."""
    engine = make_engine(database("portal_migrations"))
    yield engine
    engine.dispose()


def tables(engine):
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def go(engine, verb, where):
    with engine.begin() as connection:
        verb(alembic(connection), where)


def test_there_is_one_newest_migration():
    assert len(ScriptDirectory.from_config(alembic()).get_heads()) == 1


def test_every_migration_says_in_its_file_name_when_and_what():
    for path in (MIGRATIONS / "versions").glob("*.py"):
        date, _, what = path.stem.partition("_")
        assert len(date) == 8
        assert date.isdecimal()
        assert len(what.split("_")) >= 2


@pytest.mark.parametrize("site", ["zwolle", "leeuwarden"])
def test_the_models_ask_nothing_that_the_newest_migration_does_not_give(request, site):
    with request.getfixturevalue(site).engine.begin() as connection:
        command.check(alembic(connection))


def test_all_the_way_down_leaves_nothing_and_up_again_gives_everything(fresh):
    upgrade(fresh)
    assert tables(fresh) == set(metadata.tables)
    go(fresh, command.downgrade, "base")
    assert tables(fresh) == set()
    upgrade(fresh)
    assert tables(fresh) == set(metadata.tables)
    with fresh.begin() as connection:
        command.check(alembic(connection))


def test_each_step_can_be_taken_back_and_taken_again(fresh):
    revisions = [one.revision for one in ScriptDirectory.from_config(alembic()).walk_revisions()]
    for revision in reversed(revisions):
        go(fresh, command.upgrade, revision)
        go(fresh, command.downgrade, "-1")
        go(fresh, command.upgrade, revision)
    assert tables(fresh) == set(metadata.tables)


def test_every_constraint_has_a_name_by_which_a_migration_can_speak_of_it(zwolle):
    known = inspect(zwolle.engine)
    for table in metadata.tables:
        for constraint in known.get_check_constraints(table):
            assert constraint["name"].startswith(f"ck_{table}_"), table
        for constraint in known.get_foreign_keys(table):
            assert constraint["name"].startswith(f"fk_{table}_"), table
