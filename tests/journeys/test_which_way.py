"""Somebody who is not content answers at most four questions and sees which ways fit, and until when."""

from datetime import date

import pytest

from portal.foundation.i18n import LOCALES
from portal.ui.dates import full_day
from portal.ways.labels import SLIPS, WAYS, WHY, words_of
from portal.ways.rules import About, Letter, Way, Who, Why, Wish
from portal.ways.steps import Question
from tests.accessibility.pages import Addresses, Kind
from tests.reading import hrefs, language, main, text, words

WAY = {"nl": "/nl/welke-weg", "nl_simple": "/nl-simple/welke-weg", "ar": "/ar/which-way"}
#: Where a way leads: to a form, or to a page as long as there is no form.
NEXT = {
    Way.TALK: {"conversation.start"}, Way.COMPLAINT: {"klacht", "complaint.start"},
    Way.SECOND_OPINION: {"second-opinion", "second_opinion.start"}, Way.OBJECTION: {"bezwaar"},
    Way.CLIENT_SUPPORT: {"clientondersteuning"},
}  # fmt: skip
TREATED = {Question.ABOUT: About.TREATED, Question.LETTER: Letter.NONE, Question.WHO: Who.TEAM,
           Question.WISH: Wish.LISTEN}  # fmt: skip

every_locale = pytest.mark.parametrize("locale", WAY)


def begin(visitor, locale="nl"):
    return visitor.get(WAY[locale])


def answer(visitor, page, code, day=None, status=200):
    """Choose an answer as it stands on the page, and go on."""
    form = page.forms["form"]
    asked = form["klaar"].value
    if code is not None:
        form[asked] = code.value
    if day is not None:
        form["datum"] = day
    return visitor.submit(form, status=status)


def go(visitor, answers, locale="nl", day=None):
    """Answer each question that is asked."""
    page = begin(visitor, locale)
    while "form" in page.forms:
        asked = Question(page.forms["form"]["klaar"].value)
        page = answer(visitor, page, answers[asked], day if asked is Question.LETTER else None)
    return page


def titles(page):
    return [text(title) for title in page.html.select(".way h2")]


def names(*ways, locale="nl"):
    return [words(WAYS[way].title, locale) for way in ways]


def deadline(page):
    return text(page.html.select_one(".deadline"))


def until(day, locale="nl"):
    return words("You can object until and including %(day)s.", locale, day=full_day(day, LOCALES[locale]))


@every_locale
def test_who_was_treated_badly_finds_complaint_talk_and_somebody_beside_them(visitor, locale):
    page = go(visitor, TREATED, locale)
    assert titles(page) == names(Way.COMPLAINT, Way.TALK, Way.CLIENT_SUPPORT, locale=locale)
    assert words("Your help simply goes on.", locale) in text(main(page))
    assert words(WHY[Why.TREATED_TEAM], locale) in text(main(page))
    assert page.html.select_one(".deadline") is None
    assert language(page.html.h1) == (LOCALES[locale].tag, LOCALES[locale].direction)


@every_locale
def test_a_letter_with_a_decision_says_the_last_day_before_all_else(visitor, locale):
    page = go(visitor, {**TREATED, Question.LETTER: Letter.DATED}, locale, "3-11-2026")
    assert deadline(page).startswith(until(date(2026, 12, 15), locale))
    assert words("A complaint or a second opinion does not change that date.", locale) in deadline(page)
    assert "22" in deadline(page)
    assert titles(page)[:2] == names(Way.OBJECTION, Way.COMPLAINT, locale=locale)
    words_of_page = text(main(page))
    assert words_of_page.index(until(date(2026, 12, 15), locale)) < words_of_page.index(titles(page)[0])
    assert words("Your help simply goes on.", locale) in words_of_page
    assert words("Why you do not agree. Too little time? Write that the reason comes later.", locale) in words_of_page


def test_the_words_are_those_that_were_promised(visitor):
    page = go(visitor, {**TREATED, Question.LETTER: Letter.DATED}, day="23 november 2026")
    assert deadline(page).startswith("U kunt bezwaar maken tot en met maandag 4 januari 2027.")
    assert "Een klacht of second opinion verandert die datum niet." in deadline(page)
    assert "Uw hulp loopt gewoon door." in text(main(page))


@every_locale
def test_who_doubts_the_plan_is_asked_three_questions_and_finds_a_second_opinion(visitor, locale):
    page = begin(visitor, locale)
    page = answer(visitor, page, About.PLAN)
    assert words("step %(number)s of %(count)s", locale, number=2, count=3) in text(main(page))
    page = answer(visitor, page, Letter.NONE)
    assert page.forms["form"]["klaar"].value == Question.WISH
    page = answer(visitor, page, Wish.LOOK)
    assert titles(page) == names(Way.SECOND_OPINION, Way.TALK, Way.CLIENT_SUPPORT, locale=locale)


@every_locale
def test_who_is_too_late_reads_that_it_may_still_be_possible_and_whom_to_ask_today(visitor, central, locale):
    answers = {Question.ABOUT: About.LETTER, Question.LETTER: Letter.DATED, Question.WISH: Wish.DECIDE}
    page = go(visitor, answers, locale, "3-8-2026")
    said = words("You could object until and including %(day)s.", locale,
                 day=full_day(date(2026, 9, 14), LOCALES[locale]))  # fmt: skip
    assert deadline(page).startswith(said)
    assert central in hrefs(page.html.select_one(".deadline"))
    assert titles(page) == names(Way.OBJECTION, Way.TALK, Way.CLIENT_SUPPORT, locale=locale)
    assert words("Why it is later than it should be", locale) in text(main(page))


@every_locale
def test_who_does_not_know_the_date_reads_how_long_it_is_and_where_it_begins(visitor, central, locale):
    answers = {Question.ABOUT: About.LETTER, Question.LETTER: Letter.UNDATED, Question.WISH: Wish.DECIDE}
    page = go(visitor, answers, locale)
    assert deadline(page).startswith(
        words(
            "You can object for %(weeks)s weeks. They begin on the day after the date on the letter.", locale, weeks=6
        )
    )
    assert central in hrefs(page.html.select_one(".deadline"))


@pytest.mark.parametrize(
    ("day", "last", "left"),
    [
        ("12-10-2026", date(2026, 11, 23), "That is today. Send your letter today."),
        ("13-10-2026", date(2026, 11, 24), "That is tomorrow."),
    ],
)
def test_the_last_days_are_said_as_people_say_them(visitor, day, last, left):
    page = go(visitor, {**TREATED, Question.LETTER: Letter.DATED}, day=day)
    assert deadline(page).startswith(until(last))
    assert words(left) in deadline(page)


def test_who_is_not_sure_that_it_is_a_decision_sees_the_last_day_all_the_same(visitor):
    page = go(visitor, {**TREATED, Question.LETTER: Letter.UNSURE}, day="3 november")
    assert deadline(page).startswith(until(date(2026, 12, 15)))
    assert words(WHY[Why.DECISION_UNSURE], weeks=6) in text(main(page))


def test_who_does_not_know_anything_is_still_led_to_a_person(visitor, central):
    answers = {Question.ABOUT: About.OTHER, Question.LETTER: Letter.NONE, Question.WHO: Who.OTHER,
               Question.WISH: Wish.UNKNOWN}  # fmt: skip
    page = go(visitor, answers)
    assert titles(page) == names(Way.TALK, Way.CLIENT_SUPPORT)
    assert central in hrefs(page.html)


@every_locale
@pytest.mark.parametrize(
    ("typed", "slip"),
    [
        ("31-2-2026", "no_such_day"),
        ("3 november 2027", "future"),
        ("vorige week", "unreadable"),
        ("3-11-20266", "year"),
        ("", "no_day"),
    ],
)
def test_a_date_that_is_wrong_is_explained_and_everything_stays(visitor, locale, typed, slip):
    page = answer(visitor, begin(visitor, locale), About.TREATED)
    page = answer(visitor, page, Letter.DATED, typed, status=422)
    message = words(SLIPS[slip], locale)
    assert [(link["href"], text(link)) for link in page.html.select(".errors a")] == [("#datum", message)]
    assert text(page.html.find(id="datum-error")) == message
    field = page.html.find(id="datum")
    assert (field["value"], field["aria-invalid"]) == (typed, "true")
    form = page.forms["form"]
    assert (form["over"].value, form["brief"].value) == (About.TREATED, Letter.DATED)
    assert page.html.title.text.startswith(words("Look again", locale))
    page = answer(visitor, page, Letter.DATED, "3-11-2026")
    assert page.forms["form"]["klaar"].value == Question.WHO


@every_locale
@pytest.mark.parametrize("question", Question)
def test_a_question_that_was_passed_over_is_asked_again_and_nothing_is_lost(visitor, locale, question):
    page = begin(visitor, locale)
    while page.forms["form"]["klaar"].value != question:
        page = answer(visitor, page, TREATED[Question(page.forms["form"]["klaar"].value)])
    page = answer(visitor, page, None, status=422)
    message = words(SLIPS["choose"], locale)
    assert [(link["href"], text(link)) for link in page.html.select(".errors a")] == [(f"#{question}", message)]
    assert page.html.find(id=question)["type"] == "radio"
    carried = {field["name"]: field["value"] for field in page.html.select("#form input[type=hidden]")}
    before = [one for one in Question if one is not question][: list(Question).index(question)]
    assert carried == {**{one.value: TREATED[one].value for one in before}, "klaar": question.value}


def test_a_date_beside_no_is_not_thrown_away_in_silence(visitor):
    page = answer(visitor, begin(visitor), About.TREATED)
    page = answer(visitor, page, Letter.NONE, "3-11-2026", status=422)
    assert [text(link) for link in page.html.select(".errors a")] == [words(SLIPS["both"])]
    assert page.html.find(id="datum")["value"] == "3-11-2026"


def test_a_date_alone_says_that_there_is_a_letter(visitor):
    page = answer(visitor, begin(visitor), About.PLAN)
    page = answer(visitor, page, None, "3 nov 2026")
    assert page.forms["form"]["klaar"].value == Question.WISH


@every_locale
def test_the_way_back_keeps_every_answer(visitor, locale):
    answers = {**TREATED, Question.LETTER: Letter.DATED}
    page = go(visitor, answers, locale, "3 november 2026")
    for question in reversed(Question):
        page = visitor.get(page.html.select_one(".back a")["href"])
        form = page.forms["form"]
        assert form["klaar"].value == question
        assert page.html.select_one(f"input[name={question}][checked]")["value"] == answers[question]
        if question is Question.LETTER:
            assert form["datum"].value == "3 november 2026"
    page = visitor.submit(page.forms["form"], status=200)
    assert titles(page)[0] == names(Way.OBJECTION, locale=locale)[0]


def test_one_answer_can_be_changed_and_one_is_back_at_once(visitor):
    page = go(visitor, {**TREATED, Question.LETTER: Letter.DATED}, day="3-11-2026")
    change = [link["href"] for link in page.html.select(".answers__change a")]
    assert len(change) == len(Question)
    page = answer(visitor, visitor.get(change[1]), Letter.DATED, "4-11-2026")
    assert deadline(page).startswith(until(date(2026, 12, 16)))
    page = answer(visitor, visitor.get(change[3]), Wish.LOOK)
    assert names(Way.SECOND_OPINION)[0] in titles(page)


def test_the_answers_are_shown_with_the_date_as_it_was_read(visitor):
    page = go(visitor, {**TREATED, Question.LETTER: Letter.DATED}, day="3-11")
    shown = text(page.html.select_one(".answers"))
    assert full_day(date(2026, 11, 3), LOCALES["nl"]) in shown
    for question in Question:
        assert words(words_of(question, About.TREATED).title) in shown


@every_locale
def test_every_way_leads_to_its_one_next_step(visitor, registry, locale, zwolle):
    addresses = Addresses(registry, zwolle)
    pages = [
        go(visitor, {**TREATED, Question.LETTER: Letter.DATED, Question.WISH: Wish.LOOK}, locale, "3-11-2026"),
        go(visitor, TREATED, locale),
    ]
    for page in pages:
        for card in page.html.select(".way"):
            way = next(one for one in Way if words(WAYS[one].title, locale) == text(card.h2))
            steps = hrefs(card)
            may = {
                addresses.of(
                    Kind(one, route=one if "." in one else "", text="" if "." in one else one), LOCALES[locale]
                )
                for one in NEXT[way]
                if "." not in one or one in registry.localized_words
            }
            assert len(steps) == 1
            assert steps[0] in may
            visitor.get(steps[0])


def test_a_page_that_was_taken_away_leaves_the_phone(visitor, archive, central):
    archive("clientondersteuning")
    page = go(visitor, TREATED)
    assert hrefs(page.html.select(".way")[-1]) == [central]


def test_only_the_first_way_has_a_filled_button(visitor):
    page = go(visitor, {**TREATED, Question.LETTER: Letter.DATED}, day="3-11-2026")
    quiet = ["button--quiet" in link["class"] for link in page.html.select(".way a.button")]
    assert quiet == [False, *[True] * (len(quiet) - 1)]


def test_nothing_is_kept_and_nobody_gets_a_cookie(visitor):
    page = go(visitor, {**TREATED, Question.LETTER: Letter.DATED}, day="3-11-2026")
    assert page.headers["Cache-Control"] == "no-store"
    assert visitor.cookies == {}
    assert begin(visitor).headers["Cache-Control"] == "no-cache"
    assert begin(visitor).html.select_one("input[checked]") is None


def test_search_engines_see_the_first_question_and_no_answers(visitor):
    assert begin(visitor).html.find("meta", attrs={"name": "robots"}) is None
    for page in (answer(visitor, begin(visitor), About.PLAN), go(visitor, TREATED)):
        assert page.html.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_another_language_keeps_the_answers(visitor):
    page = go(visitor, {**TREATED, Question.LETTER: Letter.DATED}, day="3-11-2026")
    arabic = page.html.select_one(".langs__list a[hreflang=ar]")["href"]
    assert deadline(visitor.get(arabic)).startswith(until(date(2026, 12, 15), "ar"))


def test_the_word_of_another_language_leads_on_with_the_answers(visitor):
    answer = visitor.get("/en/welke-weg?over=plan", status=301)
    assert answer.location.endswith("/en/which-way?over=plan")


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_every_language_can_ask_all_of_it(visitor, locale):
    path = f"/{locale.segment}/{'welke-weg' if locale.dutch else 'which-way'}"
    page = visitor.get(path, params={"over": "besluit", "brief": "ja", "datum": "3-11-2026", "wens": "besluit"})
    assert deadline(page).startswith(until(date(2026, 12, 15), locale.code))
    assert text(page.html.h1) == words("This fits you", locale.code)


@pytest.mark.parametrize(
    "typed", ["a" * 1000, "<script>alert(1)</script>", "3-11-2026' OR '1'='1", "%", "%(day)s", "\u202e3-11-2026"]
)
def test_nothing_that_can_be_typed_breaks_a_question(visitor, typed):
    page = visitor.get(WAY["nl"], params={"over": "plan", "brief": "ja", "datum": typed, "wens": "plan"}, status="*")
    assert page.status_int in {200, 422}
    assert page.html.find("script", string=True) is None


@pytest.mark.parametrize(
    "path",
    [
        "/nl/klacht-bezwaar-of-second-opinion", "/nl-simple/klacht-bezwaar-of-second-opinion",
        "/en/complaint-objection-or-second-opinion", "/ar/complaint-objection-or-second-opinion",
        "/nl/klacht", "/nl/bezwaar", "/nl/second-opinion", "/nl-simple/bezwaar",
    ],
)  # fmt: skip
def test_the_pages_about_it_lead_to_the_questions(visitor, path):
    leads = [href for href in hrefs(visitor.get(path).html.select_one(".next"))]
    assert any(href.endswith(("/welke-weg", "/which-way")) for href in leads)


@pytest.mark.parametrize("asked", ["welke weg past bij mij", "welke weg", "klacht of bezwaar"])
def test_a_search_finds_the_page_that_leads_there(visitor, asked):
    found = hrefs(main(visitor.get("/nl/zoeken", params={"q": asked})))
    assert "/nl/klacht-bezwaar-of-second-opinion" in found


def test_the_second_municipality_has_the_questions_too(visitor_of_leeuwarden):
    page = visitor_of_leeuwarden.get(WAY["nl"] + "?over=besluit&brief=ja&datum=3-11-2026&wens=besluit")
    assert deadline(page).startswith(until(date(2026, 12, 15)))
