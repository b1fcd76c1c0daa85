"""What the address of the postbox means, and who may look: makers, in development."""

from pyramid.authorization import Allow, Everyone

from portal.foundation.security import Nothing, Permission


class Postbox(Nothing):
    """All messages, words and all; the route is there in development only."""

    __acl__ = ((Allow, Everyone, Permission.POSTBOX_READ),)
