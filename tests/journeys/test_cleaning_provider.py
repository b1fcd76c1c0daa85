"""A provider answers by the link in a mail, without an account, and learns who it is only after saying yes."""

import pytest

from portal.cases.models import Case
from portal.cleaning import clockwork
from portal.cleaning.models import Offer
from portal.foundation.tasks import paths
from tests.browser import Browser
from tests.reading import main, text, words
from tests.unit.cleaning.asking import (
    EMAIL,
    FOLLOW,
    FOR_MOTHER,
    HELPER_NAME,
    HOUSE,
    ME,
    NAME,
    NOTE,
    PERSONAL,
    answer,
    button,
    on,
    send,
)
from tests.unit.cleaning.following import BEZEM as BEZEM_MAIL
from tests.unit.cleaning.following import STATUS as FOLLOWED
from tests.unit.cleaning.following import said_yes

BEZEM, FRIS = "planning@de-bezem.example", "planning@thuis-fris.example"
ANYONE = {**ME, "provider": {"provider": "anyone"}}


@pytest.fixture
def provider(app):
    """Somebody at a provider's desk."""
    return Browser(app, "zwolle.test")


@pytest.fixture
def offer(visitor, books, provider):
    """Opens the link that a provider got: `offer(BEZEM)`. The request was asked of whoever can come first."""
    send(visitor, ANYONE)
    return lambda who=BEZEM: provider.get(books.link(who, "aanbod"))


def yes(provider, page, day="3-12-2026", status="*"):
    form = button(page, "/ja")
    form["first_date"] = day
    return provider.submit(form, status=status)


def no(provider, page, reason="no_capacity"):
    form = button(page, "/nee")
    form["reason"] = reason
    return on(provider, provider.submit(form))


def test_before_yes_a_provider_sees_the_area_and_the_days_and_nothing_of_who_it_is(offer):
    page = offer()
    shown = text(main(page))
    assert "8011" in shown
    assert words("Monday morning") in shown
    assert words("Friday afternoon") in shown
    assert words("As soon as possible") in shown
    for word in PERSONAL:
        assert word not in page.text


def test_a_provider_that_was_chosen_sees_no_more_before_yes(visitor, books, provider):
    send(visitor, FOR_MOTHER)
    page = provider.get(books.link(BEZEM, "aanbod"))
    for word in PERSONAL:
        assert word not in page.text


def test_after_yes_the_provider_sees_name_address_phone_and_the_practical_note(provider, offer, books):
    page = on(provider, yes(provider, offer()))
    shown = text(main(page))
    for said in (NAME, HOUSE, "8011 PK", "0612349876", "Twents", NOTE, "3 december 2026"):
        assert said in shown
    assert EMAIL not in page.text
    assert books.the(Case).state == "accepted"


def test_who_asked_hears_who_comes_and_sees_it_on_the_page(visitor, provider, offer, books):
    yes(provider, offer())
    assert "De Bezem" in books.messages(EMAIL)[-1].text
    page = text(main(visitor.get(f"{FOLLOW['nl']}/stand")))
    for said in ("De Bezem", "3 december 2026", words("They came"), words("Nobody came")):
        assert said in page


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("", "Write the first day you come."),
        ("morgen", "Write the date like this: 3-12-2026."),
        ("31-2-2027", "Write the date like this: 3-12-2026."),
        ("2026", "Write the date like this: 3-12-2026."),
        ("3-12-" + "9" * 30, "Write the date like this: 3-12-2026."),
        ("3-12-" + "9" * 5000, "Write the date like this: 3-12-2026."),
        ("22-11-2026", "Choose a day from today, within four months."),
        ("3-12-2027", "Choose a day from today, within four months."),
        ("3-12-26", "Choose a day from today, within four months."),
    ],
)
def test_a_date_that_cannot_be_is_told_at_its_field_with_what_was_typed(provider, offer, books, day, message):
    page = yes(provider, offer(), day, 422)
    assert [(link["href"], text(link)) for link in page.html.select(".errors a")] == [("#first_date", words(message))]
    assert button(page, "/ja")["first_date"].value == day
    assert books.the(Case).state == "offered"
    assert NAME not in page.text


@pytest.mark.parametrize("day", ["23-11-2026", "3/12/2026", "3.12.2026", "03-12-2026", " 3-12-2026 "])
def test_a_date_is_read_as_people_write_it(provider, offer, books, day):
    assert yes(provider, offer(), day).status_int == 303
    assert books.the(Case).state == "accepted"


def test_no_without_a_reason_is_asked_once_more(provider, offer, books):
    page = provider.submit(button(offer(), "/nee"), status=422)
    assert [link["href"] for link in page.html.select(".errors a")] == ["#reason"]
    assert books.the(Case).state == "offered"


def test_a_page_with_a_message_that_is_loaded_again_leads_back_to_the_answers(provider, offer):
    path = offer().request.path
    for tail in ("/ja", "/nee"):
        assert on(provider, provider.get(path + tail, status=303)).request.path == path


def test_the_second_who_says_yes_reads_that_it_is_gone_and_sees_nobody(provider, offer):
    late = offer(FRIS)
    yes(provider, offer(BEZEM))
    page = on(provider, yes(provider, late))
    assert words("Another provider was first, or the request was taken back. You need to do nothing.") in text(
        main(page)
    )
    for word in PERSONAL:
        assert word not in page.text


def test_a_late_slip_is_no_message_but_the_page_that_says_it_is_gone(provider, offer):
    late = offer(FRIS)
    yes(provider, offer(BEZEM))
    assert yes(provider, late, "morgen").status_int == 303
    assert provider.submit(button(late, "/nee")).status_int == 303


def test_yes_twice_is_once(provider, offer, books):
    page = offer()
    yes(provider, page)
    on(provider, yes(provider, page, "4-12-2026"))
    assert [one.first_date.day for one in books.rows(Offer) if one.first_date] == [3]


def test_after_no_the_provider_is_thanked_and_sees_no_form(visitor, books, provider):
    send(visitor)
    page = no(provider, provider.get(books.link(BEZEM, "aanbod")))
    assert words("You said that you cannot come. Thank you for answering.") in text(main(page))
    assert "form" not in page.forms
    assert books.the(Case).state == "declined"


def test_after_no_the_resident_chooses_another_on_the_same_page(visitor, books, provider):
    send(visitor)
    no(provider, provider.get(books.link(BEZEM, "aanbod")))
    status = visitor.get(f"{FOLLOW['nl']}/stand")
    assert words("Choose another provider") in text(main(status))
    choose = visitor.get(f"{FOLLOW['nl']}/aanbieder")
    assert "de-bezem" not in {box["value"] for box in choose.html.select("input[name=provider]")}
    assert visitor.submit(choose.forms["form"], status=422).html.select_one(".errors a")["href"] == "#provider"
    answer(visitor, choose, {"provider": "thuis-fris"})
    assert books.the(Case).state == "offered"
    yes(provider, provider.get(books.link(FRIS, "aanbod")))
    assert books.the(Case).state == "accepted"


def test_choosing_again_is_not_open_while_somebody_is_asked(visitor, books):
    send(visitor)
    assert on(visitor, visitor.get(f"{FOLLOW['nl']}/aanbieder", status=303)).request.path.endswith("/stand")


def test_a_provider_that_says_nothing_loses_the_request_after_two_working_days(visitor, books, registry, zwolle, clock):
    send(visitor)
    clock.forward(days=2)
    assert clockwork.look(zwolle, clock, paths(registry, zwolle)) == 0
    clock.forward(days=1)
    assert clockwork.look(zwolle, clock, paths(registry, zwolle)) == 1
    mail = books.messages(EMAIL)[-1]
    assert f"http://zwolle.test{FOLLOW['nl']}" in mail.text
    assert books.the(Case).state == "silent"


def test_the_link_in_what_the_worker_sends_is_in_the_language_of_the_request(visitor, books, registry, zwolle, clock):
    send(visitor, ME, "ar")
    clock.forward(days=3)
    clockwork.look(zwolle, clock, paths(registry, zwolle))
    assert f"http://zwolle.test{FOLLOW['ar']}" in books.messages(EMAIL)[-1].text


def test_after_the_request_was_taken_back_the_provider_that_said_yes_sees_nobody_any_more(
    visitor, provider, offer, books
):
    page = on(provider, yes(provider, offer()))
    sure = visitor.get(f"{FOLLOW['nl']}/stap/withdraw")
    on(visitor, visitor.submit(button(sure, "/stap/withdraw")))
    page = provider.get(page.request.path)
    assert words("Another provider was first, or the request was taken back. You need to do nothing.") in text(
        main(page)
    )
    for word in PERSONAL:
        assert word not in page.text
    assert "gestopt" in books.messages(BEZEM)[-1].subject


def test_a_link_that_is_old_or_made_up_opens_nothing(provider, offer, clock):
    path = offer().request.path
    gone = text(main(provider.get("/nl/aanbod/" + "x" * 43)))
    assert words("This link no longer works. The request was answered, or taken back.") in gone
    provider.get("/nl/aanbod/kort", status=404)
    clock.forward(days=14)
    assert text(main(provider.get(path))) == gone


def test_a_link_that_is_made_up_answers_as_gone_however_it_is_sent(provider, offer):
    page = offer()
    for tail in ("/ja", "/nee"):
        form = button(page, tail)
        form.action = f"/nl/aanbod/{'x' * 43}{tail}"
        assert provider.submit(form).status_int == 303
    form["reason"] = "other"
    assert provider.submit(form).status_int == 303


def test_an_answer_without_the_token_of_the_form_changes_nothing(provider, offer, books):
    page = offer()
    provider.post(page.request.path + "/ja", {"first_date": "3-12-2026"}, status=422)
    assert books.the(Case).state == "offered"


def test_the_page_of_a_provider_is_kept_by_nobody_and_not_for_search_engines(offer):
    page = offer()
    assert page.headers["Cache-Control"] == "no-store"
    assert page.html.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert page.headers["Referrer-Policy"] in {"same-origin", "no-referrer", "strict-origin"}


def test_after_yes_the_provider_can_reach_who_asked_by_mail(app, visitor, books):
    """Somebody who gave no phone number is not out of reach."""
    send(visitor, ME | {"reach": {"way": "email", "email": EMAIL, "phone": "", "voicemail": "no"}})
    said_yes(app, books)
    page = Browser(app, "zwolle.test").get(books.link(BEZEM_MAIL, "aanbod"))
    assert EMAIL in text(main(page))
    assert "8011 PK" in text(main(page))


def test_after_yes_the_provider_sees_who_speaks_for_the_resident(app, visitor, books):
    send(visitor, FOR_MOTHER)
    said_yes(app, books)
    page = Browser(app, "zwolle.test").get(books.link(BEZEM_MAIL, "aanbod"))
    assert HELPER_NAME in text(main(page))


def test_the_promised_date_is_told_while_somebody_waits_and_not_beside_the_first_day(app, visitor, books):
    send(visitor, ME)
    promised = words("At the latest on %(date)s.", date="")[:-1].strip()
    assert promised in text(main(visitor.get(FOLLOWED)))
    said_yes(app, books)
    assert promised not in text(main(visitor.get(FOLLOWED)))
