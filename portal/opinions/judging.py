"""The opinion, what the team says to it, and what who asked says in the end."""

from datetime import date

from portal.cases.models import Case, CaseMessage
from portal.cases.workflow import Author, NotSo
from portal.opinions.kind import AGREED
from portal.opinions.models import ANSWERS, Expert, Opinion, Reaction
from portal.opinions.releasing import Releasing
from portal.opinions.services import said

#: What who asked can say of an opinion.
SAID = (*AGREED, "not_agree")


class Judging(Releasing):
    """Second opinions from the opinion to the end."""

    def opinion(self, case: Case) -> Opinion | None:
        """What the expert wrote; None before that."""
        return self._session.get(Opinion, case.id)

    def expert_of(self, opinion: Opinion) -> Expert:
        """Who wrote it."""
        return self._session.get_one(Expert, opinion.expert_id)

    def reaction(self, case: Case) -> Reaction | None:
        """What the team wrote; None before that."""
        return self._session.get(Reaction, case.id)

    def judge(self, case: Case, right_plan: str, change: str, why: str, talked_on: date | None) -> Opinion:
        """The expert answers; who asked is told first, and what was given to the expert closes.

        Raises `NotSo`: `none` without an expert at work, `conflict` when they turn out not to be independent (they
        are stopped then; commit that), `nothing` when the answer is not whole; and `StepRefused`.
        """
        if right_plan not in ANSWERS or not why.strip() or not (right_plan == "yes" or change.strip()):
            raise NotSo("nothing")
        invitation = self._with(case)
        if self.recheck(case):
            raise NotSo("conflict")
        self.desk.take(case, "opinion", Author.EXPERT)
        opinion = Opinion(
            case_id=case.id, expert_id=invitation.expert_id, right_plan=right_plan, change=change, why=why,
            talked_on=talked_on, written_at=self._now,
        )  # fmt: skip
        self._session.add(opinion)
        self._session.flush()
        self._close_doors(case)
        self.told(case, "opinion_sent")
        return opinion

    def react(self, case: Case, text: str) -> Reaction:
        """The team answers beside the opinion, once. Raises `NotSo`: `later`, `nothing` or `once`."""
        if self.opinion(case) is None:
            raise NotSo("later")
        if self.reaction(case) is not None:
            raise NotSo("once")
        if not text.strip():
            raise NotSo("nothing")
        self.desk.take(case, "react", Author.STAFF)
        reaction = Reaction(case_id=case.id, staff_id=self._staff_id, text=text, at=self._now)
        self._session.add(reaction)
        self._session.flush()
        self.told(case, "reacted")
        return reaction

    def answer(self, case: Case, author: Author, answer: str) -> None:
        """What who asked says of it: one of `SAID`, or `leave_it`. Raises `StepRefused`."""
        self.desk.take(case, said(answer, author), author)
        self.told(case, case.state)

    def follow_up(self, case: Case, note: str) -> None:
        """We talked about the opinion; what came of it is written down, and who asked may read it."""
        self._note(case, note)
        self.desk.take(case, "follow_up", Author.STAFF)
        self.told(case, "followed_up")

    def talk_on(self, case: Case, note: str) -> None:
        """We talked with who is not content, and said where else they can go."""
        self._note(case, note)
        self.desk.take(case, "talk_on", Author.STAFF)
        self.told(case, "routes_shown")

    def _note(self, case: Case, text: str) -> None:
        self._session.add(
            CaseMessage(case_id=case.id, author=str(Author.STAFF), staff_id=self._staff_id, note=True, at=self._now,
                        text=text)
        )  # fmt: skip
