"""What the addresses of teams mean, and who may read them: everybody."""

from portal.foundation.security import PublicResource


class TeamDesk(PublicResource):
    """The question "where do you live" and the list of all teams."""


class TeamPage(PublicResource):
    """One team, by its slug. That there is no such team is found out by the view's one query."""

    @property
    def slug(self) -> str:
        """The name of the team in the address."""
        return str(self.request.matchdict["slug"])
