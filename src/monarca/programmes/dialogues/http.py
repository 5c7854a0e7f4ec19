"""What the public form must know of the web: how often one address may send."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

OFTEN = {"input": "30/h/ip"}
"""Whole towns share one address, so the limit is wide; it only stops machines."""


def may_send(request: HttpRequest) -> bool:
    """Did this address send fewer inputs this hour than a machine would? Counted in the cache."""
    consumed: object = ratelimit.consume(request, app="monarca", action="input", config=OFTEN)
    return bool(consumed)


def told_once(response: HttpResponse) -> HttpResponse:
    """A page whose address is a secret: kept by no cache, told to no other site."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def told_to_one(response: HttpResponse) -> HttpResponse:
    """A page whose form carries a secret: no cache shows it to a second person."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def saved(body: bytes, name: str, kind: str, *, public: bool = False) -> HttpResponse:
    """A file to keep; what is not public is kept by no cache between."""
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-cache" if public else "private, no-store"
    return response
