"""An OpenID Connect provider on this computer, which tells the truth or lies as a test wants it to."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "dashboard", "a secret that both know"
OURS, ANOTHER = RSAKey.generate_key(2048, {"kid": "one"}), RSAKey.generate_key(2048, {"kid": "one"})


@dataclass
class Told:
    """What the provider puts into the token: `claims` on top of the true ones, None leaves one out."""

    claims: dict[str, Any] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: OURS)
    algorithm: str = "RS256"
    calls_itself: str = ""
    challenges: dict[str, str] = field(default_factory=dict)
    nonces: dict[str, str] = field(default_factory=dict)

    def token(self, issuer: str, code: str) -> str:
        """The signed identity token for a code."""
        now = int(time.time())
        true = {"iss": issuer, "aud": CLIENT, "sub": "17", "iat": now, "exp": now + 300, "nonce": self.nonces[code],
                "email": "ann@example.org", "email_verified": True}  # fmt: skip
        claims = {name: value for name, value in (true | self.claims).items() if value is not None}
        return jwt.encode({"alg": self.algorithm, "kid": "one"}, claims, self.key, algorithms=[self.algorithm])


@dataclass(frozen=True)
class Running:
    """A provider that answers at `issuer`."""

    issuer: str
    told: Told

    def approve(self, address: str) -> tuple[str, str]:
        """What happens when somebody signs in there: the code and state that their browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.told.nonces)}"
        self.told.nonces[code], self.told.challenges[code] = asked["nonce"], asked["code_challenge"]
        return code, asked["state"]


@contextmanager
def provider() -> Iterator[Running]:
    """A provider for the length of a test."""
    told = Told()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            keys = {"keys": [OURS.as_dict(private=False)]}
            self._answer(keys if self.path == "/keys" else described(issuer, told))

        def do_POST(self) -> None:
            body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            code, verifier = body["code"][0], body["code_verifier"][0]
            digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
            known = told.challenges.pop(code, None) == digest and self._knows_the_client()
            token = {"access_token": "any", "token_type": "Bearer", "id_token": told.token(issuer, code)}
            self._answer(token if known else {"error": "invalid_grant"}, 200 if known else 400)

        def _knows_the_client(self) -> bool:
            pair = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            return self.headers["Authorization"] == f"Basic {pair}"

        def _answer(self, body: dict[str, Any], status: int = 200) -> None:
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Running(issuer, told)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def described(issuer: str, told: Told) -> dict[str, str]:
    """What a provider says of itself."""
    return {"issuer": told.calls_itself or issuer, "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token", "jwks_uri": f"{issuer}/keys"}  # fmt: skip


SHARED_SECRET = OctKey.import_key(SECRET.encode())
