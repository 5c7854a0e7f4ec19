"""The doors to the register."""

from django.http import Http404, HttpResponse

from monarca.ground.people.http import Request


def listing(_request: Request) -> HttpResponse:
    raise Http404


def one(_request: Request, ref: str) -> HttpResponse:
    raise Http404(ref)
