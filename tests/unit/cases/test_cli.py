"""`portal cases`: how long requests are kept, and one person's data, from the command line."""

import json
import stat
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select

from portal.accounts.models import Staff
from portal.cases.models import Case, CaseLook, Contact, DeletionRecord
from portal.cli import portal
from portal.foundation.clock import SystemClock
from portal.foundation.db import reading, writing
from portal.foundation.outbox import OutboxRow
from portal.messaging.models import Message
from tests.composed import ROOT
from tests.unit.cases.canaries import CANARIES
from tests.unit.cleaning.asking import EMAIL, HOUSE, NAME, PHONE

NOOR = "noor@example.nl"
#: Requests of one person, and one of a housemate: key → state, days at rest, held, name.
REQUESTS = {
    "AAAA3333": ("ended", 50, None, NAME), "AAAA4444": ("withdrawn", 50, "Archiefwet: hotspot", NAME),
    "AAAA6666": ("accepted", 50, None, NAME), "AAAA7777": ("ended", 10, None, "Huisgenoot Kanarievriend"),
}  # fmt: skip


def put_in(session, now, reference, state, days, held, name):
    moved = now - timedelta(days=days)
    email = EMAIL if name == NAME else "huisgenoot@example.nl"
    session.add(Case(id=reference.lower(), reference=reference, send_key=reference, kind="cleaning", state=state,
                     channel="web", locale="nl", answers={}, received_at=moved, moved_at=moved, held=held))  # fmt: skip
    session.flush()
    session.add(Contact(case_id=reference.lower(), name=name, postcode="8011PK", house=HOUSE, way="email", phone=PHONE,
                        email=email, voicemail=False, interpreter=False))  # fmt: skip


@pytest.fixture
def site(small_site):
    """The small municipality with four requests and somebody of the staff; afterwards nobody asked anything."""
    now = SystemClock().now()
    with writing(small_site.engine) as session:
        session.add(Staff(email=NOOR, name="Noor de Vries", employer="Gemeente", created_at=now))
        for reference, (state, days, held, name) in REQUESTS.items():
            put_in(session, now, reference, state, days, held, name)
    yield small_site
    with writing(small_site.engine) as session:
        for table in (Case, DeletionRecord, Message, Staff):
            session.execute(delete(table))
        session.execute(delete(OutboxRow).where(OutboxRow.kind == "message"))


@pytest.fixture
def cases(site, tmp_path):
    """Runs `portal cases …`; gives (exit code, what was said), in which nobody is named."""
    ini, of = tmp_path / "cases.ini", site.settings
    lines = {
        "portal.sites": "small", "portal.locales_dir": ROOT / "locales", "portal.development": "true",
        "site.small.hosts": "small.test", "site.small.base_url": of.base_url, "site.small.content": of.content,
        "site.small.database": of.database, "site.small.index": of.index,
    }  # fmt: skip
    ini.write_text("[app:main]\n" + "".join(f"{name} = {value}\n" for name, value in lines.items()), "utf-8")

    def run(*words, answer=None):
        result = CliRunner().invoke(portal, ["--config", str(ini), "cases", *words], input=answer)
        assert isinstance(result.exception, SystemExit | None), result.exc_info
        assert [word for word in CANARIES if word in result.output] == []
        return result.exit_code, result.output

    return run


@pytest.fixture
def left(site):
    """The references that are still here."""

    def read():
        with reading(site.engine) as connection:
            return list(connection.scalars(select(Case.reference).order_by(Case.reference)))

    return read


def test_a_dry_run_prints_what_is_due_by_which_policy_and_changes_nothing(cases, left):
    code, said = cases("retention", "--dry-run")
    assert code == 0
    ended, _let_go, _started, withdrawn = [
        line.split() for line in said.splitlines() if "cleaning" in line and " due " in line
    ]
    assert ended[:6] == ["cleaning", "ended", "1", "due", "0", "held"]
    assert withdrawn[:6] == ["cleaning", "withdrawn", "0", "due", "1", "held"]
    assert "retain_cleaning: 42 days (Eigen keuze: zes weken na de start)" in said
    assert left() == sorted(REQUESTS)


def test_the_run_prints_the_table_of_the_dry_run_and_does_it(cases, left):
    dry = cases("retention", "--dry-run")
    assert cases("retention", "--site", "small") == dry
    assert left() == ["AAAA4444", "AAAA6666", "AAAA7777"]
    assert "small: 0 requests" in cases("retention")[1]


def test_a_request_is_held_and_released_by_its_reference(cases, left):
    assert cases("hold", "aaaa 3333", "--because", "Archiefwet: hotspot")[0] == 0
    cases("retention")
    assert "AAAA3333" in left()
    assert cases("release", "AAAA3333") == (0, "It is no longer held.\n")
    cases("retention")
    assert "AAAA3333" not in left()


@pytest.mark.parametrize(("words", "said"), [
    (("hold", "AAAA9999", "--because", "x"), "There is no request with that reference"),
    (("hold", "AAAA3333", "--because", " "), "--because is 1 to 200 signs"),
    (("release", "BROWSER"), "There is no request with that reference"),
    (("release", "AAAA3333", "--site", "elders"), "no site is called “elders”"),
    (("erase", "--site", "small", "--because", "x"), "say who"),
    (("erase", "--site", "small", "--because", "x", "--email", "niemand@example.nl"), "Nothing is here"),
    (("erase", "--site", "small", "--because", "x" * 201, "--email", EMAIL), "--because is 1 to 200 signs"),
    (("erase", "--site", "small", "--because", f"van {EMAIL}", "--email", EMAIL), "--because stays behind"),
    (("erase", "--site", "small", "--because", "x", "--phone", PHONE), "2 different names fit, in 4 requests"),
    (("erase", "--site", "small", "--because", "x", "--postcode", "8011PK"), "go together"),
    (("erase", "--site", "small", "--because", "x", "--postcode", "8011PK", "--house", HOUSE), "2 different names fit"),
])  # fmt: skip
def test_what_cannot_be_is_said_in_words_and_nothing_goes(cases, left, words, said):
    code, output = cases(*words)
    assert code != 0
    assert said in output
    assert left() == sorted(REQUESTS)


def test_an_export_is_a_file_for_its_owner_alone_and_a_look(cases, tmp_path, site):
    path = tmp_path / "dossier.json"
    code, said = cases("export", "--site", "small", "--email", EMAIL, "--by", NOOR, "--to", str(path))
    assert (code, "3 requests" in said) == (0, True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [case["case"][0]["reference"] for case in json.loads(path.read_text("utf-8"))["uw_aanvragen"]] == [
        "AAAA3333", "AAAA4444", "AAAA6666"
    ]  # fmt: skip
    assert "Zonneveld" in path.read_text("utf-8")
    with reading(site.engine) as connection:
        assert list(connection.scalars(select(CaseLook.why))) == ["export"] * 3


def test_a_file_that_is_there_stays_as_it_is(cases, tmp_path, site):
    path = tmp_path / "dossier.json"
    path.write_text("van een ander", "utf-8")
    code, said = cases("export", "--site", "small", "--email", EMAIL, "--by", NOOR, "--to", str(path))
    assert (code, path.read_text("utf-8")) == (1, "van een ander")
    assert "is there already" in said
    with reading(site.engine) as connection:
        assert connection.execute(select(CaseLook.id)).all() == []


@pytest.mark.parametrize(("who", "by", "said"), [
    (("--email", EMAIL), "nobody@example.nl", "Nobody who works at small"),
    (("--phone", PHONE), NOOR, "2 different names fit"),
    (("--postcode", "8011PK", "--house", HOUSE), NOOR, "use --yes-all-at-this-address"),
    (("--email", "niemand@example.nl"), NOOR, "Nothing is here"),
])  # fmt: skip
def test_an_export_that_is_refused_leaves_no_file(cases, tmp_path, who, by, said):
    path = tmp_path / "dossier.json"
    code, output = cases("export", "--site", "small", *who, "--by", by, "--to", str(path))
    assert (code, path.exists()) == (1, False)
    assert said in output


def test_everybody_at_an_address_goes_along_when_that_is_said(cases, tmp_path):
    path = tmp_path / "dossier.json"
    where = ("--postcode", "8011 pk", "--house", HOUSE, "--yes-all-at-this-address")
    assert "4 requests" in cases("export", "--site", "small", *where, "--by", NOOR, "--to", str(path))[1]


def test_erasing_lists_first_and_keeps_what_the_law_holds(cases, left):
    words = ("erase", "--site", "small", "--email", EMAIL, "--because", "AVG artikel 17")
    code, said = cases(*words, "--dry-run")
    assert code == 0
    assert said.splitlines() == [
        "  AAAA3333  cleaning  ended  goes",
        "  AAAA4444  cleaning  withdrawn  stays, held: Archiefwet: hotspot",
        "  AAAA6666  cleaning  accepted  goes",
    ]
    assert left() == sorted(REQUESTS)
    assert cases(*words, answer="n\n")[0] == 1
    assert left() == sorted(REQUESTS)
    assert "2 done, 1 kept." in cases(*words, "--yes")[1]
    assert left() == ["AAAA4444", "AAAA7777"]


def test_what_stays_behind_is_the_reason(cases, site):
    cases("erase", "--site", "small", "--reference", "AAAA7777", "--because", "AVG  artikel 17", answer="y\n")
    with reading(site.engine) as connection:
        row = connection.execute(select(DeletionRecord.why, DeletionRecord.basis, DeletionRecord.state)).one()
    assert tuple(row) == ("asked", "AVG artikel 17", "ended")
