"""The public files at addresses without a language: checked before they are sent."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import condition, require_safe

from monarca.engines.publishing import common_grants
from monarca.engines.publishing.common_grants import Document
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


LISTS: Mapping[str, Callable[[datetime], tuple[Document, ...]]] = {
    "opportunities": lambda at: queries.opportunities(at=at),
    "awards": lambda at: queries.awards(at=at),
}
LARGEST_PAGE = 100


@require_safe
def entries(request: Request, name: str) -> HttpResponse:
    """One page of CommonGrants' opportunities or awards (protocol 0.4, GET)."""
    try:
        page = int(request.GET.get("page", "1"))
        size = int(request.GET.get("pageSize", LARGEST_PAGE))
    except ValueError:
        page = size = 0
    if page < 1 or not 1 <= size <= LARGEST_PAGE:
        return _answer(400, "page and pageSize are whole numbers from 1, pageSize up to 100.")
    found = LISTS[name](request.at)
    return _answer(200, "Success", **common_grants.page(found, page=page, size=size))


@require_safe
def entry(request: Request, name: str, identity: UUID) -> HttpResponse:
    """One opportunity or award by its id."""
    found = (one for one in LISTS[name](request.at) if one["id"] == str(identity))
    one = next(found, None)
    return _answer(200, "Success", data=one) if one else _answer(404, "There is none by this id.")


def _answer(status: int, message: str, **rest: Any) -> HttpResponse:
    """A response of the protocol; an error has its list of errors."""
    errors = {} if status == 200 else {"errors": [{"message": message}]}
    document = {"status": status, "message": message, **rest, **errors}
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, no-cache"}
    return JsonResponse(document, status=status, headers=headers)


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
