"""Somebody doubts a plan: asks, chooses what is seen, reads the answer first, and has the last word."""

import pytest

from portal.cases.models import Case, Contact, Draft, Representative, Term
from portal.cases.workflow import Author
from portal.foundation.db import writing
from portal.opinions.models import ExpertKey, Invitation, Release, SecondOpinion
from tests.desk import an_office as an_office_of_staff
from tests.desk import works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import Books, answer, faults, fill, on, question, reference
from tests.unit.cleaning.following import find
from tests.unit.conversations.planning import REPORT, WHO, reports, talked
from tests.unit.opinions.asking import (
    BY_LETTER,
    CHANGE,
    DOUBT,
    EMAIL,
    EXPERT,
    FOLLOW,
    FOR_MOTHER,
    FORM,
    HELPER_EMAIL,
    JUDGED,
    LITTLE,
    ME,
    NAME,
    RELEASE,
    SIGNED,
    STAND,
    WAYS,
    WHY,
    an_office,
    at,
    give_code,
    send,
)

office = pytest.fixture(an_office)
staff_office = pytest.fixture(an_office_of_staff)
LOCALES = ("nl", "nl_simple", "ar")
OBJECTION = "28 december 2026"


@pytest.fixture
def books(office, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


def says(visitor, page, **values):
    return on(visitor, visitor.submit(fill(page.forms["form"], values)))


def get(visitor, tail, locale="nl"):
    return visitor.get(FOLLOW[locale] + tail)


def to_who_asked(books):
    """The messages, without those to experts."""
    return [one for one in books.messages() if not one.recipient.endswith("@expert.example")]


@pytest.mark.parametrize("locale", LOCALES)
def test_somebody_asks_of_a_plan_on_paper_and_hears_when_and_that_help_goes_on(visitor, books, locale):
    page = send(visitor, ME, locale)
    case, asked, contact = books.the(Case), books.the(SecondOpinion), books.the(Contact)
    assert reference(page).replace(" ", "") == case.reference
    assert (case.kind, case.state, case.locale, case.team_slug) == ("second_opinion", "received", locale, None)
    assert (asked.plan_case_id, asked.team_slug, str(asked.plan_on)) == (None, "midden", "2026-11-02")
    assert (contact.name, contact.way, case.answers["doubt"]) == (NAME, "email", DOUBT)
    assert case.answers["company"] == [{"name": "Zoon", "role": "mijn zoon", "reach": ""}]
    assert {term.key: str(term.due_on) for term in books.rows(Term)} == {
        "second_opinion_ack": "2026-11-25", "second_opinion_expert_proposed": "2026-11-30",
    }  # fmt: skip
    assert books.rows(Draft) == []
    (mail,) = books.messages(EMAIL)
    for private in (NAME, DOUBT, "8011", "127", "Zoon"):
        assert private not in mail.text + mail.subject
    if locale == "nl":
        assert OBJECTION in mail.text
        assert OBJECTION in text(main(page))
        assert "30 november 2026" in mail.text
        assert "Uw hulp loopt gewoon door" in mail.text


def test_as_little_as_can_be_is_enough(visitor, books):
    send(visitor, LITTLE)
    asked = books.the(SecondOpinion)
    assert (asked.team_slug, asked.plan_on, asked.decision_on) == (None, None, None)
    assert "bezwaar" not in books.messages(EMAIL)[0].text


def test_without_a_plan_nothing_is_opened_and_a_talk_is_the_way_on(visitor, books):
    page = answer(visitor, at(visitor, "plan"), {"plan": "none"})
    assert page.request.path == f"{FORM['nl']}/nog-geen-plan"
    assert "/nl/gesprek-vragen" in hrefs(main(page))
    assert books.rows(Case) == []


def test_the_last_day_for_objection_stands_on_every_page_after_the_date_of_the_letter(visitor, books):
    page = at(visitor, "doubt")
    while "/vraag/" in page.request.path:
        assert OBJECTION in text(main(page)), question(page)
        page = answer(visitor, page, ME[question(page)])
    assert OBJECTION in text(main(page))


def test_a_date_that_cannot_be_read_is_asked_again(visitor, books):
    page = at(visitor, "paper")
    page = visitor.submit(fill(page.forms["form"], {"team": "", "date": "ergens in mei"}), status=422)
    assert faults(page)[0][1].startswith("date") or faults(page)[0][0] == "date"


@pytest.mark.parametrize("locale", LOCALES)
def test_the_whole_way_to_not_content_and_on(visitor, books, office, locale):
    send(visitor, ME, locale)
    office.propose()
    page = get(visitor, STAND, locale)
    assert FOLLOW[locale] + EXPERT in hrefs(main(page))
    page = get(visitor, EXPERT, locale)
    for shown in ("Ria Vermeer", "Adviesbureau Noord", "Wijkverpleegkundige", "Turks", SIGNED):
        assert shown in text(main(page))
    page = says(visitor, page, answer="accept")
    assert page.request.path == FOLLOW[locale] + RELEASE
    assert DOUBT not in text(main(page))
    page = give_code(visitor, books, EMAIL, locale)
    assert not office.looks("words")
    page = says(visitor, page, items=["words", "reach"])
    assert books.the(Case).state == "under_review"
    assert office.looks("words")
    assert "Ria Vermeer" in text(main(get(visitor, RELEASE, locale)).select_one(".timeline"))
    says(visitor, get(visitor, RELEASE, locale), items=["words"])
    assert not office.looks("reach")
    assert office.looks("words")
    office.judges()
    assert books.rows(ExpertKey) == []
    assert all(row.taken_back_at for row in books.rows(Release))
    assert CHANGE not in text(main(get(visitor, STAND, locale)))
    page = get(visitor, JUDGED, locale)
    for shown in (CHANGE, WHY, "Ria Vermeer", "Adviesbureau Noord"):
        assert shown in text(main(page))
    page = says(visitor, page, answer="not_agree")
    assert page.request.path == FOLLOW[locale] + WAYS
    found = hrefs(main(page))
    assert any("clientondersteuning" in href or "client" in href for href in found)
    assert any("klagen" in href or "make-a-complaint" in href for href in found)
    if locale != "ar":
        assert OBJECTION in text(main(page))
    assert books.the(Case).state == "not_agreed"
    page = says(visitor, get(visitor, JUDGED, locale), answer="agreed_alternative")
    assert books.the(Case).state == "agreed_alternative"


def test_the_expert_is_refused_twice_and_after_that_we_look_at_it_together(visitor, books, office):
    send(visitor)
    for name in ("Ria Vermeer", "Bo Smit"):
        office.propose(name)
        page = says(visitor, get(visitor, EXPERT), answer="refuse", why="Liever iemand van verder weg")
        assert page.request.path == FOLLOW["nl"] + STAND
        assert books.the(Case).state == "acknowledged"
    office.propose("Ko de Boer")
    page = get(visitor, EXPERT)
    assert [box["value"] for box in page.html.select("input[name=answer]")] == ["accept"]
    assert words("You asked for another expert twice. Does this one not suit you either? Call us: we look at it with you.") in text(main(page))  # fmt: skip  # noqa: E501
    assert [row.state for row in books.rows(Invitation)] == ["refused", "refused", "proposed"]


def test_nothing_chosen_is_asked_again_kindly(visitor, books, office):
    send(visitor)
    office.propose()
    says(visitor, get(visitor, EXPERT), answer="accept")
    page = give_code(visitor, books)
    page = visitor.submit(fill(page.forms["form"], {"items": []}), status=422)
    assert faults(page)
    assert books.rows(Release) == []


def test_taken_back_the_expert_sees_nothing_any_more(visitor, books, office):
    send(visitor)
    office.propose()
    says(visitor, get(visitor, EXPERT), answer="accept")
    says(visitor, give_code(visitor, books), items=["words"])
    page = get(visitor, f"{STAND}")
    page = get(visitor, "/stap/withdraw")
    on(visitor, visitor.submit(next(form for form in page.forms.values() if form.action.endswith("/withdraw"))))
    assert books.the(Case).state == "withdrawn"
    assert books.the(Invitation).state == "ended"
    assert all(row.taken_back_at for row in books.rows(Release))
    assert books.rows(ExpertKey) == []


def test_who_has_no_mail_gets_the_opinion_itself_on_paper(visitor, books, office):
    send(visitor, BY_LETTER)
    office.propose()
    office.does(lambda desk, case, _session: desk.accept(case, Author.STAFF))
    office.does(lambda desk, case, _session: desk.release(case, Author.STAFF, ["words"]))
    office.judges()
    letters = to_who_asked(books)
    assert {letter.channel for letter in letters} == {"letter"}
    assert all(OBJECTION in letter.text for letter in letters)
    for told in (CHANGE, WHY, "Ria Vermeer"):
        assert told in letters[-1].text


def test_a_helper_hears_in_the_place_of_who_they_help(visitor, books, office):
    send(visitor, FOR_MOTHER)
    helper, contact = books.the(Representative), books.the(Contact)
    assert (helper.relation, contact.interpreter, contact.language) == ("carer", True, "Berbers")
    office.propose()
    assert {mail.recipient for mail in to_who_asked(books)} == {HELPER_EMAIL}
    assert not any(CHANGE in mail.text or DOUBT in mail.text for mail in books.messages())


def test_a_mail_never_holds_what_was_doubted_or_judged(visitor, books, office):
    send(visitor)
    office.propose()
    says(visitor, get(visitor, EXPERT), answer="accept")
    says(visitor, give_code(visitor, books), items=["words"])
    office.judges()
    for mail in books.messages(EMAIL):
        for private in (DOUBT, CHANGE, WHY, NAME):
            assert private not in mail.text + mail.subject


def test_pages_of_a_second_opinion_lead_away_without_a_visit(visitor, books):
    for tail in (EXPERT, RELEASE, JUDGED, WAYS):
        assert visitor.get(FOLLOW["nl"] + tail, status=303)


# From a plan of ours


@pytest.fixture
def read_plan(office, staff_office, zwolle, clock, visitor, books):
    """Somebody who talked with us and has their report open, with a code; gives the case of the talk."""
    mila = staff_office.colleague("Mila de Wit", works("midden"))
    with writing(zwolle.engine) as session:
        case = talked(session, clock.now(), key="talked", locale="nl")
        reports(session, clock.now(), mila.staff_id).send(case, **REPORT)
        reference = case.reference
    find(visitor, reference, "8011PK")
    page = give_code(visitor, books, WHO["email"], tail="/verslag")
    return books.the(Case), page


def test_the_plan_that_is_open_here_is_known_with_its_author_and_team(visitor, books, office, read_plan):
    talk, page = read_plan
    assert FORM["nl"] in hrefs(main(page))
    asks = at(visitor, "plan")
    assert [box["value"] for box in asks.html.select("input[name=plan]")] == ["ours", "paper", "none"]
    assert "23 november 2026" in text(main(asks))
    send(visitor, {**LITTLE, "plan": {"plan": "ours"}})
    asked = books.the(SecondOpinion)
    assert (asked.plan_case_id, asked.plan_number, asked.team_slug) == (talk.id, 1, talk.team_slug)
    assert (asked.author_name, asked.author_employer) == ("Mila de Wit", "Gemeente Zwolle")


def test_who_did_not_give_the_code_is_not_offered_a_plan_of_somebody(visitor, books, another, read_plan):
    asks = at(another, "plan")
    assert [box["value"] for box in asks.html.select("input[name=plan]")] == ["paper", "none"]
    page = another.submit(fill(asks.forms["form"], {}), status=422)
    assert faults(page)
