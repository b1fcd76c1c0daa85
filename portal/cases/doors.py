"""The second way in to every form: the desk, where staff write down what somebody says. The screens are the same."""

from dataclasses import replace

from portal.cases import cookies
from portal.cases.asking import CaseForm, Door
from portal.cases.entry import DESK_QUESTION

#: Sent, staff are on the page of the case.
DESK = Door("desk.", cookies.DESK_DRAFT, "layouts/staff.jinja2")


def at_the_desk(form: CaseForm) -> CaseForm:
    """The same form for staff: with the question how it came in."""
    return replace(form, questions=(DESK_QUESTION, *form.questions), door=DESK)
