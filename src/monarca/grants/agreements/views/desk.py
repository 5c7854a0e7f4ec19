"""The lists of agreements: to draft, to send, to sign, and all."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monarca.grants.agreements import forms, queries
from monarca.grants.agreements.states import Status
from monarca.ground.people.http import Request
from monarca.kit import formats, paging

VIEWS = ("draft", "send", "sign", "all")


@login_required
def listing(request: Request) -> HttpResponse:
    if not queries.working_at(request.user, at=request.at):
        raise PermissionDenied
    view = request.GET.get("view", "")
    view = view if view in VIEWS else VIEWS[0]
    page, rows = _rows(request, view)
    found = ngettext("%(n)s agreement", "%(n)s agreements", page.total)
    if view == "draft":
        found = ngettext("%(n)s file", "%(n)s files", page.total)
    when = _("Confirmed on") if view == "draft" else _("Ends on")
    context = {
        "tabs": [
            (_("To draft"), "?view=draft"),
            (_("To send"), "?view=send"),
            (_("To sign"), "?view=sign"),
            (_("All"), "?view=all"),
        ],
        "here": VIEWS.index(view),
        "page": page,
        "rows": rows,
        "head": [_("Agreement"), _("Organization"), _("Amount"), when, _("Status")],
        "found": found % {"n": formats.number(page.total)},
        "query": f"view={view}",
    }
    return render(request, "agreements/list.html", context)


def _rows(request: Request, view: str) -> tuple[paging.Screen[Any], list[tuple[Any, ...]]]:
    user, at, asked = request.user, request.at, request.GET.get("page")
    if view == "draft":
        waiting = paging.screen(queries.to_draft(user, at=at), asked)
        return waiting, forms.decision_rows(waiting.rows)
    rows = queries.of_staff(user, at=at).select_related("application__applicant")
    if view != "all":
        rows = rows.filter(status={"send": Status.DRAFT, "sign": Status.SENT}[view])
    page = paging.screen(rows, asked)
    return page, forms.agreement_rows(page.rows)
