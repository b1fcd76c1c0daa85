"""What a storm was worth: how much was sent, cut off and told, and what the checker found afterwards."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from tests.chaos.checker import FAULTS
from tests.chaos.storm import Storm


def interrupted(storm: Storm) -> int:
    """The attempts to send that were under way when something was killed, and got no confirmation."""
    return sum(
        1
        for who in storm.residents
        for began, ended in who.in_vain
        if any(began <= after and ended >= before for before, after in storm.kills)
    )


def written_untold(storm: Storm, session: Session) -> int:
    """The requests that an interrupted attempt had written down: the retry found them there."""
    received = {row.send_key: row.received_at for row in session.execute(select(Case.send_key, Case.received_at))}
    return sum(1 for who in storm.residents if who.key in received and received[who.key] < who.tried[-1])


def table(
    storm: Storm, session: Session, faults: Mapping[str, Sequence[str]], more: Mapping[str, object]
) -> list[tuple[str, object]]:
    """The figures, to print and to judge."""
    told = [who.told_at for who in storm.residents if who.told_at]
    last_kill = storm.kills[-1][0]
    statuses = ", ".join(f"{count} × {status}" for status, count in sorted(storm.statuses.items())) or "none"
    return [
        ("kills", len(storm.kills)),
        ("in flight at a kill, at least", min(storm.in_flight)),
        ("in flight at a kill, mean", f"{sum(storm.in_flight) / len(storm.in_flight):.1f}"),
        ("requests", len(storm.residents)),
        ("sends", sum(len(who.tried) for who in storm.residents)),
        ("acknowledged", len(told)),
        ("acknowledged before the last kill", sum(1 for moment in told if moment < last_kill)),
        ("interrupted in flight", interrupted(storm)),
        ("retried", sum(1 for who in storm.residents if len(who.tried) > 1)),
        ("written though not acknowledged", written_untold(storm, session)),
        ("confirmations looked at", sum(1 for who in storm.residents if who.shown)),
        ("error pages", f"{statuses} (without the portal's own page: {storm.bare})"),
        ("led away from their own answers", len(storm.astray)),
        *((fault, len(faults.get(fault, ()))) for fault in FAULTS),
        *more.items(),
    ]


def printed(title: str, rows: Sequence[tuple[str, object]]) -> None:
    """Print them under each other."""
    print(title)
    for name, value in rows:
        print(f"  {name:36}{value}")
