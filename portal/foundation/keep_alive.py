"""waitress closes the connection after every 304, as it finds no length; a browser then has to knock again each time.

A 304 has no body (RFC 9110, 15.4.5), so everybody knows where it ends and the connection may stay open.
"""

from pyramid.config import Configurator
from waitress.channel import HTTPChannel
from waitress.task import WSGITask


class KeepsOpen(WSGITask):
    """Answers one request; closes only when there is a reason to."""

    def set_close_on_finish(self) -> None:
        """Called when the answer is built without a length, and when the connection has to end."""
        no_body_is_no_reason = not self.wrote_header and not self.has_body and self.version == "1.1"
        if no_body_is_no_reason and self.request.headers.get("CONNECTION", "").lower() != "close":
            return
        super().set_close_on_finish()


def includeme(config: Configurator) -> None:
    """Whatever starts the server, it answers so."""
    HTTPChannel.task_class = KeepsOpen
