"""Writing a text without JavaScript: begun, saved, looked at, handed over; and nothing is lost when two save."""

import pytest

from portal.accounts.roles import Role
from portal.editing.drafting import Drafting, Editor, Words
from portal.editing.publishing import Publishing
from portal.pages.workflow import Actor
from tests.desk import an_office
from tests.reading import main, text
from tests.writers import ARABIC, DUTCH, KEY, a_tried_page, place

office = pytest.fixture(an_office)
tried = pytest.fixture(a_tried_page)
WRITE, DROP, PREVIEW = place("schrijven"), place("weggooien"), place("voorbeeld")


@pytest.fixture
def eva(office, tried):
    """An editor."""
    return office.colleague("Eva Editor", (Role.CONTENT_EDITOR, None))


@pytest.fixture
def tariq(office, tried):
    """A translator."""
    return office.colleague("Tariq Translator", (Role.TRANSLATOR, None))


def said(page):
    return " ".join(text(main(page)).split())


def button(page, address):
    """The form on a page that leads there."""
    return next(form for form in page.forms.values() if form.action.endswith(address))


def begin(person, locale="nl"):
    page = person.browser.get(place("schrijven", locale))
    answer = person.browser.submit(button(page, "/beginnen"))
    assert answer.status_int == 303
    return person.browser.get(answer.location.removeprefix("http://zwolle.test"))


def send(person, page, do="save", **answers):
    form = page.forms["form"]
    for name, value in answers.items():
        form[name] = value
    sent = [*form.submit_fields(), ("do", do)]
    return person.browser.post(form.action, [(name, value) for name, value in sent if name != "do" or value == do])


def after(person, answer):
    assert answer.status_int == 303, said(answer)
    return person.browser.get(answer.location.removeprefix("http://zwolle.test"))


def shown(tried, locale="nl"):
    return next(version for version in tried.versions(locale) if version.state == "published")


def test_a_text_is_begun_saved_looked_at_and_handed_over(eva, tried):
    page = begin(eva)
    assert page.forms["form"]["markdown"].value == DUTCH
    saved = after(eva, send(eva, page, title="Een betere titel", markdown=DUTCH + "\nEn meer.", note="Meer gezegd"))
    assert "Bewaard. Lezers zien het nog niet." in said(saved)
    draft = tried.versions()[-1]
    assert (draft.state, draft.title, draft.markdown, draft.note) == (
        "draft", "Een betere titel", DUTCH + "\nEn meer.\n", "Meer gezegd",
    )  # fmt: skip
    assert shown(tried).title == "Een pagina om te proberen"
    looked = after(eva, send(eva, saved, "look"))
    assert "Zoals lezers het zien" in said(looked)
    after(eva, send(eva, eva.browser.get(WRITE), "ask"))
    assert tried.versions()[-1].state == "review"
    waits = eva.browser.get(WRITE)
    assert "wacht op een publicist" in said(waits)
    back = after(eva, eva.browser.submit(button(waits, "/terug")))
    assert "U hebt de tekst terug" in said(back)
    assert tried.versions()[-1].state == "draft"


def test_steps_lead_to_screens_pages_and_other_addresses(eva, tried):
    page = send(eva, begin(eva), where_1="page:bezwaar", words_1="Maak bezwaar", where_2="other",
                other_2="https://elders.example/", words_2="Lees elders")  # fmt: skip
    again = after(eva, page).forms["form"]
    assert tried.versions()[-1].actions == [
        {"to": "page:bezwaar", "text": "Maak bezwaar"}, {"to": "https://elders.example/", "text": "Lees elders"},
    ]  # fmt: skip
    assert (again["where_1"].value, again["where_2"].value, again["other_2"].value) == (
        "page:bezwaar", "other", "https://elders.example/",
    )  # fmt: skip


def test_every_sign_of_a_text_is_kept(eva, tried):
    odd = "Tab\there, fijn\u00ad streep, \u200frechts\u200e, 10\u00a0km\n\n  ingesprongen\n"
    after(eva, send(eva, begin(eva), markdown=odd.replace("\n", "\r\n")))
    assert tried.versions()[-1].markdown == odd


def test_what_readers_would_not_see_is_named_with_its_line_and_stops_nobody(eva, tried):
    page = after(eva, send(eva, begin(eva), title="x" * 81, markdown="# Kop\n\n<b>vet</b> [[niets]] [x](page:weg)\n"))
    faults = [" ".join(item.get_text().split()) for item in page.html.select(".write__findings li")]
    expected = ("De titel heeft 81 tekens", "Regel 1: De titel is de enige kop", "Regel 3: Lezers zien <b> niet",
                "Regel 3: Lezers zien </b> niet", "Regel 3: Er is geen feit dat [[niets]]",
                "Regel 3: Deze link leidt naar een pagina die niet te zien is: page:weg")  # fmt: skip
    assert len(faults) == len(expected)
    assert all(fault.startswith(start) for fault, start in zip(faults, expected, strict=True)), faults
    assert tried.versions()[-1].markdown.startswith("# Kop")


@pytest.mark.parametrize("answers", [
    {"markdown": "[x](javascript:alert(1))\n"}, {"where_3": "other", "other_3": "javascript:x", "words_3": "Doe"},
])  # fmt: skip
def test_a_link_that_could_run_a_program_is_refused_and_the_words_stay(eva, tried, answers):
    before = begin(eva)
    answer = send(eva, before, title="Mijn werk", **answers)
    assert answer.status_int == 422
    assert "kan een programma starten" in said(answer)
    form = answer.forms["form"]
    assert form["title"].value == "Mijn werk"
    assert form["markdown" if "markdown" in answers else "other_3"].value.strip() in str(answers)
    assert tried.versions()[-1].title == "Een pagina om te proberen"


@pytest.mark.parametrize(
    ("field", "value"), [("title", "x" * 121), ("slug", "Geen Adres"), ("markdown", "x" * 200_001)]
)
def test_what_the_database_cannot_hold_is_refused_and_the_words_stay(eva, tried, field, value):
    answer = send(eva, begin(eva), **{field: value})
    assert answer.status_int == 422
    assert answer.forms["form"][field].value == value
    assert tried.versions()[-1].revision == 1


def test_the_longest_text_in_arabic_fits(tariq, tried):
    after(tariq, send(tariq, begin(tariq, "ar"), title="ع", markdown="ع" * 199_999 + "\n"))
    assert len(tried.versions("ar")[-1].markdown) == 200_000


def meanwhile(tried, eva_id, **words):
    """Somebody else saves the same text."""
    with tried.change() as (session, version):
        values = {name: getattr(version, name) for name in ("title", "summary", "slug", "markdown")}
        desk = Drafting(session, tried.office.clock.now(), Editor(eva_id, frozenset({Actor.EDITOR})))
        desk.save(version, version.revision, Words(**{**values, **words}))


def test_when_two_save_both_texts_are_shown_and_nothing_is_lost(eva, tried):
    page = begin(eva)
    meanwhile(tried, tried.maker.staff_id, markdown=DUTCH.replace("graag", "altijd"), title="Hun titel")
    answer = send(eva, page, markdown=DUTCH.replace("graag", "meteen"), title="Mijn titel")
    assert answer.status_int == 409
    words = said(answer)
    assert "Maaike Maker bewaarde deze tekst terwijl u schreef" in words
    assert "altijd" in str(answer.html.find("del"))
    assert "meteen" in str(answer.html.find("ins"))
    assert answer.forms["form"]["markdown"].value == DUTCH.replace("graag", "meteen")
    assert tried.versions()[-1].title == "Hun titel"
    after(eva, send(eva, answer))
    assert tried.versions()[-1].title == "Mijn titel"
    assert "meteen" in tried.versions()[-1].markdown


def test_putting_mine_over_theirs_asks_again_when_they_save_again(eva, tried):
    page = begin(eva)
    meanwhile(tried, tried.maker.staff_id, title="Hun titel")
    answer = send(eva, page, title="Mijn titel")
    meanwhile(tried, tried.maker.staff_id, title="Hun andere titel")
    assert send(eva, answer).status_int == 409
    assert tried.versions()[-1].title == "Hun andere titel"


def test_words_for_a_draft_that_is_there_no_more_stay_and_begin_another(eva, tried):
    page = begin(eva)
    with tried.change() as (session, version):
        Publishing(session, tried.office.clock.now(), tried.maker).publish(version)
    answer = send(eva, page, title="Mijn titel")
    assert answer.status_int == 409
    assert "Niemand schrijft meer in deze tekst" in said(answer)
    after(eva, send(eva, answer))
    newest = tried.versions()[-1]
    assert (newest.number, newest.state, newest.title) == (3, "draft", "Mijn titel")


def test_a_text_that_was_handed_over_meanwhile_is_not_written_over(eva, tried):
    page = begin(eva)
    with tried.change() as (session, version):
        Drafting(session, tried.office.clock.now(), tried.maker).ask_review(version)
    answer = send(eva, page, title="Mijn titel")
    assert answer.status_int == 409
    assert answer.forms["form"]["title"].value == "Mijn titel"
    assert tried.versions()[-1].title == "Een pagina om te proberen"


def test_who_else_is_at_work_is_said_with_since_when(eva, office, tried):
    begin(eva)
    pim = office.colleague("Pim Publisher", (Role.PUBLISHER, None))
    assert "Eva Editor werkt in deze tekst, sinds 10:00." in said(pim.browser.get(WRITE))
    assert "werkt in deze tekst" not in said(eva.browser.get(WRITE))


def test_a_text_without_words_is_saved_but_not_handed_over(eva, tried):
    page = after(eva, send(eva, begin(eva), "ask", title=""))
    assert "Bewaard, maar niet doorgegeven" in said(page)
    assert tried.versions()[-1].state == "draft"


def test_a_draft_is_thrown_away_after_a_question(eva, tried):
    begin(eva)
    page = eva.browser.get(DROP)
    assert "Lezers blijven de tekst zien" in said(page)
    assert tried.versions()[-1].state == "draft"
    after(eva, eva.browser.submit(button(page, "/weggooien")))
    assert [version.state for version in tried.versions()] == ["published", "dropped"]
    assert eva.browser.submit(button(page, "/weggooien")).status_int == 409


def test_what_was_saved_meanwhile_is_not_thrown_away_unseen(eva, tried):
    begin(eva)
    page = eva.browser.get(DROP)
    meanwhile(tried, tried.maker.staff_id, title="Hun titel")
    answer = eva.browser.submit(button(page, "/weggooien"))
    assert answer.status_int == 409
    assert tried.versions()[-1].state == "draft"


def test_a_translator_does_not_write_plain_dutch(tariq, tried):
    page = tariq.browser.get(WRITE)
    assert "niet aan u om te schrijven" in said(page)
    assert "form" not in page.forms
    answer = tariq.browser.get(place("schrijven", "ar"))
    csrf = answer.forms[0]["csrf_token"].value
    assert tariq.browser.post(place("beginnen"), {"csrf_token": csrf}).status_int == 409
    assert len(tried.versions()) == 1


def test_a_translation_stands_beside_the_dutch_text_and_says_what_changed_there(tariq, tried):
    tried.show("ar", ARABIC)
    tried.show("nl", DUTCH.replace("graag", "altijd"))
    page = begin(tariq, "ar")
    aside = page.html.select_one("aside")
    assert aside.select_one("[lang=nl]") is not None
    assert "De Nederlandse tekst is veranderd" in " ".join(aside.get_text().split())
    assert "graag" in aside.find("del").get_text()
    assert "altijd" in aside.find("ins").get_text()
    field = page.html.find("textarea", id="markdown")
    assert (field["lang"], field["dir"]) == ("ar", "rtl")
    page.forms["form"]["follows"] = True
    saved = after(tariq, send(tariq, page))
    assert tried.versions("ar")[-1].source_number == 2
    assert saved.html.find("input", id="follows") is None


def test_a_text_does_not_follow_a_dutch_text_that_its_writer_never_saw(tariq, tried):
    tried.show("ar", ARABIC)
    tried.show("nl", DUTCH.replace("graag", "altijd"))
    page = begin(tariq, "ar")
    tried.show("nl", DUTCH.replace("graag", "nooit"))
    page.forms["form"]["follows"] = True
    saved = after(tariq, send(tariq, page))
    assert tried.versions("ar")[-1].source_number == 1
    assert saved.html.find("input", id="follows") is not None


def test_what_a_translation_lacks_is_a_remark(tariq, tried):
    page = after(tariq, send(tariq, begin(tariq, "ar"), title="صفحة", markdown="نص [[phone]]\n"))
    assert "Anders dan in de Nederlandse tekst (2)" in said(page)


@pytest.mark.parametrize("code", ["xx", "nl_simple", "de"])
def test_there_is_no_text_in_a_language_that_is_not_ours(eva, code):
    eva.browser.get(f"/nl/werk/paginas/{KEY}/{code}/schrijven", status=404)


def test_a_small_correction_is_for_plain_dutch_alone(eva, tried):
    page = begin(eva)
    page.forms["form"]["small"] = True
    after(eva, send(eva, page))
    assert tried.versions()[-1].small
    assert begin(eva, "en").html.find("input", id="small") is None
