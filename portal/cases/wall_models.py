"""Who is kept out of one case, whatever their roles say."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base


class CaseWall(Base):
    """Somebody, or everybody of a team, from whom a case is kept. Rows are added and never taken away.

    No foreign keys to who: accounts are never thrown away, and a team is a name in its grants as well.
    """

    __tablename__ = "case_wall"
    __table_args__ = (
        CheckConstraint("(staff_id IS NULL) <> (team_slug IS NULL)", name="whom"),
        Index("ix_case_wall_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    staff_id: Mapped[int | None]
    team_slug: Mapped[str | None] = mapped_column(String(60))
    since: Mapped[datetime]
