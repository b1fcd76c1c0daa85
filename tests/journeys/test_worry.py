"""Somebody worries about somebody else: danger first, advice without names, and a name only of who wants to go on."""

from datetime import UTC, datetime

import pytest

from portal.cases.models import Case, Contact, Draft
from portal.foundation.tasks import paths
from portal.worries import clockwork
from portal.worries.models import WorryPerson
from tests.desk import an_office, path_of, works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import FOLLOW, faults, fill, on
from tests.unit.cleaning.following import STATUS, step, with_code
from tests.unit.worries.asking import (
    ADVICE,
    DANGER,
    FORM,
    MY_EMAIL,
    NAMED,
    PERSON,
    PERSON_NAME,
    PERSON_SAID,
    PERSON_WHY,
    tell,
    walk,
)

office = pytest.fixture(an_office)
SECRET = (PERSON_NAME, PERSON_SAID, PERSON_WHY, "anarie")
every_locale = pytest.mark.parametrize("locale", FORM)


@pytest.fixture
def noor(office):
    """Works in the team where the person lives."""
    return office.colleague("Noor de Vries", works("midden"))


def act(colleague, reference, name, **values):
    """Fill in a form of the desk, and get the page of the case."""
    page = colleague.browser.get(path_of(reference, f"/zorg/{name}"))
    return on(colleague.browser, colleague.browser.submit(fill(page.forms["form"], values)))


def sent_to_who_told(office):
    return [one for one in office.books.messages() if one.recipient == MY_EMAIL]


# Danger


@every_locale
def test_before_anything_else_it_says_whom_to_call(visitor, locale):
    pages = [visitor.get(FORM[locale]), *(walk(visitor, DANGER, locale, name) for name in ("danger", "call"))]
    for page in pages:
        assert {"tel:112", "tel:08002000"} <= set(hrefs(main(page)))
    for page in pages[1:]:
        said = str(main(page))
        assert said.index("tel:112") < said.index("<form")


@every_locale
def test_danger_is_no_dead_end(visitor, office, locale):
    tell(visitor, DANGER, locale)
    case = office.books.the(Case)
    assert (case.answers["danger"], case.answers["call"]) == ("yes", "cannot")
    assert case.asks_since is not None


@every_locale
def test_every_page_of_the_form_can_be_left_at_once(visitor, locale):
    pages = [visitor.get(FORM[locale]), visitor.get(f"{FORM[locale]}/verder")]
    pages += [walk(visitor, {**DANGER, **{name: NAMED[name] for name in ("further", "person", "reach")}}, locale, name)
              for name in ("danger", "call", "what", "further", "person", "reach", "")]  # fmt: skip
    pages.append(tell(visitor, ADVICE, locale))
    pages.append(visitor.get(f"{FOLLOW[locale]}/stand"))
    for page in pages:
        assert page.html.select_one(".exit a")["href"] == "/weg", page.request.path
        assert page.headers["Cache-Control"] == "no-store", page.request.path
        assert page.headers["Referrer-Policy"] == "no-referrer", page.request.path


# Advice


@every_locale
def test_advice_is_asked_without_any_name(visitor, office, locale):
    page = tell(visitor, ADVICE, locale)
    case = office.books.the(Case)
    assert page.html.h1 is not None and case.state == "advice"
    assert office.books.rows(WorryPerson) == []
    assert case.team_slug == "holtenbroek"
    assert "person" not in str(case.answers)


def test_whoever_wants_no_name_is_never_asked_for_one(visitor):
    page = walk(visitor, ADVICE, until="reach")
    assert "hidden_why" not in page.text
    visitor.get(f"{FORM['nl']}/vraag/person", status=404)


def test_it_asks_beforehand_to_write_no_names(visitor):
    page = walk(visitor, ADVICE, until="what")
    assert words("Write no names and no address. “My neighbour” or “an older man” is enough.", "nl") in text(main(page))


def test_advice_is_read_with_a_code_and_nobody_else_sees_it(visitor, office):
    lena = office.colleague("Lena Smit", works("holtenbroek"))
    tell(visitor)
    reference = office.books.the(Case).reference
    act(lena, reference, "advise", words="Praat overdag met hem.")
    assert office.case(reference).state == "advised"
    assert "Praat overdag" not in str(office.books.messages())
    assert "Praat overdag" not in visitor.get(STATUS).text
    assert "Praat overdag" in with_code(visitor, office.books, MY_EMAIL).text


@every_locale
def test_after_advice_somebody_reads_what_a_name_means_and_goes_on(visitor, office, locale):
    lena = office.colleague("Lena Smit", works("holtenbroek"))
    tell(visitor, ADVICE, locale)
    reference = office.books.the(Case).reference
    act(lena, reference, "advise", words="Praat overdag met hem.")
    page = visitor.get(f"{FOLLOW[locale]}/stand")
    link = next(one for one in hrefs(page.html) if one.endswith("/om-wie-het-gaat"))
    form = visitor.get(link)
    told = words("We tell this person that somebody worries, and what you said: within a month.", locale)
    assert told in text(main(form))
    on(visitor, visitor.submit(fill(form.forms["form"], PERSON)))
    case = office.case(reference)
    assert (case.state, case.team_slug, case.closed_at) == ("named", "midden", None)


# A name


@every_locale
def test_what_a_name_means_is_said_before_it_is_asked(visitor, locale):
    page = walk(visitor, NAMED, locale, "further")
    for said in ("We tell this person that somebody worries, and what you said: within a month.",
                 "Are we too late in telling it? Then the name goes away by itself."):  # fmt: skip
        assert words(said, locale) in text(main(page))


@every_locale
def test_somebody_is_named_by_who_does_not_want_to_be_named(visitor, office, locale):
    tell(visitor, NAMED, locale)
    (person,) = office.books.rows(WorryPerson)
    assert (person.name, person.source_shown, person.source_hidden_why) == (PERSON_NAME, False, PERSON_WHY)
    case = office.books.the(Case)
    assert (case.state, case.team_slug) == ("named", "midden")
    assert PERSON_NAME not in str(case)
    assert office.books.rows(Draft) == []


def test_a_source_is_hidden_only_with_a_reason(visitor):
    page = walk(visitor, NAMED, until="person")
    answer = visitor.submit(fill(page.forms["form"], {**PERSON, "hidden_why": ""}), 422)
    assert faults(answer) == [("hidden_why", words("Write in a few words what could happen."))]


def test_nothing_of_the_person_goes_to_who_told_us_nor_stands_on_their_page(visitor, office, noor):
    tell(visitor, NAMED)
    reference = office.books.the(Case).reference
    act(noor, reference, "inform", how="visit", locale="nl")
    act(noor, reference, "finish", how="refuse")
    on(noor.browser, noor.browser.submit(_note(noor, reference, "De persoon wil echt niets.")))
    pages = visitor.get(STATUS).text + with_code(visitor, office.books, MY_EMAIL).text
    said = pages + str(sent_to_who_told(office))
    assert not [word for word in SECRET if word in said]
    assert "wil echt niets" not in said
    assert "geen hulp" not in said and "gesprek" not in text(main(visitor.get(STATUS)))


def _note(colleague, reference, text_of):
    page = colleague.browser.get(path_of(reference))
    form = next(one for one in page.forms.values() if one.action.endswith("/notitie"))
    form["text"] = text_of
    return form


@every_locale
@pytest.mark.parametrize("end", ["offer", "no_action", "refuse"])
def test_every_end_looks_the_same_to_who_told_us(visitor, office, noor, locale, end):
    tell(visitor, NAMED, locale)
    reference = office.books.the(Case).reference
    act(noor, reference, "inform", how="call", locale="nl")
    act(noor, reference, "finish", how=end)
    page = visitor.get(f"{FOLLOW[locale]}/stand")
    assert words("We are done", locale) in text(main(page))


def test_whoever_takes_it_back_takes_the_name_back(visitor, office):
    tell(visitor, NAMED)
    step(visitor, "withdraw")
    (person,) = office.books.rows(WorryPerson)
    assert (person.name, person.said) == ("", "")
    assert office.books.the(Case).state == "withdrawn"


@every_locale
def test_too_late_the_name_is_gone_and_who_gave_it_hears_that(visitor, office, registry, clock, locale):
    tell(visitor, NAMED, locale)
    clock.set(datetime(2026, 12, 24, 8, tzinfo=UTC))
    assert clockwork.look(office.site, clock, paths(registry, office.site)) == 1
    (person,) = office.books.rows(WorryPerson)
    assert person.name == ""
    told = sent_to_who_told(office)[-1]
    assert "112" in told.text and told.locale == locale
    assert not [word for word in SECRET if word in str(told)]


def test_where_who_worries_lives_is_never_asked(visitor, office):
    tell(visitor, NAMED)
    (contact,) = office.books.rows(Contact)
    assert (contact.postcode, contact.house) == ("", "")


def test_somebody_without_mail_is_called(visitor, office):
    by_phone = {**ADVICE, "reach": {"name": "Ans", "way": "phone", "phone": "038 123 45 67"}}
    tell(visitor, by_phone)
    assert sent_to_who_told(office) == []
