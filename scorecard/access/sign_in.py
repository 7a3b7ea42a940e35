"""How people sign in: the provider that a TOML file names in [auth], and whether a sign-in still holds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from hashlib import sha256
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from scorecard.catalogue.models import Frozen

NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
SHORTEST_SECRET = 32  # characters
CALLBACK = "/oauth2callback"
CLOCKS_DIFFER_BY = 60  # seconds: as much as the provider's clock may be ahead of ours
OVER = "Your sign-in has run out. Sign in again; what was stored is kept."
NOT_FOR_US = "This sign-in was made for something else than this scorecard, so it lets nobody in. Sign in again."


class SignInError(ValueError):
    """The settings of the sign-in can't be used. The message names the file, each fault and what to do."""


class SignInOver(Exception):
    """A sign-in lets nobody in any more. The message says why, and what to do."""


class SignIn(Frozen):
    """How people sign in. redirect_uri: where the provider sends them back to."""

    redirect_uri: str
    client_id: str

    @property
    def host(self) -> str:
        """The name by which people open the pages."""
        return urlsplit(self.redirect_uri).hostname or ""

    def address(self, port: int) -> str:
        """Where people open the pages. port: at which they are served, for a redirect_uri that leaves it open."""
        parts = urlsplit(self.redirect_uri.replace("{port}", str(port)))
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def secure(self) -> bool:
        """Whether they open them by https."""
        return self.redirect_uri.startswith("https:")


def read_sign_in(content: bytes, file: str) -> SignIn | None:
    """The sign-in that a TOML file's [auth] sets up; None where it has none. Raises SignInError with every fault."""
    try:
        auth = tomllib.loads(content.decode("utf-8-sig")).get("auth")
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SignInError(f"{file} can't be read as TOML: {error}. Nobody is let in until it can.") from None
    if auth is None:
        return None
    faults = _faults(auth) if isinstance(auth, dict) else ["[auth] is no table: write [auth] on a line of its own"]
    if faults:
        raise SignInError("\n".join([f"Nobody can sign in: {file} has faults in [auth].", *faults]))
    return SignIn(redirect_uri=auth["redirect_uri"], client_id=auth["client_id"])


def _faults(auth: Mapping[str, Any]) -> list[str]:
    missing = [name for name in NEEDED if not isinstance(auth.get(name), str) or not auth[name].strip()]
    faults = [f"{name} is missing: add it, in quotes" for name in missing]
    if "cookie_secret" not in missing and len(auth["cookie_secret"]) < SHORTEST_SECRET:
        faults.append(f"cookie_secret is too short: make one of {SHORTEST_SECRET} characters or more, at random")
    if "redirect_uri" not in missing and urlsplit(auth["redirect_uri"]).path != CALLBACK:
        faults.append(f"redirect_uri must end in {CALLBACK}, after the address that people open")
    for name in ("redirect_uri", "server_metadata_url"):
        if name not in missing and not _is_safe(auth[name]):
            faults.append(f"{name} must begin with https:// (http:// is for this machine alone)")
    if auth.get("expose_tokens"):
        faults.append("expose_tokens: take it out, the scorecard needs none of the provider's tokens")
    return faults


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or ""))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def require_current(claims: Mapping[str, Any], sign_in: SignIn, now: float) -> None:
    """Raises SignInOver for what was signed for another program, has run out, or doesn't say when it was made.

    claims: of the ID token, whose signature was checked when it came. now: seconds since 1970.
    """
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp", sign_in.client_id)
    if sign_in.client_id not in named or party != sign_in.client_id:
        raise SignInOver(NOT_FOR_US)
    issued_at, ends = claims.get("iat"), claims.get("exp")
    if (
        not isinstance(issued_at, int | float)
        or not isinstance(ends, int | float)
        or issued_at > now + CLOCKS_DIFFER_BY
    ):
        raise SignInOver(NOT_FOR_US)
    if now >= ends:
        raise SignInOver(OVER)


def named_by(claims: Mapping[str, Any]) -> str:
    """A hash that names one sign-in: who, by whom, when, and the number that it was asked for with."""
    parts = [str(claims.get(name)) for name in ("iss", "sub", "iat", "exp", "nonce", "aud")]
    return sha256("\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
