"""The page of a team: where, when, who, for which neighbourhoods; and its poster."""

import csv
import io
from datetime import datetime
from xml.etree import ElementTree

import pytest
import segno

from portal.foundation.clock import LOCAL
from portal.foundation.i18n import LOCALES
from portal.teams.labels import BUILDING
from portal.ui.spoken import language_name
from tests.composed import ROOT
from tests.reading import hrefs, main, text, words

PAGE = "/nl/team/holtenbroek"
AREAS = ROOT / "content" / "areas"


def rows(name):
    return list(csv.DictReader((AREAS / name).read_text("utf-8").splitlines()))


def moment(day, clock_time):
    return datetime.fromisoformat(f"{day}T{clock_time}").replace(tzinfo=LOCAL)


def open_now(page):
    """What the page says of this moment."""
    return text(page.html.select_one("main .dot").parent)


def test_the_page_says_where_and_how_to_reach_the_team(visitor):
    page = main(visitor.get(PAGE))
    assert "Voorbeeldplein 12, 8031 FO Zwolle" in text(page)
    assert {"tel:0380000220", "mailto:holtenbroek@voorbeeld.example"} <= set(hrefs(page))
    assert "bushalte Voorbeeldplein" in text(page)


def test_the_week_has_seven_days_and_marks_today(visitor):
    table = visitor.get(PAGE).html.select_one("table.hours")
    days = table.select("tbody tr")
    assert len(days) == 7
    assert [text(day.th) for day in days if day.get("aria-current")] == ["maandag"]
    assert [text(cell) for cell in days[2].select("td")] == ["8:30–17:00", "13:30–16:00"]
    assert [text(cell) for cell in days[6].select("td")] == [words("closed"), "–"]


def test_a_door_that_is_open_says_until_when_and_shuts_on_the_minute(visitor, clock):
    assert "17:00" in open_now(visitor.get(PAGE))
    clock.set(moment("2026-11-23", "16:59:59"))
    assert "17:00" in open_now(visitor.get(PAGE))
    clock.set(moment("2026-11-23", "17:00"))
    shut = open_now(visitor.get(PAGE))
    assert "17:00" not in shut
    assert "dinsdag 24 november" in shut
    assert "8:30" in shut


def test_the_door_opens_on_the_minute(visitor, clock):
    clock.set(moment("2026-11-24", "08:29:59"))
    assert "8:30" in open_now(visitor.get(PAGE))
    clock.set(moment("2026-11-24", "08:30"))
    assert "17:00" in open_now(visitor.get(PAGE))


def test_at_christmas_the_door_stays_shut_until_the_next_working_day(visitor, clock):
    clock.set(moment("2026-12-25", "10:00"))
    page = visitor.get(PAGE)
    assert "maandag 28 december" in open_now(page)
    assert "vrijdag 25 december" in text(main(page))
    assert "Kerst" in text(main(page))


def test_closed_days_that_are_over_are_not_told_any_more(visitor, clock):
    assert "Nieuwjaarsdag" in text(main(visitor.get(PAGE)))
    clock.set(moment("2027-01-02", "10:00"))
    assert "Nieuwjaarsdag" not in text(main(visitor.get(PAGE)))


@pytest.mark.parametrize("locale", ["nl", "en", "ar"])
def test_the_languages_of_the_team_are_named_in_the_language_of_the_reader(visitor, locale):
    page = text(main(visitor.get(f"/{locale}/team/holtenbroek")))
    for code in ("nl", "ar", "tr", "so", "en"):
        assert language_name(code, LOCALES[locale]) in page


def test_what_the_building_has_and_has_not_is_both_said(visitor):
    page = text(main(visitor.get(PAGE)))
    has = {"step_free": True, "lift": True, "toilet": True, "hearing_loop": False, "quiet_room": True, "parking": True}
    for key, yes, no in BUILDING:
        assert words(yes if has[key] else no) in page
        assert words(no if has[key] else yes) not in page


def test_the_neighbourhoods_of_the_team_are_named_and_drawn(visitor):
    page = visitor.get(PAGE).html
    ours = {row["value"] for row in rows("coverage.csv") if (row["team"], row["kind"]) == ("holtenbroek", "buurt")}
    everywhere = rows("neighbourhoods.csv")
    for row in everywhere:
        if row["code"] in ours:
            assert row["name"] in text(page.main)
            assert row["wijk"] in text(page.main)
    assert len(page.select("svg.map path")) == len(everywhere)
    assert len(page.select("svg.map path.ours")) == len(ours)
    assert page.select_one("svg.map")["aria-label"]


def test_the_poster_carries_name_phone_and_a_code_that_leads_to_the_team(visitor):
    page = visitor.get("/nl/poster/holtenbroek").html
    poster = page.select_one(".poster")
    assert text(page.h1) == "Sociaal wijkteam Holtenbroek"
    assert "038 000 02 20" in text(poster)
    assert "zwolle.test/nl/team/holtenbroek" in text(poster)
    assert poster.select_one("svg.qr path")["d"] == drawn("http://zwolle.test/nl/team/holtenbroek", border=2)


def drawn(address, border):
    """The line of a QR code for an address."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=border)
    return ElementTree.fromstring(out.getvalue()).find("{http://www.w3.org/2000/svg}path").attrib["d"]


def test_the_code_is_there_as_a_file(visitor):
    page = visitor.get("/nl/poster/holtenbroek")
    assert "/nl/qr/holtenbroek.svg" in hrefs(main(page))
    file = visitor.get("/nl/qr/holtenbroek.svg")
    assert file.content_type == "image/svg+xml"
    assert file.headers["Content-Disposition"] == 'attachment; filename="qr-holtenbroek.svg"'
    line = ElementTree.fromstring(file.body).find("{http://www.w3.org/2000/svg}path").attrib["d"]
    assert line == drawn("http://zwolle.test/nl/team/holtenbroek", border=4)


def test_the_team_is_there_in_arabic_with_a_note_that_nobody_has_read_it_yet(visitor):
    page = visitor.get("/ar/team/holtenbroek")
    assert "الفريق الاجتماعي" in text(page.html.h1)
    draft = "This translation has not been read by a native speaker yet. The Dutch text counts."
    assert words(draft, "ar") in text(main(page))
    assert words(draft) not in text(main(visitor.get(PAGE)))


@pytest.mark.parametrize(
    "path", ["/nl/team/atlantis", "/nl/poster/atlantis", "/nl/qr/atlantis.svg", "/ar/team/atlantis"]
)
def test_a_team_that_is_not_there_is_told_with_the_number_to_call(visitor, central, path):
    assert central in hrefs(main(visitor.get(path, status=404)))
