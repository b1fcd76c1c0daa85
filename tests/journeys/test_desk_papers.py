"""What leaves the desk on paper or as a file: letters, and the list for a spreadsheet with nobody in it."""

import csv
import io
import re
from datetime import timedelta

import pytest

from portal.accounts.models import Staff
from portal.backoffice.models import DeskEvent
from portal.cases.models import CaseLook
from portal.cases.references import spoken
from portal.foundation.db import writing
from portal.messaging.models import Message
from tests.clock import START
from tests.desk import FILE, FIND, INBOX, LETTERS, an_office, due, leads, path_of, works
from tests.reading import hrefs, language, main, text, words
from tests.unit.cleaning.asking import faults, fill, on

office = pytest.fixture(an_office)
MONDAY = START.date()
WHO = {"name": "Sjaak Kanarievogel", "phone": "0612340001", "email": "sjaak.kanarie@example.nl", "postcode": "8012WX"}


@pytest.fixture
def mila(office):
    """Works in Midden."""
    return office.colleague("Mila de Wit", works("midden"))


@pytest.fixture
def carla(office):
    """Leads Midden."""
    return office.colleague("Carla Smit", leads("midden"))


@pytest.fixture
def put(office):
    """A request that is due so many days from now: `put(-3, owner=mila)` gives its number."""

    def asked(days, team="midden", owner=None, asks=False, **more):
        reference = office.ask(team, **{"way": "phone", **more})
        office.change(reference, owner_id=owner and owner.staff_id, asks_since=START if asks else None,
                      **due(MONDAY + timedelta(days=days), MONDAY - timedelta(days=20)))  # fmt: skip
        return reference

    return asked


# --- letters


def test_a_letter_is_printed_and_put_in_its_envelope_and_can_be_put_back(office, mila):
    reference = office.ask(way="letter", name="Mevrouw Jansen", street="Melkmarkt")
    page = mila.browser.get(LETTERS)
    (path,) = [href for href in hrefs(main(page)) if href.startswith(f"{LETTERS}/")]
    assert spoken(reference) in text(main(page))
    letter = mila.browser.get(path)
    address = [line for line in letter.html.select_one(".letter__to").get_text("\n").split("\n") if line]
    assert address[:2] == ["Mevrouw Jansen", "Melkmarkt 12"]
    assert address[2].replace(" ", "").startswith("8011PK")
    assert spoken(reference) in text(letter.html.select_one("article"))
    form = next(form for form in letter.forms.values() if form.action == path)
    after = on(mila.browser, mila.browser.submit(form))
    assert words("Done. That letter is off the list.") in text(main(after))
    assert words("No letter waits.") in text(main(after))
    row = next(row for row in office.books.rows(Message) if row.channel == "letter")
    assert row.state == "printed"
    mila.browser.get(path, status=404)
    back = on(mila.browser, mila.browser.submit(next(f for f in after.forms.values() if f.action == f"{path}/terug")))
    assert path in hrefs(main(back))
    mila.browser.submit(next(f for f in mila.browser.get(path).forms.values() if f.action == path))
    assert words("printed") in text(main(mila.browser.get(path_of(reference))))


def test_who_reads_a_letter_looked_at_the_request(office, mila):
    office.ask(way="letter")
    path = next(href for href in hrefs(main(mila.browser.get(LETTERS))) if href.startswith(f"{LETTERS}/"))
    assert office.books.rows(CaseLook) == []
    mila.browser.get(path)
    assert office.books.the(CaseLook).staff_id == mila.staff_id


def test_a_letter_that_the_printer_ate_is_put_back_within_a_day(office, mila, clock):
    office.ask(way="letter")
    path = next(href for href in hrefs(main(mila.browser.get(LETTERS))) if href.startswith(f"{LETTERS}/"))
    form = next(form for form in mila.browser.get(path).forms.values() if form.action == path)
    printed = on(mila.browser, mila.browser.submit(form))
    back = next(form for form in printed.forms.values() if form.action.startswith(path) and form.action != path)
    for _ in range(2):
        on(mila.browser, mila.browser.submit(back))
    assert path in hrefs(main(mila.browser.get(LETTERS)))
    mila.browser.get(path)


def test_the_envelope_pressed_twice_is_once(office, mila):
    office.ask(way="letter")
    path = next(href for href in hrefs(main(mila.browser.get(LETTERS))) if href.startswith(f"{LETTERS}/"))
    form = next(form for form in mila.browser.get(path).forms.values() if form.action == path)
    for _ in range(2):
        assert on(mila.browser, mila.browser.submit(form)).request.path == LETTERS


def test_a_letter_in_arabic_is_read_from_the_right(office, mila):
    office.ask(way="letter", locale="ar")
    path = next(href for href in hrefs(main(mila.browser.get(LETTERS))) if href.startswith(f"{LETTERS}/"))
    article = mila.browser.get(path).html.select_one("article")
    assert language(article) == ("ar", "rtl")
    assert language(article.select_one(".letter__to"))[1] == "ltr"


def test_what_staff_write_to_somebody_with_letters_is_a_letter_with_those_words(office, mila):
    reference = office.ask(way="letter")
    page = mila.browser.get(path_of(reference))
    on(mila.browser, mila.browser.submit(fill(page.forms["write"], {"text": "Dinsdag om tien uur."})))
    paths = [href for href in hrefs(main(mila.browser.get(LETTERS))) if href.startswith(f"{LETTERS}/")]
    assert len(paths) == 2
    assert "Dinsdag om tien uur." in text(main(mila.browser.get(paths[-1])))


def test_a_letter_of_another_team_is_not_there(office, mila):
    noor = office.colleague("Noor Bakker", works("holtenbroek"))
    office.ask("holtenbroek", way="letter")
    path = next(href for href in hrefs(main(noor.browser.get(LETTERS))) if href.startswith(f"{LETTERS}/"))
    assert hrefs(main(mila.browser.get(LETTERS))) == []
    mila.browser.get(path, status=404)
    form = next(form for form in noor.browser.get(path).forms.values() if form.action == path)
    token = mila.browser.get(FIND).forms["form"]["csrf_token"].value
    assert mila.browser.post(path, {"csrf_token": token}).status_int in {303, 404}
    assert next(row for row in office.books.rows(Message) if row.channel == "letter").state == "waiting"
    noor.browser.submit(form, 303)
    assert next(row for row in office.books.rows(Message) if row.channel == "letter").state == "printed"


# --- the list as a file


def export(colleague, reason, query="", status=200):
    return colleague.browser.submit(
        fill(colleague.browser.get(FILE + query).forms["form"], {"reason": reason}), status
    )  # fmt: skip


def rows(answer):
    assert answer.body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))


def test_the_list_is_a_file_with_numbers_and_dates_and_nobody_in_it(office, carla, put, clock):
    late, later = put(-3, owner=carla, asks=True, **WHO), put(9, name="Een Ander")
    put(-3, team="holtenbroek")
    answer = export(carla, "Overleg over de wachttijd")
    head, *lines = rows(answer)
    assert [line[0] for line in lines] == [spoken(late), spoken(later)]
    assert len(head) == len(lines[0]) == 10
    assert lines[0][3:9] == ["Sociaal wijkteam Midden", "8012", "2026-11-23", "2026-11-20", "-3", "Carla Smit"]
    # a number is made by chance, and may hold any two signs
    beside = " ".join(cell for line in lines for cell in line[1:])
    for word in ("Kanarie", "kanarie", "Ander", "0612340001", "8012WX", "WX"):
        assert word not in beside
    assert answer.headers["Content-Disposition"] == 'attachment; filename="aanvragen-2026-11-23.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content_type == "text/csv"


def test_it_is_written_down_who_took_what_and_why(office, carla, put, clock):
    put(-3)
    put(9)
    export(carla, "Overleg over de wachttijd", "?due=late&page=3")
    event = office.books.the(DeskEvent)
    assert (event.staff_id, event.kind, event.reason, event.query, event.count, event.at) == (
        carla.staff_id, "export", "Overleg over de wachttijd", "due=late", 1, clock.now(),
    )  # fmt: skip


def test_the_file_holds_every_page_of_the_list(carla, put):
    for number in range(27):
        put(-number)
    assert len(rows(export(carla, "Overleg over de wachttijd", "?page=2"))) == 28


@pytest.mark.parametrize("reason", ["", "te kort", "a" * 201])
def test_without_a_reason_that_says_something_there_is_no_file(office, carla, put, reason):
    put(-3)
    page = export(carla, reason, "?due=late", 422)
    assert [field for field, _message in faults(page)] == ["reason"]
    assert page.forms["form"]["reason"].value == reason
    assert page.forms["form"].action.endswith("?due=late")
    assert office.books.rows(DeskEvent) == []


def test_no_cell_begins_like_a_formula(office, carla, put):
    with writing(office.site.engine) as session:
        session.get_one(Staff, carla.staff_id).name = '=HYPERLINK("http://x.example";"klik")'
    put(-3, owner=carla)
    (line,) = rows(export(carla, "Overleg over de wachttijd"))[1:]
    assert line[8] == '\'=HYPERLINK("http://x.example";"klik")'
    assert line[7] == "-3"
    assert not any(re.match(r"[=+@\t\r-]", cell) for cell in line if cell != "-3")


def test_the_file_is_for_coordinators(office, mila, carla, put):
    put(-3)
    assert not [href for href in hrefs(mila.browser.get(INBOX).html) if href.startswith(FILE)]
    assert [href for href in hrefs(carla.browser.get(INBOX).html) if href.startswith(FILE)]
    mila.browser.get(FILE, status=403)
    token = mila.browser.get(FIND).forms["form"]["csrf_token"].value
    mila.browser.post(FILE, {"csrf_token": token, "reason": "Overleg over de wachttijd"}, 403)
    assert office.books.rows(DeskEvent) == []


def test_the_words_of_the_file_are_in_the_language_of_who_takes_it(carla, put):
    put(-3)
    page = carla.browser.get("/en/staff/aanvragen/bestand")
    head = rows(carla.browser.submit(fill(page.forms["form"], {"reason": "Overleg over de wachttijd"}), 200))[0]
    assert head[0] == words("Number", "en")
    assert head[5] == words("Received", "en")


def test_one_takes_along_what_one_leads_and_not_what_one_only_works_on(office, put):
    bo = office.colleague("Bo Smit", works("midden"), leads("holtenbroek"))
    put(-3)
    theirs, nobodys = put(-2, team="holtenbroek"), put(-1, team=None)
    lines = rows(export(bo, "Overleg over de wachttijd"))[1:]
    assert [line[0] for line in lines] == [spoken(theirs), spoken(nobodys)]
    assert office.books.the(DeskEvent).count == 2
