"""Messages to residents and providers: by e-mail, text message or letter.

Who has something to say writes a message in the transaction of its cause; the worker hands it to a mail server or a
folder, as the settings say, and notes what became of it. One occasion, named by its dedupe key, gives one message.
A subject tells nothing: it stands on locked phones. Letters wait for staff to print them.
"""

from pyramid.config import Configurator

from portal.foundation.outbox import OneByOne
from portal.messaging.backends import backends_for
from portal.messaging.postman import Postman
from portal.messaging.services import KIND


def includeme(config: Configurator) -> None:
    """The worker's part; in development the postbox too."""
    registry = config.registry
    postman = Postman(
        lambda site: backends_for(site, registry.portal),
        lambda: registry.clock,
        keeps_words=registry.portal.development,
    )
    config.add_job_handler(KIND, OneByOne(postman.deliver))
    if registry.portal.development:
        config.add_route("messaging.postbox", "/dev/postvak", factory="portal.messaging.resources.Postbox")
        config.add_jinja2_search_path("portal.messaging:templates")
        config.scan("portal.messaging.views")
