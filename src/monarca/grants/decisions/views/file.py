"""One file before the committee: what was found, the ruling, the head of mission's confirmation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from monarca.grants.applications.models import Application
from monarca.grants.calls import queries as calls
from monarca.grants.decisions import actions, forms, policy, queries
from monarca.grants.decisions.models import Decision, Meeting
from monarca.grants.decisions.states import Status
from monarca.grants.reviews import queries as reviews
from monarca.ground.envelopes.actions import EnvelopeIsSpent
from monarca.ground.people.http import Request
from monarca.kit import formats, reasons
from monarca.kit.guard import Refused


def load(request: Request, ref: str) -> Application:
    rows = queries.reviewed_files(request.user, at=request.at)
    return get_object_or_404(rows.select_related("call__envelope", "applicant"), reference=ref)


@login_required
def detail(request: Request, ref: str) -> HttpResponse:
    found = load(request, ref)
    decision, meeting = queries.of(found), queries.open_meeting(found.call)
    form = _form(request, found, decision)
    if request.method == "POST" and form.is_valid() and _decide(request, form, found, meeting):
        messages.success(request, _("The decision is recorded."))
        return redirect("decisions:file", ref)
    context = {"form": form, "meeting": meeting, **_shown(request, found, decision, meeting)}
    status = 422 if form.errors else 200
    return render(request, "decisions/file.html", context, status=status)


def _form(request: Request, found: Application, decision: Decision | None) -> forms.Deciding:
    purse = queries.purse(request.user, found.call, at=request.at)
    most = formats.money(queries.most_cents(found))
    if purse:
        said = _("Asked: %(asked)s. At most %(most)s. Left in the envelope: %(left)s.")
    else:
        said = _("Asked: %(asked)s. At most %(most)s.")
    left = formats.money(purse.left_cents) if purse else ""
    asked = formats.money(found.requested_cents or 0)
    offered = decision.amount_cents if decision and not decision.outcome else 0
    start: dict[str, Any] = {"amount": offered or found.requested_cents}
    if decision and decision.outcome:
        kept = ("outcome", "reason", "words", "conditions")
        start = {name: getattr(decision, name) for name in kept}
        start["amount"] = decision.amount_cents or found.requested_cents
    return forms.Deciding(
        request.POST or None,
        initial=start,
        definition=calls.definition(found.form_id),
        hint=said % {"asked": asked, "most": most, "left": left},
        lang=found.applicant.language,
    )


def _decide(
    request: Request, form: forms.Deciding, found: Application, meeting: Meeting | None
) -> bool:
    """Do it; a refusal becomes a sentence on the form, and nothing typed is lost."""
    if meeting is None:
        form.add_error(None, _("No meeting of this call is open: convene one first."))
        return False
    try:
        ruling = form.ruling()
        actions.decide(found, by=request.user, at=request.at, meeting=meeting, ruling=ruling)
    except EnvelopeIsSpent:
        form.add_error("amount", _("This amount does not fit into what is left of the envelope."))
    except actions.AmountOutOfReason as refusal:
        form.add_error("amount", reasons.sentence(refusal.reason))
    except Refused as refusal:
        form.add_error(None, reasons.sentence(refusal.reason))
    return not form.errors


def _shown(
    request: Request, found: Application, decision: Decision | None, meeting: Meeting | None
) -> dict[str, Any]:
    """Everything the file's page prints."""
    definition = calls.definition(found.form_id)
    summary = reviews.summary(found, definition)
    finding = queries.findings_of([found])[found.pk]
    may = policy.may_decide(request.user, found, at=request.at)
    is_open = decision is None or decision.status != Status.CONFIRMED
    again = decision is None or queries.may_come_again(decision)
    here = meeting is not None and decision is not None and decision.meeting_id == meeting.pk
    return {
        "file": found,
        "decision": decision,
        "tag": forms.outcome_tag(decision),
        "figures": [
            (formats.number(finding.mean) if finding.mean is not None else "—", _("mean, of 5")),
            (formats.money(found.requested_cents or 0), _("asked")),
            (", ".join(f"GE-{c}" for c in finding.ge_codes) or "—", _("gender equality")),
        ],
        "criteria_head": [_("Criterion"), _("Points"), _("Spread")],
        "criteria": forms.criterion_rows(definition, summary),
        "advice": queries.advice_on(found),
        "interests": forms.interests(queries.interests_in([found.pk])),
        "ruling": forms.ruling_facts(decision, definition) if decision and decision.outcome else [],
        "may": may and meeting is not None and ((is_open and here) or again),
        "may_convene": policy.may_convene(request.user, found.call, at=request.at),
        "may_confirm": decision is not None
        and decision.status in queries.TO_CONFIRM
        and policy.may_confirm(request.user, decision, at=request.at),
        "trail": _trail(found),
    }


def _trail(found: Application) -> list[tuple[str, str]]:
    listed = reverse("decisions:list") + f"?call={found.call.code}"
    return [(_("Desk"), reverse("home:desk")), (_("Decisions"), listed)]


@login_required
def confirm(request: Request, ref: str) -> HttpResponse:
    """The head of mission reads what was decided and confirms it; the letters leave."""
    found = load(request, ref)
    rows = queries.visible_to(request.user, at=request.at).exclude(outcome="")
    decision = get_object_or_404(rows, application=found)
    changed = False
    if request.method == "POST":
        read = request.POST.get("read", "")
        try:
            actions.confirm(decision, by=request.user, at=request.at, read=read)
        except actions.ChangedSinceRead:
            changed = True
        else:
            messages.success(request, _("Confirmed. The letter to the organization is on its way."))
            return redirect(reverse("decisions:list") + f"?view=confirm&call={found.call.code}")
    context = {
        "changed": changed,
        "read": queries.seal_of(decision),
        "file": found,
        "decision": decision,
        "tag": forms.outcome_tag(decision),
        "facts": forms.ruling_facts(decision, calls.definition(found.form_id)),
        "scored": policy.has_scored(request.user, found),
        "may": decision.status in queries.TO_CONFIRM
        and policy.may_confirm(request.user, decision, at=request.at),
        "trail": _trail(found),
    }
    return render(request, "decisions/confirm.html", context, status=409 if changed else 200)
