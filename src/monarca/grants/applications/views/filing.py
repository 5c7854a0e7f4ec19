"""Reading everything once more, submitting, taking back, withdrawing."""

from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from monarca.engines import questions
from monarca.engines.states import MoveRefused
from monarca.grants.applications import actions, forms, policy, queries
from monarca.grants.applications.models import Application
from monarca.grants.applications.queries import Sheet
from monarca.grants.applications.states import Status
from monarca.ground.people.http import Request
from monarca.kit import formats


@login_required
def check(request: Request, ref: str) -> HttpResponse:
    """Every answer, what stands in the way, and the declaration with the one button."""
    return checked(request, queries.sheet_of(own(request, ref)))


@login_required
@require_POST
def submit(request: Request, ref: str) -> HttpResponse:
    """Keep the declaration, then submit; the instant of arrival decides."""
    application = own(request, ref)
    if application.status == Status.SUBMITTED:
        return redirect("applications:receipt", ref)
    if not application.call.is_open(request.at):
        return late(request, application)
    sheet = queries.sheet_of(application)
    section = forms.closing_section(sheet.definition)
    sent = forms.posted(request.POST)
    values, _wrong = forms.read(section, sent, language=request.LANGUAGE_CODE)
    if policy.may_edit(request.user, application, at=request.at):
        actions.save_answers(application, values, by=request.user, at=request.at)
    return submitted(request, application)


def submitted(request: Request, application: Application) -> HttpResponse:
    try:
        actions.submit(application, by=request.user, at=request.at)
    except actions.NotReady:
        return checked(request, queries.sheet_of(application), status=422)
    except actions.CallIsClosed:
        return late(request, application)
    except MoveRefused:
        return redirect("applications:detail", application.reference)
    return redirect("applications:receipt", application.reference)


def checked(request: Request, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    page = forms.page_of(sheet, user=request.user, at=request.at)
    closing = forms.closing_section(sheet.definition)
    mend = forms.what_to_mend(sheet, at=request.at, apart=closing["key"])
    found = questions.section_problems(closing, sheet.answers, context=sheet.context)
    errors = forms.shown_problems(found) if status == 422 else {}
    sections = forms.open_sections(sheet.definition)
    titled = forms.titled(sheet.definition, mend.errors)
    missing = [(f"said-{name.partition('-')[0]}", said) for name, said in titled]
    stops = [*missing, *forms.titled(sheet.definition, errors)]
    context = {
        "page": page,
        "mend": mend,
        "sections": [(each, forms.answers_in_words(sheet, each, mend.errors)) for each in sections],
        "table": forms.table_of(sheet) if sheet.lines else None,
        "closing": closing,
        "signed": forms.answers_in_words(sheet, closing, {}),
        "groups": forms.fields_of(sheet, closing, errors=errors, today=today(sheet, request)),
        "missing": missing,
        "errors": stops if status == 422 else [],
    }
    return render(request, "applications/check.html", context, status=status)


def today(sheet: Sheet, request: Request) -> str:
    """The day of signing where the mission is."""
    return request.at.astimezone(ZoneInfo(sheet.application.call.time_zone)).date().isoformat()


def late(request: Request, application: Application) -> HttpResponse:
    """The call closed before this arrived; the draft stays as it is."""
    zone = application.call.time_zone
    context = {
        "application": application,
        "deadline": formats.deadline(application.call.closes_at, zone, request.at),
        "arrived": formats.deadline(request.at, zone, request.at),
        "seconds": f"{request.at:%H:%M:%S} UTC",
    }
    return render(request, "applications/late.html", context, status=409)


@login_required
@require_POST
def reopen(request: Request, ref: str) -> HttpResponse:
    """Take the submission back to change it, while the call is open."""
    application = own(request, ref)
    try:
        actions.reopen(application, by=request.user, at=request.at)
    except actions.CallIsClosed:
        return late(request, application)
    return redirect("applications:detail", ref)


@login_required
def withdraw(request: Request, ref: str) -> HttpResponse:
    """Asks once on its own page (GET), then withdraws (POST)."""
    application = own(request, ref)
    if request.method != "POST":
        page = forms.page_of(queries.sheet_of(application), user=request.user, at=request.at)
        return render(request, "applications/withdraw.html", {"page": page})
    try:
        actions.withdraw(application, by=request.user, at=request.at)
    except actions.CallIsClosed:
        return late(request, application)
    return redirect("applications:detail", ref)


def own(request: Request, ref: str) -> Application:
    """The person's own application, or 404."""
    rows = queries.owned_by(request.user, at=request.at)
    return get_object_or_404(rows, reference=ref)
