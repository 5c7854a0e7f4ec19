"""The committee's lists: files to decide, decisions to confirm, everything of a call."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.grants.decisions import actions, forms, policy, queries
from monarca.ground.people import queries as people
from monarca.ground.people.http import Request
from monarca.ground.people.states import SEES_ALL
from monarca.kit import formats, paging, trilingual
from monarca.kit.paging import Screen

VIEWS = ("decide", "confirm", "all")


@login_required
def listing(request: Request) -> HttpResponse:
    """One call's files: what waits for the committee, for the head of mission, and all."""
    if not people.missions_of(request.user, at=request.at, roles=SEES_ALL).exists():
        raise PermissionDenied
    known = queries.calls_before_committee(request.user, at=request.at)
    call = known.filter(code=request.GET.get("call", "")).first() or known.first()
    if call is None:
        return render(request, "decisions/list.html", {"call": None})
    view = request.GET.get("view", "")
    context = _head(request, call, view if view in VIEWS else VIEWS[0])
    context["filters"] = [
        ("call", _("Call"), call.code, [(one.code, _named(one)) for one in known]),
    ]
    return render(request, "decisions/list.html", context)


def _named(call: Call) -> str:
    return f"{call.code} · {trilingual.say(call.title).text}"


def _head(request: Request, call: Call, view: str) -> dict[str, Any]:
    """What surrounds a list: the envelope, the meetings, the tabs, then the list itself."""
    user, at = request.user, request.at
    purse = queries.purse(user, call, at=at)
    held = queries.meetings_visible_to(user, at=at).filter(call=call)[:20]
    tabs = [(_("To decide"), "decide"), (_("To confirm"), "confirm"), (_("All"), "all")]
    return {
        "call": call,
        "view": view,
        "here": VIEWS.index(view),
        "tabs": [(text, f"?view={key}&call={call.code}") for text, key in tabs],
        "purse": purse,
        "bars": forms.bar_rows(purse) if purse else [],
        "bar_head": [_("Part"), _("Amount"), ""],
        "may_convene": policy.may_convene(user, call, at=at),
        "meetings": forms.meeting_rows(held),
        "meeting_head": [_("Meeting"), _("When"), _("Chair"), _("Status")],
        **(_to_confirm if view == "confirm" else _files)(request, call, view),
    }


def _files(request: Request, call: Call, view: str) -> dict[str, Any]:
    user, at = request.user, request.at
    rows = queries.reviewed_files(user, at=at).filter(call=call)
    if view == "decide":
        rows = queries.before_committee(queries.served(user, at=at).filter(call=call))
    page = paging.screen(rows.select_related("applicant", "call"), request.GET.get("page"))
    findings = queries.findings_of(page.rows)
    decided = queries.by_file(user, page.rows, at=at)
    head = [
        _("File"),
        _("Organization"),
        _("Asked"),
        _("Scores of each reader"),
        _("Mean"),
        _("Gender equality"),
        _("Status"),
    ]
    return {
        **_paged(page, call, view),
        "table_head": head,
        "numbers": "2,4",
        "rows": forms.file_rows(page.rows, findings, decided),
    }


def _to_confirm(request: Request, call: Call, view: str) -> dict[str, Any]:
    user, at = request.user, request.at
    waiting = queries.settled(user, at=at).filter(application__call=call)
    page = paging.screen(waiting, request.GET.get("page"))
    scored = queries.scored_by(user, [row.application_id for row in page.rows])
    head = [_("File"), _("Organization"), _("Asked"), _("Decision"), _("Amount"), _("Note")]
    mine = queries.to_confirm(user, at=at).filter(application__call=call)
    return {
        **_paged(page, call, view),
        "table_head": head,
        "numbers": "2,4",
        "rows": forms.decision_rows(page.rows, scored),
        "may_confirm_all": mine.exclude(
            application__in=queries.files_scored_by(user).order_by().values("pk")
        ).exists(),
    }


def _paged(page: Screen[Any], call: Call, view: str) -> dict[str, Any]:
    total = {"n": formats.number(page.total)}
    return {
        "page": page,
        "found": ngettext("%(n)s file", "%(n)s files", page.total) % total,
        "query": f"view={view}&call={call.code}",
    }


@login_required
@require_POST
def confirm_all(request: Request, code: str) -> HttpResponse:
    """Confirm, each by its own act, what this head of mission may confirm in a call."""
    call = get_object_or_404(calls.visible_to(request.user, at=request.at), code=code)
    done = actions.confirm_all(call, by=request.user, at=request.at)
    said = ngettext("%(n)s decision confirmed.", "%(n)s decisions confirmed.", len(done))
    messages.success(request, said % {"n": formats.number(len(done))})
    return redirect(reverse("decisions:list") + f"?view=confirm&call={code}")
