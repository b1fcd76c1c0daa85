"""Somebody calls: one finds their request by what one knows of them, and nothing of that stands in an address."""

import logging

import pytest

from portal.backoffice.models import DeskEvent
from portal.cases.models import CaseLook
from portal.cases.references import spoken
from tests.desk import FIND, an_office, numbers, path_of, works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import faults, fill, on

office = pytest.fixture(an_office)
WHO = {"name": "Sjaak Kanarievogel", "phone": "0612340001", "email": "sjaak.kanarie@example.nl", "postcode": "8012WX"}


@pytest.fixture
def mila(office):
    """Works in Midden."""
    return office.colleague("Mila de Wit", works("midden"))


def look_for(colleague, typed, status=200):
    return colleague.browser.submit(fill(colleague.browser.get(FIND).forms["form"], {"wanted": typed}), status)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("8012 wx", "postcode"), ("06 1234 0001", "phone"), ("+31612340001", "phone"),
        ("Sjaak.Kanarie@example.NL", "email"), ("kanarievogel", "name"), ("sjaak", "name"),
    ],
)  # fmt: skip
def test_somebody_who_calls_is_found_and_it_is_written_down_that_one_looked_and_not_for_what(office, mila, typed, kind):
    wanted = office.ask(way="phone", **WHO)
    office.ask(way="phone", name="Een Ander", phone="0687654321", email=None)
    page = look_for(mila, typed)
    assert numbers(page) == [wanted]
    assert page.forms["form"]["wanted"].value == typed
    event = office.books.the(DeskEvent)
    assert (event.staff_id, event.kind, event.query, event.count) == (mila.staff_id, "find", kind, 1)
    assert typed not in str(event)
    assert office.books.rows(CaseLook) == []


def test_a_number_leads_to_its_request_however_it_is_written(office, mila):
    reference = office.ask(way="phone")
    for typed in (reference, reference.lower(), spoken(reference), f" {reference[:4]}-{reference[4:].lower()} "):
        assert on(mila.browser, look_for(mila, typed, 303)).request.path == path_of(reference)


def test_a_name_that_looks_like_a_number_is_a_name(office, mila):
    wanted = office.ask(way="phone", name="Ad Dekker")
    assert numbers(look_for(mila, "Ad Dekker")) == [wanted]


@pytest.mark.parametrize("never", ["7KD4MW3F", None])
def test_the_number_of_another_team_and_one_that_never_was_find_the_same_nothing(office, mila, never):
    page = look_for(mila, never or office.ask("holtenbroek", way="phone"))
    assert numbers(page) == []
    assert words("Nothing fits in your teams. Is it spelt otherwise? Or is it with another team: then ask them.") in (
        text(main(page))
    )


def test_somebody_of_another_team_is_not_found(office, mila):
    office.ask("holtenbroek", way="phone", **{**WHO, "postcode": "8031AB"})
    for typed in ("kanarievogel", "0612340001", "8031AB"):
        assert numbers(look_for(mila, typed)) == []
    assert [event.count for event in office.books.rows(DeskEvent)] == [0, 0, 0]


@pytest.mark.parametrize("typed", ["", "  ", "ab", "06", "%%%%", "a" * 101])
def test_too_little_to_go_by_is_told_at_the_field_and_nothing_is_looked_for(office, mila, typed):
    page = look_for(mila, typed, 422)
    assert [field for field, _message in faults(page)] == ["wanted"]
    assert page.forms["form"]["wanted"].value.strip() == typed.strip()
    assert office.books.rows(DeskEvent) == []


def test_nothing_of_what_is_typed_stands_in_an_address_or_a_log(office, mila, caplog):
    office.ask(way="phone", **WHO)
    with caplog.at_level(logging.DEBUG):
        for typed in WHO.values():
            page = look_for(mila, typed)
            assert page.request.url == f"http://zwolle.test{FIND}"
            assert not any(typed in href or "kanarie" in href for href in hrefs(page.html))
    for typed in (*WHO.values(), "kanarie", "Kanarie"):
        assert typed not in caplog.text
    assert "kanarie" not in str(office.books.rows(DeskEvent)).casefold()
