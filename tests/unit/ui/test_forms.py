"""The form kit: nothing typed is lost, every message is tied to its field, programs fall into the trap."""

import colander
import deform
import pytest
from bs4 import BeautifulSoup
from pyramid.i18n import TranslationString

from portal.ui.forms import TRAP, Trapped, Wrong


class Schema(colander.Schema):
    """One question of each kind."""

    page = colander.SchemaNode(colander.String(), widget=deform.widget.HiddenWidget())
    name = colander.SchemaNode(
        colander.String(), oid="name", title="Naam", description="Zoals op uw brief.",
        missing_msg="Vul uw naam in.", validator=colander.Length(max=20, max_err="Te lang: ${max}."),
    )  # fmt: skip
    choice = colander.SchemaNode(
        colander.String(), oid="choice", title="Keuze", missing_msg="Kies ja of nee.",
        validator=colander.OneOf(["yes", "no"]),
        widget=deform.widget.RadioChoiceWidget(values=[("yes", "Ja"), ("no", "Nee")]),
    )  # fmt: skip
    area = colander.SchemaNode(
        colander.String(), oid="area", title="Wijk", missing="",
        widget=deform.widget.SelectWidget(values=[("", "–"), ("noord", "Noord"), ("zuid", "Zuid")]),
    )  # fmt: skip
    remark = colander.SchemaNode(
        colander.String(), oid="remark", title="Opmerking", missing="", widget=deform.widget.TextAreaWidget(rows=3)
    )


GOOD = {"page": "klacht", "name": "Fatma", "choice": "yes", "area": "zuid", "remark": "Dag"}


@pytest.fixture
def sent(ask):
    """A form with what somebody sent."""

    def make(path="/nl/reactie", **values):
        return ask(path, POST={name: value for name, value in values.items() if value is not None}).form(
            Schema(), "Verstuur"
        )

    return make


def soup(form):
    return BeautifulSoup(form.__html__(), "html.parser")


def after_fault(form):
    with pytest.raises(Wrong):
        form.submit()
    return soup(form)


def test_good_answers_become_values(sent):
    assert sent(**GOOD).submit() == GOOD


def test_what_need_not_be_filled_in_may_be_left_out(sent):
    assert sent(**GOOD | {"area": None, "remark": None}).submit() == GOOD | {"area": "", "remark": ""}


def test_a_form_asks_with_labels_and_says_what_is_not_required(ask):
    page = soup(ask("/nl/reactie").form(Schema(), "Verstuur"))
    labels = {label["for"]: label.get_text(" ", strip=True) for label in page.find_all("label")}
    assert labels["name"] == "Naam"
    assert labels["remark"] == "Opmerking (niet verplicht)"
    assert page.find("fieldset", id="choice").legend.get_text(strip=True) == "Keuze"
    assert page.form["action"] == "/nl/reactie"
    assert page.button.get_text() == "Verstuur"
    assert page.find("input", attrs={"name": "csrf_token"})["value"]


def test_a_form_may_begin_with_values(ask):
    page = soup(ask("/nl/reactie").form(Schema(), "Verstuur").fill(GOOD))
    assert page.find(id="name")["value"] == "Fatma"
    assert page.find("input", attrs={"name": "page"})["value"] == "klacht"
    assert page.find("option", selected=True)["value"] == "zuid"


def test_values_are_kept_when_one_of_them_is_wrong(sent):
    page = after_fault(sent(**GOOD | {"choice": None}))
    assert page.find(id="name")["value"] == "Fatma"
    assert page.find(id="remark").get_text().strip() == "Dag"
    assert page.find("option", selected=True)["value"] == "zuid"
    assert page.find("input", attrs={"name": "page"})["value"] == "klacht"


def test_a_wrong_value_itself_is_kept_too(sent):
    page = after_fault(sent(**GOOD | {"name": "x" * 21}))
    assert page.find(id="name")["value"] == "x" * 21
    assert page.find("input", attrs={"name": "choice", "value": "yes"}).has_attr("checked")


def test_a_message_is_tied_to_its_field(sent):
    page = after_fault(sent(**GOOD | {"name": ""}))
    field = page.find(id="name")
    assert field["aria-invalid"] == "true"
    assert [page.find(id=name).get_text(strip=True) for name in field["aria-describedby"].split()] == [
        "Vul uw naam in.", "Zoals op uw brief.",
    ]  # fmt: skip


def test_a_message_about_a_choice_is_tied_to_its_group(sent):
    group = after_fault(sent(**GOOD | {"choice": None})).find("fieldset", id="choice")
    assert group["aria-describedby"].split() == ["choice-error"]
    assert "Kies ja of nee." in group.find(id="choice-error").get_text()


def test_a_hint_is_tied_to_its_field_before_anything_is_wrong(ask):
    field = soup(ask("/nl/reactie").form(Schema(), "Verstuur")).find(id="name")
    assert field["aria-describedby"].split() == ["name-hint"]
    assert not field.has_attr("aria-invalid")
    assert field["aria-required"] == "true"


def test_the_faults_stand_in_the_order_of_the_page_with_their_numbers_filled_in(sent):
    form = sent(**GOOD | {"name": "x" * 21, "choice": None})
    assert form.faults == []
    after_fault(form)
    assert form.faults == [("name", "Te lang: 20."), ("choice", "Kies ja of nee.")]


def test_a_message_of_the_library_is_in_the_language_of_the_reader(sent):
    form = sent(path="/nl/reactie", **GOOD | {"choice": "misschien"})
    after_fault(form)
    ((field, message),) = form.faults
    assert field == "choice"
    assert not message.startswith('"misschien" is not one of')


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "</textarea><b>", "&amp;", "Regel een\n\nregel twee"])
def test_what_was_typed_comes_back_as_text_only(sent, text):
    page = after_fault(sent(**GOOD | {"remark": text, "name": "", "area": "noord"}))
    assert page.find(id="remark").string.removeprefix("\n") == text
    assert page.find("script") is None
    assert page.find("b") is None


def test_the_trap_is_out_of_sight_for_people_and_asks_nothing_of_them(ask):
    page = soup(ask("/nl/reactie").form(Schema(), "Verstuur"))
    trap = page.find(attrs={"name": TRAP})
    assert (trap["tabindex"], trap["autocomplete"]) == ("-1", "off")
    assert trap.parent["aria-hidden"] == "true"
    assert page.find("label", attrs={"for": trap["id"]}).get_text(strip=True)


def test_a_program_that_fills_in_everything_is_trapped(sent):
    with pytest.raises(Trapped):
        sent(**GOOD | {TRAP: "038"}).submit()


def test_an_empty_trap_catches_nobody(sent):
    assert sent(**GOOD | {TRAP: ""}).submit() == GOOD


def test_a_message_of_ours_is_translated(ask):
    message = TranslationString("Choose yes or no.", domain="portal")
    assert ask("/nl/").localizer.translate(message) != ask("/en/").localizer.translate(message)
