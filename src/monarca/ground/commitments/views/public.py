"""What everybody reads: the register, its progress drawn, one commitment, its evidence."""

from collections.abc import Collection
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.vary import vary_on_cookie

from monarca.ground.commitments import policy, queries
from monarca.ground.commitments.forms import plots, showing, telling
from monarca.ground.commitments.models import Commitment
from monarca.ground.commitments.states import Aims, Origins, Pillars, Sides, Status
from monarca.ground.files import http as files
from monarca.ground.people.http import Request
from monarca.ground.people.models import User
from monarca.kit import paging

SIZE = 25
KNOWN: dict[str, Collection[str]] = {
    "aim": Aims.values,
    "origin": Origins.values,
    "pillar": Pillars.values,
    "side": Sides.values,
    "status": (*Status.values, queries.OVERDUE),
    "sort": queries.ORDERS,
}


def who(request: HttpRequest) -> User | None:
    """The signed-in person, or nobody."""
    return request.user if request.user.is_authenticated else None


def wanted(request: HttpRequest) -> queries.Filter:
    """What was asked for, where it exists; anything else asks for everything."""
    given = {name: request.GET.get(name, "") for name in KNOWN}
    kept = {name: value for name, value in given.items() if value in KNOWN[name]}
    year = request.GET.get("year", "")
    is_year = len(year) == 4 and year.isascii() and year.isdigit() and year >= "1900"
    return queries.Filter(
        words=request.GET.get("q", "").replace("\0", "")[:200].strip(),
        year=year if is_year else "",
        language=queries.language(),
        **kept,
    )


@vary_on_cookie
def listing(request: Request) -> HttpResponse:
    """The register: as much of it as the reader may see, narrowed by a plain form."""
    seen, asked = queries.visible_to(who(request), at=request.at), wanted(request)
    on = queries.day_of(request.at)
    rows = queries.narrowed(seen, asked, on=on)
    overview = queries.overview(rows, on=on)
    page, pages = paging.within(overview.total, request.GET.get("page"), SIZE)
    shown = queries.of_a_screen(rows, page, SIZE) if overview.total else []
    context = {
        "filters": showing.filters(asked, queries.years(seen)),
        "head": showing.list_head(),
        "rows": showing.list_rows(shown, on=on),
        "page": page,
        "pages": pages,
        "found": showing.found(overview.total),
        "query": showing.asked(asked),
        "aim": asked.aim,
        "is_narrowed": bool(showing.asked(asked)),
        **drawn(overview),
    }
    return render(request, "commitments/list.html", context)


def drawn(overview: queries.Overview) -> dict[str, Any]:
    """The plots that the register and its progress share."""
    return {
        "figures": plots.figures(overview),
        "status_head": plots.status_head(),
        "statuses": plots.status_rows(overview),
        "legend": plots.legend(),
        "aims": plots.aim_rows(overview.aims),
        "pillars": plots.pillar_rows(overview.pillars),
        "aim_head": plots.aim_head(),
        "pillar_head": plots.pillar_head(),
    }


def progress(request: Request) -> HttpResponse:
    """What became of all that is public, drawn; the same for everybody."""
    rows, on = queries.public(), queries.day_of(request.at)
    overview = queries.overview(rows, on=on)
    context = {
        **drawn(overview),
        "total": overview.total,
        "ended_head": plots.ended_head(),
        "ended_legend": plots.ended_legend(),
        "ended": plots.ended_rows(queries.ended(rows)),
    }
    return render(request, "commitments/progress.html", context)


def seen(request: Request, ref: str) -> Commitment:
    """A commitment this person may read; 404 for all others, whether it exists or not."""
    rows = queries.visible_to(who(request), at=request.at).select_related("mission")
    return get_object_or_404(rows, reference=ref)


@vary_on_cookie
def one(request: Request, ref: str) -> HttpResponse:
    """One commitment, with its whole history as far as this reader may see it."""
    row, user, at = seen(request, ref), who(request), request.at
    inside = queries.is_inside(user, row, at=at)
    told = list(queries.progress_of(row, whole=inside))
    zone = row.mission.time_zone
    wordings = queries.wordings_told(row, whole=inside)
    context = {
        "row": row,
        "status": showing.status(row, on=queries.day_of(at)),
        "note": telling.sealed_note(row),
        "others": telling.other_texts(row),
        "facts": telling.facts(row, queries.aims_of(row), inside=inside),
        "owners": telling.owners(queries.owners_of(row, at=at), inside=inside),
        "history": telling.history(told, inside=inside, zone=zone),
        "changes": telling.changes(wordings, zone=zone),
        "first": telling.first(wordings),
        "may_report": policy.may_report(user, row, at=at) and row.status in queries.OPEN,
        "may_keep": policy.may_keep(user, row, at=at),
        "may_reword": policy.may_reword(user, row, at=at),
        "may_show": policy.may_show_reports(user, row, at=at),
        "may_publish": policy.may_publish(user, row, at=at) and not row.is_sealed,
        "is_open": row.status in queries.OPEN,
    }
    return render(request, "commitments/one.html", context)


@vary_on_cookie
def evidence(request: Request, ref: str, digest: str) -> FileResponse:
    """A file of the history that this reader may see; everything else has the same 404."""
    row = seen(request, ref)
    whole = queries.is_inside(who(request), row, at=request.at)
    rows = queries.progress_of(row, whole=whole).filter(evidence__isnull=False)
    found = next((each.evidence for each in rows if _is(each.evidence, digest)), None)
    if found is None:
        raise Http404
    return files.send(found)


def _is(file: Any, digest: str) -> bool:
    return len(digest) == 16 and file.sha256.startswith(digest)
