"""One clock: whatever changes the last day, the screen, the mail, the letter and the books show the same date."""

from datetime import date

import pytest

from portal.cases.models import Case, CaseEvent, Term
from portal.cases.workflow import Author, NotSo
from portal.foundation.i18n import LOCALES as READERS
from portal.ui.dates import day_and_year
from tests.reading import main, text
from tests.unit.cleaning.asking import button
from tests.unit.cleaning.following import find
from tests.unit.complaints.complaining import BY_LETTER, FOLLOW, ME, NAMELESS, send
from tests.unit.complaints.handling import a_handler

handling = pytest.fixture(a_handler)
WHY = "Een getuige is ziek."


def extend(handling):
    handling.do("extend", WHY)


def committee(handling):
    handling.do("with_committee")


def agreed(handling):
    handling.do("ask_more", date(2027, 3, 2), WHY)
    handling.do("answer_more", Author.RESIDENT, agreed=True)


def paused(handling):
    handling.do("ask_more", date(2026, 12, 7), WHY, first=date(2026, 11, 30))
    handling.do("answer_more", Author.RESIDENT, agreed=True)


def refused(handling):
    handling.do("ask_more", date(2027, 3, 2), WHY)
    handling.do("answer_more", Author.RESIDENT, agreed=False)


def everything(handling):
    committee(handling)
    extend(handling)
    paused(handling)


#: Told on Monday 23 November 2026. Of the pause 8 days do not count.
CHANGES = [
    ([], date(2027, 1, 4)),
    ([extend], date(2027, 2, 1)),
    ([committee], date(2027, 2, 1)),
    ([agreed], date(2027, 3, 2)),
    ([paused], date(2027, 1, 12)),
    ([refused], date(2027, 1, 4)),
    ([extend, agreed], date(2027, 3, 2)),
    ([agreed, extend], date(2027, 3, 2)),
    ([committee, extend], date(2027, 3, 1)),
    ([everything], date(2027, 3, 9)),
]
NAMES = ["+".join(change.__name__ for change in changes) or "nothing" for changes, _due in CHANGES]


@pytest.mark.parametrize("locale", ["nl", "nl_simple", "ar"])
@pytest.mark.parametrize("answers", [ME, BY_LETTER], ids=["mail", "letter"])
@pytest.mark.parametrize(("changes", "due"), CHANGES, ids=NAMES)
def test_the_screen_the_message_and_the_books_say_the_same_day(visitor, books, handling, changes, due, answers, locale):
    send(visitor, answers, locale)
    handling.do("step", "examine")
    for change in changes:
        change(handling)
    said = day_and_year(due, READERS[locale])
    assert said in text(main(visitor.get(f"{FOLLOW[locale]}/stand"))), "the screen"
    assert said in books.messages()[-1].text, "the message"
    assert books.messages()[-1].channel == ("email" if answers is ME else "letter")
    (term,) = [row for row in books.rows(Term) if row.key == "complaint_decide" and row.ended_on is None]
    assert term.due_on == books.the(Case).due_on == due, "the books"
    others = {day_and_year(day, READERS[locale]) for _changes, day in CHANGES} - {said}
    assert not [day for day in others if f"{day}" in text(main(visitor.get(f"{FOLLOW[locale]}/stand")))]


@pytest.mark.parametrize(("changes", "due"), CHANGES[1:4], ids=NAMES[1:4])
def test_the_old_date_stays_readable_with_the_rule_it_came_from(visitor, books, handling, changes, due):
    send(visitor)
    handling.do("step", "examine")
    for change in changes:
        change(handling)
    terms = [row for row in books.rows(Term) if row.key == "complaint_decide"]
    assert [(row.number, row.due_on) for row in sorted(terms, key=lambda row: row.number)] == [
        (1, date(2027, 1, 4)), (2, due),
    ]  # fmt: skip
    assert all(row.rule and row.legal_basis for row in terms)


def test_each_change_is_a_line_in_the_story_that_who_complained_reads(visitor, books, handling):
    send(visitor)
    handling.do("step", "examine")
    extend(handling)
    agreed(handling)
    told = text(main(visitor.get(f"{FOLLOW['nl']}/stand")))
    actions = [event.action for event in books.rows(CaseEvent)]
    assert actions == ["open", "begin", "examine", "extend", "ask_more", "agree_more"]
    assert told.count("23 november 2026") >= len(actions)


def test_after_six_weeks_without_more_time_the_date_that_was_told_still_stands(visitor, books, handling, clock):
    send(visitor)
    handling.do("step", "examine")
    clock.set(clock.now().replace(year=2027, month=1, day=5))
    assert books.the(Case).due_on == date(2027, 1, 4)


def test_to_who_stays_without_a_name_no_date_is_promised_though_we_keep_one(visitor, books):
    send(visitor, NAMELESS)
    assert books.the(Case).due_on is not None
    assert "januari" not in text(main(visitor.get(f"{FOLLOW['nl']}/stand")))


def test_when_we_look_once_more_the_screen_and_the_mail_have_the_new_promise_and_nothing_makes_it_longer(
    visitor, books, handling, clock
):
    send(visitor)
    handling.do("step", "examine")
    handling.do("ask_more", date(2027, 3, 2), WHY)
    handling.do("skip_hearing", "Niet nodig.")
    handling.conclude("founded")
    assert "meer-tijd" not in visitor.get(f"{FOLLOW['nl']}/stand").text, "after our answer nobody needs more time"
    clock.forward(days=70)
    find(visitor, books.the(Case).reference, "8011 PK")
    sure = visitor.get(f"{FOLLOW['nl']}/stap/once_more")
    visitor.submit(button(sure, "/once_more"))
    told = text(main(visitor.get(f"{FOLLOW['nl']}/stand")))
    assert "1 maart 2027" in told
    assert "4 januari 2027" not in told
    for act, given in (("extend", (WHY,)), ("with_committee", ()), ("ask_more", (date(2027, 4, 1), WHY))):
        with pytest.raises(NotSo, match="late"):
            handling.do(act, *given)
