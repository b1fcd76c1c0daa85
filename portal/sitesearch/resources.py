"""What the addresses of the search mean, and who may do what with them."""

from pyramid.authorization import Allow, Everyone

from portal.foundation.security import Permission, PublicResource


class SearchDesk(PublicResource):
    """Where everybody may search, and say that it did not help."""

    __acl__ = (*PublicResource.__acl__, (Allow, Everyone, Permission.SEARCH_REMARK))
