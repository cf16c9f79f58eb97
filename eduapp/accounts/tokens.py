"""The secrets that staff carry: links that work once, signed-in browsers, browsers known before.

The database keeps keyed fingerprints only: who steals it can use none of them.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from dataclasses import dataclass

TOKEN_BYTES = 32
_NONCE_BYTES = 12
_MARK_BYTES = 16


def new_token() -> str:
    """Return a secret of 256 bits for a link or a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


@dataclass(frozen=True, slots=True)
class Keyed:
    """What is worked out with the key of this site."""

    secret_key: bytes

    def link_hash(self, token: str) -> str:
        """Return what a row keeps of a link."""
        return self._hex(b"staff link:", token)

    def browser_hash(self, token: str) -> str:
        """Return what a row keeps of a signed-in browser."""
        return self._hex(b"staff browser:", token)

    def second_secret(self, seed: str) -> str:
        """Return the secret of an authenticator in base 32: a stolen seed alone gives no code."""
        digest = hmac.digest(self.secret_key, b"staff second step:" + seed.encode(), "sha256")
        return base64.b32encode(digest[:20]).decode()

    def known_browser(self, sign_in_name: str, password_hash: str) -> str:
        """Return what a browser keeps that signed in with this name and this password."""
        nonce = secrets.token_urlsafe(_NONCE_BYTES)
        return f"{nonce}.{self._mark(nonce, sign_in_name, password_hash)}"

    def is_known(self, kept: str, sign_in_name: str, password_hash: str) -> bool:
        """Return whether a browser signed in with this name and this password before."""
        nonce, _dot, mark = kept.partition(".")
        own = self._mark(nonce, sign_in_name, password_hash)
        return hmac.compare_digest(own.encode(), mark.encode())

    def _mark(self, nonce: str, sign_in_name: str, password_hash: str) -> str:
        text = f"{nonce}\n{sign_in_name}\n{password_hash}"
        return self._hex(b"staff known:", text)[: 2 * _MARK_BYTES]

    def _hex(self, purpose: bytes, text: str) -> str:
        return hmac.digest(self.secret_key, purpose + text.encode(), "sha256").hex()
