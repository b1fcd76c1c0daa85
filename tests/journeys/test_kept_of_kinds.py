"""What is kept about me, of a second opinion and of a worry: all that is mine, and nothing of somebody else."""

import pytest

from portal.cases.models import Case
from tests.desk import an_office as an_office_of_staff
from tests.desk import path_of, works
from tests.reading import main, text, words
from tests.unit.cleaning.asking import Books, fill, on
from tests.unit.cleaning.following import with_code
from tests.unit.opinions import asking as opinions
from tests.unit.worries import asking as worries

office = pytest.fixture(opinions.an_office)
staff_office = pytest.fixture(an_office_of_staff)
KEPT, IN_THREE = "/wat-wij-bewaren", pytest.mark.parametrize("locale", ["nl", "nl_simple", "ar"])
ALONE = "What we know of somebody is for that person alone."


@pytest.fixture
def books(zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


def kept(visitor, locale="nl"):
    """What is kept, on its page and in its file."""
    path = opinions.FOLLOW[locale] + KEPT
    return text(main(visitor.get(path))), " ".join(visitor.get(f"{path}/bestand").text.split())


@IN_THREE
def test_of_a_second_opinion_it_tells_what_was_given_who_looked_at_it_and_what_was_said(
    visitor, office, books, clock, locale
):
    opinions.send(visitor, opinions.ME, locale)
    office.propose()
    page = visitor.get(opinions.FOLLOW[locale] + opinions.EXPERT)
    on(visitor, visitor.submit(fill(page.forms["form"], {"answer": "accept"})))
    page = opinions.give_code(visitor, books, opinions.EMAIL, locale)
    for items in (["words", "reach"], ["words"]):
        page = on(visitor, visitor.submit(fill(page.forms["form"], {"items": items})))
        page = visitor.get(opinions.FOLLOW[locale] + opinions.RELEASE)
    clock.forward(minutes=5)
    assert office.looks("words")
    for shown in kept(visitor, locale):
        assert words("What I wrote when I asked", locale) in shown
        assert words("My name and how to reach me", locale) in shown
        assert f"Ria Vermeer: {words('What I wrote when I asked', locale)}" in shown
        assert shown.index("Ria Vermeer: ") > shown.index(words("Who looked at what", locale))
        assert "10:05" in shown.replace(".", ":")
        assert opinions.CHANGE not in shown
    office.judges()
    for shown in kept(visitor, locale):
        for said in (opinions.CHANGE, opinions.WHY, words("In part: something has to change.", locale)):
            assert said in shown


@pytest.mark.parametrize("answers", [worries.ADVICE, worries.NAMED], ids=["advice", "named"])
def test_of_a_worry_it_tells_what_was_told_and_nothing_of_whom_it_is_about(visitor, staff_office, books, answers):
    worries.tell(visitor, answers)
    with_code(visitor, books, worries.MY_EMAIL)
    for shown in kept(visitor):
        assert answers["what"]["what"] in shown
        assert words(ALONE) in shown
        assert "anarie" not in shown


def test_of_a_worry_what_the_person_says_and_does_is_not_there_after_they_were_told(visitor, staff_office, books):
    worries.tell(visitor, worries.NAMED)
    with_code(visitor, books, worries.MY_EMAIL)
    noor = staff_office.colleague("Noor de Vries", works("midden"))
    reference = books.the(Case).reference
    for act, values in (("inform", {"how": "visit"}), ("finish", {"how": "refuse"})):
        page = noor.browser.get(path_of(reference, f"/zorg/{act}"))
        noor.browser.submit(fill(page.forms["form"], values), 303)
    for shown in kept(visitor):
        assert words(ALONE) in shown
        assert not [said for said in ("anarie", "geen hulp", "8011", words("At a visit")) if said in shown]
