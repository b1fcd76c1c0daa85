"""A moment is kept for who chose it, for some minutes; whoever is second reads so, and loses nothing."""

import re

import pytest
from sqlalchemy import update

from portal.bookings.models import Booking, BookingCell, BookingWorker
from portal.cases.models import Case, Contact
from portal.foundation.db import writing
from portal.foundation.page_cache import PageCache
from portal.ui import stencils
from tests.reading import main, text, words
from tests.unit.cleaning.asking import Books, answer, faults, fill, on, question, sending
from tests.unit.conversations.talking import CALL_ME, FORM, ME, NAME, WORDS, a_diary, at, go_on, offered, send, to_check

diary = pytest.fixture(a_diary)
LOST = "The moment that you chose is no longer free."
FIRST_MOMENT = "20261124T0900Z"


@pytest.fixture
def books(diary, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


def days(page):
    return [text(name) for name in page.html.select(".times__day")]


def test_moments_stand_by_day_with_their_times_and_the_way_out_is_always_there(visitor, books):
    page = at(visitor, "moment")
    assert days(page) == ["dinsdag 24 november", "woensdag 25 november", "donderdag 26 november", "vrijdag 27 november"]
    assert offered(page)[:2] == [FIRST_MOMENT, "20261124T1000Z"]
    for group in page.html.select("div.times"):
        assert page.html.find(id=group["aria-labelledby"])
        assert len(group.select("input[type=radio]")) <= 8
    assert page.html.select("input[name=moment]")[-1]["value"] == "call"
    assert "Noor" not in text(main(page))


def test_somebody_looks_only_at_mornings_and_at_later_days_with_plain_links(visitor, books):
    at(visitor, "moment")
    path = f"{FORM['nl']}/vraag/moment"
    mornings = visitor.get(f"{path}?deel=ochtend")
    assert {value[9:11] for value in offered(mornings)} <= {"08", "09", "10", "11"}
    afternoons = visitor.get(f"{path}?deel=middag")
    assert {value[9:11] for value in offered(afternoons)} <= {"11", "12", "13", "14", "15"}
    later = visitor.get(path + mornings.html.find("a", string=words("More moments, later"))["href"])
    assert days(later)[0] == "maandag 30 november"
    assert later.html.select_one("a.chip[aria-current]")["href"] == "?deel=ochtend"
    for odd in ("?deel=nacht", "?na=morgen", "?na=20261124T0900", "?deel=ochtend&na=99999999T9999Z"):
        assert offered(visitor.get(path + odd))


def test_a_moment_on_a_later_page_can_be_chosen(visitor, books):
    page = at(visitor, "moment")
    path = f"{FORM['nl']}/vraag/moment"
    later = visitor.get(path + page.html.find("a", string=words("More moments, later"))["href"])
    wanted = offered(later)[3]
    page = go_on(visitor, answer(visitor, later, {"moment": wanted}))
    on(visitor, visitor.submit(sending(page)))
    assert books.the(Booking).starts_at.strftime("%Y%m%dT%H%MZ") == wanted


def test_choosing_keeps_the_moment_for_a_quarter_of_an_hour(visitor, another, books, clock):
    to_check(visitor, {**ME, "moment": {"moment": "20261125T0800Z"}})
    booking = books.the(Booking)
    assert (booking.state, booking.case_id) == ("held", None)
    assert "20261125T0800Z" not in offered(at(another, "moment"))
    clock.forward(minutes=16)
    assert "20261125T0800Z" in offered(at(another, "moment"))


def test_choosing_another_gives_the_first_back(visitor, another, books):
    to_check(visitor)
    page = visitor.get(f"{FORM['nl']}/vraag/moment")
    assert page.html.select_one("input[name=moment][checked]")["value"] == FIRST_MOMENT
    answer(visitor, page, {"moment": offered(page)[-1]})
    assert FIRST_MOMENT in offered(at(another, "moment"))
    assert [row.state for row in books.rows(Booking) if row.state == "held"] == ["held"]


def test_choosing_the_same_again_keeps_it(visitor, books):
    to_check(visitor)
    before = books.the(Booking)
    page = answer(visitor, visitor.get(f"{FORM['nl']}/vraag/moment"), {"moment": FIRST_MOMENT})
    assert page.request.path.endswith("/controle")
    assert books.the(Booking) == before


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_who_is_second_reads_so_at_the_list_and_gets_what_is_free_now(visitor, another, books, locale):
    page = at(visitor, "moment", ME, locale)
    assert offered(page)[0] == FIRST_MOMENT
    to_check(another)
    page = visitor.submit(fill(page.forms["form"], {"moment": FIRST_MOMENT}), status=422)
    assert [field for field, _said in faults(page)] == ["moment"]
    assert words("This moment is no longer free. Choose another one: these are free now.", locale) in text(main(page))
    assert FIRST_MOMENT not in offered(page)
    page = go_on(visitor, answer(visitor, page, {"moment": offered(page)[0]}))
    assert NAME in text(main(page))
    assert WORDS in text(main(page))


def test_a_hold_that_is_over_is_taken_again_when_nobody_else_did(visitor, books, clock):
    page = to_check(visitor)
    clock.forward(minutes=40)
    on(visitor, visitor.submit(sending(page)))
    assert (books.the(Case).state, books.the(Booking).state) == ("booked", "booked")


def test_who_was_too_late_is_led_back_to_the_moments_and_loses_nothing(visitor, another, books, clock):
    page = to_check(visitor)
    clock.forward(minutes=16)
    send(another)
    back = on(visitor, visitor.submit(sending(page)))
    assert question(back) == "moment"
    assert words(LOST) in text(main(back))
    assert words("Your other answers are kept.") in text(main(back))
    assert len(books.rows(Case)) == 1
    page = go_on(visitor, answer(visitor, back, {"moment": offered(back)[0]}))
    assert WORDS in text(main(page))
    on(visitor, visitor.submit(sending(page)))
    first, second = books.rows(Booking)
    assert len(books.rows(Case)) == len(books.rows(Contact)) == 2
    assert first.state == second.state == "booked"
    assert first.busy_until <= second.busy_from or second.busy_until <= first.busy_from


def test_the_check_page_itself_leads_back_when_the_moment_is_gone(visitor, another, books, clock):
    to_check(visitor)
    clock.forward(minutes=16)
    send(another)
    back = on(visitor, visitor.get(f"{FORM['nl']}/controle", status=303))
    assert question(back) == "moment"
    assert words(LOST) in text(main(back))


def test_sending_twice_is_one_request_and_one_booking(visitor, books):
    page = to_check(visitor)
    first = on(visitor, visitor.submit(sending(page)))
    again = on(visitor, visitor.submit(sending(page)))
    assert text(main(first)) == text(main(again))
    assert len(books.rows(Case)) == len(books.rows(Booking)) == len(books.messages()) == 1


def test_another_place_asks_for_a_moment_again(visitor, books):
    to_check(visitor)
    page = answer(visitor, visitor.get(f"{FORM['nl']}/vraag/where"), {"place": "phone"})
    assert question(page) == "moment"


def test_who_turns_to_writing_has_no_moment_and_takes_none(visitor, books):
    to_check(visitor)
    page = answer(visitor, visitor.get(f"{FORM['nl']}/vraag/where"), {"place": "writing"})
    assert page.request.path.endswith("/controle")
    on(visitor, visitor.submit(sending(page)))
    assert books.the(Case).state == "received"
    assert books.the(Booking).state == "held"  # nobody's in a quarter of an hour


def test_at_a_border_and_where_nobody_works_we_call(visitor, another, books, zwolle):
    page = at(visitor, "moment", {**CALL_ME, "home": {"postcode": "8017 AA", "house": "1"}})
    assert offered(page) == []
    assert words("We do not know yet which team is yours. We call you and choose a moment together.") in text(
        main(page)
    )
    page = go_on(visitor, page, CALL_ME)
    on(visitor, visitor.submit(sending(page)))
    assert (books.the(Case).team_slug, books.the(Case).state) == (None, "received")
    with writing(zwolle.engine) as session:
        session.execute(update(BookingWorker).values(active=False))
    page = at(another, "moment")
    assert offered(page) == []
    assert page.html.select_one("input[name=moment][checked]")["value"] == "call"


def test_what_no_page_offered_is_not_to_be_had(visitor, books):
    form = at(visitor, "moment").forms["form"]
    for odd in ("20261124T0300Z", "20261128T1000Z", "20261123T1000Z", "20991124T0900Z", "call me", "<b>", "2026"):
        answered = visitor.post(form.action, {"csrf_token": form["csrf_token"].value, "moment": odd})
        assert answered.status_int == 422, odd
    assert books.rows(Booking) == books.rows(BookingCell) == []


def test_the_value_of_a_moment_names_nobody(visitor, books):
    for value in offered(at(visitor, "moment")):
        assert re.fullmatch(r"\d{8}T\d{4}Z", value)


@pytest.fixture
def store(registry):
    """What is made once for everybody; empty at first."""
    registry.stencils = PageCache(stencils.MOST_BYTES)
    return registry.stencils


def moment_pages(store):
    """The pages with moments that are kept, each with what it says between the holes."""
    whole = [page for key, page in store._pages.items() if key[2] == "page" and key[3].endswith("/moment")]
    return ["".join(page._pieces) for page in whole]


def test_the_same_moments_are_one_page_for_everybody_with_nothing_of_anybody_on_it(visitor, another, books, store):
    ours = {**ME, "company": {"name_1": "Ayse Zonneveld-Bakker", "reach_1": "0611223344"}}
    first, second = at(visitor, "moment", ours), at(another, "moment")
    assert offered(first) == offered(second)
    [kept] = moment_pages(store)
    drafts = [page.html.select_one("p.hint.small bdi").text for page in (first, second)]
    assert drafts[0] != drafts[1]
    for own in (*drafts, "Zonneveld", "0611223344", visitor.cookies["csrf"], another.cookies["csrf"]):
        assert own not in kept


def test_when_the_first_moment_is_taken_the_page_of_before_is_shown_to_nobody(visitor, another, books, store):
    to_check(visitor)
    assert FIRST_MOMENT not in offered(at(another, "moment"))
    assert len(moment_pages(store)) == 2
    assert sorted(FIRST_MOMENT in page for page in moment_pages(store)) == [False, True]


def test_who_asks_for_mornings_gets_them_though_the_page_of_all_is_kept(visitor, books, store):
    everything = offered(at(visitor, "moment"))
    mornings = offered(visitor.get(f"{FORM['nl']}/vraag/moment?deel=ochtend"))
    assert {value[9:11] for value in everything} > {value[9:11] for value in mornings}
    assert len(moment_pages(store)) == 1
