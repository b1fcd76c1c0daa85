"""What the addresses of requests mean, and who may do what with them."""

from pyramid.authorization import Allow, Everyone

from portal.foundation.security import Permission, PublicResource


class FormDesk(PublicResource):
    """Where everybody may ask for something."""

    __acl__ = (*PublicResource.__acl__, (Allow, Everyone, Permission.ASK))


class FollowDesk(PublicResource):
    """Where people follow their own request. Who they are is the visit in their cookie; the views look at it."""

    __acl__ = (*PublicResource.__acl__, (Allow, Everyone, Permission.FOLLOW))
