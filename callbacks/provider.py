"""An OpenID Connect provider: the authorization code flow with PKCE, spoken by Authlib.

Authlib, and what it brings, is imported when somebody signs in: a worker without a provider never loads it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from logging import getLogger
from typing import Any
from urllib.parse import urlsplit

from dashboard.errors import NotAllowed, StoreError
from dashboard.settings import Settings

SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures by a key that only the provider has; "none" and shared secrets are none."""
LEEWAY_SECONDS = 60
PATIENCE_SECONDS = 10
WELL_KNOWN = "/.well-known/openid-configuration"
UNSURE = "The provider's answer could not be relied on, so nobody was signed in. Try once more, or ask for a link."
log = getLogger(__name__)


@dataclass(frozen=True)
class Attempt:
    """One try to sign in, kept in a signed cookie of the browser that makes it until it comes back."""

    state: str
    nonce: str
    verifier: str
    next: str

    @classmethod
    def begin(cls, next_: str) -> Attempt:
        """A new try, none of whose secrets anybody can guess."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, next_)

    def plain(self) -> dict[str, str]:
        """As plain values."""
        return asdict(self)


class Provider:
    """The provider that the settings name, for one address that people come back to."""

    def __init__(self, settings: Settings, back: str) -> None:
        self._issuer, self._claim = settings.oidc_issuer.rstrip("/"), settings.oidc_claim
        self._client, self._secret = settings.oidc_client_id, settings.oidc_client_secret.get_secret_value()
        self._back = back

    def leave(self, attempt: Attempt) -> str:
        """The provider's address to send somebody to; NotAllowed when it does not answer."""
        address, _ = self._session().create_authorization_url(
            self._described()["authorization_endpoint"], state=attempt.state, nonce=attempt.nonce,
            code_verifier=attempt.verifier,
        )  # fmt: skip
        return str(address)

    def account(self, attempt: Attempt, code: str) -> str:
        """The account of who came back with a code; NotAllowed unless the provider vouches for it, signed, to us."""
        from authlib.common.errors import AuthlibBaseError
        from joserfc.errors import JoseError

        described = self._described()
        try:
            token = self._session().fetch_token(
                described["token_endpoint"], code=code, code_verifier=attempt.verifier, timeout=PATIENCE_SECONDS
            )
            claims = self._claims(dict(token), attempt, self._get(described["jwks_uri"]))
        except (AuthlibBaseError, JoseError, OSError, ValueError, LookupError, TypeError) as error:
            log.warning("sign-in by the provider was refused: %s", error)
            raise NotAllowed(UNSURE) from error
        return self._named(claims)

    def _claims(self, token: Mapping[str, Any], attempt: Attempt, keys: Any) -> Mapping[str, Any]:
        """What the identity token says, once its signature, issuer, audience, nonce and time are checked."""
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.jwk import KeySet

        signed = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=SIGNED_BY)
        claims = CodeIDToken(
            signed.claims, signed.header,
            {"iss": {"essential": True, "value": self._issuer}, "aud": {"essential": True, "value": self._client}},
            {"nonce": attempt.nonce, "client_id": self._client, "access_token": token.get("access_token")},
        )  # fmt: skip
        claims.validate(leeway=LEEWAY_SECONDS)
        return claims

    def _named(self, claims: Mapping[str, Any]) -> str:
        if self._claim == "email" and claims.get("email_verified") is not True:
            raise NotAllowed("The provider does not say that your address for e-mail is yours.")
        name = claims.get(self._claim)
        if not isinstance(name, str) or not name:
            raise NotAllowed(
                f"The provider does not tell your {self._claim}. Ask whoever runs it (COALITION_OIDC_CLAIM)."
            )
        return name.lower()

    def _described(self) -> Mapping[str, str]:
        """What the provider says of itself; it must be who it was asked to be."""
        told = self._get(self._issuer + WELL_KNOWN)
        try:
            if told["issuer"].rstrip("/") != self._issuer:
                raise ValueError(f"it calls itself {told['issuer']}")
            return {name: _safe(told[name]) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            log.warning("the provider's description cannot be relied on: %s", error)
            raise NotAllowed(UNSURE) from error

    def _session(self) -> Any:
        from authlib.integrations.requests_client import OAuth2Session

        return OAuth2Session(
            self._client, self._secret, scope="openid email profile", redirect_uri=self._back,
            code_challenge_method="S256",
        )  # fmt: skip

    def _get(self, address: str) -> Any:
        import requests

        try:
            answer = requests.get(_safe(address), timeout=PATIENCE_SECONDS, allow_redirects=False)
            answer.raise_for_status()
            return answer.json()
        except (requests.RequestException, ValueError) as error:
            log.warning("the provider does not answer: %s", error)
            raise NotAllowed("The provider does not answer. Try again later, or ask for a link.") from error


def check_provider(settings: Settings) -> None:
    """Refuse settings of a provider that cannot work; StoreError says which."""
    if not settings.oidc_issuer:
        return
    try:
        _safe(settings.oidc_issuer)
    except ValueError as error:
        raise StoreError(f"COALITION_OIDC_ISSUER: {error}.") from None
    if not settings.oidc_client_id or not settings.oidc_client_secret.get_secret_value():
        raise StoreError("COALITION_OIDC_ISSUER needs COALITION_OIDC_CLIENT_ID and COALITION_OIDC_CLIENT_SECRET too.")


def _safe(address: str) -> str:
    """An address that nobody on the way can change: https, or this very computer."""
    split = urlsplit(address)
    if split.scheme != "https" and split.hostname not in ("127.0.0.1", "::1", "localhost"):
        raise ValueError(f"{address[:80]} is not an https address")
    return address
