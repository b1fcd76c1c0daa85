"""Policies from files to rows and back: key by key, and never over what was edited on screen."""

import shutil
from datetime import date, datetime, timedelta

import pytest
import yaml
from sqlalchemy import select, update

from portal.foundation.content_cache import Kept
from portal.foundation.db import reading, writing
from portal.foundation.policies import Policy, PolicyRow, read_policies
from portal.foundation.policy_files import DEFAULTS, export
from portal.foundation.seeding import ContentError, Seeded, seed_site
from tests.composed import ROOT

TODAY = date(2026, 11, 23)
OWN = yaml.safe_load(DEFAULTS.read_text("utf-8"))
ROW = {"value": 3, "unit": "working_days", "legal_basis": "Belofte", "certain": True}


@pytest.fixture
def seed(new_site, registry, clock):
    """Seeds the policies of the new site; gives the content version after it."""

    def run():
        seed_site(new_site, {"policies": registry.seeders["policies"]}, clock)
        return Kept(new_site).version()

    return run


@pytest.fixture
def hold(new_site):
    """The policies that hold on a day: `hold()["cleaning_start"]`."""

    def run(on=TODAY):
        with reading(new_site.engine) as connection:
            return read_policies(connection, on)

    return run


@pytest.fixture
def write(content):
    """Writes the municipality's own file."""

    def run(text=None, **rows):
        (content / "policies.yaml").write_text(yaml.safe_dump(rows) if text is None else text, "utf-8")

    return run


@pytest.fixture
def on_screen(new_site):
    """What somebody does on a screen: changes columns of the rows of a key."""

    def run(key, **columns):
        with writing(new_site.engine) as session:
            session.execute(update(PolicyRow).where(PolicyRow.key == key).values(**columns))

    return run


def rows_of(site):
    with reading(site.engine) as connection:
        return sorted(map(str, connection.execute(select(PolicyRow.__table__))))


def test_without_a_file_a_municipality_has_the_portals_own(seed, hold, content):
    assert not (content / "policies.yaml").exists()
    seed()
    found = hold()
    assert {key: (one.value, one.unit, one.legal_basis, one.certain) for key, one in found.items()} == {
        key: tuple(row[name] for name in ("value", "unit", "legal_basis", "certain")) for key, row in OWN.items()
    }
    assert len(found) > 50


@pytest.mark.parametrize("site", ["zwolle", "leeuwarden"])
def test_both_municipalities_have_every_policy(request, site):
    with reading(request.getfixturevalue(site).engine) as connection:
        assert set(read_policies(connection, TODAY)) == set(OWN)


def test_the_file_of_zwolle_says_in_its_own_words_what_the_portal_promises(zwolle):
    own = yaml.safe_load((ROOT / "content" / "policies.yaml").read_text("utf-8"))
    with reading(zwolle.engine) as connection:
        found = read_policies(connection, TODAY)
    assert {key: found[key].legal_basis for key in own} == {key: row["legal_basis"] for key, row in own.items()}


@pytest.mark.parametrize(
    ("key", "value", "unit", "certain"),
    [
        ("melding_investigation", 6, "weeks", True),
        ("personal_plan_window", 7, "days", True),
        ("bezwaar_window", 6, "weeks", False),
        ("complaint_decide", 6, "weeks", True),
        ("complaint_decide_committee", 10, "weeks", True),
        ("cleaning_provider_answer", 2, "working_days", True),
        ("cleaning_start", 10, "working_days", True),
        ("avg_answer", 1, "months", False),
        ("breach_to_ap", 72, "hours", False),
        ("draft_kept", 7, "days", True),
        ("one_time_code", 10, "minutes", True),
        ("tracking_tries", 5, "count", True),
        ("session_idle", 15, "minutes", True),
        ("retain_cleaning", 42, "days", True),
    ],
)
def test_the_portals_own_are_those_of_the_domain_model(seed, hold, key, value, unit, certain):
    seed()
    one = hold()[key]
    assert (one.value, one.unit, one.certain) == (value, unit, certain)


def test_what_is_kept_is_kept_for_days(seed, hold):
    seed()
    kept = {key: one for key, one in hold().items() if key.startswith("retain_") or key.endswith("_kept")}
    assert len(kept) == 9
    assert all(one.span() == timedelta(days=one.value) for one in kept.values())


def test_the_file_goes_before_the_portals_own_key_by_key(seed, hold, write):
    write(cleaning_start=ROW)
    seed()
    assert hold()["cleaning_start"] == Policy("cleaning_start", 3, "working_days", "Belofte", True)
    assert hold()["cleaning_provider_answer"].value == 2


def test_without_its_line_the_portals_own_is_back(seed, hold, write):
    write(cleaning_start=ROW)
    seed()
    write("# nothing left\n")
    seed()
    assert hold()["cleaning_start"].value == 10


def test_seeding_twice_changes_nothing(seed, new_site):
    assert seed() == 1
    before = rows_of(new_site)
    assert seed() == 1
    assert rows_of(new_site) == before


def test_a_changed_file_raises_the_version_so_that_nobody_keeps_the_old(seed, write):
    assert seed() == 1
    write(cleaning_start=ROW)
    assert seed() == 2


def test_what_was_edited_on_screen_stays_when_the_file_changes(seed, hold, write, on_screen):
    write(cleaning_start=ROW, slot_hold={**ROW, "unit": "minutes"})
    seed()
    on_screen("cleaning_start", value=4)
    write(cleaning_start={**ROW, "value": 8}, slot_hold={**ROW, "unit": "minutes", "value": 20})
    seed()
    assert hold()["cleaning_start"].value == 4
    assert hold()["slot_hold"].value == 20
    write(cleaning_start={**ROW, "value": 9})
    seed()
    assert hold()["cleaning_start"].value == 4


def test_a_row_added_on_screen_stays_with_the_row_that_it_ends(seed, hold, write, on_screen, new_site):
    seed()
    on_screen("cleaning_start", valid_to=date(2026, 12, 31))
    with writing(new_site.engine) as session:
        session.add(PolicyRow(key="cleaning_start", valid_from=date(2027, 1, 1), **ROW))
    write(cleaning_start={**ROW, "value": 8})
    seed()
    assert [hold(day)["cleaning_start"].value for day in (date(2026, 12, 31), date(2027, 1, 1))] == [10, 3]


def test_a_key_that_is_in_no_file_any_more_goes_unless_it_was_edited(seed, hold, on_screen, new_site):
    seed()
    with writing(new_site.engine) as session:  # as a portal would have left it whose files had other keys
        for key, old in (("map_grace", "old_one"), ("map_recheck", "old_two")):
            session.execute(update(PolicyRow).where(PolicyRow.key == key).values(key=old))
            session.execute(update(Seeded).where(Seeded.name == f"policies/{key}").values(name=f"policies/{old}"))
    on_screen("old_two", value=31)
    for _time in range(2):
        seed()
        assert "old_one" not in hold()
        assert (hold()["old_two"].value, hold()["map_grace"].value, hold()["map_recheck"].value) == (31, 30, 180)


def test_a_day_has_the_row_that_holds_on_it(seed, hold, write):
    first = {**ROW, "valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31)}
    write(cleaning_start=[{**ROW, "value": 5, "valid_from": date(2027, 1, 1)}, first])
    seed()
    days = [date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1), date(2040, 1, 1)]
    assert [hold(day)["cleaning_start"].value for day in days] == [3, 3, 5, 5]
    assert "cleaning_start" not in hold(date(2025, 12, 31))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"cleaning_strat": ROW}, "cleaning_strat: no policy has this key"),
        ({"cleaning_start": {**ROW, "value": 0}}, "cleaning_start: value is a whole number"),
        ({"cleaning_start": {**ROW, "value": True}}, "value is a whole number"),
        ({"cleaning_start": {**ROW, "value": "3"}}, "value is a whole number"),
        ({"cleaning_start": {**ROW, "value": 10_000}}, "value is a whole number"),
        ({"cleaning_start": {**ROW, "unit": "workdays"}}, "unit is one of minutes, hours"),
        ({"cleaning_start": {**ROW, "unit": ["days"]}}, "unit is one of"),
        ({"cleaning_start": {**ROW, "unit": "hours"}}, "working_days cannot become hours"),
        ({"one_time_code": {**ROW, "unit": "weeks"}}, "minutes cannot become weeks"),
        ({"tracking_tries": {**ROW, "unit": "days"}}, "count cannot become days"),
        ({"cleaning_start": {**ROW, "legal_basis": ""}}, "legal_basis"),
        ({"cleaning_start": {**ROW, "legal_basis": "x" * 201}}, "legal_basis"),
        ({"cleaning_start": {**ROW, "certain": "ja"}}, "certain is true or false"),
        ({"cleaning_start": {**ROW, "valid_from": "today"}}, "valid_from is a date"),
        ({"cleaning_start": {**ROW, "valid_to": datetime(2026, 1, 1)}}, "valid_to is a date"),
        ({"cleaning_start": {**ROW, "valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}}, "comes before"),
        ({"cleaning_start": {**ROW, "basis": "Awb"}}, "a row has value, unit, legal_basis, certain"),
        ({"cleaning_start": {"value": 3}}, "a row has value, unit"),
        ({"cleaning_start": 3}, "a row has value, unit"),
        ({"cleaning_start": []}, "there are no rows"),
        ({"Cleaning": ROW}, "a key is 3 to 40 small letters"),
        ({"cleaning_start": [ROW, {**ROW, "valid_from": date(2027, 1, 1)}]}, "from 2015-01-01 and from 2027"),
        ({"cleaning_start": [{**ROW, "valid_to": TODAY}, {**ROW, "valid_from": TODAY}]}, "overlap: end the first"),
        ({"cleaning_start": [ROW, ROW]}, "overlap"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_named_and_nothing_is_read(seed, write, new_site, rows, said):
    write(**rows)
    with pytest.raises(ContentError, match=rf"policies\.yaml: .*{said}"):
        seed()
    assert rows_of(new_site) == []


@pytest.mark.parametrize("text", ["- a list\n", "cleaning_start: [\n", "words\n"])
def test_a_file_that_is_no_mapping_is_named(seed, write, text):
    write(text)
    with pytest.raises(ContentError, match=r"policies\.yaml: "):
        seed()


def test_what_is_exported_and_seeded_again_gives_the_same_rows(
    seed, write, on_screen, new_site, content, tmp_path, registry
):
    write(cleaning_start=[{**ROW, "valid_to": date(2026, 12, 31)}, {**ROW, "valid_from": date(2027, 1, 1), "value": 9}])
    seed()
    on_screen("bezwaar_window", certain=False, legal_basis="Awb 6:7, nagelezen")
    before = rows_of(new_site)
    with reading(new_site.engine) as connection:
        assert registry.exporters["policies"](connection, tmp_path / "out") == 1
    with writing(new_site.engine) as session:
        session.query(PolicyRow).delete()
        session.query(Seeded).delete()
    shutil.copy(tmp_path / "out" / "policies.yaml", content / "policies.yaml")
    seed()
    assert rows_of(new_site) == before
    assert set(yaml.safe_load((content / "policies.yaml").read_text("utf-8"))) == {"cleaning_start", "bezwaar_window"}


def test_what_is_as_the_portal_has_it_is_not_exported(seed, new_site, tmp_path):
    seed()
    with reading(new_site.engine) as connection:
        assert export(connection, tmp_path / "out") == 0
    assert not (tmp_path / "out").exists()
