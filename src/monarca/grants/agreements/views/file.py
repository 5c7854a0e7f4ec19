"""One file's agreement at the desk: begun, read, revised, sent."""

from collections.abc import Callable, Container, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from monarca.grants.agreements import actions, forms, policy, queries
from monarca.grants.agreements.models import Agreement
from monarca.grants.agreements.states import MOVES, Party, Status
from monarca.grants.applications.models import Application
from monarca.grants.decisions.models import Decision
from monarca.ground.people.http import Request
from monarca.kit import reasons
from monarca.kit.guard import Refused, require


def load(request: Request, ref: str) -> Agreement:
    rows = queries.of_staff(request.user, at=request.at).select_related("docx", "pdf")
    return get_object_or_404(rows, application__reference=ref)


BOXES: Mapping[type[Refused], tuple[str, ...]] = {
    actions.DatesOutOfOrder: ("activities_end_on", "ends_on", "starts_on"),
    actions.SignedOutOfTime: ("signed_on",),
    actions.BelowWhatWasPaid: ("amount",),
    actions.NothingChanges: ("amount",),
    actions.PartIsAsked: ("amount",),
    actions.WhyIsNeeded: ("reason",),
}
"""At which box a refusal is said: the first of these that the form has."""


def attempt(form: BaseForm, act: Callable[..., object], *given: Any, **named: Any) -> bool:
    """Do it; a refusal becomes a sentence at its box, and nothing typed is lost."""
    try:
        act(*given, **named)
    except Refused as refusal:
        refuse(form, refusal)
        return False
    return True


def refuse(form: BaseForm, refusal: Refused) -> None:
    """Say it at the box it is about, or above the form where it is about none."""
    boxes = [name for name in BOXES.get(type(refusal), ()) if name in form.fields]
    form.add_error(boxes[0] if boxes else None, reasons.sentence(refusal.reason))


@login_required
def detail(request: Request, ref: str) -> HttpResponse:
    """The agreement, or the form that begins one where the committee said yes."""
    rows = queries.of_staff(request.user, at=request.at).select_related("docx", "pdf")
    agreement = rows.filter(application__reference=ref).first()
    if agreement is None:
        return _begin(request, ref)
    return render(request, "agreements/file.html", shown(request, agreement))


def _begin(request: Request, ref: str) -> HttpResponse:
    waiting = queries.to_draft(request.user, at=request.at)
    decision = get_object_or_404(waiting, application__reference=ref)
    file = decision.application
    start = {"starts_on": _first_day(decision, queries.local_day(file, request.at))}
    form = forms.Beginning(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "at": request.at, **form.cleaned_data}
        if attempt(form, actions.draft, decision, **given):
            messages.success(request, _("Drafted. Read it whole before you send it."))
            return redirect("agreements:file", ref)
    return page(request, "begin", file, form, decision=decision)


def _first_day(decision: Decision, today: date) -> date:
    """What is proposed: the project's own first day, or today where that has passed."""
    wanted = decision.application.starts_on or today
    latest = decision.application.call.activities_end_on
    return min(max(wanted, today), latest)


def shown(request: Request, agreement: Agreement) -> dict[str, Any]:
    """Everything the file's page prints."""
    file = agreement.application
    signatures = queries.signatures_of(agreement)
    drafts = policy.may_draft(request.user, file, at=request.at)
    signs = policy.may_sign(request.user, agreement, at=request.at)
    open_ = MOVES.open_from(agreement.status)
    return {
        "agreement": agreement,
        "file": file,
        "tag": forms.tag_of(agreement),
        "facts": forms.facts_of(agreement),
        "part_head": [_("Number"), _("Kind"), _("Waits for"), _("Planned for"), _("Amount")],
        "parts": forms.part_rows(queries.instalments_of(agreement)),
        "signatures": forms.signature_facts(signatures),
        "waits": _waits(request, agreement, signatures),
        "amendment_head": [_("Version"), _("Signed on"), _("Amount"), _("Ends on")],
        "amendments": forms.amendment_rows(queries.amendments_of(agreement)),
        "may_draft": drafts and agreement.status == Status.DRAFT,
        "may_sign": [move for move in open_ if signs],
        "trail": trail(),
    }


def _waits(request: Request, agreement: Agreement, signatures: Container[str]) -> list[str]:
    """The parties whose signature is missing and may be recorded by this person."""
    return [
        party
        for party in Party.values
        if agreement.status == Status.SENT
        and party not in signatures
        and policy.may_record(request.user, agreement, party, at=request.at)
    ]


def trail() -> list[tuple[str, str]]:
    return [(_("Desk"), reverse("home:desk")), (_("Agreements"), reverse("agreements:list"))]


def page(
    request: Request, name: str, file: Application, form: BaseForm | None = None, **more: Any
) -> HttpResponse:
    """A page with at most one form: 422 when something has to be corrected."""
    back = reverse("agreements:file", args=[file.reference])
    context = {"file": file, "form": form, "back": back, "trail": trail(), **more}
    status = 422 if form is not None and form.errors else 200
    return render(request, f"agreements/{name}.html", context, status=status)


@login_required
def text(request: Request, ref: str) -> HttpResponse:
    """The whole paper on a page, with marks at what the programme must confirm."""
    agreement = load(request, ref)
    document = queries.document_of(agreement)
    blocks = forms.article_blocks(document)
    file = agreement.application
    return page(request, "text", file, agreement=agreement, document=document, articles=blocks)


@login_required
def revise(request: Request, ref: str) -> HttpResponse:
    agreement = load(request, ref)
    require(policy.may_draft(request.user, agreement.application, at=request.at))
    names = ("starts_on", "activities_end_on", "conditions")
    start = {name: getattr(agreement, name) for name in names}
    form = forms.Revising(request.POST or None, lang=agreement.language, initial=start)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "at": request.at, **form.cleaned_data}
        if attempt(form, actions.revise, agreement, **given):
            messages.success(request, _("The changes are kept."))
            return redirect("agreements:file", ref)
    return page(request, "revise", agreement.application, form, agreement=agreement)


@login_required
def send(request: Request, ref: str) -> HttpResponse:
    agreement = load(request, ref)
    require(policy.may_draft(request.user, agreement.application, at=request.at))
    form = forms.Sending(request.POST if request.method == "POST" else None)
    given: dict[str, Any] = {"by": request.user, "at": request.at}
    is_ready = request.method == "POST" and form.is_valid()
    if is_ready and attempt(form, actions.send, agreement, **given):
        messages.success(request, _("Sent. The organization has been written to."))
        return redirect("agreements:file", ref)
    marked = [one for one in forms.article_blocks(queries.document_of(agreement)) if one.check]
    file = agreement.application
    return page(request, "send", file, form, agreement=agreement, marked=marked)
