"""The committee's answer, as the organisation that applied reads it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from monarca.grants.applications import queries as applications
from monarca.grants.calls import queries as calls
from monarca.grants.decisions import queries
from monarca.ground.people.http import Request


@login_required
def detail(request: Request, ref: str) -> HttpResponse:
    """Outcome, amount or reason, and the committee's words; 404 until there is an answer."""
    mine = applications.owned_by(request.user, at=request.at)
    file = get_object_or_404(mine, reference=ref)
    decision = get_object_or_404(queries.told(), application=file)
    definition = calls.definition(file.form_id)
    here = reverse("applications:detail", args=[ref])
    context = {
        "file": file,
        "decision": decision,
        "reason": queries.reason_label(definition, decision.reason),
        "trail": [(file.reference, here)],
        "back": here,
    }
    return render(request, "decisions/answer.html", context)
