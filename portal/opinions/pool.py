"""The pool of experts: who judges plans, kept by the coordinator of second opinions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.workflow import NotSo
from portal.foundation.clock import local_date
from portal.foundation.content_cache import raise_version
from portal.opinions.models import Expert

FIELDS = ("name", "employer", "profession", "about", "languages", "free_hours", "phone", "email")


class Pool:
    """Adds, changes and ends experts. Flushes; who calls it commits."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def everybody(self) -> Sequence[Expert]:
        """All, also who stopped; who is there comes first."""
        return self._session.scalars(select(Expert).order_by(Expert.left_on.is_not(None), Expert.name)).all()

    def add(self, values: dict[str, Any]) -> Expert:
        """One more, from today on. Raises `NotSo("known")` when somebody has this e-mail address already."""
        self._free(values["email"], None)
        expert = Expert(**{name: values[name] for name in FIELDS}, since=local_date(self._now), left_on=None)
        self._session.add(expert)
        self._changed()
        return expert

    def change(self, expert: Expert, values: dict[str, Any]) -> None:
        """What is known of somebody now. Raises `NotSo("known")`."""
        self._free(values["email"], expert.id)
        for name in FIELDS:
            setattr(expert, name, values[name])
        self._changed()

    def end(self, expert: Expert) -> None:
        """They judge no plans any more; what they wrote keeps their name."""
        expert.left_on = expert.left_on or local_date(self._now)
        self._changed()

    def again(self, expert: Expert) -> None:
        """They are there again."""
        expert.left_on = None
        self._changed()

    def _free(self, email: str, own: int | None) -> None:
        other = self._session.scalar(select(Expert.id).where(Expert.email == email))
        if other is not None and other != own:
            raise NotSo("known")

    def _changed(self) -> None:
        self._session.flush()
        raise_version(self._session)
