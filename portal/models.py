"""Every table there is: imported by migrations, so that none is forgotten."""

from portal.accounts import models as accounts
from portal.attachments import models as attachments
from portal.backoffice import models as backoffice
from portal.bookings import models as bookings
from portal.bookings import thing_models as things
from portal.cases import models as cases
from portal.cases import wall_models as walls
from portal.cleaning import models as cleaning
from portal.complaints import models as complaints
from portal.conversations import models as conversations
from portal.foundation import content_cache, outbox, policies, seeding
from portal.foundation.db import Base
from portal.messaging import models as messaging
from portal.opinions import models as opinions
from portal.pages import models as pages
from portal.pages import versions as page_versions
from portal.privacy import models as privacy
from portal.sitesearch import models as sitesearch
from portal.social_map import models as social_map
from portal.teams import models as teams
from portal.worries import models as worries

metadata = Base.metadata

__all__ = [
    "accounts", "attachments", "backoffice", "bookings", "cases", "cleaning", "complaints", "content_cache",
    "conversations", "messaging", "metadata", "opinions", "outbox", "page_versions", "pages", "policies", "privacy",
    "seeding", "sitesearch", "social_map", "teams", "things", "walls", "worries",
]  # fmt: skip
