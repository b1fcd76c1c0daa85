"""The screens of every form: start, one question a page, check, sent, go on later."""

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.response import Response

from portal.cases import cookies
from portal.cases.asking import PUBLIC, Answers, AskAgain, CaseForm, Question, Refused, Sent
from portal.cases.drafts import Drafts, Kept, look_up, read_code
from portal.cases.limits import Limits, network_of
from portal.cases.pages import offer_exit_for
from portal.cases.schemas import ResumeSchema
from portal.cases.tracking import VISIT_LASTS, TrackDesk
from portal.foundation.db import writing
from portal.ui.forms import Form, Trapped, Wrong
from portal.ui.stencils import UNSEEN, hole

_ = TranslationStringFactory("portal")
View = Callable[[Any, Request], Any]
UNKNOWN = _("We do not know this code, or it is older than 7 days. Look at it again, or begin anew.")
TRIES_A_NETWORK = 30
#: The field of the check page that makes sending twice one request; by its dashes a page that shows answers back
#: knows that nobody typed it.
SEND_KEY = "__send_key__"


class NobodysDraft:
    """Stands for somebody's draft in a page that is made for everybody."""

    spoken: str = hole("code")
    answers: Answers = UNSEEN


def _drafts(request: Request, form: CaseForm) -> Drafts:
    session = request.db if request.method == "POST" else request.looking
    return Drafts(session, form.kind, request.policies["draft_kept"], request.clock.now(), _at_work(request, form))


def _way_out(request: Request, form: CaseForm, page: str = "") -> None:
    if form.door is PUBLIC and page in form.way_out:
        request.offer_exit()
    elif form.door is PUBLIC:
        offer_exit_for(request, form.kind)


def _at_work(request: Request, form: CaseForm) -> int | None:
    """Who of the staff writes at the desk."""
    return None if form.door is PUBLIC else int(request.identity.staff_id)


def _draft(request: Request, form: CaseForm) -> Kept | None:
    code = cookies.read(request, form.door.cookie)
    return look_up(request.reader, form.kind, code, request.clock.now(), _at_work(request, form)) if code else None


def _onward(request: Request, form: CaseForm, draft: Kept) -> str:
    """The next question without an answer, or the check page."""
    question = form.next_of(request, draft.answers)
    return form.path(request, "question", question=question.name) if question else form.path(request, "check")


def _question(request: Request, form: CaseForm, draft: Kept | None) -> Question:
    answers = draft.answers if draft else {}
    question = form.question(request.matchdict["question"], answers)
    if question is None:
        raise HTTPNotFound()
    return question


def _not_open(request: Request, form: CaseForm, draft: Kept | None) -> HTTPSeeOther | None:
    """Where one goes on who comes too early, or from a page that is older than the draft: it was sent, or is over."""
    if draft is None:
        is_first = request.matchdict["question"] == form.questions[0].name
        return None if is_first else HTTPSeeOther(form.path(request, "start"))
    is_open = form.is_open(_question(request, form, draft), draft.answers)
    return None if is_open else HTTPSeeOther(_onward(request, form, draft))


def _place(request: Request, form: CaseForm, question: Question, answers: Answers) -> dict[str, Any]:
    """Where a question stands among those that are asked."""
    steps, before = form.asked(answers), form.before(question, answers)
    back = form.path(request, "question", question=before.name) if before else form.path(request, "start")
    return {"back": back, "number": steps.index(question) + 1, "count": len(steps)}


def _page(
    request: Request, form: CaseForm, question: Question, draft: Kept | NobodysDraft | None, asked: Form,
    place: dict[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    answers = draft.answers if draft else {}
    _way_out(request, form, question.name)
    request.override_renderer = question.template
    return {
        "form": asked, "question": question, "case_form": form, "draft": draft,
        "resume": form.path(request, "resume"), "layout": form.door.layout,
        **(place or _place(request, form, question, answers)), **question.context(request, answers),
    }  # fmt: skip


def _blank(request: Request, form: CaseForm, question: Question, draft: Kept | None) -> Response | None:
    """The page of a question without an answer, made once for everybody; None when it looks at earlier answers."""
    answers = draft.answers if draft else {}
    if form.door is not PUBLIC or question.name in answers or question.name in form.way_out:
        return None
    if request.registry.case_kinds[form.kind].about_another:
        return None
    place, alike = _place(request, form, question, answers), question.alike(request, answers)

    def values() -> dict[str, Any]:
        asked = request.form(question.schema(request, UNSEEN), _("Go on"))
        return _page(request, form, question, NobodysDraft() if draft else None, asked, place)

    own = {"code": draft.spoken} if draft else {}
    return request.stencil(question.template, (*map(str, place.values()), *own, alike), own, values)


def _asked(request: Request, form: CaseForm, question: Question, draft: Kept | None) -> Form:
    answers = draft.answers if draft else {}
    asked = request.form(question.schema(request, answers), _("Go on"))
    values = answers.get(question.name)
    return asked.fill(dict(values)) if values and request.method == "GET" else asked


def _refused(
    request: Request, form: CaseForm, question: Question, draft: Kept, values: dict[str, Any], refused: Refused
) -> dict[str, Any]:
    """The page made anew, with what there is now and what was typed."""
    asked = request.form(question.schema(request, draft.answers), _("Go on")).fill(values)
    asked.refuse(refused.field, refused.message)
    request.response.status_int = 422
    return _page(request, form, question, draft, asked)


def show_start(form: CaseForm) -> View:
    """What it is, what you need, and the other ways to ask."""

    def view(context: Any, request: Request) -> dict[str, Any]:
        _way_out(request, form, "start")
        first = form.questions[0].name
        return {"case_form": form, "first": form.path(request, "question", question=first),
                "resume": form.path(request, "resume"), "layout": form.door.layout}  # fmt: skip

    return view


def show_question(form: CaseForm) -> View:
    """One question, with what was answered before."""

    def view(context: Any, request: Request) -> Any:
        draft = _draft(request, form)
        if elsewhere := _not_open(request, form, draft):
            return elsewhere
        question = _question(request, form, draft)
        blank = _blank(request, form, question, draft)
        return blank or _page(request, form, question, draft, _asked(request, form, question, draft))

    return view


def answer_question(form: CaseForm) -> View:
    """Keep the answer and go on; back to the check page when everything is answered."""

    def view(context: Any, request: Request) -> Any:
        drafts = _drafts(request, form)
        draft = drafts.find(cookies.read(request, form.door.cookie))
        if elsewhere := _not_open(request, form, draft):
            return elsewhere
        question = _question(request, form, draft)
        asked = _asked(request, form, question, draft)
        try:
            values = asked.submit()
        except Wrong:
            request.response.status_int = 422
            return _page(request, form, question, draft, asked)
        except Trapped:
            return HTTPSeeOther(form.path(request, "start"))
        draft = draft or drafts.make()
        try:
            values = question.takes(request, draft.answers, values, draft.row.send_key)
        except Refused as refused:
            return _refused(request, form, question, draft, values, refused)
        drafts.answer(draft, question.name, values)
        lasts = request.policies["draft_kept"].span()
        return cookies.keep(request, HTTPSeeOther(_onward(request, form, draft)), form.door.cookie, draft.code, lasts)

    return view


def show_check(form: CaseForm) -> View:
    """All answers with a way to change each, before anything is sent."""

    def view(context: Any, request: Request) -> Any:
        draft = _draft(request, form)
        if draft is None:
            return HTTPSeeOther(form.path(request, "start"))
        if form.next_of(request, draft.answers):
            return HTTPSeeOther(_onward(request, form, draft))
        _way_out(request, form)
        lines = [
            (question.title, [line for line in question.shown(request, draft.answers[question.name]) if line],
             form.path(request, "question", question=question.name))
            for question in form.asked(draft.answers)
        ]  # fmt: skip
        return {"case_form": form, "lines": lines, "draft": draft, "send_key": draft.row.send_key,
                "layout": form.door.layout}  # fmt: skip

    return view


def send(form: CaseForm) -> View:
    """Send what was checked, once: a double click, a way back or a replay finds the same request."""

    def view(context: Any, request: Request) -> Any:
        drafts = _drafts(request, form)
        draft = drafts.find(cookies.read(request, form.door.cookie))
        key = request.POST.get(SEND_KEY, "")
        sent = request.sent_before(key)
        if sent is None:
            if draft is None:
                return HTTPSeeOther(form.path(request, "start"))
            if draft.row.send_key != key or form.next_of(request, draft.answers):
                return HTTPSeeOther(_onward(request, form, draft))
            try:
                sent = form.send(request, draft.answers, key)
            except AskAgain as again:
                path = form.path(request, "question", question=again.question, _query={"opnieuw": "1"})
                return HTTPSeeOther(path)
            drafts.done(draft)
        return cookies.drop(request, _after(request, form, sent), form.door.cookie)

    return view


def _after(request: Request, form: CaseForm, sent: Sent) -> Any:
    """Where one goes on: residents with a visit to the page that thanks them, staff to the case."""
    if form.door is not PUBLIC:
        return HTTPSeeOther(request.staff_case_path(sent.reference, "nieuw"))
    visit = TrackDesk(request.db, request.clock.now()).visit(sent.case_id)
    return cookies.keep(request, HTTPSeeOther(form.path(request, "sent")), cookies.VISIT, visit, VISIT_LASTS)


def show_sent(form: CaseForm) -> View:
    """The reference, who acts by when, and what to do when nothing is heard."""

    def view(context: Any, request: Request) -> Any:
        visit = TrackDesk(request.looking, request.clock.now()).current(cookies.read(request, cookies.VISIT))
        if visit is None or visit.case.kind != form.kind:
            return HTTPSeeOther(request.route_path("cases.find"))
        _way_out(request, form)
        return {"case_form": form, **request.case_page(visit.case)}

    return view


def show_resume(form: CaseForm) -> View:
    """Where the code of a draft is typed."""

    def view(context: Any, request: Request) -> dict[str, Any]:
        _way_out(request, form)
        return {"case_form": form, "form": request.form(ResumeSchema(), _("Go on")), "layout": form.door.layout}

    return view


def resume(form: CaseForm) -> View:
    """Go on with a draft. A code that is unknown and one that is over get the same answer."""

    def view(context: Any, request: Request) -> Any:
        asked, drafts = request.form(ResumeSchema(), _("Go on")), _drafts(request, form)
        _way_out(request, form)
        try:
            code = read_code(asked.submit()["code"])
        except (Wrong, Trapped):
            request.response.status_int = 422
            return {"case_form": form, "form": asked, "layout": form.door.layout}
        with writing(request.site.engine) as session:  # counted whatever the answer; before `request.db` takes its lock
            network = network_of(request.remote_addr)
            allowed = Limits(session, request.clock.now()).allows("draft", network, TRIES_A_NETWORK)
        draft = drafts.take_up(code) if allowed else None
        if draft is None:
            request.response.status_int = 422
            asked.refuse("code", UNKNOWN)
            return {"case_form": form, "form": asked, "layout": form.door.layout}
        lasts = request.policies["draft_kept"].span()
        return cookies.keep(request, HTTPSeeOther(_onward(request, form, draft)), form.door.cookie, draft.code, lasts)

    return view
