"""Every table there is: imported by migrations, so that none is forgotten."""

from portal.foundation import content_cache, outbox, seeding
from portal.foundation.db import Base
from portal.pages import models as pages
from portal.sitesearch import models as sitesearch
from portal.social_map import models as social_map
from portal.teams import models as teams

metadata = Base.metadata

__all__ = ["content_cache", "metadata", "outbox", "pages", "seeding", "sitesearch", "social_map", "teams"]
