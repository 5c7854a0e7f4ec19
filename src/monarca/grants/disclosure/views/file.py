"""One file's public record at the desk: prepared, worded beside its source, approved, published."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monarca.grants.agreements import queries as agreements
from monarca.grants.agreements.models import Agreement
from monarca.grants.applications.models import Application
from monarca.grants.disclosure import actions, forms, policy, queries
from monarca.grants.disclosure.models import Disclosure
from monarca.grants.disclosure.states import MOVES, OF_ITS_OWN, Level, Status
from monarca.ground.people.http import Request
from monarca.kit import reasons
from monarca.kit.guard import Refused, require


def load(request: Request, ref: str) -> Disclosure:
    rows = queries.listed(request.user, at=request.at)
    rows = rows.select_related("prepared_by", "approved_by")
    return get_object_or_404(rows, application__reference=ref)


def _agreement(request: Request, ref: str) -> Agreement:
    """A signed agreement this person sees as staff of its mission."""
    rows = agreements.of_staff(request.user, at=request.at).filter(signed_on__isnull=False)
    return get_object_or_404(rows, application__reference=ref)


def attempt(form: BaseForm, act: Callable[..., object], *given: Any, **named: Any) -> bool:
    """Do it; a refusal becomes a sentence on the form, and nothing typed is lost."""
    try:
        act(*given, **named)
    except Refused as refusal:
        form.add_error(None, reasons.sentence(refusal.reason))
        return False
    return True


@login_required
def detail(request: Request, ref: str) -> HttpResponse:
    """The record with its texts, or the form that begins one."""
    rows = queries.visible_to(request.user, at=request.at)
    if not rows.filter(application__reference=ref).exists():
        return _begin(request, _agreement(request, ref))
    row = load(request, ref)
    texts = queries.translations_of(row)
    posted = request.POST if request.method == "POST" else None
    form = forms.Wording(posted, texts=texts, level=row.level)
    given: dict[str, Any] = {"by": request.user, "at": request.at}
    if form.is_valid() and attempt(form, actions.translate, row, texts=form.texts(), **given):
        messages.success(request, _("The texts were kept."))
        return redirect("disclosure:file", ref)
    status = 422 if form.errors else 200
    return render(request, "disclosure/file.html", _shown(request, row, form), status=status)


def _begin(request: Request, agreement: Agreement) -> HttpResponse:
    file = agreement.application
    form = _preparing(request, file, {})
    given: dict[str, Any] = {"by": request.user, "at": request.at}
    if form.is_valid() and attempt(form, actions.prepare, agreement, **form.cleaned_data, **given):
        return redirect("disclosure:file", file.reference)
    may = policy.may_prepare(request.user, file, at=request.at)
    context = {"agreement": agreement, "file": file, "form": form, "may": may, "trail": trail()}
    status = 422 if form.errors else 200
    return render(request, "disclosure/begin.html", context, status=status)


def _preparing(request: Request, file: Application, start: dict[str, Any]) -> forms.Preparing:
    sectors = queries.sectors_for(file)
    return forms.Preparing(
        request.POST if request.method == "POST" else None,
        sensitivity=file.sensitivity,
        sectors=sectors,
        initial={"sector": sectors[0], **start},
    )


@login_required
def again(request: Request, ref: str) -> HttpResponse:
    """Another level, reason or purpose; the record then needs its approval again."""
    row = load(request, ref)
    require(policy.may_prepare(request.user, row.application, at=request.at))
    start = {"level": row.level, "reason": row.reason, "sector": row.sector}
    form = _preparing(request, row.application, start)
    given: dict[str, Any] = {"by": request.user, "at": request.at}
    if form.is_valid() and attempt(form, actions.prepare_again, row, **form.cleaned_data, **given):
        messages.success(request, _("The record was prepared again."))
        return redirect("disclosure:file", ref)
    context = {"row": row, "file": row.application, "form": form, "trail": trail()}
    context["back"] = reverse("disclosure:file", args=[ref])
    status = 422 if form.errors else 200
    return render(request, "disclosure/again.html", context, status=status)


def _shown(request: Request, row: Disclosure, form: forms.Wording) -> dict[str, Any]:
    """Everything the record's page prints."""
    file, user, at = row.application, request.user, request.at
    writes = policy.may_prepare(user, file, at=at)
    points = [] if row.status == Status.WITHDRAWN else queries.gate(row, at=at)
    is_open = row.status == Status.PREPARED
    editing = is_open and writes and row.level in OF_ITS_OWN
    texts, sources = queries.translations_of(row), queries.sources_of(row)
    blocks = forms.blocks_of(
        sources,
        texts,
        form if editing else None,
        reviewer=user if is_open and writes else None,
    )
    return {
        "row": row,
        "file": file,
        "form": form if editing else None,
        "tag": forms.status_of(row),
        "facts": forms.facts_of(row),
        "steps": forms.steps_of(row),
        "blocks": blocks if row.level in OF_ITS_OWN else [],
        "points": [forms.point_words(point) for point in points],
        "may": _may(request, row, is_ready=not points, writes=writes),
        "trail": trail(),
        "address": _address(row),
    }


def _may(request: Request, row: Disclosure, *, is_ready: bool, writes: bool) -> dict[str, bool]:
    """This person's next step, and why it is somebody else's."""
    user, at, open_ = request.user, request.at, MOVES.open_from(row.status)
    approver = "approve" in open_ and policy.holds_approval(user, row, at=at)
    approve = approver and policy.may_approve(user, row, at=at)
    publish = "publish" in open_ and row.level != Level.WITHHELD
    return {
        "approve": approve and is_ready,
        "another_approves": approver and not approve,
        "publish": publish and is_ready and policy.may_publish(user, row, at=at),
        "withdraw": "withdraw" in open_ and policy.may_withdraw(user, row, at=at),
        "again": "prepare_again" in open_ and writes,
    }


def _address(row: Disclosure) -> str:
    """Where the public reads it, once it does."""
    shown = row.status == Status.PUBLISHED and row.level in OF_ITS_OWN
    return reverse("disclosure:project", args=[row.slug]) if shown else ""


def trail() -> list[tuple[str, str]]:
    return [(_("Desk"), reverse("home:desk")), (_("Disclosure"), reverse("disclosure:list"))]


@login_required
@require_POST
def review(request: Request, ref: str, field: str, language: str) -> HttpResponse:
    """Somebody else than its writer finds one text right."""
    rows = load(request, ref).translations
    text = get_object_or_404(rows, field=field, language=language)
    actions.review(text, by=request.user, at=request.at)
    messages.success(request, _("The text was reviewed."))
    return redirect("disclosure:file", ref)


def _step(request: Request, ref: str, act: Callable[..., Any], told: str) -> HttpResponse:
    """Take one step and go back to the record."""
    act(load(request, ref), by=request.user, at=request.at)
    messages.success(request, told)
    return redirect("disclosure:file", ref)


@login_required
@require_POST
def approve(request: Request, ref: str) -> HttpResponse:
    return _step(request, ref, actions.approve, _("The record was approved."))


@login_required
@require_POST
def publish(request: Request, ref: str) -> HttpResponse:
    return _step(request, ref, actions.publish, _("It is public now."))


@login_required
@require_POST
def withdraw(request: Request, ref: str) -> HttpResponse:
    told = _("It was withdrawn from every page and file.")
    return _step(request, ref, actions.withdraw, told)
