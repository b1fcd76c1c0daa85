"""Somebody who asks for a second opinion in a browser, and an expert who does what experts do."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.notices import Surroundings
from portal.foundation.clock import local_date
from portal.foundation.db import writing
from portal.foundation.policies import read_policies
from portal.opinions.judging import Judging
from portal.opinions.models import Expert
from portal.opinions.services import Facts
from portal.opinions.telling import Telling
from portal.opinions.words import TEXTS
from tests.unit.cleaning.asking import Books, answer, button, fill, on, question, sending
from tests.unit.cleaning.following import code_in

FORM = {"nl": "/nl/second-opinion-vragen", "nl_simple": "/nl-simple/second-opinion-vragen",
        "ar": "/ar/ask-for-a-second-opinion"}  # fmt: skip
FOLLOW = {"nl": "/nl/mijn-aanvraag", "nl_simple": "/nl-simple/mijn-aanvraag", "ar": "/ar/my-request"}
STAND, EXPERT, RELEASE, JUDGED, WAYS = "/stand", "/deskundige", "/wat-mag-de-deskundige-zien", "/oordeel", "/hoe-verder"
NAME, DOUBT = "Mevrouw Zonneveld-Kanarie", "Ik twijfel of de kanarie zo genoeg hulp krijgt"
EMAIL, HELPER_EMAIL, HELPER_NAME = "zonneveld.kanarie@example.nl", "piet.kanariehelper@example.nl", "Piet Kanariehelper"
SIGNED = "Ik heb niets te maken met dit plan."
CHANGE, WHY = "Er moet meer hulp in de ochtend komen.", "De ochtend is nu te zwaar."
COORDINATOR = 8101

#: Asks for themselves, of a plan on paper, by e-mail.
ME: dict[str, dict[str, Any]] = {
    "who": {"who": "me"},
    "plan": {"plan": "paper"},
    "paper": {"team": "midden", "date": "2 november 2026"},
    "decision": {"letter": "yes", "date": "16 november 2026"},
    "doubt": {"doubt": DOUBT},
    "company": {"name": "Zoon", "role": "mijn zoon"},
    "language": {"interpreter": "none", "language": ""},
    "name": {"name": NAME},
    "home": {"postcode": "8011 pk", "house": "127"},
    "reach": {"way": "email", "email": EMAIL, "phone": ""},
}
#: As little as can be.
LITTLE = {
    **ME, "paper": {"team": "", "date": ""}, "decision": {"letter": "no", "date": ""}, "doubt": {"doubt": ""},
    "company": {"name": "", "role": ""},
}  # fmt: skip
BY_LETTER = {**ME, "reach": {"way": "letter", "phone": "", "email": ""}}
FOR_MOTHER = {
    **ME,
    "who": {"who": "carer"},
    "helper": {"helper_name": HELPER_NAME, "email": HELPER_EMAIL, "knows": "yes", "messages": "helper"},
    "language": {"interpreter": "language", "language": "Berbers"},
}


def go_on(visitor: Any, page: Any, answers: dict[str, dict[str, Any]] = ME, until: str = "") -> Any:
    """Answer what is asked until this question, or to the check page."""
    while "/vraag/" in page.request.path and question(page) != until:
        page = answer(visitor, page, answers[question(page)])
    return page


def at(visitor: Any, name: str, answers: dict[str, dict[str, Any]] = ME, locale: str = "nl") -> Any:
    """The page of a question, after those before it."""
    return go_on(visitor, visitor.get(f"{FORM[locale]}/vraag/who"), answers, name)


def send(visitor: Any, answers: dict[str, dict[str, Any]] = ME, locale: str = "nl") -> Any:
    """The confirmation, from the very first page."""
    start = visitor.get(FORM[locale])
    page = go_on(visitor, visitor.get(start.html.select_one("main p.go a.button")["href"]), answers)
    return on(visitor, visitor.submit(sending(page)))


def give_code(visitor: Any, books: Books, recipient: str = EMAIL, locale: str = "nl", tail: str = RELEASE) -> Any:
    """A page that is personal, after the code was asked on it and typed."""
    path = FOLLOW[locale]
    page = on(visitor, visitor.submit(button(visitor.get(path + tail), "/code/sturen")))
    on(visitor, visitor.submit(fill(page.forms["form"], {"code": code_in(books, recipient)})))
    return visitor.get(path + tail)


def an_expert(session: Session, name: str = "Ria Vermeer", employer: str = "Adviesbureau Noord") -> Expert:
    """Somebody of the pool."""
    expert = Expert(
        name=name, employer=employer, profession="Wijkverpleegkundige", about="Twintig jaar in de wijk.",
        languages="Nederlands, Turks", free_hours=8, phone="0611112222",
        email=f"{name.casefold().replace(' ', '.')}@expert.example", since=date(2026, 1, 1), left_on=None,
    )  # fmt: skip
    session.add(expert)
    session.flush()
    return expert


def judging(session: Session, clock: Any, staff_id: int | None = COORDINATOR) -> Judging:
    """The service as it is now."""
    policies = read_policies(session.connection(), local_date(clock.now()))
    site = Surroundings("https://zwolle.test", "038 000 02 00", path, "de Nationale ombudsman")
    return Judging(session, policies, clock.now(), Telling(session, policies, TEXTS, clock.now(), site), staff_id)


def path(name: str, **kw: Any) -> str:
    """As a route would say it."""
    return f"/{kw.get('locale', 'nl')}/{name}"


FACTS = Facts("Mila de Wit", "Gemeente Zwolle", "Stichting Frion", "midden")


class Office:
    """The coordinator and the experts, without a browser: each call is a transaction of its own."""

    def __init__(self, site: Any, clock: Any) -> None:
        self.site, self.clock = site, clock

    def does(self, act: Callable[[Judging, Case, Session], Any]) -> Any:
        """Something with the only request there is."""
        with writing(self.site.engine) as session:
            case = session.scalars(select(Case).where(Case.kind == "second_opinion")).one()
            return act(judging(session, self.clock), case, session)

    def propose(self, name: str = "Ria Vermeer", employer: str = "Adviesbureau Noord") -> None:
        """Somebody was found, asked, and signed."""

        def act(desk: Judging, case: Case, session: Session) -> None:
            if case.state == "received":
                desk.acknowledge(case)
                desk.check_plan(case, FACTS)
            desk.invite(case, an_expert(session, name, employer))
            desk.propose(case, SIGNED)

        self.does(act)

    def looks(self, item: str) -> bool:
        """The expert opens something; whether they may."""
        return bool(self.does(lambda desk, case, _session: desk.look(desk.live(case), item)))

    def judges(self) -> None:
        """The expert answers."""
        self.does(lambda desk, case, _session: desk.judge(case, "partly", CHANGE, WHY, None))

    def empty(self) -> None:
        """Nobody asked, and there is no pool."""
        Books(self.site).empty()
        with writing(self.site.engine) as session:
            session.execute(delete(Expert))


def an_office(zwolle: Any, clock: Any) -> Iterator[Office]:
    """For a fixture: nothing before, nothing stays behind."""
    office = Office(zwolle, clock)
    office.empty()
    yield office
    office.empty()
