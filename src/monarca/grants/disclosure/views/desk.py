"""The lists of public records: to prepare, to write, to approve, to publish, and all."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from monarca.grants.disclosure import forms, queries
from monarca.ground.people.http import Request
from monarca.kit import formats, paging

VIEWS = ("prepare", "write", "approve", "publish", "all")
LISTS = {
    "write": queries.to_write,
    "approve": queries.to_approve,
    "publish": queries.to_publish,
    "all": queries.listed,
}


@login_required
def listing(request: Request) -> HttpResponse:
    if not queries.working_at(request.user, at=request.at):
        raise PermissionDenied
    view = request.GET.get("view", "")
    view = view if view in VIEWS else VIEWS[0]
    page, rows = _rows(request, view)
    found = ngettext("%(n)s record", "%(n)s records", page.total)
    context = {
        "tabs": [
            (_("To prepare"), "?view=prepare"),
            (_("Texts to write"), "?view=write"),
            (_("To approve"), "?view=approve"),
            (_("To publish"), "?view=publish"),
            (_("All"), "?view=all"),
        ],
        "here": VIEWS.index(view),
        "page": page,
        "rows": rows,
        "head": [
            pgettext("column", "Record"),
            _("Organization"),
            _("Since"),
            _("How much is told"),
            _("Status"),
        ],
        "found": found % {"n": formats.number(page.total)},
        "query": f"view={view}",
    }
    return render(request, "disclosure/list.html", context)


def _rows(request: Request, view: str) -> tuple[paging.Screen[Any], list[tuple[Any, ...]]]:
    user, at, asked = request.user, request.at, request.GET.get("page")
    if view == "prepare":
        waiting = paging.screen(queries.to_prepare(user, at=at), asked)
        return waiting, forms.agreement_rows(waiting.rows)
    page = paging.screen(LISTS[view](user, at=at), asked)
    return page, forms.record_rows(page.rows)
