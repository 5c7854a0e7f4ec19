"""What everybody reads: the list, one consultation, its voices, the register's file."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from monarca.ground.commitments import queries as commitments
from monarca.ground.files import http as files
from monarca.ground.people.http import Request, our_address
from monarca.kit import formats, paging
from monarca.programmes.consultations import queries
from monarca.programmes.consultations.forms import registering, showing
from monarca.programmes.consultations.models import Consultation, Item
from monarca.programmes.consultations.states import PROMISES, Kind

SIZE = 25


@require_safe
@vary_on_cookie
def everyone(request: Request) -> HttpResponse:
    """Every consultation of which its people let everybody know."""
    page = paging.screen(queries.public(), request.GET.get("page"), SIZE)
    mine = queries.named_in(request.user, at=request.at)[:SIZE]
    context = {
        "rows": showing.public_rows(page.rows),
        "head": showing.public_head(),
        "page": page,
        "found": showing.found(page.total),
        "mine": showing.desk_rows(mine),
    }
    return render(request, "consultations/list.html", context)


@vary_on_cookie
def one(request: Request, ref: str) -> HttpResponse:
    """One consultation, as far as its people permit; the rest is as if it were not."""
    consultation = get_object_or_404(queries.public(), reference=ref)
    shown = queries.shown(consultation)
    items = {each.item.kind: each.item for each in shown if each.texts or each.pieces}
    sides = {each.item.kind for each in shown}
    outcome, withdrawn = items.get(Kind.OUTCOME), queries.withdrawn_from(consultation, shown)
    phase = showing.phase(consultation)
    context = {
        "one": consultation,
        "tag": showing.decided(outcome, withdrawn) or phase,
        "phase": phase if outcome or withdrawn else None,
        "people": showing.people(consultation) if Kind.PEOPLE in sides else (),
        "place": showing.place(consultation) if Kind.PLACES in sides else (),
        "calendar": showing.calendar(consultation) if Kind.CALENDAR in sides else (),
        "speakers": _speakers(request, consultation, sides),
        "interpreters": _interpreters(consultation, sides),
        "withdrawn": formats.day(withdrawn.on) if withdrawn else "",
        "items": showing.public_items(shown, named=Kind.REPRESENTATIVES in sides),
        "follow_up": _follow_up([each.item for each in shown if each.item.kind in PROMISES]),
        "follow_head": showing.follow_head(),
    }
    return render(request, "consultations/one.html", context)


def _speakers(
    request: Request, consultation: Consultation, sides: set[str]
) -> list[tuple[str, str]]:
    """Those who were named when the permission was given."""
    if Kind.REPRESENTATIVES not in sides:
        return []
    rows = queries.representatives(consultation, at=request.at)
    since = queries.permitted_at(consultation, Kind.REPRESENTATIVES)
    return showing.speakers(one for one in rows if since and one.since <= since)


def _interpreters(consultation: Consultation, sides: set[str]) -> list[tuple[str, str]]:
    if Kind.INTERPRETERS not in sides:
        return []
    since = queries.permitted_at(consultation, Kind.INTERPRETERS)
    rows = (one for one in queries.interpreters(consultation) if since and one.at <= since)
    return [(one.name, queries.called(one.language)) for one in rows]


def _follow_up(items: list[Item]) -> list[list[object]]:
    """What became of the promises, out of the register that everybody reads."""
    return showing.follow_up(queries.promised(items, commitments.public()))


def piece(request: Request, ref: str, code: str, number: int) -> HttpResponseBase:
    """A voice or a paper: for who reads the record, and for everybody as far as permitted."""
    rows = queries.items_visible_to(request.user, at=request.at)
    item = rows.filter(consultation__reference=ref, code=code).first()
    found = queries.piece_of(item, number) if item else None
    found = found or queries.public_piece(ref, code, number)
    if found is None:
        raise Http404
    return files.play(found.file, request)


@require_safe
def register_file(request: Request) -> HttpResponse:
    """Canada's register of consultations: what is permitted, published and without fault."""
    data = registering.file(
        queries.public(), public=True, host=our_address(request, "/").rstrip("/")
    )
    headers = {
        "Content-Disposition": 'attachment; filename="consultations.csv"',
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "public, no-cache",
    }
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=headers)
