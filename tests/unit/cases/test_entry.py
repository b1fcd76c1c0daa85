"""How a request came in: what the desk answered counts at the desk, and nowhere else."""

import colander
import pytest

from portal.accounts.resources import StaffRoom
from portal.cases.asking import PUBLIC, CaseForm
from portal.cases.cookies import DESK_DRAFT, DRAFT
from portal.cases.doors import DESK, at_the_desk
from portal.cases.entry import DESK_QUESTION, Entry, entry_of, staff_at_work
from portal.cases.resources import FormDesk, Inbox
from portal.cleaning import FORM
from tests.desk import hire, identity_of, works

SAID = {"channel": "phone", "language": "ar", "knows": "yes"}


@pytest.fixture
def at(ask, session, clock):
    """A request in a room, of somebody of the staff or of nobody: `at(Inbox, staff=True)`."""

    def made(room, *, staff=False):
        request = ask("/nl/")
        request.context = room(request)
        who = identity_of(session, clock.now(), hire(session, clock.now(), "Mila", works("midden"))) if staff else None
        request.__dict__["identity"] = who
        request.set_property(lambda _request: who, "identity")
        return request

    return made


def test_at_the_desk_the_way_and_the_language_are_those_that_were_chosen(at):
    assert entry_of(at(Inbox, staff=True), {"desk": SAID}) == Entry("ar", "phone")


@pytest.mark.parametrize("answers", [{}, {"desk": SAID}])
def test_on_a_page_of_residents_it_is_the_language_of_the_page_whatever_is_in_the_draft(at, answers):
    assert entry_of(at(FormDesk), answers) == Entry("nl", "web")


def test_staff_who_ask_for_themselves_on_a_public_page_are_not_at_work(at):
    request = at(FormDesk, staff=True)
    assert staff_at_work(request) is None
    assert entry_of(request, {"desk": SAID}) == Entry("nl", "web")


def test_who_is_behind_the_screen_is_known_in_the_rooms_of_the_staff_only(at):
    request = at(StaffRoom, staff=True)
    assert staff_at_work(request) == request.identity.staff_id
    assert staff_at_work(at(StaffRoom)) is None


def test_without_a_place_nobody_is_at_work(ask):
    assert staff_at_work(ask("/nl/")) is None


def test_every_form_is_at_the_desk_too_with_one_question_before_it(registry):
    assert registry.desk_forms.keys() == registry.case_forms.keys()
    for kind, form in registry.case_forms.items():
        desk = registry.desk_forms[kind]
        assert desk.questions == (DESK_QUESTION, *form.questions)
        assert (form.door, desk.door) == (PUBLIC, DESK)


def test_a_draft_of_the_desk_and_one_of_oneself_are_two(registry):
    assert at_the_desk(FORM).door.cookie == DESK_DRAFT != DRAFT


def test_the_form_of_residents_is_not_changed_by_the_one_at_the_desk():
    before = FORM.questions
    at_the_desk(FORM)
    assert isinstance(FORM, CaseForm)
    assert FORM.questions is before


@pytest.fixture
def schema(at):
    """The fields of the question at the desk."""
    return DESK_QUESTION.schema(at(Inbox), {}).bind()


def test_it_asks_how_in_which_language_and_whether_the_person_knows(schema, zwolle):
    assert [node.name for node in schema] == ["channel", "language", "knows"]
    values = [value for value, _words in schema["language"].widget.values]
    assert values == list(zwolle.profile.locales)
    assert [value for value, _words in schema["channel"].widget.values] == ["phone", "desk", "post"]


def test_all_answered_it_is_kept(schema):
    assert schema.deserialize(dict(SAID)) == SAID


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"knows": "no"}, "knows"), ({"knows": ""}, "knows"), ({"channel": "web"}, "channel"),
        ({"channel": ""}, "channel"), ({"language": "fr"}, "language"), ({"language": ""}, "language"),
    ],
)  # fmt: skip
def test_without_their_knowing_nothing_is_written_down_and_what_is_missing_is_said(schema, other, field):
    with pytest.raises(colander.Invalid) as fault:
        schema.deserialize({**SAID, **other})
    assert list(fault.value.asdict()) == [field]


def test_the_check_page_says_the_way_and_the_language_by_its_own_name(at):
    way, language = DESK_QUESTION.shown(at(Inbox), SAID)
    assert way
    assert language == "العربية"
