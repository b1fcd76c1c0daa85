"""Providers from `content/providers/*.yaml` to rows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.cleaning.models import Offer, Provider
from portal.foundation.seeding import Changed, ContentError, Ledger, read_yaml
from portal.foundation.site import Site

SAME = ("name", "example", "email", "phone", "price_per_hour", "waiting_days", "languages")


def seed(session: Session, site: Site) -> Iterable[Changed]:
    """Bring the providers up to the folder; a municipality may have none. Raises `ContentError`."""
    ledger = Ledger(session, "providers/")
    for path in sorted((site.content / "providers").glob("*.yaml")):
        if ledger.is_new(path.stem, [path]):
            try:
                session.merge(_provider(path.stem, read_yaml(path)))
                session.flush()
            except (KeyError, ValueError, TypeError) as fault:
                raise ContentError(f"{path}: {fault!r}. See content/README.md.") from fault
    for slug in ledger.gone():
        _take_away(session, slug)
    return ()


def _take_away(session: Session, slug: str) -> None:
    """Offer a provider no longer; one that was asked something stays, or their requests would have nobody."""
    asked = session.scalar(select(Offer.hash).where(Offer.provider_slug == slug).limit(1))
    if asked is None:
        session.execute(delete(Provider).where(Provider.slug == slug))
    else:
        session.execute(update(Provider).where(Provider.slug == slug).values(gone=True))


def _provider(slug: str, data: dict[str, Any]) -> Provider:
    return Provider(
        slug=slug, **{name: data[name] for name in SAME}, website=data.get("website"),
        price_from=date.fromisoformat(str(data["price_from"])), waiting_on=date.fromisoformat(str(data["waiting_on"])),
        postcodes=[str(one) for one in data.get("postcodes") or ()], texts=data["text"], gone=False,
    )  # fmt: skip
