"""A step for the resident: what they will read first, who acts at once with a colleague, and a silent provider."""

import pytest

from portal.cases.models import Case, CaseEvent, CaseMessage
from portal.cleaning import clockwork
from portal.cleaning.kind import CLEANING
from portal.cleaning.models import Offer
from portal.foundation.tasks import paths
from tests.desk import INBOX, an_office, numbers, path_of, works
from tests.reading import hrefs, language, main, text, words
from tests.unit.cleaning.asking import EMAIL, ME, answer, button, faults, fill, on, send
from tests.unit.cleaning.following import STATUS, said_yes, step

office = pytest.fixture(an_office)
BEFORE_YOU = "Somebody was just before you. Look at how it stands now."


@pytest.fixture
def mila(office):
    """Works in Midden."""
    return office.colleague("Mila de Wit", works("midden"))


@pytest.fixture
def piet(office):
    """Works in Midden too."""
    return office.colleague("Piet de Groot", works("midden"))


@pytest.fixture
def asked(office, visitor):
    """A request that somebody in Midden just sent; gives its number."""
    send(visitor)
    return office.books.the(Case).reference


@pytest.fixture
def accepted(office, app, asked):
    """A provider said yes to it."""
    said_yes(app, office.books)
    return asked


@pytest.fixture
def silent(office, asked, registry, clock, mila, piet):
    """The provider said nothing in time; a few days later Mila and Piet are there again."""
    clock.forward(days=3)
    clockwork.look(office.site, clock, paths(registry, office.site))
    assert office.case(asked).state == "silent"
    for colleague in (mila, piet):
        office.let_in(colleague)
    return asked


def sure(colleague, reference, action):
    """The page that asks whether one is sure."""
    return colleague.browser.get(path_of(reference, f"/stap/{action}"))


def take(colleague, page):
    """Press the button of that page, and get the page after it."""
    return on(colleague.browser, colleague.browser.submit(button(page, page.request.path.rsplit("/", 1)[-1])))


def actions(office):
    return [event.action for event in office.books.rows(CaseEvent)]


# --- steps


def test_before_a_step_one_reads_what_the_resident_will_read_and_then_they_do(office, mila, accepted):
    page = sure(mila, accepted, "nobody_came")
    told = page.html.find("blockquote")
    assert office.case(accepted).state == "accepted"
    after = take(mila, page)
    assert words("Done. Who needs to know gets a message.") in text(main(after))
    assert office.case(accepted).state == "nobody_came"
    mail = office.books.messages(EMAIL)[-1]
    assert " ".join(mail.text.split()) == text(told)


@pytest.mark.parametrize("action", sorted(CLEANING.acts))
def test_what_is_shown_before_each_step_is_what_is_sent_in_the_language_of_the_resident(
    office, mila, app, visitor, action
):
    send(visitor, ME, "ar")
    reference = office.books.the(Case).reference
    said_yes(app, office.books)
    for before in {"end": ["came"], "let_go": ["nobody_came"]}.get(action, []):
        take(mila, sure(mila, reference, before))
    before = len(office.books.messages(EMAIL))
    page = sure(mila, reference, action)
    told = page.html.find("blockquote")
    take(mila, page)
    sent = office.books.messages(EMAIL)[before:]
    assert len(sent) == (told is not None)
    if told:
        assert language(told) == ("ar", "rtl")
        assert (sent[0].locale, " ".join(sent[0].text.split())) == ("ar", text(told))


def test_they_came_stands_on_the_page_of_the_resident_and_who_of_the_staff_said_so_in_the_chain(
    office, mila, accepted, visitor
):
    take(mila, sure(mila, accepted, "came"))
    assert office.case(accepted).state == "started"
    last = office.books.rows(CaseEvent)[-1]
    assert (last.action, last.author, last.staff_id) == ("came", "staff", mila.staff_id)
    visitor.get(STATUS)


def test_only_the_steps_that_fit_now_are_offered(mila, asked):
    page = mila.browser.get(path_of(asked))
    offered = {href.rsplit("/", 1)[-1] for href in hrefs(main(page)) if "/stap/" in href}
    assert offered == {"withdraw"}


@pytest.mark.parametrize("action", ["came", "accept", "offer", "decline", "silence", "fly", "note"])
def test_a_step_that_does_not_fit_or_is_not_for_staff_leads_back_to_how_it_stands(office, mila, asked, action):
    page = on(mila.browser, mila.browser.get(path_of(asked, f"/stap/{action}"), status=303))
    assert page.request.path == path_of(asked)
    token = page.forms["write"]["csrf_token"].value
    answer_to = mila.browser.post(path_of(asked, f"/stap/{action}"), {"csrf_token": token}, 303)
    assert words(BEFORE_YOU) in text(main(on(mila.browser, answer_to)))
    assert actions(office) == ["open", "offer"]


def test_taken_back_for_the_resident_the_provider_hears_it(office, mila, accepted):
    take(mila, sure(mila, accepted, "withdraw"))
    assert office.case(accepted).state == "withdrawn"
    assert "gestopt" in office.books.messages("planning@de-bezem.example")[-1].subject


def test_what_is_done_is_off_the_list_and_among_what_is_done(office, mila, asked):
    take(mila, sure(mila, asked, "withdraw"))
    assert numbers(mila.browser.get(INBOX)) == []
    assert numbers(mila.browser.get(f"{INBOX}?done=yes")) == [asked]


# --- two at once


def test_of_two_who_take_the_same_step_the_second_sees_how_it_stands(office, mila, piet, accepted):
    first, second = (sure(who, accepted, "came") for who in (mila, piet))
    take(mila, first)
    page = take(piet, second)
    assert words(BEFORE_YOU) in text(main(page))
    assert words("Help has begun") in text(main(page))
    assert actions(office).count("came") == 1


def test_taking_it_twice_is_once(office, mila, asked):
    form = button(mila.browser.get(path_of(asked)), "/nemen")
    for _ in range(2):
        on(mila.browser, mila.browser.submit(form))
    assert actions(office) == ["open", "offer", "assign"]


def test_who_gives_it_to_somebody_after_a_colleague_did_sees_that_first(office, mila, piet, asked):
    pages = [(who, who.browser.get(path_of(asked))) for who in (mila, piet)]
    for (who, page), status in zip(pages, (303, 422), strict=True):
        who.browser.submit(fill(page.forms["assign"], {"owner": str(who.staff_id)}), status)
    assert office.case(asked).owner_id == mila.staff_id


def test_handed_over_meanwhile_it_is_out_of_sight_for_who_still_has_the_page_open(office, mila, piet, asked):
    pages = [(who, who.browser.get(path_of(asked))) for who in (mila, piet)]
    for (who, page), status in zip(pages, (303, 404), strict=True):
        who.browser.submit(fill(page.forms["hand-over"], {"team": "holtenbroek"}), status)
    assert actions(office).count("hand_over") == 1


def test_who_writes_while_a_colleague_did_sees_that_first_and_loses_no_word(office, mila, piet, asked):
    pages = [(who, who.browser.get(path_of(asked))) for who in (mila, piet)]
    for (who, page), status in zip(pages, (303, 422), strict=True):
        answered = who.browser.submit(fill(page.forms["write"], {"text": f"Groet van {who.name}"}), status)
    assert f"Groet van {mila.name}" in text(main(answered))
    assert answered.forms["write"]["text"].value == f"Groet van {piet.name}"
    on(piet.browser, piet.browser.submit(answered.forms["write"]))
    assert [row.staff_id for row in office.books.rows(CaseMessage)] == [mila.staff_id, piet.staff_id]


def test_a_double_click_is_one_message(office, mila, asked):
    form = fill(mila.browser.get(path_of(asked)).forms["write"], {"text": "Tot morgen."})
    mila.browser.submit(form)
    mila.browser.submit(form, 422)
    assert len(office.books.rows(CaseMessage)) == 1


def test_an_answer_to_what_was_read_leaves_a_newer_message_waiting(office, mila, asked, visitor):
    page = mila.browser.get(path_of(asked))
    answer(visitor, visitor.get("/nl/mijn-aanvraag/stand"), {"text": "Ik ben gevallen"})
    mila.browser.submit(fill(page.forms["write"], {"text": "Tot morgen."}), 422)
    assert office.case(asked).asks_since is not None
    form = next(form for form in page.forms.values() if form.action.endswith("/nemen"))
    mila.browser.submit(form)
    assert office.case(asked).asks_since is not None


def test_who_was_second_to_take_it_in_hand_reads_that_and_takes_nothing(office, mila, piet, asked):
    pages = [(who, who.browser.get(path_of(asked))) for who in (mila, piet)]
    shown = [
        text(
            main(
                on(who.browser, who.browser.submit(next(f for f in page.forms.values() if f.action.endswith("/nemen"))))
            )
        )
        for who, page in pages
    ]
    assert words(BEFORE_YOU) in shown[1]
    assert office.case(asked).owner_id == mila.staff_id


def test_what_was_typed_for_a_case_that_went_to_another_team_is_still_there(office, mila, piet, asked):
    page = mila.browser.get(path_of(asked))
    form = piet.browser.get(path_of(asked)).forms["hand-over"]
    piet.browser.submit(fill(form, {"team": "holtenbroek"}))
    gone = mila.browser.submit(fill(page.forms["write"], {"text": "Tot morgen om tien uur."}), 404)
    assert "Tot morgen om tien uur." in text(main(gone))
    assert office.books.rows(CaseMessage) == []


def test_where_nobody_came_the_desk_asks_another_and_the_first_hears_it(office, mila, accepted):
    take(mila, sure(mila, accepted, "nobody_came"))
    page = mila.browser.get(path_of(accepted))
    again = next(href for href in hrefs(main(page)) if href.endswith("/aanbieder"))
    answer(mila.browser, mila.browser.get(again), {"provider": "thuis-fris"})
    assert office.case(accepted).state == "offered"
    assert {one.provider_slug: one.state for one in office.books.rows(Offer)}["thuis-fris"] == "open"
    assert [row.recipient for row in office.books.messages()[-2:]] == [
        "planning@de-bezem.example", "planning@thuis-fris.example",
    ]  # fmt: skip


# --- a provider who says nothing


def test_when_a_provider_is_silent_the_desk_asks_another(office, mila, silent):
    page = mila.browser.get(path_of(silent))
    again = next(href for href in hrefs(main(page)) if href.endswith("/aanbieder"))
    choose = mila.browser.get(again)
    offered = {box["value"] for box in choose.html.select("input[name=provider]")}
    assert "de-bezem" not in offered
    assert {"thuis-fris", "anyone"} <= offered
    after = answer(mila.browser, choose, {"provider": "thuis-fris"})
    assert words("The provider is asked. The resident hears it when somebody says yes.") in text(main(after))
    assert office.case(silent).state == "offered"
    assert office.books.messages()[-1].recipient == "planning@thuis-fris.example"
    offers = {one.provider_slug: one.state for one in office.books.rows(Offer)}
    assert offers == {"de-bezem": "lapsed", "thuis-fris": "open"}
    last = office.books.rows(CaseEvent)[-1]
    assert (last.action, last.author, last.staff_id) == ("offer", "staff", mila.staff_id)


def test_it_is_among_those_of_which_the_next_step_is_ours(mila, silent):
    waits = mila.browser.get("/nl/werk/vandaag").html.select(".desk__waits a")
    assert [link["href"] for link in waits] == [f"{INBOX}?state=silent"]
    assert numbers(mila.browser.get(f"{INBOX}?state=silent")) == [silent]


def test_without_a_choice_it_is_asked_once_more(office, mila, silent):
    choose = mila.browser.get(path_of(silent, "/aanbieder"))
    again = mila.browser.submit(choose.forms["form"], 422)
    assert [field for field, _message in faults(again)] == ["provider"]
    assert office.case(silent).state == "silent"


def test_of_two_who_ask_another_the_second_sees_how_it_stands(office, mila, piet, silent):
    forms = [(who, who.browser.get(path_of(silent, "/aanbieder")).forms["form"]) for who in (mila, piet)]
    pages = [on(who.browser, who.browser.submit(fill(form, {"provider": "thuis-fris"}))) for who, form in forms]
    assert words(BEFORE_YOU) in text(main(pages[1]))
    assert actions(office).count("offer") == 2
    assert len(office.books.messages("planning@thuis-fris.example")) == 1


def test_while_a_provider_is_asked_no_other_can_be(mila, asked):
    page = on(mila.browser, mila.browser.get(path_of(asked, "/aanbieder"), status=303))
    assert page.request.path == path_of(asked)
    assert not [href for href in hrefs(main(page)) if href.endswith("/aanbieder")]


def test_the_page_tells_how_each_provider_answered(mila, accepted):
    shown = text(main(mila.browser.get(path_of(accepted))))
    assert words("Said yes") in shown
    assert "3 december 2026" in shown


# --- what the resident does meanwhile


def test_a_message_for_a_request_that_was_closed_meanwhile_is_not_kept_and_the_page_says_how_it_stands(
    office, mila, asked, visitor
):
    form = fill(visitor.get(STATUS).forms["form"], {"text": "Komt er nog iemand?"})
    take(mila, sure(mila, asked, "withdraw"))
    page = on(visitor, visitor.submit(form, 303))
    assert page.request.path == STATUS
    assert "form" not in page.forms
    assert office.books.rows(CaseMessage) == []
    assert office.case(asked).asks_since is None


def test_a_step_of_the_resident_while_staff_have_the_page_open_is_theirs(office, mila, asked, visitor):
    page = sure(mila, asked, "withdraw")
    step(visitor, "withdraw")
    assert words(BEFORE_YOU) in text(main(take(mila, page)))
    assert [event.author for event in office.books.rows(CaseEvent) if event.action == "withdraw"] == ["resident"]
