"""Example experts for a portal in development: invented people from `content/opinions/experts.yaml`.

Their addresses end in `.example`, which leads nowhere.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases.workflow import NotSo
from portal.foundation.seeding import ContentError, read_yaml
from portal.foundation.site import Site
from portal.opinions.pool import Pool


def add_example(session: Session, site: Site, now: datetime) -> int:
    """Add the invented experts; again, only who is missing. Returns how many were added.

    Raises `ContentError` for a file that cannot be used.
    """
    path, added = site.content / "opinions" / "experts.yaml", 0
    if not path.is_file():
        return 0
    try:
        data = read_yaml(path)
        if data["example"] is not True:
            raise ValueError("only people who do not exist are added: example: true")
        for one in data["experts"]:
            email = f"{one['name'].lower().replace(' ', '.')}@opinions.example"
            try:
                Pool(session, now).add({**one, "email": email})
                added += 1
            except NotSo:  # here already
                continue
    except (KeyError, ValueError, TypeError) as fault:
        raise ContentError(f"{path}: {fault!r}") from fault
    return added
