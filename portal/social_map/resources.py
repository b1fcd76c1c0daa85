"""What the addresses of the social map mean, and who may read them: everybody."""

from portal.foundation.security import PublicResource


class SocialMap(PublicResource):
    """The whole map, to search."""


class EntryPage(PublicResource):
    """One entry, by its slug; the view's one query finds out whether it is there."""

    @property
    def slug(self) -> str:
        """The last part of the address."""
        return str(self.request.matchdict["slug"])
