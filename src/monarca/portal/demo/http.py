"""The door of the demonstration: only with the setting, from this machine, by a name of its own."""

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, ip_address
from typing import Concatenate

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port

from monarca.ground.people.http import Request

NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
FROM_AFAR = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_HOST")
CARRIED_FOR = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP")


def only_here[**P](
    view: Callable[Concatenate[Request, P], HttpResponse],
) -> Callable[Concatenate[Request, P], HttpResponse]:
    """The view, or 404 for whoever does not sit at this machine."""

    @wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_here(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def is_here(request: HttpRequest) -> bool:
    """Is this a demo, asked by a loopback peer under a loopback name?

    The peer is who holds the connection. What a proxy says of others lets nobody in, and keeps
    out whom it carries here from elsewhere.
    """
    near = is_loopback(request.META.get("REMOTE_ADDR", "")) and not is_carried(request)
    return settings.DEMO and near and is_local(request)


def is_carried(request: HttpRequest) -> bool:
    """Does a proxy say that somebody elsewhere asks?"""
    named = ",".join(request.META[name] for name in CARRIED_FOR if name in request.META)
    far = any(not is_loopback(one.strip()) for one in named.split(",") if one.strip())
    return far or any(name in request.META for name in FROM_AFAR)


def is_loopback(address: str) -> bool:
    try:
        peer = ip_address(address)
    except ValueError:
        return False
    mapped = peer.ipv4_mapped if isinstance(peer, IPv6Address) else None
    return (mapped or peer).is_loopback


def is_local(request: HttpRequest) -> bool:
    try:
        return split_domain_port(request.get_host())[0] in NAMES
    except DisallowedHost:
        return False
