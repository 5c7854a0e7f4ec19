"""The committee's lists: files to decide, decisions to confirm, everything of a call."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
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
from monarca.ground.people.states import Roles
from monarca.kit import formats, paging, reasons, trilingual
from monarca.kit.guard import require
from monarca.kit.paging import Screen

VIEWS = ("decide", "confirm", "all", "meetings")


@login_required
def listing(request: Request) -> HttpResponse:
    """One call's files: what waits for the committee, for the head of mission, and all."""
    known = list(queries.calls_before_committee(request.user, at=request.at))
    if not known:
        require(people.missions_of(request.user, at=request.at).exists())
        return render(request, "decisions/list.html", {"call": None})
    call = next((one for one in known if one.code == request.GET.get("call")), known[0])
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
    tabs = [
        (_("To decide"), "decide"),
        (_("To confirm"), "confirm"),
        (_("All"), "all"),
        (_("Meetings"), "meetings"),
    ]
    return {
        "call": call,
        "view": view,
        "here": VIEWS.index(view),
        "tabs": [(text, f"?view={key}&call={call.code}") for text, key in tabs],
        "purse": purse,
        "bars": forms.bar_rows(purse) if purse else [],
        "bar_head": [_("Part"), _("Amount"), ""],
        "may_convene": policy.may_convene(user, call, at=at),
        **LISTS[view](request, call, view),
    }


def _to_decide(request: Request, call: Call, view: str) -> dict[str, Any]:
    user, at = request.user, request.at
    waiting = queries.before_committee(queries.served(user, at=at).filter(call=call))
    waiting = waiting.select_related("applicant")
    page = paging.screen(waiting, request.GET.get("page"), whole=True)
    findings = queries.findings_of(page.rows)
    head = [
        _("File"),
        _("Organization"),
        _("Asked"),
        _("Scores of each reader"),
        _("Mean"),
        _("Gender equality"),
        _("Status"),
    ]
    rows = forms.file_rows(page.rows, findings)
    return {**_paged(page, call, view), "table_head": head, "numbers": "2,4", "rows": rows}


def _to_confirm(request: Request, call: Call, view: str) -> dict[str, Any]:
    user, at = request.user, request.at
    waiting = queries.settled(user, at=at).filter(application__call=call)
    page = paging.screen(waiting, request.GET.get("page"), whole=True)
    head = [_("File"), _("Organization"), _("Asked"), _("Decision"), _("Amount"), _("Note")]
    heads = people.has_role(user, call.mission_id, Roles.HEAD_OF_MISSION, at=at)
    return {
        **_paged(page, call, view),
        "read": queries.seal_of_waiting(user, call, at=at) if heads else "",
        "table_head": head,
        "numbers": "2,4",
        "rows": forms.decision_rows(page.rows),
        "may_confirm_all": heads and any(not row.has_scored for row in page.rows),
    }


def _all(request: Request, call: Call, view: str) -> dict[str, Any]:
    user, at = request.user, request.at
    files = queries.reviewed_files(user, at=at).filter(call=call).select_related("applicant")
    page = paging.screen(files, request.GET.get("page"), whole=True)
    decided = queries.by_file(user, page.rows, at=at)
    return {
        **_paged(page, call, view),
        "table_head": [_("File"), _("Organization"), _("Asked"), _("Decision"), _("Amount")],
        "numbers": "2,4",
        "rows": forms.agenda_rows(page.rows, decided),
    }


def _meetings(request: Request, call: Call, view: str) -> dict[str, Any]:
    held = queries.meetings_visible_to(request.user, at=request.at).filter(call=call)
    page = paging.screen(held, request.GET.get("page"))
    total = {"n": formats.number(page.total)}
    return {
        **_paged(page, call, view),
        "found": ngettext("%(n)s meeting", "%(n)s meetings", page.total) % total,
        "numbers": "",
        "table_head": [_("Meeting"), _("When"), _("Chair"), _("Status")],
        "rows": forms.meeting_rows(page.rows),
    }


LISTS = {"decide": _to_decide, "confirm": _to_confirm, "all": _all, "meetings": _meetings}


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
    listed = reverse("decisions:list") + f"?view=confirm&call={code}"
    try:
        read = request.POST.get("read", "")
        done = actions.confirm_all(call, by=request.user, at=request.at, read=read)
    except actions.ChangedSinceRead as refused:
        messages.error(request, reasons.sentence(refused.reason))
        return redirect(listed)
    said = ngettext("%(n)s decision confirmed.", "%(n)s decisions confirmed.", len(done))
    messages.success(request, said % {"n": formats.number(len(done))})
    return redirect(listed)
