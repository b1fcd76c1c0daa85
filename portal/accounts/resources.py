"""What the addresses of the staff mean, and who may go there."""

from typing import Any

from pyramid.authorization import Allow, Everyone

from portal.accounts.sessions import STAFF
from portal.foundation.security import Nothing, Permission, PublicResource


class Door(PublicResource):
    """Where one shows who one is; open to look at, as one is nobody yet."""

    __acl__ = (*PublicResource.__acl__, (Allow, Everyone, Permission.STAFF_KNOCK))


class WayOut(Nothing):
    """Where one goes out; also when one was out already."""

    __acl__ = ((Allow, Everyone, Permission.STAFF_KNOCK),)


class StaffRoom(Nothing):
    """A place for everybody who works here. Packages with rooms of their own start from this one."""

    __acl__: tuple[Any, ...] = ((Allow, STAFF, Permission.STAFF_ENTER),)


class OwnAccount(StaffRoom):
    """What somebody may change of their own account."""

    __acl__ = (*StaffRoom.__acl__, (Allow, STAFF, Permission.STAFF_OWN))
