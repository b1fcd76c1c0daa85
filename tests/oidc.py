"""A provider of OpenID Connect in a process of its own: oidc-provider-mock on a free port, which asks PKCE for real.

The package hands out codes and signs tokens, but leaves PKCE out; `WithPkce` adds it. `say` makes one address of the
provider answer something else, to see what we do with nonsense.
"""

import base64
import hashlib
import io
import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from tests.served import PATIENCE, ROOT, free_port

CLIENT_ID, CLIENT_SECRET = "portal-of-zwolle", "a secret between two servers"
LABEL = "Gemeente-account"
#: Where a test says what the provider has to answer.
SAY = "/say"


class WithPkce:
    """Remembers the challenge of each code, and gives a token only to who knows what it was made of."""

    def __init__(self, app):
        self.app, self.challenges, self.said = app, {}, {}

    def __call__(self, environ, start_response):
        path, body = environ["PATH_INFO"], self._body(environ)
        if path == SAY:
            self.said = json.loads(body)
            start_response("204 No Content", [])
            return []
        if path in self.said:
            return self._instead(self.said[path], start_response)
        if path == "/oauth2/token" and not self._proven({k: v[0] for k, v in parse_qs(body.decode()).items()}):
            start_response("400 Bad Request", [("Content-Type", "application/json")])
            return [b'{"error": "invalid_grant"}']

        def keep_challenge(status, headers, *rest):
            code = parse_qs(urlsplit(dict(headers).get("Location", "")).query).get("code")
            if code:
                self.challenges[code[0]] = parse_qs(environ["QUERY_STRING"])
            return start_response(status, headers, *rest)

        return self.app(environ, keep_challenge)

    def _body(self, environ):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        return body

    def _proven(self, form):
        asked = self.challenges.get(form.get("code"), {})
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        made_of = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return asked.get("code_challenge_method") == ["S256"] and asked.get("code_challenge") == [made_of]

    def _instead(self, said, start_response):
        time.sleep(said.get("wait", 0))
        start_response(said.get("status", "200 OK"), [("Content-Type", "application/json"), *said.get("headers", [])])
        pieces = said.get("drops") or [said.get("body", "")]
        return (self._drop(piece, said.get("between", 0)) for piece in pieces)

    def _drop(self, piece, between):
        time.sleep(between)
        return piece.encode()


class Answer:
    """What the provider says to a browser."""

    def __init__(self, status, location, body):
        self.status, self.location, self.body = status, location, body


class ProviderProcess:
    """The provider, and people who sign in at it."""

    def __init__(self, log: Path):
        self.port = free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        environ = {**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1", "PYTHONWARNINGS": "ignore"}
        with log.open("ab") as out:
            command = [sys.executable, "-m", "tests.oidc", str(self.port)]
            self._process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=out, stderr=out)
        self._wait(log)

    def _wait(self, log):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._process.poll() is None:
            with suppress(OSError):
                if self.ask("GET", "/.well-known/openid-configuration").status == 200:
                    return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"no provider; its log ends with:\n{log.read_text('utf-8', 'replace')[-2000:]}")

    def ask(self, method, path, body=None, kind="application/json"):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, {"Content-Type": kind})
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheader("Location"), answer.read())
        finally:
            connection.close()

    def knows(self, sub, **claims):
        """Somebody has an account there, from now on with these claims."""
        assert self.ask("PUT", f"/users/{quote(sub)}", json.dumps(claims)).status == 204

    def say(self, **answers):
        """Answer something else at these addresses; without any, be honest again."""
        assert self.ask("POST", SAY, json.dumps({f"/{path}": said for path, said in answers.items()})).status == 204

    def sign_in(self, way, sub):
        """Somebody signs in there, as the address of the portal asks; gives where the browser is sent."""
        asked = urlsplit(way)
        assert asked.netloc == f"127.0.0.1:{self.port}"
        form = urlencode({"sub": sub})
        answer = self.ask("POST", f"{asked.path}?{asked.query}", form, "application/x-www-form-urlencoded")
        assert answer.status in {302, 303}, answer.body
        return answer.location

    def stop(self):
        """Gone, as on a bad day."""
        self._process.terminate()
        self._process.wait(timeout=10)


def openid_settings(process):
    """The settings of Zwolle with this provider."""
    values = {"issuer": process.issuer, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "label": LABEL}
    return {f"site.zwolle.openid.{name}": value for name, value in values.items()}


def serve(port):
    import waitress
    from oidc_provider_mock import app

    waitress.serve(WithPkce(app(require_nonce=True)), host="127.0.0.1", port=port)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
