"""A worry at the desk: advice, telling the person, two people for safety, who else knows, and a letter on paper."""

import pytest

from portal.cases.models import Case
from portal.worries.models import WorryPerson, WorryShare
from tests.desk import INBOX, LETTERS, an_office, leads, numbers, path_of, works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import faults, fill, on
from tests.unit.worries.asking import ADVICE, DANGER, NAMED, PERSON, PERSON_NAME, PERSON_SAID, PERSON_WHY, tell

office = pytest.fixture(an_office)
HANDLED = ("inform", "share", "propose-safety")


@pytest.fixture
def noor(office):
    """Works where the person lives."""
    return office.colleague("Noor de Vries", works("midden"))


@pytest.fixture
def karim(office):
    """A colleague of hers."""
    return office.colleague("Karim Bos", works("midden"))


@pytest.fixture
def ans(office):
    """Leads a team."""
    return office.colleague("Ans Visser", leads("holtenbroek"))


@pytest.fixture
def worry(office, visitor):
    """Somebody tells a worry; gives its number."""

    def told(answers=NAMED):
        tell(visitor, answers)
        return office.books.the(Case).reference

    return told


def form(colleague, reference, name):
    return colleague.browser.get(path_of(reference, f"/zorg/{name}"))


def act(colleague, reference, name, **values):
    """Send a form of the desk, and get the page after it."""
    page = form(colleague, reference, name)
    return on(colleague.browser, colleague.browser.submit(fill(page.forms["form"], values)))


def refused(colleague, reference, name, **values):
    """The message at a form that cannot be carried out."""
    page = form(colleague, reference, name)
    return faults(colleague.browser.submit(fill(page.forms["form"], values), 422))


def offered(colleague, reference):
    """The forms that the page of the case offers, by their last word."""
    page = colleague.browser.get(path_of(reference))
    return [link.rsplit("/", 1)[-1] for link in hrefs(main(page)) if "/zorg/" in link]


def person(office):
    return office.books.rows(WorryPerson)[0]


def test_without_a_team_a_coordinator_finds_it_and_a_worker_does_not(worry, noor, ans):
    reference = worry({**ADVICE, "reach": {**ADVICE["reach"], "area": ""}})
    assert reference in numbers(ans.browser.get(INBOX))
    assert reference not in numbers(noor.browser.get(INBOX))
    noor.browser.get(path_of(reference), status=404)


def test_a_name_brings_it_to_the_team_where_the_person_lives(worry, noor, ans):
    reference = worry()
    assert reference in numbers(noor.browser.get(INBOX))
    ans.browser.get(path_of(reference), status=404)


def test_the_page_says_by_when_the_person_knows_and_what_happens_else(worry, noor):
    page = text(main(noor.browser.get(path_of(worry()))))
    assert words("Tell this person on %(day)s at the latest.", day="23 december 2026") in page
    assert words("Is that not done? The day after, the name goes away by itself.") in page
    assert PERSON_NAME in page and PERSON_SAID in page and PERSON_WHY in page


def test_whoever_is_called_in_danger_is_seen_first(worry, noor, office):
    reference = worry({**NAMED, **{name: DANGER[name] for name in ("danger", "call")}})
    page = text(main(noor.browser.get(path_of(reference))))
    assert words("Says that there is danger now. Call first.") in page
    assert words("I cannot call") in page


def test_the_list_and_the_address_never_hold_the_name_of_the_person(worry, noor):
    reference = worry()
    assert PERSON_NAME not in noor.browser.get(INBOX).text
    act(noor, reference, "inform", how="letter", locale="nl")
    assert "anarie" not in noor.browser.get(LETTERS).text


def test_advice_is_offered_first_and_a_name_only_after_it(worry, office):
    lena = office.colleague("Lena Smit", works("holtenbroek"))
    reference = worry(ADVICE)
    assert offered(lena, reference) == ["advise", "name"]


def test_whoever_calls_can_give_the_name_by_phone(worry, office):
    lena = office.colleague("Lena Smit", works("holtenbroek"))
    reference = worry(ADVICE)
    page = form(lena, reference, "name")
    lena.browser.submit(fill(page.forms["form"], PERSON))
    assert (office.case(reference).state, office.case(reference).team_slug) == ("named", "midden")


def test_telling_makes_a_letter_and_opens_the_end(worry, noor, office):
    reference = worry()
    assert offered(noor, reference) == [*HANDLED]
    act(noor, reference, "inform", how="visit", locale="nl")
    assert (person(office).informed_by, str(person(office).informed_on)) == (noor.staff_id, "2026-11-23")
    assert offered(noor, reference) == ["finish", "share", "propose-safety"]
    letters = noor.browser.get(LETTERS)
    link = next(one for one in hrefs(main(letters)) if one.rsplit("/", 1)[-1].isdecimal())
    letter = text(noor.browser.get(link).html.select_one("article.letter"))
    assert PERSON_NAME in letter and PERSON_SAID in letter and PERSON_WHY not in letter and "Ans" not in letter


def test_nobody_else_gets_to_the_letter(worry, noor, office, ans):
    reference = worry()
    act(noor, reference, "inform", how="visit", locale="nl")
    link = next(one for one in hrefs(main(noor.browser.get(LETTERS))) if one.rsplit("/", 1)[-1].isdecimal())
    ans.browser.get(link, status=404)


@pytest.mark.parametrize(("on_day", "why"), [
    ("2026-11-24", "Write the day on which the person was told, not a day to come."),
    ("2026-11-20", "This day is before the worry came in. Look at the date again."),
])  # fmt: skip
def test_a_day_on_which_the_person_cannot_have_been_told_is_not_kept(worry, noor, office, on_day, why):
    reference = worry()
    assert refused(noor, reference, "inform", on=on_day, how="visit", locale="nl") == [("on", words(why))]
    assert office.case(reference).state == "named"


def test_one_proposes_and_another_agrees_and_nobody_does_both(worry, noor, karim, office):
    reference = worry()
    act(noor, reference, "propose-safety", why="Zijn zoon slaat hem.", review_on="2026-12-01")
    own = refused(noor, reference, "agree-safety", how="safety")
    assert own == [("how", words("You proposed this. A colleague has to agree."))]
    page = form(karim, reference, "agree-safety")
    assert "Zijn zoon slaat hem." in text(main(page)) and "Noor de Vries" in text(main(page))
    act(karim, reference, "agree-safety", how="safety")
    assert office.case(reference).state == "safety"
    assert (person(office).safety_by, person(office).safety_second) == (noor.staff_id, karim.staff_id)
    assert offered(karim, reference) == [*HANDLED]


def test_who_does_not_agree_lets_the_month_go_on(worry, noor, karim, office):
    reference = worry()
    act(noor, reference, "propose-safety", why="Lastig.", review_on="2026-12-01")
    act(karim, reference, "agree-safety", how="give_back")
    assert office.case(reference).state == "triage"
    assert str(office.case(reference).due_on) == "2026-12-23"


def test_a_review_too_far_away_is_not_kept(worry, noor):
    why = words("Choose a date within the longest term. It stands above.")
    assert refused(noor, worry(), "propose-safety", why="x", review_on="2026-12-20") == [("review_on", why)]


def test_one_party_at_a_time_and_the_page_shows_who_knows(worry, noor, office):
    reference = worry()
    no = words("The person does not know of it yet, so cannot have said yes.")
    assert refused(noor, reference, "share", party="Huisarts", what="Iets.", ground="consent") == [("party", no)]
    act(noor, reference, "share", party="Politie", what="Dat er geslagen wordt.", ground="law")
    assert len(office.books.rows(WorryShare)) == 1
    assert "Politie" in text(main(noor.browser.get(path_of(reference))))


def test_saying_no_is_written_down_as_a_right(worry, noor, office):
    reference = worry()
    act(noor, reference, "inform", how="visit", locale="nl")
    page = act(noor, reference, "finish", how="refuse")
    assert office.case(reference).state == "refused"
    assert words("Wants no help: their right") in text(main(page))
    assert words("The person does not want help: that is their right") in text(main(page))


def test_the_end_cannot_be_reached_from_its_address_before_the_person_knows(worry, noor, office):
    reference = worry()
    page = noor.browser.get(path_of(reference, "/zorg/finish"), status=303)
    assert "anders" in page.location
    assert office.case(reference).state == "named"
