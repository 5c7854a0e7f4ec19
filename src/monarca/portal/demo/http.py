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

    The peer is who holds the connection: what a proxy says of others is not listened to.
    """
    return settings.DEMO and is_loopback(request.META.get("REMOTE_ADDR", "")) and is_local(request)


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
