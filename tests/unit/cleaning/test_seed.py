"""Providers come from files that people write."""

import shutil
from datetime import date

import pytest
import yaml
from sqlalchemy import select

from portal.cases.models import Case
from portal.cleaning import seed
from portal.cleaning.models import Offer, Provider
from portal.cleaning.services import read_providers
from portal.foundation.db import reading, writing
from portal.foundation.i18n import LOCALES
from portal.foundation.seeding import ContentError
from tests.composed import ROOT

FOLDER = ROOT / "content" / "providers"


@pytest.fixture
def plant(new_site):
    """Seeds the providers of the new municipality."""

    def once():
        with writing(new_site.engine) as session:
            seed.seed(session, new_site)

    return once


@pytest.fixture
def providers(new_site):
    """The providers as they are stored, by slug."""

    def read():
        with writing(new_site.engine) as session:
            session.expire_on_commit = False
            return {one.slug: one for one in session.scalars(select(Provider))}

    return read


@pytest.fixture
def folder(new_site):
    """The folder of the new municipality, with Zwolle's providers."""
    target = new_site.content / "providers"
    shutil.copytree(FOLDER, target)
    return target


def test_a_municipality_may_have_none(plant, providers):
    plant()
    assert providers() == {}


def test_a_file_becomes_a_provider(plant, providers, folder):
    plant()
    bezem = providers()["de-bezem"]
    assert (bezem.name, bezem.price_per_hour, bezem.price_from) == ("De Bezem", 2980, date(2026, 7, 1))
    assert bezem.postcodes[0] == "8011"
    assert bezem.example


def test_a_change_comes_through_and_a_file_that_is_gone_takes_its_provider_along(plant, providers, folder):
    plant()
    path = folder / "de-bezem.yaml"
    path.write_text(path.read_text("utf-8").replace("2980", "3333"), "utf-8")
    (folder / "de-emmer.yaml").unlink()
    plant()
    assert providers()["de-bezem"].price_per_hour == 3333
    assert "de-emmer" not in providers()


def test_a_provider_who_was_asked_something_stays_for_that_request_and_is_offered_to_nobody_else(
    plant, providers, folder, new_site, clock
):
    plant()
    now = clock.now()
    with writing(new_site.engine) as session:
        case = Case(
            id="c1", reference="AAAA3333", send_key="k", kind="cleaning", state="accepted", channel="web", locale="nl",
            answers={}, received_at=now, moved_at=now,
        )  # fmt: skip
        session.add(case)
        session.flush()
        session.add(Offer(
            hash="h", case_id="c1", provider_slug="de-emmer", state="accepted", chosen=True, made_at=now, expires_at=now
        ))  # fmt: skip
    (folder / "de-emmer.yaml").unlink()
    plant()
    assert providers()["de-emmer"].gone
    with reading(new_site.engine) as connection:
        assert "de-emmer" not in {one.slug for one in read_providers(connection)}


@pytest.mark.parametrize(
    ("before", "after"),
    [("name: De Bezem", ""), ("2026-07-01", "binnenkort"), ("name: De Bezem", "name: [")],
)
def test_a_file_with_a_slip_is_named(plant, folder, before, after):
    path = folder / "de-bezem.yaml"
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    with pytest.raises(ContentError, match="de-bezem"):
        plant()


def test_there_are_six_examples_that_say_so_and_speak_every_language():
    files = sorted(FOLDER.glob("*.yaml"))
    assert len(files) >= 6
    for path in files:
        data = yaml.safe_load(path.read_text("utf-8"))
        assert data["example"] is True, path
        assert data["email"].endswith(".example"), path
        assert set(data["text"]) == set(LOCALES), path
        assert data["price_per_hour"] > 0
        assert data["languages"]


def test_every_address_of_the_municipality_has_a_choice_of_providers():
    everywhere = [path for path in FOLDER.glob("*.yaml") if not yaml.safe_load(path.read_text("utf-8"))["postcodes"]]
    assert len(everywhere) >= 2
