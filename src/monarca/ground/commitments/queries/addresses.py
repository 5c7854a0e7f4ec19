"""Addresses that are evidence: others can open them, and they do not merely point at themselves."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import get_language

LONGEST_ADDRESS = 500
OURS = re.compile(r"/(?![/\\])[^\s\\]+")
WEB = re.compile(r"https?://[^\s/\\][^\s\\]*", re.IGNORECASE)
HOST = re.compile(r"(?:(?!-)[\w-]{1,63}(?<!-)\.)+(?:xn--[a-z0-9-]+|[^\W\d_]{2,63})")
"""Labels with dots between them, the last one in letters (RFC 1123, RFC 5890)."""

NOWHERE = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home.arpa", ".invalid")
"""Names that mean something else, or nothing, on every other machine (RFC 6761, RFC 6762)."""


def is_address(said: str) -> bool:
    """Do others open it: on the web under a public name, or as a page of this house?

    Never a script, a file, a host that is only this machine or this office, or an address of
    ours at which nothing can stand.
    """
    if len(said) > LONGEST_ADDRESS:
        return False
    if OURS.fullmatch(said):
        return _resolves(said)
    return WEB.fullmatch(said) is not None and _is_public(said)


def is_its_own(said: str, reference: str) -> bool:
    """Is it the page of the very commitment that it should be the evidence for?"""
    where = f"/commitments/{reference}".casefold()
    path = f"/{said.split('://', 1)[-1].partition('/')[2]}".casefold()
    return f"{path}/".replace("?", "/").replace("#", "/").find(f"{where}/") >= 0


def _resolves(path: str) -> bool:
    plain = path.partition("#")[0].partition("?")[0]
    try:
        resolve(f"/{(get_language() or 'en')[:2]}{plain}")
    except Resolver404:
        return False
    return plain != "/"


def _is_public(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return HOST.fullmatch(host) is not None and not host.endswith(NOWHERE)
