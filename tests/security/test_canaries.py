"""Nothing that anybody typed stands where it does not belong: in a log, an address, a subject, or a table beside it.

The loop of residents in `tests/journeys/test_follow_steps.py` goes on here at the desk, at the provider, and through
every fault that can be made from outside. Words that only people type (canaries) go in; everything is listened to.
"""

import logging
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

import pytest
from sqlalchemy import text as sql

from portal.app import configure
from portal.cases.models import Case
from portal.cases.resources import FormDesk
from portal.foundation.db import reading
from portal.foundation.outbox import OutboxRow, run_once
from portal.foundation.security import Permission
from portal.models import metadata
from tests.browser import Browser
from tests.desk import FIND, FORM, INBOX, an_office, leads, path_of, works
from tests.security.rows import Kept
from tests.unit.cleaning import asking
from tests.unit.cleaning.asking import FOR_MOTHER, ME, answer, fill, on, question, sending
from tests.unit.cleaning.following import STATUS, find, said_yes, step, with_code

office = pytest.fixture(an_office)
TYPED = {
    "message": "Kanariebericht: de sleutel ligt bij de buren",
    "note": "Kanarienotitie: belt liever na tienen",
    "written": "Kanariebrief: wij komen dinsdag",
    "reason": "kanariereden voor het overleg",
    "view": "kanarieweergave",
    "searched": "kanariezoektocht",
    "remark": "kanarieopmerking",
}
#: In small letters, as they are looked for. Every word of the loop has one of these in it.
CANARIES = ("kanarie", "0612349876", "06 1234 9876", "06-12349876", "612349876", "8011pk", "8011 pk", "zonneveld")
#: Where words of people are meant to be. A search may stand in memory, and five equal ones a week in `unmet_search`.
THEIR_OWN = {
    "case", "case_contact", "case_representative", "case_message", "case_draft", "message", "page_reaction",
    # the name of a view, and why a list was taken out: typed by staff, for themselves and for who looks after them
    "desk_search", "desk_event",
}  # fmt: skip
CALLED = {
    **ME,
    "desk": {"channel": "phone", "language": "nl", "knows": "yes"},
    "reach": {"way": "phone", "phone": "06 1234 9876", "email": asking.EMAIL},
}


def found_in(said, words=CANARIES):
    """The canaries in a text, also where it is written as in an address."""
    plain = f"{said}\n{unquote(said)}\n{unquote(said.replace('+', ' '))}".casefold()
    return sorted({word for word in words if word in plain})


@dataclass
class Wire:
    """The portal, and whatever of an answer may be kept on its way: addresses, headers, links."""

    app: object
    seen: list[str] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)

    def __call__(self, environ, start_response):
        self.seen.append(f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO')} {environ.get('QUERY_STRING')}")

        def start(status, headers, fault=None):
            self.statuses.add(int(status[:3]))
            self.seen.extend(f"{name}: {value}" for name, value in headers)
            return start_response(status, headers, fault)

        body = b"".join(self.app(environ, start))
        for link in re.findall(r'(?:href|src|action)="([^"]*)"', body.decode("utf-8", "replace")):
            if not link.startswith(("tel:", "mailto:")):
                self.seen.append(link)
        return [body]


def ask_by_hand(resident, carer, clock):
    """For oneself and for one's mother, with everything that can be typed wrong."""
    for name, wrong in (
        ("name", {"name": asking.NAME * 20}),
        ("reach", {"way": "email", "email": "zonneveld.kanarie@", "phone": "06 1234 9876"}),
        ("home", {"postcode": "8011 pkx", "house": asking.HOUSE}),
        ("note", {"note": asking.NOTE * 20}),
    ):
        page = resident.get(f"{asking.FORM['nl']}/vraag/who")
        while question(page) != name:
            page = answer(resident, page, ME[question(page)])
        again = resident.submit(fill(page.forms["form"], wrong), status=422)
        again.forms["form"]["csrf_token"] = "expired"
        resident.submit(again.forms["form"], status=422)
        resident.forget()
    asking.send(resident)
    clock.forward(minutes=1)
    asking.send(carer, FOR_MOTHER)


def work_at_the_desk(office, mila, carla):
    """Written down on the phone, written to, noted, given away, found in every way, taken out as a list."""
    page = mila.get(f"{FORM}/vraag/desk")
    while "/vraag/" in page.request.path:
        page = answer(mila, page, CALLED[question(page)])
    page = on(mila, mila.submit(sending(page)))
    number = page.request.path.rsplit("/", 1)[-1]
    for form, typed in (("note", TYPED["note"]), ("write", TYPED["written"])):
        for value, status in ((typed * 100, 422), (typed, 303)):
            mila.submit(fill(mila.get(path_of(number)).forms[form], {"text": value}), status=status)
    form = fill(mila.get(path_of(number)).forms["note"], {"text": TYPED["note"]})
    form["csrf_token"] = "expired"
    mila.submit(form, status=422)
    for wanted in (asking.NAME, "06 1234 9876", asking.EMAIL, "8011 PK", asking.HELPER_NAME, "ka", "kanarie" * 30):
        mila.submit(fill(mila.get(FIND).forms["form"], {"wanted": wanted}))
    mila.submit(fill(mila.get(f"{INBOX}?owner=nobody").forms["form"], {"name": TYPED["view"]}), status=303)
    for reason, status in (("ka", 422), (TYPED["reason"], 200)):
        carla.submit(fill(carla.get(f"{INBOX}/bestand").forms["form"], {"reason": reason}), status=status)
    assert (
        asking.NAME.encode()
        not in carla.submit(fill(carla.get(f"{INBOX}/bestand").forms["form"], {"reason": TYPED["reason"]})).body
    )
    mila.submit(fill(mila.get(path_of(number)).forms["hand-over"], {"team": "holtenbroek"}), status=303)
    mila.get(path_of(number), status=404)
    stranger = Browser(office.app, "zwolle.test")
    page = stranger.get("/nl/werk/aanmelden")
    stranger.submit(fill(page.forms["form"], {"email": asking.EMAIL, "password": asking.NOTE}), status=422)
    form = fill(stranger.get("/nl/werk/aanmelden").forms["form"], {"email": asking.EMAIL, "password": asking.NOTE})
    stranger._app.set_cookie("csrf", "another")
    stranger.submit(form, status=422)


def follow_and_answer(office, resident, app):
    """The provider says yes; the resident writes, gives a code, takes a step; somebody else guesses."""
    said_yes(app, office.books)
    answer(resident, resident.get(STATUS), {"text": TYPED["message"]})
    resident.submit(fill(resident.get(STATUS).forms["form"], {"text": TYPED["message"] * 100}), status=422)
    with_code(resident, office.books, asking.PHONE)
    for known in (asking.NAME[:20], "8011 PX", "06 1234 9876"):
        find(Browser(app, "zwolle.test"), office.books.rows(Case)[0].reference, known, 422)


def read_and_search(visitor):
    """What readers type. A search stands in its own address, as it has to be sent on; it is in no other place."""
    page = visitor.get("/nl/reactie?pagina=klacht&nuttig=nee")
    visitor.submit(fill(page.forms["form"], {"remark": TYPED["remark"]}), status=303)


@pytest.fixture(autouse=True)
def _no_canary_stays_behind(zwolle):
    kept = Kept(zwolle)
    yield
    kept.put_back()


@pytest.fixture
def wire(app):
    return Wire(app)


@pytest.fixture
def looped(office, wire, clock, registry, zwolle, caplog, capfd):
    """The whole loop was gone through; gives all that was logged and printed meanwhile."""
    caplog.set_level(logging.DEBUG)
    office.app = wire
    resident, carer, reader = (Browser(wire, "zwolle.test") for _ in range(3))
    mila = office.colleague("Mila de Wit", works("midden"), works("stadshagen")).browser
    carla = office.colleague("Carla Bos", leads("midden")).browser
    ask_by_hand(resident, carer, clock)
    follow_and_answer(office, carer, wire)
    work_at_the_desk(office, mila, carla)
    read_and_search(reader)
    step(carer, "came")
    assert run_once(zwolle, {"message": registry.job_handlers["message"]}, clock) > 5
    registry.tally.write_down()
    said = capfd.readouterr()
    return "\n".join([caplog.text, said.out, said.err])


def test_no_canary_stands_in_a_log_after_a_whole_loop(looped, office, wire):
    assert len(office.books.rows(Case)) == 3
    assert {200, 303, 404, 422} <= wire.statuses
    assert found_in(looped) == []
    secrets = [row.reference.casefold() for row in office.books.rows(Case)]
    secrets += [hit.casefold() for row in office.books.messages() for hit in re.findall(r"[\w-]{43}", row.text)]
    assert len(secrets) > 5
    assert found_in(looped, secrets) == []


def test_no_canary_stands_in_an_address_a_header_or_a_link(looped, wire):
    assert len(wire.seen) > 1_000
    assert [line for line in wire.seen if found_in(line)] == []


def test_no_canary_stands_in_the_subject_of_a_message(looped, office):
    messages = office.books.messages()
    assert len(messages) > 5
    assert [row.subject for row in messages if found_in(row.subject)] == []
    assert [row.dedupe_key for row in messages if found_in(f"{row.dedupe_key} {row.about} {row.fault}")] == []


def test_canaries_stand_in_the_tables_that_are_for_them_and_in_no_other(looped, zwolle):
    with reading(zwolle.engine) as connection:
        holding = {
            table.name
            for table in metadata.sorted_tables
            if any(found_in(str(tuple(row)), ("kanarie", "0612349876")) for row in connection.execute(table.select()))
        }
        looks = connection.execute(sql("SELECT kind, reason, query FROM desk_event WHERE kind = 'find'")).all()
    assert {"case", "case_contact", "case_message", "message"} <= holding <= THEIR_OWN
    assert {tuple(look) for look in looks} == {("find", "", how) for how in ("name", "phone", "email", "postcode")}


def test_what_the_worker_is_told_holds_keys_and_no_words(looped, office):
    payloads = [row.payload for row in office.books.rows(OutboxRow) if row.kind == "message"]
    assert payloads
    assert {tuple(payload) for payload in payloads} == {("id",)}


def break_in_words(request):
    """A fault of ours whose message quotes what somebody typed, as the messages of many faults do."""
    raise ValueError(f"cannot read {request.POST['name']!r} of {request.POST['phone']}")


def break_in_the_database(request):
    """A row that the database refuses; its own message quotes the row."""
    request.db.execute(
        sql(
            "INSERT INTO case_contact (case_id, name, postcode, house, way, phone, voicemail, interpreter)"
            " VALUES ('x', :name, '8011PK', :phone, 'pigeon', :phone, 'no', 'no')"
        ),
        dict(request.POST),
    )


def break_the_template(request):
    """A page that names what is not there."""
    return {"form": None, "name": request.POST["name"]}


@pytest.fixture
def portal_with(settings, clock, tmp_path):
    """Makes the portal anew, on the same databases, with other settings and with ways to break it."""
    made = []

    def make(**more):
        config = configure({**settings, "site.zwolle.index": str(tmp_path / "index"), **more})
        config.registry.clock = clock
        made.append(config.registry)
        for view in (break_in_words, break_in_the_database, break_the_template):
            config.add_route(view.__name__, f"/nl/{view.__name__}/x", factory=FormDesk)
            renderer = "cases/find.jinja2" if view is break_the_template else "json"
            config.add_view(
                view, route_name=view.__name__, permission=Permission.ASK, require_csrf=False, renderer=renderer
            )
        return config

    yield make
    for registry in made:
        for site in registry.sites:
            site.engine.dispose()


ON_PURPOSE = {"name": asking.NAME, "phone": asking.PHONE, "text": TYPED["message"]}


def heard(caplog, capfd):
    said = capfd.readouterr()
    return "\n".join([caplog.text, said.out, said.err])


@pytest.mark.parametrize(
    ("view", "status"), [(break_in_words, 500), (break_in_the_database, 503), (break_the_template, 500)]
)
def test_a_fault_is_told_by_its_kind_and_its_place_and_not_in_words(portal_with, view, status, caplog, capfd):
    browser = Browser(portal_with().make_wsgi_app(), "zwolle.test")
    with caplog.at_level(logging.DEBUG):
        page = browser.post(f"/nl/{view.__name__}/x?name={asking.NAME}", ON_PURPOSE, status=status)
    said = heard(caplog, capfd)
    assert "ERROR" in said
    assert found_in(said) == []
    assert found_in(re.sub(r'="[^"]*"', "", page.text), ("kanarie", asking.PHONE)) == []


def test_a_form_that_meets_a_database_without_tables_is_not_logged(portal_with, database, caplog, capfd):
    app = portal_with(**{"site.zwolle.database": database("portal_without_tables")}).make_wsgi_app()
    browser = Browser(app, "zwolle.test")
    token = "0" * 40
    browser._app.set_cookie("csrf", token)
    with caplog.at_level(logging.DEBUG):
        for path, form in (
            ("/nl/mijn-aanvraag", {"reference": "7KD4MW3F", "known": asking.NAME[:20]}),
            (f"{asking.FORM['nl']}/vraag/name", {"name": asking.NAME}),
            ("/nl/werk/aanmelden", {"email": asking.EMAIL, "password": asking.NOTE}),
            ("/nl/reactie", {"page": "klacht", "useful": "no", "remark": TYPED["remark"]}),
        ):
            assert browser.post(path, {"csrf_token": token, **form}).status_int in {303, 503}, path
    said = heard(caplog, capfd)
    assert "database: " in said
    assert found_in(said) == []


def test_a_message_that_cannot_leave_is_told_without_whom_it_was_for(portal_with, office, clock, caplog, capfd):
    visitor = Browser(office.app, "zwolle.test")
    asking.send(visitor)
    away = portal_with(**{"portal.mail": "folder:/proc/nowhere", "portal.sms": "folder:/proc/nowhere"})
    with caplog.at_level(logging.DEBUG):
        assert (
            run_once(away.registry.sites.by_key("zwolle"), {"message": away.registry.job_handlers["message"]}, clock)
            == 0
        )
    said = heard(caplog, capfd)
    assert "put off" in said
    assert found_in(said) == []
    assert [row.fault for row in office.books.messages() if row.fault and found_in(row.fault)] == []


def test_who_lets_the_database_tell_every_question_reads_no_words_of_people(app, office, caplog):
    """More than we ship: statements in the log. What is typed is a parameter, and parameters are hidden."""
    visitor = Browser(app, "zwolle.test")
    with caplog.at_level(logging.INFO, "sqlalchemy.engine"):
        office.site.engine.dispose()
        asking.send(visitor)
        find(visitor, office.books.rows(Case)[0].reference, "8011 PX", 422)
    assert "INSERT INTO case_contact" in caplog.text
    assert found_in(caplog.text) == []
