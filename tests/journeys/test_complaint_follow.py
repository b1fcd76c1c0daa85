"""Following a complaint: who handles it, the hearing, more time, and our answer behind a code."""

from datetime import date, datetime

import pytest

from portal.cases.models import Case
from portal.complaints.models import ComplaintWait, Hearing
from portal.complaints.outcomes import Offered
from portal.foundation.clock import LOCAL
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import button, faults, fill, on
from tests.unit.cleaning.following import code_in, with_code
from tests.unit.complaints.complaining import EMAIL, FOLLOW, ME, NAME, WITH_A_DECISION, WORDS, send
from tests.unit.complaints.handling import FOUND, HANDLER, a_handler

handling = pytest.fixture(a_handler)
LOCALES = ("nl", "nl_simple", "ar")
STATUS, MORE, ANSWER = (f"{FOLLOW['nl']}/{word}" for word in ("stand", "meer-tijd", "antwoord"))
PLACE = "Bij u thuis, Voorbeeldstraat 12"


@pytest.fixture
def sent(visitor, books, handling):
    """Somebody complained and follows it."""
    send(visitor)
    return books


def shown(visitor, path=STATUS):
    return text(main(visitor.get(path)))


def step(visitor, action, locale="nl"):
    """Take a step: the page that asks whether one is sure, and its button."""
    sure = visitor.get(f"{FOLLOW[locale]}/stap/{action}")
    return on(visitor, visitor.submit(button(sure, f"/stap/{action}")))


def offer(handling, interpreter="Berbers"):
    starts_at = datetime(2026, 12, 3, 14, 30, tzinfo=LOCAL)
    handling.do("offer_hearing", Offered("complainant", starts_at, PLACE, interpreter))


def test_the_page_says_by_when_and_who_handles_it_and_no_step_frightens(visitor, sent, handling):
    handling.take_in_hand()
    handling.do("step", "named")
    told = shown(visitor)
    assert words("Somebody takes care of your complaint") in told
    assert words("Somebody of the team took your request in hand") not in told
    assert "4 januari 2027" in told
    assert HANDLER in told


@pytest.mark.parametrize("locale", LOCALES)
def test_talking_first_may_end_in_solved(visitor, books, handling, locale):
    send(visitor, {**ME, "wish": {"wish": "", "first": "talk"}}, locale)
    handling.do("step", "talk")
    page = step(visitor, "solved", locale)
    assert books.the(Case).state == "solved"
    assert words("You said that it is solved", locale) in text(main(page))


def test_talking_first_may_stop_at_any_time_and_the_date_stays(visitor, sent, handling):
    handling.do("step", "talk")
    assert {f"{FOLLOW['nl']}/stap/solved", f"{FOLLOW['nl']}/stap/not_solved"} <= set(hrefs(main(visitor.get(STATUS))))
    page = step(visitor, "not_solved")
    assert sent.the(Case).state == "formal"
    assert "4 januari 2027" in text(main(page))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_hearing_is_told_with_day_time_and_interpreter_and_its_place_behind_the_code(
    visitor, books, handling, locale
):
    send(visitor, ME, locale)
    handling.do("step", "examine")
    offer(handling)
    status = f"{FOLLOW[locale]}/stand"
    told = shown(visitor, status)
    assert "14:30" in told
    assert "2026" in told
    assert "Berbers" in told
    assert PLACE not in told


def test_with_the_code_the_place_is_there_and_the_mail_has_it(visitor, sent, handling):
    handling.do("step", "examine")
    offer(handling, interpreter="")
    told = text(main(with_code(visitor, sent)))
    for said in (PLACE, "donderdag 3 december 2026", "14:30",
                 words("Not asked for. Would it help you? It costs you nothing: tell us below.")):  # fmt: skip
        assert said in told
    mail = next(row for row in sent.messages(EMAIL) if "14:30" in row.text)
    assert "3 december 2026" in mail.text


def test_the_hearing_of_the_other_side_is_not_theirs_to_see(visitor, sent, handling):
    handling.do("step", "examine")
    handling.do("offer_hearing", Offered("concerned", datetime(2026, 12, 2, 9, tzinfo=LOCAL), PLACE))
    assert "9:00 uur" not in shown(visitor)
    assert "2 december 2026" not in shown(visitor)


def test_of_two_hearings_the_last_that_was_offered_counts(visitor, sent, handling):
    handling.do("step", "examine")
    offer(handling)
    handling.do("offer_hearing", Offered("complainant", datetime(2026, 12, 4, 11, tzinfo=LOCAL), PLACE))
    told = shown(visitor)
    assert "vrijdag 4 december 2026" in told
    assert "3 december" not in told


def test_who_needs_no_hearing_says_so_and_nobody_waits(visitor, sent, handling):
    handling.do("step", "examine")
    offer(handling)
    page = step(visitor, "waive")
    assert sent.the(Case).state == "heard"
    assert sent.the(Hearing).state == "waived"
    assert "14:30" not in text(main(page))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("agreed", "due"), [("yes", date(2027, 2, 1)), ("no", date(2027, 1, 4))])
def test_more_time_is_asked_with_the_reason_and_only_a_yes_gives_it(visitor, books, handling, locale, agreed, due):
    send(visitor, ME, locale)
    handling.do("step", "examine")
    handling.do("ask_more", date(2027, 2, 1), "Een getuige is ziek.")
    more = f"{FOLLOW[locale]}/meer-tijd"
    assert more in hrefs(main(visitor.get(f"{FOLLOW[locale]}/stand")))
    page = visitor.get(more)
    assert "Een getuige is ziek." in text(main(page))
    page = on(visitor, visitor.submit(fill(page.forms["form"], {"agreed": agreed})))
    assert books.the(Case).due_on == due
    assert books.the(ComplaintWait).agreed == (agreed == "yes")
    assert more not in hrefs(main(page))


def test_without_an_answer_it_is_asked_again_and_no_date_changes(visitor, sent, handling):
    handling.do("step", "examine")
    handling.do("ask_more", date(2027, 2, 1), "Een getuige is ziek.")
    page = visitor.submit(visitor.get(MORE).forms["form"], status=422)
    assert [field for field, _said in faults(page)] == ["agreed"]
    assert "Een getuige is ziek." in text(main(page))
    assert sent.the(Case).due_on == date(2027, 1, 4)


def test_two_tabs_that_say_yes_and_no_leave_the_first(visitor, sent, handling):
    handling.do("step", "examine")
    handling.do("ask_more", date(2027, 2, 1), "Een getuige is ziek.")
    one, other = visitor.get(MORE), visitor.get(MORE)
    on(visitor, visitor.submit(fill(one.forms["form"], {"agreed": "yes"})))
    on(visitor, visitor.submit(fill(other.forms["form"], {"agreed": "no"})))
    assert sent.the(Case).due_on == date(2027, 2, 1)


# Our answer


@pytest.fixture
def answered(visitor, books, handling):
    """Three things were judged and the answer is there."""
    send(visitor, WITH_A_DECISION)
    handling.do("step", "examine")
    handling.do("skip_hearing", "Niet nodig.")
    handling.conclude("founded", "partly", "unfounded")
    return books


@pytest.mark.parametrize("locale", LOCALES)
def test_our_answer_is_behind_the_code_and_each_part_has_its_own(visitor, books, handling, locale):
    send(visitor, WITH_A_DECISION, locale)
    handling.do("step", "examine")
    handling.do("skip_hearing", "Niet nodig.")
    handling.conclude("founded", "partly", "no_judgement")
    path = f"{FOLLOW[locale]}/antwoord"
    closed = shown(visitor, path)
    assert not [one for one in (WORDS, *FOUND.values(), "Wij zeggen sorry.") if one in closed]
    typed = on(visitor, visitor.submit(button(visitor.get(f"{FOLLOW[locale]}/code"), "/code/sturen")))
    visitor.submit(fill(typed.forms["form"], {"code": code_in(books)}))
    told = shown(visitor, path)
    for said in (WORDS, FOUND["founded"], FOUND["partly"], FOUND["no_judgement"], "Wij zeggen sorry.", "2027"):
        assert said in told


def test_the_answer_says_the_ombudsman_a_year_and_the_objection_that_stays(visitor, answered):
    told = shown(visitor, ANSWER)
    assert "23 november 2027" in told
    assert "28 december 2026" in told


def test_leaving_it_at_this_closes_it(visitor, answered):
    page = step(visitor, "accept")
    assert answered.the(Case).state == "closed"
    assert "23 november 2027" in text(main(page))
    assert ANSWER in hrefs(main(page))


def test_once_more_begins_a_new_promise_and_the_second_answer_shows_too(visitor, answered, handling):
    step(visitor, "once_more")
    case = answered.the(Case)
    assert (case.state, case.due_on) == ("formal", date(2026, 12, 21))
    handling.do("skip_hearing", "Niet nodig.")
    handling.conclude("founded", "founded", "founded")
    assert answered.the(Case).state == "outcome_sent"


def test_left_with_a_reason_it_says_why_behind_the_code_and_the_ombudsman_before_it(visitor, sent, handling):
    handling.do("leave", "older_than_a_year", "Het was in 2019.")
    assert "Het was in 2019." not in shown(visitor, ANSWER)
    with_code(visitor, sent)
    told = shown(visitor, ANSWER)
    assert "Het was in 2019." in told
    assert words("It happened more than a year ago") in told


def test_passed_on_it_says_to_whom_behind_the_code(visitor, sent, handling):
    handling.do("forward", "Schoonmaak BV, klachten", "Zij helpen u thuis.")
    assert "Schoonmaak BV" not in shown(visitor, ANSWER)
    with_code(visitor, sent)
    assert "Schoonmaak BV, klachten" in shown(visitor, ANSWER)


def test_who_comes_with_number_and_postcode_sees_how_far_and_not_who(visitor, another, answered):
    reference = answered.the(Case).reference
    found = fill(another.get(FOLLOW["nl"]).forms["form"], {"reference": reference, "known": "8011 PK"})
    told = text(main(on(another, another.submit(found))))
    assert not [one for one in (NAME, WORDS, "Wij zeggen sorry.") if one in told]
