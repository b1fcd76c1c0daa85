"""What the address means, and who may read it: everybody."""

from portal.foundation.security import PublicResource


class WaysDesk(PublicResource):
    """The questions and their answer."""
