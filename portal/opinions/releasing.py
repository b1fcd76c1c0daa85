"""What an expert may see: chosen by who asked, one thing at a time, and taken back when they like."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.workflow import Author, NotSo
from portal.opinions.models import ExpertLook, Invitation, Release
from portal.opinions.services import Opinions, said

#: What can be given beside documents: what they wrote, the plan with its report, their name and how to reach them.
WORDS, PLAN, REACH = "words", "plan", "reach"
DOCUMENT = "document:"


class Releasing(Opinions):
    """Second opinions with what is given to the expert."""

    def given(self, case: Case) -> frozenset[str]:
        """What the expert may see now."""
        return frozenset(one.item for one in self.releases(case) if one.taken_back_at is None)

    def releases(self, case: Case) -> Sequence[Release]:
        """All that was ever given, in order, also what was taken back."""
        return self._session.scalars(select(Release).where(Release.case_id == case.id).order_by(Release.id)).all()

    def possible(self, case: Case, documents: Iterable[str]) -> tuple[str, ...]:
        """Everything that could be given: `documents` are the numbers of those that hang on the case."""
        ours = (PLAN,) if self.of(case).plan_case_id else ()
        return (WORDS, *ours, REACH, *(f"{DOCUMENT}{number}" for number in documents))

    def release(self, case: Case, author: Author, items: Iterable[str]) -> None:
        """Let the expert see these things and nothing else; what is not among them is taken back.

        The first time the expert begins, and needs something to begin with: `NotSo("nothing")`. Raises `StepRefused`.
        """
        wanted, given = frozenset(items), self.given(case)
        first = case.state == "accepted"
        if first and not wanted:
            raise NotSo("nothing")
        if wanted == given and not first:
            return
        self.desk.take(case, said("release" if first else "change_release", author), author)
        self._take_back(case, given - wanted)
        self._session.add_all(
            Release(case_id=case.id, item=item, given_at=self._now) for item in sorted(wanted - given)
        )
        self._session.flush()
        self.told(case, "released" if first else "release_changed")

    def look(self, invitation: Invitation, item: str) -> bool:
        """Write down that the expert looks at something; False, and nothing written, when it is not theirs to see."""
        theirs = select(Release.id).where(
            Release.case_id == invitation.case_id, Release.item == item, Release.taken_back_at.is_(None)
        )
        if invitation.state != "accepted" or self._session.scalar(theirs.limit(1)) is None:
            return False
        self._session.add(
            ExpertLook(case_id=invitation.case_id, number=invitation.number, item=item, at=self._now)
        )  # fmt: skip
        self._session.flush()
        return True

    def looks(self, case: Case) -> list[tuple[str, str, datetime]]:
        """Who looked at what and when, as (name, item, moment), the last first."""
        names = {one.number: self.expert(one).name for one in self.invitations(case)}
        rows = self._session.scalars(
            select(ExpertLook).where(ExpertLook.case_id == case.id).order_by(ExpertLook.at.desc(), ExpertLook.id.desc())
        )
        return [(names.get(row.number, "–"), row.item, row.at) for row in rows]

    def _close_doors(self, case: Case) -> None:
        """With the doors goes what was given: the next expert gets nothing that was not meant for them."""
        self._take_back(case, self.given(case))
        super()._close_doors(case)

    def _take_back(self, case: Case, items: Iterable[str]) -> None:
        gone = frozenset(items)
        for one in self.releases(case):
            if one.item in gone and one.taken_back_at is None:
                one.taken_back_at = self._now
        self._session.flush()
