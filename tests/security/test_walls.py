"""The hard walls around a complaint: whom it is about, and everybody of every team, cannot find that it is there.

Which pages are asked is not written down here: all that the portal registered for staff. A page that comes later is in
it by itself.
"""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete
from webtest import TestApp

from portal.accounts.models import Staff
from portal.accounts.services import StaffAccounts
from portal.attachments.models import Attachment
from portal.backoffice import clockwork
from portal.backoffice.digests import write_digests
from portal.backoffice.models import SavedSearch
from portal.backoffice.tidying import release_left
from portal.cases.models import Case, CaseEvent, CaseLook, CaseMessage
from portal.cases.references import spoken
from portal.cases.resources import CaseFile
from portal.foundation.clock import today
from portal.foundation.db import writing
from portal.foundation.tasks import paths
from portal.messaging.services import Messages
from portal.opinions.resources import OpinionFile
from tests.clock import START
from tests.desk import FIND, INBOX, LETTERS, TODAY, an_office, leads, path_of, works
from tests.reading import main, text
from tests.security.cast import TOKEN
from tests.security.ways import address
from tests.unit.cleaning.asking import fill
from tests.unit.complaints.at_desk import HANDLES, SAID, SIGNS, complain, doing, form_of, take

office = pytest.fixture(an_office)
#: Name → roles. Everybody is kept from a complaint about Midden, about Ids, and about Boris who leads Schelle.
OUTSIDE = {
    "inside": (HANDLES, works("midden")),
    "leader": (SIGNS, leads("midden")),
    "ids": (HANDLES,),
    "boris": (SIGNS, leads("schelle")),
    "under": (HANDLES, works("schelle")),
    "worker": (works("midden"),),
    "lead": (leads("midden"),),
    "elsewhere": (works("holtenbroek"), leads("holtenbroek")),
}
WHO = "Mevrouw Zonneveld-Kanarie"
#: Resources that open cases of one other kind alone; for the number of a complaint they are not there for anybody.
OF_ANOTHER_KIND = {OpinionFile}
#: A document of the complaint.
FILE = "AAAAAAAAAAAAAAAAAAAAAA"
TYPED = "Een heel verhaal dat niemand kwijt wil."


@pytest.fixture
def people(office):
    """Everybody who is kept out, and Hanna who is not."""
    made = {name: office.colleague(f"Collega {name}", *roles) for name, roles in OUTSIDE.items()}
    return {**made, "hanna": office.colleague("Hanna Visser", HANDLES), "karel": office.colleague("Karel", SIGNS)}


@pytest.fixture
def kept_out(people):
    """Those who may not find it."""
    return [person for name, person in people.items() if name in OUTSIDE]


@pytest.fixture
def tell(office, people):
    """A complaint with all that may hang on it: words, a letter, a failed message, a document. Gives its number."""

    def told(way="letter"):
        reference = complain(office, way=way)
        doing(office, reference, lambda service, case: service.keep_from(case, staff_id=people["ids"].staff_id))
        doing(office, reference, lambda service, case: service.keep_from(case, staff_id=people["boris"].staff_id))
        with writing(office.site.engine) as session:
            case = session.get_one(Case, office.case(reference).id)
            case.asks_since = START
            session.add(CaseMessage(case_id=case.id, author="resident", at=START, text=SAID))
            session.add(Attachment(id=FILE, case_id=case.id, kind="pdf", size=9, name="brief.pdf", sha256="0" * 64,
                                   state="clean", at=START, author="resident"))  # fmt: skip
            Messages(session, START).send(
                dedupe_key=f"{case.id}:failed", about=case.id, channel="email", recipient="niemand",
                subject="Uw bericht", text="Woorden", locale="nl",
            )  # fmt: skip
        return reference

    yield told
    with writing(office.site.engine) as session:
        session.execute(delete(SavedSearch))


def holes_of(way):
    return set(re.findall(r"\{([a-z_]+)", way.pattern)) - {"locale", "word"}


def doors_to_a_case(all_ways):
    """Every registered way to one case: by its resource, or because a number of a case stands in its address."""
    return {name: way for name, way in all_ways.items()
            if way.of_staff and (way.factory is CaseFile or "reference" in holes_of(way))}  # fmt: skip


def ask(office, person, method, path):
    """One request of somebody, as a browser with a form of ours would send it."""
    app = TestApp(office.app, lint=False)
    cookies = f"csrf={TOKEN}; staff={person.browser.cookies['staff']}"
    more = {"POST": {"csrf_token": TOKEN, "text": TYPED}} if method == "POST" else {}
    return app.request(path, method=method, headers={"Host": "zwolle.test", "Cookie": cookies}, status="*",
                       environ={"REMOTE_ADDR": "192.0.2.1"}, **more)  # fmt: skip


def door(registry, way, reference):
    holes = {"reference": reference, "action": "close", "id": FILE}
    return address(registry, way.name, **{name: holes[name] for name in holes_of(way)})


# One complaint


def test_every_way_to_a_case_asks_the_case_whom_it_lets_in(all_ways):
    doors = doors_to_a_case(all_ways)
    assert {way.factory for way in doors.values()} <= {CaseFile, *OF_ANOTHER_KIND}
    assert {"desk.case", "desk.assign", "complaints.sign", "attachments.desk_file"} <= doors.keys()


def test_no_way_to_it_is_there_for_who_is_kept_out_and_nothing_is_written(office, people, kept_out, tell, all_ways):
    reference, faults = tell(), []
    before = [len(office.about(table, reference)) for table in (CaseEvent, CaseLook, CaseMessage)]
    for name, way in doors_to_a_case(all_ways).items():
        path = door(office.registry, way, reference)
        for method in way.methods:
            for person in kept_out:
                answer = ask(office, person, method, path)
                if answer.status_int != 404 or WHO in answer.text or SAID in answer.text:
                    faults.append(f"{method} {name} by {person.name}: {answer.status}")
    assert not faults, "\n".join(faults)
    assert [len(office.about(table, reference)) for table in (CaseEvent, CaseLook, CaseMessage)] == before


def test_who_is_outside_the_walls_gets_in_by_each_of_them(office, people, tell, all_ways):
    """Without this the test above would be as glad of doors that lead nowhere."""
    reference = tell()
    for name, way in doors_to_a_case(all_ways).items():
        if "GET" in way.methods and way.factory is CaseFile:
            answer = ask(office, people["hanna"], "GET", door(office.registry, way, reference))
            assert answer.status_int != 404, name  # the document is a row only: found, and nothing to give


def test_its_document_does_not_come_by_the_number_of_another_case(office, kept_out, tell):
    tell()
    other = office.ask("midden", way="phone")
    inside = kept_out[0]
    assert ask(office, inside, "GET", path_of(other)).status_int == 200
    assert ask(office, inside, "GET", path_of(other, f"/document/{FILE}")).status_int == 404


# All that tells of many


def test_every_page_of_the_staff_is_the_same_whether_it_is_there_or_not(office, kept_out, people, tell, all_ways):
    with writing(office.site.engine) as session:
        for person in kept_out:
            session.add(SavedSearch(staff_id=person.staff_id, name="Klachten", query="kind=complaint&due=today"))
    office.ask("midden", way="letter")
    places = [address(office.registry, name) for name, way in all_ways.items()
              if way.of_staff and "GET" in way.methods and not holes_of(way)]  # fmt: skip
    places += [f"{INBOX}?{query}" for query in ("kind=complaint", "state=received", "asks=yes", "owner=nobody",
                                                "due=later", "ours=yes", "done=yes", "team=none")]  # fmt: skip
    asked = [(person, place) for person in [*kept_out, people["hanna"]] for place in places]

    def look():
        return {(person.name, place): picture(ask(office, person, "GET", place)) for person, place in asked}

    before = look()
    reference = tell()
    after = look()
    different = {key for key in before if before[key] != after[key]}
    assert {name for name, _place in different} == {"Hanna Visser"}
    assert {TODAY, INBOX, LETTERS, f"{INBOX}?kind=complaint"} <= {place for _name, place in different}
    assert len(places) > 25
    assert spoken(reference) in after["Hanna Visser", INBOX][1]


def picture(answer):
    """What somebody sees of a page."""
    shown = text(main(answer)) if answer.content_type == "text/html" and answer.html.select_one("main") else ""
    return answer.status_int, shown, answer.location or ""


@pytest.mark.parametrize("by", ["number", "Zonneveld-Kanarie", "8011 PK", "0612349876", "zonneveld.kanarie@example.nl"])
def test_no_search_finds_it(office, people, kept_out, tell, by):
    reference = tell()
    wanted = reference if by == "number" else by
    for person in kept_out:
        page = person.browser.submit(fill(person.browser.get(FIND).forms["form"], {"wanted": wanted}))
        assert page.status_int in {200, 422}, person.name
        assert not {spoken(reference), WHO} & {said for said in (spoken(reference), WHO) if said in text(main(page))}
    hanna = people["hanna"].browser
    found = hanna.submit(fill(hanna.get(FIND).forms["form"], {"wanted": wanted}))
    assert reference in (found.location or found.text)


def test_its_letter_is_in_no_list_of_theirs_and_cannot_be_opened_printed_or_put_back(office, people, kept_out, tell):
    reference = tell()
    (letter,) = [row for row in office.post(reference) if row.channel == "letter"]
    for person in kept_out:
        assert ask(office, person, "GET", f"{LETTERS}/{letter.id}").status_int == 404
        ask(office, person, "POST", f"{LETTERS}/{letter.id}")
    assert ask(office, people["hanna"], "GET", f"{LETTERS}/{letter.id}").status_int == 200
    assert [row.state for row in office.post(reference) if row.id == letter.id] == ["waiting"]
    ask(office, people["hanna"], "POST", f"{LETTERS}/{letter.id}")
    for person in kept_out:
        ask(office, person, "POST", f"{LETTERS}/{letter.id}/terug")
    assert [row.state for row in office.post(reference) if row.id == letter.id] == ["printed"]


def test_it_is_in_no_file_but_that_of_who_leads_the_work(office, people, tell):
    reference = tell()
    for name in ("leader", "lead", "boris", "elsewhere", "karel"):
        browser = people[name].browser
        form = browser.get(f"{INBOX}/bestand").forms["form"]
        file = browser.submit(fill(form, {"reason": "voor het overleg van maandag"}), 200)
        assert (spoken(reference) in file.text) is (name == "karel"), name
    people["hanna"].browser.get(f"{INBOX}/bestand", status=403)


# What the desk does by itself


def to_staff(office):
    """Who of the staff got a mail, by name."""
    return {row.recipient.split("@")[0] for row in office.books.messages() if row.recipient.endswith("@staff.example")}


def test_the_mail_of_the_morning_counts_it_for_nobody_who_is_kept_out(office, people, tell):
    reference = tell("phone")
    kinds = office.registry.case_kinds.values()
    write_digests(office.site, START, paths(office.registry, office.site), kinds)
    assert to_staff(office) == {"hanna.visser", "karel"}
    office.change(reference, owner_id=people["inside"].staff_id)
    write_digests(office.site, START + timedelta(days=1), paths(office.registry, office.site), kinds)
    assert to_staff(office) == {"hanna.visser", "karel"}


@pytest.mark.parametrize("owner", ["nobody", "inside", "hanna"])
def test_a_promise_that_nobody_keeps_is_told_to_who_leads_the_work_and_is_not_kept_out(
    office, people, tell, clock, owner
):
    reference = tell("phone")
    office.change(reference, owner_id=people[owner].staff_id if owner != "nobody" else None)
    clock.set(START + timedelta(days=60))
    clockwork.warn(office.site, clock.now(), paths(office.registry, office.site), office.registry.case_kinds)
    assert to_staff(office) == {"karel", *({"hanna.visser"} if owner == "hanna" else set())}


# While it is handled


def test_kept_from_somebody_while_their_page_is_open_it_is_gone_at_once_and_their_words_are_kept(office, people, tell):
    reference = complain(office)
    ids, hanna = people["ids"], people["hanna"]
    take(ids, reference)
    form = form_of(ids, reference, "time", how="extend", why=TYPED)
    note = fill(ids.browser.get(path_of(reference)).forms["note"], {"text": TYPED})
    events = len(office.about(CaseEvent, reference))
    hanna.browser.submit(form_of(hanna, reference, "walls", staff=str(ids.staff_id)), 303)
    for sent in (form, note):
        gone = ids.browser.submit(sent, 404)
        assert TYPED in gone.text
        assert WHO not in gone.text
    ids.browser.get(path_of(reference), status=404)
    assert office.case(reference).owner_id is None
    assert [row.action for row in office.about(CaseEvent, reference)][events:] == ["release", "keep_from"]


def test_a_role_in_the_team_counts_from_the_next_click_and_the_complaint_finds_another(office, people, clock):
    reference = complain(office)
    hanna = people["hanna"]
    take(hanna, reference)
    with writing(office.site.engine) as session:
        accounts = StaffAccounts(session, clock.now(), today(clock))
        accounts.grant(session.get_one(Staff, hanna.staff_id), *works("midden"))
    hanna.browser.get(path_of(reference), status=404)
    assert release_left(office.site, clock.now(), office.registry.case_kinds.values()) == 1
    assert office.case(reference).owner_id is None
    assert release_left(office.site, clock.now(), office.registry.case_kinds.values()) == 0


def test_it_is_given_to_nobody_who_is_kept_out(office, people, tell):
    reference = tell()
    form = people["hanna"].browser.get(path_of(reference)).forms["assign"]
    assert {value for value, *_rest in form["owner"].options} == {
        "0", str(people["hanna"].staff_id), str(people["karel"].staff_id),
    }  # fmt: skip
    for name in OUTSIDE:
        form["owner"].force_value(str(people[name].staff_id))
        people["hanna"].browser.submit(form, 422)
    assert office.case(reference).owner_id is None


def test_nobody_builds_a_wall_that_they_would_stand_behind(office, people):
    reference = complain(office, team=None)
    under = people["under"]
    for values in ({"staff": str(under.staff_id)}, {"team": "schelle"}, {"staff": str(people["boris"].staff_id)}):
        under.browser.submit(form_of(under, reference, "walls", **values), 422)
    under.browser.get(path_of(reference))


def test_about_nobody_in_particular_every_handler_sees_it_and_still_no_team(office, people):
    reference = complain(office, team=None)
    handle = {"hanna", "karel"} | {name for name, roles in OUTSIDE.items() if {HANDLES, SIGNS} & set(roles)}
    for name, person in people.items():
        assert (ask(office, person, "GET", path_of(reference)).status_int == 200) is (name in handle), name
