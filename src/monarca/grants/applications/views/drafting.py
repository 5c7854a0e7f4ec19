"""Writing: one section a page, and the budget; what was typed is always saved first."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from monarca.engines import questions
from monarca.grants.applications import actions, forms, queries
from monarca.grants.applications.models import Attachment
from monarca.grants.applications.queries import Sheet
from monarca.grants.calls import forms as calls
from monarca.ground.files import queries as kept
from monarca.ground.people.http import Request
from monarca.kit.guard import Refused
from monarca.kit.reasons import sentence

type Errors = dict[str, str]


@login_required
def section(request: Request, ref: str, section: str) -> HttpResponse:
    """One section: GET shows it (`?check` with what is wrong), POST saves it whatever it says."""
    sheet = sheet_for(request, ref)
    found, after = forms.section_of(sheet.definition, section)
    if found is None:
        raise Http404
    if request.method == "POST":
        return save_section(request, sheet, found, after)
    page = forms.page_of(sheet, user=request.user, at=request.at)
    if not page.may_edit:
        return redirect(f"{reverse('applications:check', args=[ref])}#{section}")
    errors = problems_in(sheet, found) if "check" in request.GET else {}
    return shown(request, sheet, found, errors, page=page)


def save_section(
    request: Request, sheet: Sheet, section: Mapping[str, Any], after: str
) -> HttpResponse:
    application = sheet.application
    sent = forms.posted(request.POST)
    values, _wrong = forms.read(section, sent, language=request.LANGUAGE_CODE)
    try:
        actions.save_answers(application, values, by=request.user, at=request.at)
    except PermissionDenied:
        return stale(request, sheet, section, values)
    refused = keep_files(request, sheet, section)
    here = reverse("applications:section", args=[application.reference, section["key"]])
    if step := stayed(request, here):
        return step if not refused else shown(request, fresh(sheet), section, refused, status=422)
    saved = fresh(sheet)
    errors = {**problems_in(saved, section), **refused}
    go = request.POST.get("go", "next")
    if errors and (go == "next" or refused):
        return shown(request, saved, section, errors, status=422)
    return redirect(onward(application.reference, "list" if go == "list" else after or "budget"))


def stayed(request: Request, here: str) -> HttpResponse | None:
    """A button inside the page: one more row, one less, a state's municipalities, a file away."""
    if add := request.POST.get("add"):
        return redirect(f"{here}?add={add}#{add}")
    if again := request.POST.get("again"):
        return redirect(f"{here}#{again}")
    if "detach" in request.POST:
        return redirect(f"{here}#{request.POST['detach'].partition(' ')[0]}")
    removed = [name for name in request.POST if name.endswith("-remove")]
    return redirect(f"{here}#{removed[0].split('-')[0]}") if removed else None


def onward(ref: str, step: str) -> str:
    if step == "list":
        return reverse("applications:detail", args=[ref])
    if step == "budget":
        return reverse("applications:budget", args=[ref])
    return reverse("applications:section", args=[ref, step])


def keep_files(request: Request, sheet: Sheet, section: Mapping[str, Any]) -> Errors:
    """Attach what was sent, detach what was asked away; the sentence of each refusal by field."""
    application, refused = sheet.application, {}
    for key in [each["key"] for each in section["questions"] if each["kind"] == "file"]:
        for upload in request.FILES.getlist(key):
            try:
                data = upload.read(kept.LIMIT + 1)
                actions.attach(
                    application,
                    data,
                    str(upload.name),
                    question=key,
                    by=request.user,
                    at=request.at,
                )
            except Refused as refusal:
                refused[key] = f"{upload.name}: {sentence(refusal.reason)}"
    words = request.POST.get("detach", "")
    if words and (away := named(sheet, words)):
        actions.detach(away, by=request.user, at=request.at)
    return refused


def named(sheet: Sheet, words: str) -> Attachment | None:
    """The attachment a button names: its question and the beginning of its hash."""
    question, _space, digest = words.partition(" ")
    for row in sheet.attached:
        if row.question == question and digest and row.file.sha256.startswith(digest):
            return row
    return None


@login_required
def budget(request: Request, ref: str) -> HttpResponse:
    """The budget table: every line saved as typed, sums and rules computed here."""
    sheet = sheet_for(request, ref)
    if request.method == "POST":
        return save_budget(request, sheet)
    page = forms.page_of(sheet, user=request.user, at=request.at)
    if not page.may_edit:
        return redirect(f"{reverse('applications:check', args=[ref])}#budget")
    return tabled(request, sheet, errors="check" in request.GET, page=page)


def save_budget(request: Request, sheet: Sheet) -> HttpResponse:
    application = sheet.application
    rows = forms.read_rows(forms.posted(request.POST), sheet)
    try:
        actions.save_budget(application, rows, by=request.user, at=request.at)
    except PermissionDenied:
        return tabled(request, sheet, rows=rows, status=409)
    here = reverse("applications:budget", args=[application.reference])
    if "add" in request.POST:
        return redirect(f"{here}?add=3#line-r{len(rows) + 1}-description")
    if any(name.endswith("-remove") for name in request.POST):
        return redirect(f"{here}#lines")
    saved = fresh(sheet)
    go = request.POST.get("go", "next")
    if go == "next" and not forms.table_of(saved).holds:
        return tabled(request, saved, errors=True, status=422)
    step = "applications:check" if go == "next" else "applications:detail"
    return redirect(step, application.reference)


def tabled(
    request: Request,
    sheet: Sheet,
    *,
    rows: list[dict[str, Any]] | None = None,
    errors: bool = False,
    page: forms.Page | None = None,
    status: int = 200,
) -> HttpResponse:
    add = request.GET.get("add", "")
    table = forms.table_of(sheet, rows, add=int(add) if add.isdecimal() and len(add) < 2 else 0)
    context = {
        "page": page or forms.page_of(sheet, user=request.user, at=request.at),
        "table": table,
        "errors": forms.lined(table.errors) if errors else [],
        "rate_words": calls.rate_words(sheet.application.call),
        "is_stale": status == 409,
    }
    return render(request, "applications/budget.html", context, status=status)


def shown(
    request: Request,
    sheet: Sheet,
    section: Mapping[str, Any],
    errors: Errors,
    *,
    page: forms.Page | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "page": page or forms.page_of(sheet, user=request.user, at=request.at),
        "section": section,
        "groups": forms.fields_of(sheet, section, errors=errors, add=request.GET.get("add", "")),
        "errors": forms.titled(sheet.definition, errors),
        "has_files": any(each["kind"] == "file" for each in section["questions"]),
        "place": place_of(sheet, section),
    }
    return render(request, "applications/section.html", context, status=status)


def place_of(sheet: Sheet, section: Mapping[str, Any]) -> dict[str, int]:
    """Which of how many steps this is; the budget is one of them."""
    keys = [each["key"] for each in forms.open_sections(sheet.definition)]
    place = keys.index(section["key"]) + 1 if section["key"] in keys else len(keys) + 2
    return {"step": place, "steps": len(keys) + 2}


def stale(
    request: Request, sheet: Sheet, section: Mapping[str, Any], values: dict[str, Any]
) -> HttpResponse:
    """Typed in a tab that was left open: nothing is saved, and nothing typed is lost from sight."""
    groups = forms.fields_of(sheet, section, answers={**sheet.answers, **values})
    page = forms.page_of(sheet, user=request.user, at=request.at)
    context = {"page": page, "section": section, "groups": groups, "is_stale": True}
    return render(request, "applications/section.html", context, status=409)


def problems_in(sheet: Sheet, section: Mapping[str, Any]) -> Errors:
    found = questions.section_problems(section, sheet.answers, context=sheet.context)
    return forms.shown_problems(found)


def sheet_for(request: Request, ref: str) -> Sheet:
    """The person's own application, or 404."""
    rows = queries.owned_by(request.user, at=request.at)
    return queries.sheet_of(get_object_or_404(rows, reference=ref))


def fresh(sheet: Sheet) -> Sheet:
    """The same after saving."""
    return queries.sheet_of(sheet.application)
