"""Every door, asked by everybody, about everything: what comes out stands in a table that people can read."""

import re
from dataclasses import dataclass
from hashlib import sha256

import pytest

from portal.accounts.roles import Role
from tests.security.rows import changed, picture, whole_picture
from tests.security.table import TABLE, Cell, Table
from tests.security.ways import address

#: What a list of faults shows at most; the rest is more of the same.
MOST_SHOWN = 40
METHODS_NOBODY_TAKES = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


@dataclass(frozen=True)
class Answer:
    """What came out of one cell, without what differs by what was asked."""

    cell: Cell
    status: int
    location: str
    leads_to_door: bool
    fingerprint: str


@pytest.fixture(scope="module")
def table():
    return Table()


def path_of(cast, cell):
    holes = {name: cast.holes.get(value, value) for name, value in cell.holes.items()}
    if cell.family:
        holes[cast.hole_of[cell.family]] = cast.things[cell.family][cell.thing]
    return address(cast.registry, cell.route, **holes)


def fingerprint(response, path, thing):
    """The whole answer: status, headers, body; the number that was asked, and its length, left out."""
    headers = sorted(f"{name}: {value}" for name, value in response.headers.items())
    text = "\n".join([response.status, *headers, response.text]).replace(path, "PATH")
    text = re.sub(r"(?i)expires=[^;]+", "expires=THEN", text)
    if thing is not None:
        text = re.sub(rf"(?<=/){re.escape(str(thing))}\b", "THING", text)
        text = re.sub(r"Content-Length: \d+", "Content-Length: N", text)
    return sha256(text.encode()).hexdigest()


def answer_to(cast, cell):
    path = path_of(cast, cell)
    asked = f"{path}?{cell.query}" if cell.query else path
    response = cast.ask(cell.person, cell.method, asked, cell.sends)
    door = address(cast.registry, "accounts.sign_in")
    location = (response.location or "").removeprefix("http://zwolle.test")
    leads = location.split("?")[0] == door or (
        response.status_int == 403 and f'href="{door}"' in response.text and "<main" in response.text
    )
    is_text = response.content_type.startswith(("text/", "application/json")) and response.charset
    thing = cast.things[cell.family][cell.thing] if cell.family else None
    mark = fingerprint(response, path, thing) if is_text else ""
    return Answer(cell, response.status_int, location, leads, mark)


def is_refusal(cell):
    """Whether it must change nothing; at the door itself who is refused is counted."""
    is_not_theirs = cell.thing is not None and not cell.is_seen
    return (is_not_theirs or cell.expected in {"403", "404", "door"}) and not cell.route.startswith("accounts.")


@pytest.fixture(scope="module")
def asked(cast, table, all_ways):
    """Every cell asked once; what was refused first, so that nothing of it may have changed a row."""
    answers, written = [], []
    before = whole_picture(cast.zwolle), whole_picture(cast.leeuwarden)
    for name, way in all_ways.items():
        for method in (one for one in way.methods if one in table.rows.get(name, {})):
            cells = sorted(table.cells(name, method, way.of_staff), key=lambda cell: not is_refusal(cell))
            refused = [cell for cell in cells if is_refusal(cell)]
            answers += [answer_to(cast, cell) for cell in refused]
            different = changed(before[0], {**before[0], **picture(cast.zwolle)})
            written += [f"{method} {name}, asked by who may not, changed {different}"] if different else []
            for cell in cells[len(refused) :]:
                answers.append(answer_to(cast, cell))
                if method != "GET" or name == "desk.case":
                    cast.again()
            cast.again()
    assert not changed(before[0], whole_picture(cast.zwolle)), "the table was not put back"
    different = changed(before[1], whole_picture(cast.leeuwarden))
    written += [f"a request to Zwolle changed Leeuwarden: {different}"] if different else []
    return answers, written


def leads_where(cast, location):
    """The name of the route that an address of ours belongs to."""
    for name, pattern in cast.patterns.items():
        if pattern(location.split("?")[0].split("#")[0]) is not None:
            return name
    return None


def fits(cast, answer):
    expected = answer.cell.expected
    if expected == "door":
        return answer.leads_to_door and answer.status in {303, 403}
    status, _space, route = expected.partition(" ")
    if str(answer.status) != status or (status == "403" and answer.leads_to_door):
        return False
    return not route or leads_where(cast, answer.location) == route


def shown(faults):
    return "\n".join([f"{len(faults)} faults:", *map(str, faults[:MOST_SHOWN])])


def test_every_registered_route_has_its_row(table, all_ways):
    missing = [
        f"{method} {name} is registered and nobody said who may: add it to {TABLE.name}"
        for name, way in all_ways.items()
        for method in way.methods
        if method not in table.rows.get(name, {})
    ]
    assert not missing, shown(missing)


def test_no_row_is_left_of_a_route_that_is_gone(table, all_ways):
    left = [
        f"{method} {name} is in {TABLE.name} and not registered any more: take it out"
        for name, row in table.rows.items()
        for method in row
        if name not in all_ways or method not in all_ways[name].methods
    ]
    assert not left, shown(left)


def test_every_role_is_asked_and_everybody_in_the_table_exists(cast, table):
    assert set(Role) <= set(table.people("staff"))
    assert set(table.people("staff", "public")) <= set(cast.cookies)


def test_every_thing_in_the_table_exists_and_the_other_way_round(cast, table):
    assert {family: set(said["whose"]) for family, said in table.things.items()} == {
        family: set(things) for family, things in cast.things.items()
    }


def test_where_one_of_the_staff_stands_for_all_nobody_is_looked_up(all_ways):
    assert [name for name, way in all_ways.items() if not way.of_staff and not way.for_everybody] == []


def test_everybody_gets_what_the_table_says(cast, asked):
    faults = [
        f"{answer.cell}: {answer.cell.expected} is said, {answer.status} {answer.location} came"
        for answer in asked[0]
        if not fits(cast, answer)
    ]
    assert not faults, shown(faults)


def test_what_is_somebody_elses_looks_exactly_like_what_never_was(asked):
    alike = {}
    for answer in asked[0]:
        cell = answer.cell
        if cell.thing is not None and not cell.is_seen:
            alike.setdefault((cell.method, cell.route, cell.person), {}).setdefault(answer.fingerprint, []).append(
                cell.thing
            )
    assert len(alike) > 100
    faults = [f"{' '.join(key)}: {list(marks.values())}" for key, marks in alike.items() if len(marks) > 1]
    assert not faults, shown(faults)


def test_who_may_not_changes_no_row(asked):
    assert not asked[1], shown(asked[1])


def test_a_method_that_no_view_takes_is_not_here_for_anybody_and_changes_no_row(as_begun, table, all_ways):
    faults, before = [], picture(as_begun.zwolle)
    for name, way in all_ways.items():
        if not set(way.methods) & set(table.rows.get(name, {})):
            continue
        cell = next(table.cells(name, next(iter(table.rows[name])), way.of_staff))
        others = {"GET", "POST", *METHODS_NOBODY_TAKES} - set(way.methods)
        for person in ("visitor", "team_coordinator"):
            for method in sorted(others):
                response = as_begun.ask(person, method, path_of(as_begun, cell))
                if response.status_int not in {404, 405, 422} and name != "__static/":
                    faults.append(f"{method} {name} by {person}: {response.status}")
    assert not changed(before, picture(as_begun.zwolle))
    assert not faults, shown(faults)


def test_a_view_that_somebody_else_keeps_is_still_there(as_begun):
    path = address(as_begun.registry, "desk.forget", id=as_begun.things["views"]["of_team_worker"])
    before = picture(as_begun.zwolle)
    as_begun.ask("team_coordinator", "POST", path)
    assert picture(as_begun.zwolle) == before
    as_begun.ask("team_worker", "POST", path)
    assert picture(as_begun.zwolle)["desk_search"][0] == before["desk_search"][0] - 1


def test_the_case_of_leeuwarden_is_there_for_leeuwarden_alone(as_begun):
    path = address(as_begun.registry, "desk.case", reference=as_begun.things["cases"]["of_leeuwarden"])
    assert as_begun.ask("of_leeuwarden", "GET", path, host="leeuwarden.test").status_int == 200
    door = as_begun.ask("of_leeuwarden", "GET", path)
    assert (door.status_int, address(as_begun.registry, "accounts.sign_in") in door.location) == (303, True)


def test_nobody_of_zwolle_is_anybody_in_leeuwarden(as_begun, table, all_ways):
    before, faults = picture(as_begun.leeuwarden), []
    door = address(as_begun.registry, "accounts.sign_in")
    staff = [(way, method) for method in ("GET", "POST") for way in table.ways(all_ways, method) if way.of_staff]
    for way, method in staff:
        if way.name.startswith("accounts."):
            continue
        cell = next(table.cells(way.name, method, True))
        path = path_of(as_begun, cell)
        if cell.family == "cases":
            path = path.replace(as_begun.things["cases"][cell.thing], as_begun.things["cases"]["of_leeuwarden"])
        response = as_begun.ask("team_coordinator", method, path, cell.sends, host="leeuwarden.test")
        if door not in (response.location or response.text) or response.status_int not in {303, 403}:
            faults.append(f"{method} {way.name}: {response.status} {response.location}")
    assert len(staff) > 40
    assert not faults, shown(faults)
    assert picture(as_begun.leeuwarden) == before
