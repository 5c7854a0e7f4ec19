"""The public files at addresses without a language: checked before they are sent."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_safe

from monarca.engines.publishing import common_grants
from monarca.engines.publishing import common_grants_search as searching
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


LISTS: Mapping[str, Callable[[datetime], Sequence[Document]]] = {
    "opportunities": lambda at: queries.opportunities(at=at),
    "awards": lambda at: queries.awards(at=at),
}
SEARCHED: Mapping[str, searching.List] = {
    "opportunities": searching.OPPORTUNITIES,
    "awards": searching.AWARDS,
}
LARGEST_PAGE = searching.LARGEST_PAGE
OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, no-cache"}
"""Everybody may read it, from any page of the web."""


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
    found = searching.in_order(LISTS[name](request.at), *searching.LATEST_FIRST)
    return _answer(200, "Success", **common_grants.page(found, page=page, size=size))


@csrf_exempt
def search(request: Request, name: str) -> HttpResponse:
    """Opportunities or awards as a body asks for them (protocol 0.4, POST). Nothing is written,
    so no token is asked for; a browser may ask first whether another site may do so.
    """
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=ALLOWED)
    if request.method != "POST":
        return _answer(405, "A search is posted.", headers={"Allow": "POST, OPTIONS"})
    if request.content_type != "application/json":
        return _answer(415, "The body is JSON, sent as application/json.")
    try:
        found = searching.found(LISTS[name](request.at), _body(request), SEARCHED[name])
    except searching.Refused as refused:
        return _answer(400, "The body is not as the protocol has it.", errors=refused.errors)
    return _answer(200, "Success", **found)


ALLOWED = {
    "Allow": "POST, OPTIONS",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "86400",
}


def _body(request: Request) -> Any:
    """What was sent. Raises searching.Refused: too long, or no JSON."""
    try:
        return json.loads(request.body)
    except RequestDataTooBig:
        raise searching.Refused([("", "The body is too long.")]) from None
    except (ValueError, RecursionError):
        raise searching.Refused([("", "The body is not JSON.")]) from None


@require_safe
def entry(request: Request, name: str, identity: UUID) -> HttpResponse:
    """One opportunity or award by its id."""
    found = (one for one in LISTS[name](request.at) if one["id"] == str(identity))
    one = next(found, None)
    return _answer(200, "Success", data=one) if one else _answer(404, "There is none by this id.")


def _answer(
    status: int, message: str, *, headers: Mapping[str, str] | None = None, **rest: Any
) -> HttpResponse:
    """A response of the protocol; an error has its list of errors."""
    errors = {} if status == 200 else {"errors": [{"message": message}]}
    document = {"status": status, "message": message, **errors, **rest}
    return JsonResponse(document, status=status, headers={**OPEN, **(headers or {})})


def _sent(found: PublicFile) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{found.name}"',
        **OPEN,
    }
    return HttpResponse(found.data, content_type=found.media, headers=headers)


def _unready() -> HttpResponse:
    """A file that breaks a rule of its readers is not sent; the desk sees why."""
    words = "This file does not pass its own checks now. Please try again later.\n"
    return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
