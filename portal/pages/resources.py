"""What the addresses of pages mean, and who may do what with them."""

from pyramid.authorization import Allow, Everyone

from portal.foundation.security import Permission, PublicResource


class PageResource(PublicResource):
    """Whatever page has this slug; the view's one query finds out."""

    @property
    def slug(self) -> str:
        """The last part of the address."""
        return str(self.request.matchdict["slug"])


class ReactionDesk(PublicResource):
    """Where everybody may say whether a page was of use."""

    __acl__ = (*PublicResource.__acl__, (Allow, Everyone, Permission.REACT))
