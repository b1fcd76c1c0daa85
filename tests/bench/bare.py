"""The yardstick: Pyramid and waitress with nothing in them. `python -m tests.bench.bare PORT`."""

import sys

from pyramid.config import Configurator
from pyramid.response import Response
from waitress import serve

if __name__ == "__main__":
    config = Configurator()
    config.add_route("hello", "/")
    config.add_view(lambda request: Response("hello", content_type="text/plain"), route_name="hello")
    # The settings of development.ini.
    serve(
        config.make_wsgi_app(), listen=f"127.0.0.1:{sys.argv[1]}", threads=4, connection_limit=1000,
        channel_timeout=15, cleanup_interval=2, ident=None,
    )  # fmt: skip
