"""`portal staff`: people come and go from the command line."""

import re

import pytest
from click.testing import CliRunner
from sqlalchemy import delete

from portal.accounts.reading import AccountReader
from portal.cli import portal
from portal.foundation.clock import SystemClock, today
from portal.foundation.db import reading, writing
from portal.foundation.site import Site
from tests.composed import ROOT
from tests.unit.accounts.conftest import TABLES

EMAIL = "noor@example.nl"


@pytest.fixture
def staff(small, small_site: Site, tmp_path):
    """Runs `portal staff …` on the small municipality; gives (exit code, what was said)."""
    site = small_site.settings
    ini = tmp_path / "staff.ini"
    lines = {
        "portal.sites": "small", "portal.locales_dir": ROOT / "locales", "portal.development": "true",
        "site.small.hosts": "small.test", "site.small.base_url": site.base_url, "site.small.content": site.content,
        "site.small.database": site.database, "site.small.index": site.index,
    }  # fmt: skip
    ini.write_text("[app:main]\n" + "".join(f"{name} = {value}\n" for name, value in lines.items()), "utf-8")

    def run(*words):
        result = CliRunner().invoke(portal, ["--config", str(ini), "staff", *words])
        assert isinstance(result.exception, SystemExit | None), result.exc_info
        return result.exit_code, result.output

    yield run
    with writing(small_site.engine) as session:
        for table in TABLES:
            session.execute(delete(table))


def add(staff, *more, role="team_worker", email=EMAIL):
    return staff("add", "small", email, "Noor de Vries", "--role", role, *more)


def test_who_is_added_gets_a_link_that_invites_them(staff, small_site):
    code, said = add(staff, "--team", "holtenbroek")
    assert code == 0
    token = re.search(r"http://small\.test/nl/werk/uitnodiging\?sleutel=(\S+)", said)[1]
    with reading(small_site.engine) as connection:
        clock = SystemClock()
        assert AccountReader(connection, clock.now(), today(clock)).invited(token).email == EMAIL


def test_who_is_here_gets_a_role_more_and_no_link(staff):
    add(staff, "--team", "holtenbroek")
    code, said = add(staff, role="translator")
    assert (code, "sleutel" in said) == (0, False)
    assert "translator" in staff("list", "small")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--role", "team_worker"), "need --team"),
        (("--role", "team_worker", "--team", "nowhere"), "There is no team “nowhere”; there are: "),
        (("--role", "publisher", "--team", "holtenbroek"), "others have none|other roles have none"),
        (("--role", "wizard"), "'wizard' is not one of 'team_worker'"),
        (("--role", "publisher", "--until", "2020-01-01"), "--until is a day to come"),
    ],
)
def test_what_cannot_be_is_said_in_words_and_nobody_is_added(staff, words, said):
    code, output = staff("add", "small", EMAIL, "Noor", *words)
    assert code != 0
    assert re.search(said, output), output
    assert staff("list", "small") == (0, "")


def test_an_unknown_site_or_address_is_said(staff):
    assert "no site is called “elders”" in staff("list", "elders")[1]
    assert "Nobody who works at small" in staff("leave", "small", "nobody@example.nl")[1]
    assert "is no e-mail address" in staff("add", "small", "noor", "Noor", "--role", "publisher")[1]


def test_who_leaves_is_in_the_list_as_gone_without_roles(staff):
    add(staff, "--team", "holtenbroek")
    assert "not signed in yet: team_worker (holtenbroek) from " in staff("list", "small")[1]
    assert staff("leave", "small", EMAIL)[0] == 0
    assert f"{EMAIL}  Noor de Vries: left on " in staff("list", "small")[1]
    assert staff("invite", "small", EMAIL)[0] != 0


def test_a_role_can_be_taken_back_and_a_link_be_given_anew(staff):
    add(staff, "--team", "holtenbroek", "--employer", "Stichting Elders")
    assert "sleutel=" in staff("invite", "small", EMAIL)[1]
    assert staff("end", "small", EMAIL, "--role", "team_worker", "--team", "holtenbroek")[0] == 0
    assert "Stichting Elders, not signed in yet: no role" in staff("list", "small")[1].replace("  ", " ")
    assert staff("end", "small", EMAIL, "--role", "publisher")[0] != 0
