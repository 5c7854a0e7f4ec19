"""The lists of screening: what waits to be screened, to be concluded, for the applicant."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monarca.grants.screening import actions, forms, queries
from monarca.ground.people import queries as people
from monarca.ground.people.http import Request
from monarca.kit import formats, paging
from monarca.kit.guard import Refused

VIEWS = ("new", "open", "waiting")


@login_required
def listing(request: Request) -> HttpResponse:
    if not people.roles_of(request.user, at=request.at).filter(role__in=queries.SCREENERS).exists():
        raise PermissionDenied
    if request.method == "POST":
        return begin(request)
    view = request.GET.get("view", "new")
    here = VIEWS.index(view) if view in VIEWS else 0
    page = paging.screen(_rows(request, VIEWS[here]), request.GET.get("page"))
    total = {"n": formats.number(page.total)}
    context = {
        "tabs": [
            (_("To screen"), "?view=new"),
            (_("To conclude"), "?view=open"),
            (_("Waiting for the applicant"), "?view=waiting"),
        ],
        "here": here,
        "view": VIEWS[here],
        "page": page,
        "rows": [_shown(row, VIEWS[here]) for row in page.rows],
        "head": [_("File"), _("Organization"), _heading(VIEWS[here]), _("Arrived")],
        "found": ngettext("%(n)s file", "%(n)s files", page.total) % total,
        "query": f"view={VIEWS[here]}",
    }
    return render(request, "screening/list.html", context)


def begin(request: Request) -> HttpResponse:
    """Begin one or several; whatever somebody else began meanwhile is left as it is."""
    chosen = request.POST.getlist("file")[: paging.SIZE]
    rows = queries.screenable(request.user, at=request.at).filter(reference__in=chosen)
    begun = []
    for file in rows.select_related("call", "applicant"):
        try:
            begun.append(actions.begin(file, by=request.user, at=request.at))
        except Refused:
            continue
    count = {"n": formats.number(len(begun))}
    said = ngettext("The rules ran on %(n)s file.", "The rules ran on %(n)s files.", len(begun))
    messages.info(request, said % count if begun else _("Choose at least one file that waits."))
    if len(begun) == 1:
        return redirect("screening:file", begun[0].application.reference)
    return redirect(reverse("screening:list") + ("?view=open" if begun else ""))


def _rows(request: Request, view: str) -> QuerySet[Any]:
    if view == "open":
        return queries.counted(queries.to_conclude(request.user, at=request.at))
    if view == "waiting":
        return queries.counted(queries.waiting_for_applicant(request.user, at=request.at))
    return queries.to_screen(request.user, at=request.at).select_related("applicant")


def _heading(view: str) -> str:
    return {"new": _("Begin"), "open": _("Findings"), "waiting": _("Answer awaited")}[view]


def _shown(row: Any, view: str) -> tuple[Any, ...]:
    file: Model = row if view == "new" else row.application
    url = reverse("screening:file", args=[file.reference])  # type: ignore[attr-defined]
    said: Any
    if view == "new":
        said = forms.chooser(row)
    elif view == "waiting":
        said = formats.day(row.due_on, style="medium") if row.due_on else "—"
    else:
        said = ngettext("%(n)s to decide", "%(n)s to decide", row.open_findings) % {
            "n": formats.number(row.open_findings)
        }
    return forms.row_of(file, url, said)  # type: ignore[arg-type]
