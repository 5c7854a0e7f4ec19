"""The best plan within the envelope of a call: asked by the address, laid before a meeting."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monarca.engines import portfolio
from monarca.grants.calls.models import Call
from monarca.grants.decisions import actions, forms, policy, queries
from monarca.grants.decisions.queries import choosing, planning
from monarca.ground.people.http import Request
from monarca.kit import formats, paging, reasons
from monarca.kit.guard import Refused, require

LARGEST = 1000
"""Files that a page weighs while somebody waits; the command has no such limit."""


@login_required
def plan(request: Request, code: str) -> HttpResponse:
    """For whoever may see the committee's list of the call; a manager lays it before a meeting."""
    rows = queries.calls_before_committee(request.user, at=request.at)
    call = get_object_or_404(rows, code=code)
    if request.method == "POST":
        return lay(request, call)
    found = planning.candidates(request.user, call, at=request.at)
    names = forms.priority_names(found)
    form = forms.Planning(request.GET.dict(), found=found, names=names)
    context = {**about(found, form), **asked(request, form, forms.Words(found, names))}
    return render(request, "decisions/plan.html", context, status=422 if form.errors else 200)


def about(found: planning.Candidates, form: forms.Planning) -> dict[str, Any]:
    """What the page says whatever the answer is."""
    listed = reverse("decisions:list") + f"?call={found.call.code}"
    kept = ngettext(
        "%(n)s file that the committee has approved stays in the plan with its amount.",
        "%(n)s files that the committee has approved stay in the plan with their amounts.",
        len(found.kept),
    )
    left = ngettext(
        "%(n)s file is not weighed: it has no score yet, or asks for no amount.",
        "%(n)s files are not weighed: they have no score yet, or ask for no amount.",
        found.unweighed,
    )
    return {
        "call": found.call,
        "form": form,
        "summary": form.summary(),
        "changed": form.said(),
        "box_head": [_("Priority"), _("At least"), _("At most")],
        "notes": [
            *([kept % {"n": formats.number(len(found.kept))}] if found.kept else []),
            *([left % {"n": formats.number(found.unweighed)}] if found.unweighed else []),
        ],
        "trail": [(_("Desk"), reverse("home:desk")), (_("Decisions"), listed)],
        "largest": LARGEST,
        "is_too_large": len(found.each) > LARGEST,
        "has_files": bool(found.each),
    }


def asked(request: Request, form: forms.Planning, words: forms.Words) -> dict[str, Any]:
    """The engine's answer to this form in words; nothing where it cannot be asked."""
    if form.errors or not 0 < len(form.found.each) <= LARGEST:
        return {}
    try:
        given = choosing.answer(form.found, form.wish())
    except portfolio.WrongRules as problem:
        return {"said": words.said(problem.reason)}
    context = {"said": words.said(given.selection.reason), "query": form.query()}
    if given.plan is None:
        return context | impossible(given, words)
    return context | planned(request, given, form, words)


def impossible(given: choosing.Answer, words: forms.Words) -> dict[str, Any]:
    """What would have to give way."""
    eased = given.selection.relaxation
    return {
        "ways": forms.ways_out(given, words),
        "is_smallest": eased is None or eased.is_smallest,
    }


def planned(
    request: Request, given: choosing.Answer, form: forms.Planning, words: forms.Words
) -> dict[str, Any]:
    """The plan, one screen of its files, how firm it is, and what laying it needs."""
    awards = {each.project: each for each in given.plan.awards} if given.plan else {}
    order = sorted(form.found.each, key=lambda name: (name not in awards, *_best(form.found, name)))
    page, pages = paging.within(len(order), request.GET.get("page"), paging.SIZE)
    shown = order[(page - 1) * paging.SIZE : page * paging.SIZE]
    firm, why = choosing.firmness(given), choosing.verdicts(given, shown)
    told = forms.Told(form.found, awards, why, firm, form, words)
    count = ngettext("%(n)s file", "%(n)s files", len(order)) % {"n": formats.number(len(order))}
    head = forms.plan_head(firm)
    return {
        "has_plan": True,
        "figures": forms.plan_figures(given),
        "usual": forms.usual_said(given, words),
        "head": head,
        "numbers": list(range(1, len(head) - 2)),
        "inside": forms.plan_rows(told, [name for name in shown if name in awards]),
        "outside": forms.plan_rows(told, [name for name in shown if name not in awards]),
        "page": page,
        "pages": pages,
        "found": count,
        "draws": firm.draws,
        "priorities": forms.priority_rows(given, told),
        "priority_head": [_("Priority"), _("Amount"), ""],
        "has_limits": bool(given.rules.limits),
        "is_counted": any(each.measure == "projects" for each in given.rules.limits),
        "steps": forms.step_rows(firm.steps),
        "step_head": forms.step_head(),
        **offer(request, given, form.found),
    }


def _best(found: planning.Candidates, name: str) -> tuple[Any, ...]:
    return -found.each[name].score, name


def offer(request: Request, given: choosing.Answer, found: planning.Candidates) -> dict[str, Any]:
    """What a manager may lay before the meeting that is open: the files that nobody ruled on."""
    user, call, at = request.user, found.call, request.at
    if not policy.may_convene(user, call, at=at):
        return {}
    mine = {name: cents for name, cents in given.cents.items() if name not in found.kept}
    cents, meeting = sum(mine.values()), queries.open_meeting(call)
    stands = {name: one.offered_cents for name, one in found.each.items() if one.offered_cents}
    spare = found.envelope_cents - sum(given.cents.values())
    return {
        "may_lay": True,
        "meeting": meeting,
        "is_laid": meeting is not None and stands == mine,
        "fresh": len(mine),
        "fresh_cents": cents,
        "over_cents": max(0, -spare),
        "offer": forms.offer_text(mine),
        "read": planning.seal_of_plan(user, call, mine, at=at) if mine else "",
    }


def lay(request: Request, call: Call) -> HttpResponse:
    """Lay what stood on the page before the meeting, or say why not; the address is kept."""
    require(policy.may_convene(request.user, call, at=request.at))
    meeting = queries.open_meeting(call)
    here = reverse("decisions:plan", args=[call.code])
    back = f"{here}?{request.GET.urlencode()}" if request.GET else here
    if meeting is None:
        messages.error(request, _("No meeting of this call is open: convene one first."))
        return redirect(back)
    given: dict[str, Any] = {"by": request.user, "at": request.at, "meeting": meeting}
    given["read"] = request.POST.get("read", "")
    try:
        made = actions.propose_all(call, forms.offer_of(request.POST.get("plan", "")), **given)
    except Refused as refused:
        messages.error(request, reasons.sentence(refused.reason))
        return redirect(back)
    said = ngettext(
        "%(n)s file is laid before the meeting with its amount.",
        "%(n)s files are laid before the meeting with their amounts.",
        len(made),
    )
    messages.success(request, said % {"n": formats.number(len(made))})
    return redirect("decisions:meeting", call.code, meeting.number)
