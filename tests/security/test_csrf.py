"""A form counts only when it was sent from our own page: every POST there is, without its token, is not carried out."""

from dataclasses import replace

import pytest

from portal.cases.form_views import SEND_KEY
from portal.complaints.desk_forms import ACTS
from portal.opinions.desk_forms import ACTS as ACTS_OF_OPINIONS
from portal.privacy.desk_forms import ACTS as ACTS_OF_PRIVACY
from portal.worries.desk_forms import ACTS as ACTS_OF_WORRIES
from tests.browser import Browser
from tests.security.cast import TOKEN
from tests.security.rows import changed, picture
from tests.security.table import Table
from tests.security.test_matrix import path_of, shown
from tests.security.ways import address

#: What a form of another site brings along; None is no field at all.
WRONG = {
    "no token": (None, TOKEN),
    "an empty token": ("", TOKEN),
    "a wrong token": ("f" * 40, TOKEN),
    "the token of somebody else": (TOKEN, "e" * 40),
    "a token without a cookie": (TOKEN, None),
    "neither": (None, None),
}
#: The only form without a token, see `portal/sitesearch/views.py`: it counts a question, and looks at the origin.
WITHOUT_TOKEN = {"sitesearch.search"}
ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://zwolle.test"},
    {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://zwolle.test.evil.example"},
    {"Origin": "http://zwolle.test:81"}, {"Referer": "https://evil.example/?http://zwolle.test/"},
    {"Origin": "http://[zwolle.test"}, {},
]  # fmt: skip
FROM_US = [
    {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://zwolle.test"}, {"Referer": "http://zwolle.test/nl/zoeken"},
]  # fmt: skip


#: Who sends it, and what, where the first who may in the table would change nothing.
SENT_BY = {
    "accounts.sign_in": ("visitor", {"email": "collega@example.nl", "password": "een verkeerd wachtwoord"}),
    "accounts.code": ("half_signed_in", {}),
    "accounts.recovery": ("half_signed_in", {}),
    "accounts.second": ("half_signed_in", {}),
    "accounts.sign_out": ("team_coordinator", {}),
    "accounts.codes": ("team_coordinator", {}),
    "cleaning.check": ("draft_writer", {SEND_KEY: "draft"}),
    "desk.cleaning.check": ("desk_writer", {SEND_KEY: "desk-draft"}),
    "desk.cleaning.resume": ("team_worker", {}),
    "desk.conversation.resume": ("team_worker", {}),
    "desk.complaint.resume": ("team_worker", {}),
    "desk.second_opinion.resume": ("team_worker", {}),
    "desk.worry.resume": ("team_worker", {}),
    "desk.privacy_request.resume": ("team_worker", {}),
    "desk.assign": ("team_worker", {"owner": "team_worker"}),
    "experts.list": ("second_opinion_coordinator", {}),
    "cases.find": ("visitor", {}),
    "cases.code": ("resident", {}),
}


@pytest.fixture(scope="module")
def posts(cast, all_ways):
    """For each POST the cell of somebody who may do it, on something that is theirs."""
    table, found = Table(), {}
    for way in table.ways(all_ways, "POST"):
        cells = list(table.cells(way.name, "POST", way.of_staff))
        may = [cell for cell in cells if cell.expected[:3] in {"200", "303"}]
        seen = [cell for cell in may if cell.is_seen]
        first = sorted(seen or may or cells, key=lambda cell: cell.person != "resident_with_code")[0]
        person, sends = SENT_BY.get(way.name, (first.person, {}))
        sends = {field: cast.holes.get(value, value) for field, value in {**first.sends, **sends}.items()}
        found[way.name] = replace(first, person=person, sends=sends)
    return found


def send(cast, cell, token, cookie, **more):
    """The form of a cell with this token in it and this one in the cookie."""
    held = {"csrf": cookie} if cookie else {}
    sends = {name: value for name, value in cell.sends.items() if name != "csrf_token"}
    form = sends if token is None else {**sends, "csrf_token": token}
    return cast.ask(cell.person, "POST", path_of(cast, cell), cookies={"csrf": "", **held}, form=form, **more)


def test_with_its_token_a_form_is_carried_out(as_begun, posts):
    """Without this, the tests below would be as glad of a form that never does anything."""
    idle = set()
    for name, cell in posts.items():
        before = picture(as_begun.zwolle)
        send(as_begun, cell, TOKEN, TOKEN)
        if picture(as_begun.zwolle) == before:
            idle.add(name)
        as_begun.again()
    assert len(posts) > 30
    assert idle == {
        # without a link or an offer of a second step nothing happens; without a provider there is no such form
        "accounts.invited", "accounts.second", "accounts.openid",
        # not while a provider may still answer
        "cleaning.choose",
        # everybody here asks for cleaning, and nobody for a conversation
        "conversation.check", "desk.conversation.check", "desk.complaint.check", "conversations.moment",
        "conversations.desk_moment",
        "conversations.tries", "conversations.wait", "conversations.desk_wait",
        "conversations.plan", "conversations.report", "conversations.heard", "conversations.desk_thing",
        # and nobody here is at work on a complaint: tests/journeys/test_desk_complaint.py
        *(f"complaints.{act}" for act in ACTS), "complaint.check", "complaints.more", "complaints.read_back",
        # nobody here follows a second opinion: tests/journeys/test_opinion.py
        "second_opinion.check", "desk.second_opinion.check", "opinions.expert", "opinions.release", "opinions.opinion",
        # nor is at work on one, and there is no expert: tests/journeys/test_desk_opinion.py and test_expert.py
        *(f"judging.{act}" for act in ACTS_OF_OPINIONS), "experts.list", "experts.one", "experts.reaction",
        *(f"experts.{door}" for door in ("link", "code", "send_code", "sign", "stop", "judge", "leave")),
        # a form of one field does not handle a worry, and nobody here asked for advice
        "worry.check", "desk.worry.check", "worries.name_later", *(f"worries.{act}" for act in ACTS_OF_WORRIES),
        # a question about data is answered in its own steps: tests/journeys/test_privacy.py
        *(f"privacy.{act}" for act in ACTS_OF_PRIVACY), "privacy.prove", "privacy_request.check",
        "desk.privacy_request.check",
        # takes a cookie away, and changes no row
        "desk.enter",
        # a request for cleaning takes no documents; with a token and without: tests/journeys/test_documents.py
        "attachments.documents", "attachments.remove",
        # what readers see is not put back here, so nothing of it is changed: tests/journeys/test_editing_*.py
        "editing.archive", "editing.new", "editing.page", "editing.publish", "editing.withdraw",
        # what is counted waits in memory
        "sitesearch.search",
    }  # fmt: skip


@pytest.mark.parametrize("how", WRONG)
def test_without_the_token_of_the_form_nothing_is_carried_out(as_begun, posts, how):
    token, cookie = WRONG[how]
    faults, before = [], picture(as_begun.zwolle)
    for name, cell in posts.items():
        if name in WITHOUT_TOKEN:
            continue
        response = send(as_begun, cell, token, cookie)
        different = changed(before, picture(as_begun.zwolle))
        if different or not stays_outside(response):
            faults.append(f"POST {name} by {cell.person} with {how}: {response.status} {different}")
        if different:
            as_begun.again()
    assert not faults, shown(faults)


def stays_outside(response):
    """Whether the answers come back, to be sent once more, and nobody is let in or out."""
    kept = {"staff", "visit", "openid", "draft"} & {
        one.split("=")[0] for one in response.headers.getall("Set-Cookie") if "max-age=0" not in one.lower()
    }
    return response.status_int in {303, 410, 422} and not kept and "Clear-Site-Data" not in response.headers


def test_the_token_of_one_browser_is_of_no_use_in_another(app, as_begun):
    find = address(as_begun.registry, "cases.find")
    mine, theirs = Browser(app, "zwolle.test"), Browser(app, "zwolle.test")
    token, _page = mine.get(find).forms["form"]["csrf_token"].value, theirs.get(find)
    before = picture(as_begun.zwolle)
    answer = theirs.post(find, {"csrf_token": token, "reference": as_begun.resident, "known": "8011PK"})
    assert (answer.status_int, picture(as_begun.zwolle)) == (422, before)
    assert mine.post(find, {"csrf_token": token, "reference": as_begun.resident, "known": "8011PK"}).status_int == 303


def test_the_token_is_taken_from_the_form_and_from_no_address(as_begun, posts):
    cell, before = posts["desk.note"], picture(as_begun.zwolle)
    path = path_of(as_begun, cell)
    assert as_begun.ask(cell.person, "POST", f"{path}?csrf_token={TOKEN}", form=cell.sends).status_int == 422
    assert picture(as_begun.zwolle) == before


def test_only_the_form_that_says_so_needs_no_token(as_begun, posts):
    """By what happens, as Pyramid does not write down which view asks for none."""
    door = ("accounts.sign_in", "accounts.code", "accounts.account", "desk.today")
    known = {address(as_begun.registry, name) for name in door}
    without = set()
    for name, cell in posts.items():
        response = send(as_begun, cell, None, None)
        where = (response.location or "").removeprefix("http://zwolle.test").split("?")[0]
        if response.status_int not in {410, 422} and where not in known:
            without.add(name)
    assert without == WITHOUT_TOKEN


@pytest.mark.parametrize(("headers", "counts"), [(one, 0) for one in ELSEWHERE] + [(one, 1) for one in FROM_US])
def test_the_form_without_a_token_looks_at_where_it_came_from(as_begun, headers, counts):
    tally, before = as_begun.registry.tally, picture(as_begun.zwolle)
    tally.write_down()
    path = address(as_begun.registry, "sitesearch.search")
    answer = as_begun.ask("visitor", "POST", path, cookies={"csrf": ""}, form={"q": "een vraag"}, headers=headers)
    assert answer.status_int == 303
    tally.write_down()
    written = {one.split()[0] for one in changed(before, picture(as_begun.zwolle))}
    # the week is written the first time only, whichever test comes first
    assert written - {"unmet_week"} == ({"unmet_search"} if counts else set())


@pytest.mark.parametrize("headers", [*ELSEWHERE[:1], *ELSEWHERE[4:6]])
def test_a_reaction_needs_its_token_wherever_it_came_from(as_begun, posts, headers):
    before = picture(as_begun.zwolle)
    for token, cookie in WRONG.values():
        assert send(as_begun, posts["pages.react"], token, cookie, headers=headers).status_int == 422
    assert picture(as_begun.zwolle) == before
