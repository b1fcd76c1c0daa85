"""Looking changes nothing: no GET and no HEAD writes a row, whoever looks and whatever at.

Three things are written all the same, each because it must be, and each is named here: that somebody of the staff was
seen (`staff_session`, once a minute at most); that somebody of the staff opened a request or its letter (`case_look`,
which the resident reads); and coming back from a provider of OpenID Connect, which starts a session
(`accounts.openid_back`: no provider is called here, its journeys are in `tests/journeys/test_staff_openid.py`).
"""

import pytest

from portal.app import configure
from portal.complaints.desk_views import ACT_DESK as COMPLAINT
from portal.foundation.security import Permission
from portal.opinions.desk_views import ACT_DESK as OPINION
from portal.privacy.desk import ACT_DESK as PRIVACY
from portal.worries.desk_views import ACT_DESK as WORRY
from tests.security.cast import TOKEN
from tests.security.rows import changed, picture, whole_picture
from tests.security.table import Table
from tests.security.test_matrix import path_of, shown
from tests.security.ways import address

#: One of everybody who may see something: nobody, somebody with a draft, staff with one, residents, a coordinator.
LOOKERS = (
    "visitor",
    "draft_writer",
    "desk_writer",
    "resident",
    "resident_with_code",
    "half_signed_in",
    "team_coordinator",
)
#: The only routes that a GET writes for by itself: a request, a form about it, a letter with its words, a document.
OPENS_A_CASE = "desk.case"
FORMS = tuple(f"{desk.prefix}.{name}" for desk in (COMPLAINT, OPINION, PRIVACY, WORRY) for name in desk.acts)
OPENED = (OPENS_A_CASE, *FORMS, "desk.letter", "attachments.desk_file")
#: Permissions by which one may only look.
TO_LOOK = {
    Permission.READ, Permission.HEALTH, Permission.STYLEGUIDE, Permission.POSTBOX_READ, Permission.STAFF_ENTER,
    Permission.CASE_LIST, Permission.CASE_READ, Permission.DIARY_READ, Permission.PAGE_READ,
}  # fmt: skip
#: Permissions that a GET asks for and a POST too, and why that is no way around: route → methods.
FOR_BOTH = {
    # whoever comes back from a provider knocks, as who sends a password does
    Permission.STAFF_KNOCK: {"accounts.openid_back"},
    # the question why, before the file; the file itself is written down
    Permission.CASE_EXPORT: {"desk.export"},
    # the page that asks before it is done; who may not do it has nothing to look at there
    Permission.PAGE_ARRANGE: {"editing.archive", "editing.new"},
    Permission.PAGE_PUBLISH: {"editing.publish", "editing.send_back", "editing.withdraw"},
}


@pytest.fixture(scope="module")
def paths(cast, all_ways):
    """An address of something that is there, for each route that can be looked at; all there is where there is more."""
    table, found = Table(), {}
    for way in table.ways(all_ways, "GET"):
        person = "team_coordinator" if way.of_staff else "visitor"
        cells = [cell for cell in table.cells(way.name, "GET", way.of_staff) if cell.person == person]
        query = f"?{cells[0].query}" if cells[0].query else ""
        found[way.name] = list(dict.fromkeys(path_of(cast, cell) + query for cell in cells))
    return found


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_changes_no_row(as_begun, paths, method):
    as_begun.registry.tally.write_down()
    sites = as_begun.zwolle, as_begun.leeuwarden
    whole, faults, looked = [whole_picture(site) for site in sites], [], 0
    for person in LOOKERS:
        before = picture(as_begun.zwolle)
        for name, addresses in paths.items():
            for path in addresses:
                assert as_begun.ask(person, method, path).status_int < 500, f"{method} {path}"
                looked += 1
            after = picture(as_begun.zwolle)
            different = [one for one in changed(before, after) if name not in OPENED or one.split()[0] != "case_look"]
            faults += [f"{method} {name} by {person} changed {different}"] if different else []
            before = after
    assert not faults, shown(faults)
    assert looked > 400
    as_begun.again()
    assert [changed(before, whole_picture(site)) for before, site in zip(whole, sites, strict=True)] == [[], []]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_opening_a_case_is_written_down_once_and_nothing_else(as_begun, method):
    path = address(as_begun.registry, OPENS_A_CASE, reference=as_begun.things["cases"]["own_team"])
    before = picture(as_begun.zwolle)
    for _ in range(3):
        assert as_begun.ask("team_coordinator", method, path).status_int == 200
    assert changed(before, picture(as_begun.zwolle)) == ["case_look (0 → 1 rows)"]


def test_a_case_that_one_may_not_open_is_not_written_down(as_begun):
    before = picture(as_begun.zwolle)
    for thing in ("other_team", "moved_away", "without_team", "of_leeuwarden", "never_was"):
        path = address(as_begun.registry, OPENS_A_CASE, reference=as_begun.things["cases"][thing])
        assert as_begun.ask("team_worker", "GET", path).status_int == 404
    assert picture(as_begun.zwolle) == before


def test_being_seen_is_written_once_a_minute_and_on_pages_of_the_staff_only(as_begun, paths, clock):
    before = picture(as_begun.zwolle)
    clock.forward(seconds=61)
    for name in ("start.start", "cases.find", "pages.page"):
        as_begun.ask("team_coordinator", "GET", paths[name][0])
    assert picture(as_begun.zwolle) == before
    as_begun.ask("team_coordinator", "GET", paths["desk.today"][0])
    seen = picture(as_begun.zwolle)
    assert changed(before, seen) == [f"staff_session ({seen['staff_session'][0]} → {seen['staff_session'][0]} rows)"]
    clock.forward(seconds=59)
    as_begun.ask("team_coordinator", "GET", paths["desk.inbox"][0])
    assert picture(as_begun.zwolle) == seen


def test_a_search_in_vain_is_counted_in_memory_and_not_while_the_reader_waits(as_begun):
    before = picture(as_begun.zwolle)
    path = address(as_begun.registry, "sitesearch.search")
    assert as_begun.ask("visitor", "GET", f"{path}?q=xqzwvkj").status_int == 200
    assert picture(as_begun.zwolle) == before
    as_begun.registry.tally.write_down()
    written = {one.split()[0] for one in changed(before, picture(as_begun.zwolle))}
    assert written - {"unmet_week"} == {"unmet_search"}  # the week is written the first time only


@pytest.mark.parametrize("route", ["accounts.openid", "accounts.openid_back"])
@pytest.mark.parametrize("cookie", ["", "1.x.y", f"1795424400.{'a' * 43}.{'b' * 43}"])
def test_coming_back_from_a_provider_without_a_try_of_ours_changes_no_row(
    as_begun, settings, clock, route, cookie, tmp_path
):
    with_provider = configure(
        {**settings, "site.zwolle.index": str(tmp_path), "site.zwolle.openid.issuer": "http://127.0.0.1:9",
         "site.zwolle.openid.client_id": "portal", "site.zwolle.openid.client_secret": "not so secret",
         "site.zwolle.openid.label": "Gemeente-account"}
    )  # fmt: skip
    with_provider.registry.clock = clock
    try:
        before, other = picture(as_begun.zwolle), as_begun.on(with_provider.make_wsgi_app())
        for person in ("visitor", "team_coordinator"):
            path = address(with_provider.registry, route) + "?code=x&state=y"
            answer = other.ask(person, "GET", path, cookies={"csrf": TOKEN, "openid": cookie})
            assert answer.status_int in {303, 400}
            assert "staff=" not in str(answer.headers.getall("Set-Cookie"))
        assert picture(as_begun.zwolle) == before
    finally:
        for site in with_provider.registry.sites:
            site.engine.dispose()


def test_no_view_that_changes_something_is_opened_by_a_permission_to_look(all_ways):
    faults = [
        f"{view.name} on {name} takes {sorted(view.methods)} by {view.permission}"
        for name, way in all_ways.items()
        for view in way.views
        if view.permission in TO_LOOK and view.methods - {"GET", "HEAD"}
    ]
    assert not faults, shown(faults)


def test_a_permission_to_change_something_is_asked_by_a_get_only_where_that_is_said(all_ways):
    changing = {view.permission for way in all_ways.values() for view in way.views if "POST" in view.methods}
    found = {}
    for name, way in all_ways.items():
        for view in way.views:
            if view.permission in changing and "GET" in view.methods:
                found.setdefault(view.permission, set()).add(name)
    assert found == FOR_BOTH


def test_no_view_takes_both_get_and_post(all_ways):
    assert [view.name for way in all_ways.values() for view in way.views if {"GET", "POST"} <= view.methods] == []
