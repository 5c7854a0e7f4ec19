"""The public files at addresses without a language: checked before they are sent."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import condition, require_safe

from monarca.grants.disclosure import queries
from monarca.grants.disclosure.queries import PublicFile
from monarca.grants.disclosure.states import Kind
from monarca.ground.people.http import Request


def _etag(request: Request, kind: str) -> str | None:
    """The hash of the bytes: silent about everything that is not in them."""
    file = queries.kept(kind, at=request.at)
    return f'"{file.sha256}"' if file.is_valid else None


@require_safe
@condition(etag_func=_etag)
def file(request: Request, kind: str) -> HttpResponse:
    """One public file. 404 while it would be empty and so not valid; 503 if it ever is not valid.

    The schemas ask for at least one record, so an empty file cannot be valid; Canada's may hold
    its header alone.
    """
    found = queries.kept(kind, at=request.at)
    if kind != Kind.CANADA and not found.count:
        raise Http404
    return _sent(found) if found.is_valid else _unready()


def _sent(found: PublicFile) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{found.name}"',
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "public, no-cache",
    }
    return HttpResponse(found.data, content_type=found.media, headers=headers)


def _unready() -> HttpResponse:
    """A file that breaks a rule of its readers is not sent; the desk sees why."""
    words = "This file does not pass its own checks now. Please try again later.\n"
    return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
