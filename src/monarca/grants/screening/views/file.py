"""One file in screening: its findings, a person's verdicts, questions, the conclusion."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.screening import actions, forms, policy, queries
from monarca.grants.screening.models import Check, Screening
from monarca.grants.screening.states import Status
from monarca.ground.people.http import Request
from monarca.kit import reasons
from monarca.kit.guard import Refused

ACTS: Mapping[str, Any] = {
    "confirm": actions.confirm_check,
    "waive": actions.waive_check,
    "refute": actions.refute_check,
}
ANSWER_DAYS = 14


@login_required
def file(request: Request, ref: str) -> HttpResponse:
    found = load(request, ref)
    if request.method == "POST":
        actions.begin(found, by=request.user, at=request.at)
        return redirect("screening:file", ref)
    return render(request, "screening/file.html", shown(request, found))


def load(request: Request, ref: str) -> Application:
    rows = queries.readable(request.user, at=request.at)
    return get_object_or_404(rows, reference=ref)


def begun(request: Request, ref: str) -> Screening:
    found = load(request, ref)
    screening = queries.of(found)
    if screening is None:
        raise Http404
    screening.application = found
    return screening


def shown(request: Request, found: Application) -> dict[str, Any]:
    """Everything the file's page prints."""
    screening, gone = queries.of(found), queries.withdrawal_of(found)
    may = policy.may_screen(request.user, found, at=request.at) and gone is None
    may_act = may and screening is not None and not queries.is_settled(screening)
    findings = _findings(screening, found) if screening else []
    return {
        "file": found,
        "screening": screening,
        "withdrawal": gone,
        "may": may_act,
        "may_begin": may and screening is None and not found.call.is_open(request.at),
        "is_waiting": screening is not None and screening.status == Status.AWAITING_APPLICANT,
        "waiting": [one for one in findings if one.waits],
        "head": [_("Rule"), _("Level"), _("Result"), _("Why")],
        "rows": forms.rule_rows(findings, found.reference, may=may_act),
        "clarifications": list(queries.clarifications_of(found)),
        "alike_head": [_("File"), _("Organization"), _("Pair")],
        "alike": _alike(request, found, may=may),
        "trail": [(_("Desk"), reverse("home:desk")), (_("Screening"), reverse("screening:list"))],
    }


def _alike(request: Request, found: Application, *, may: bool) -> list[tuple[Any, ...]]:
    pairs = queries.paired(found).values_list("application", "other")
    known = frozenset(pk for pair in pairs for pk in pair)
    files = queries.resembling(found, request.user, at=request.at)
    return forms.alike_rows(files, found.reference, known=known, may=may)


def _findings(screening: Screening, found: Application) -> list[forms.Finding]:
    return forms.findings_of(queries.checks_of(screening), applications.sheet_of(found))


@login_required
def rule(request: Request, ref: str, rule: str) -> HttpResponse:
    screening = begun(request, ref)
    check = get_object_or_404(queries.checks_of(screening), rule=rule)
    check.screening = screening
    choices = verdicts(request, check)
    form = forms.Judging(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid() and judge(request, form, check):
        return redirect(reverse("screening:file", args=[ref]) + f"#rule-{rule}")
    sheet = applications.sheet_of(screening.application)
    finding = forms.findings_of([check], sheet)[0]
    may = policy.may_screen(request.user, screening.application, at=request.at)
    return page(request, "rule", screening.application, form, finding=finding, may=may)


def judge(request: Request, form: forms.Judging, check: Check) -> bool:
    verdict, words = form.cleaned_data["verdict"], form.cleaned_data["words"]
    given = {} if verdict == "confirm" else {"words": words}
    return attempt(form, ACTS[verdict], check, by=request.user, at=request.at, **given)


def verdicts(request: Request, check: Check) -> list[tuple[str, str]]:
    """What this person may say about this finding."""
    agree = {
        "unknown": _("I have looked: it is as it should be"),
        "fail": _("I agree: it is not met"),
    }.get(check.outcome, _("I agree with the rule"))
    choices = [("confirm", agree)]
    if check.outcome != "fail":
        choices.append(("refute", _("It is not met")))
    if policy.may_waive(request.user, check.screening.application, at=request.at):
        choices.append(("waive", _("Waive it: the file goes on all the same")))
    return choices


@login_required
def question(request: Request, ref: str) -> HttpResponse:
    screening = begun(request, ref)
    file = screening.application
    today = request.at.date()
    start = {"due_on": today + timedelta(days=ANSWER_DAYS)}
    form = forms.Asking(request.POST or None, today=today, lang=file.language, initial=start)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "at": request.at, **form.cleaned_data}
        if attempt(form, actions.ask, screening, **given):
            return redirect("screening:file", ref)
    return page(request, "question", file, form)


@login_required
@require_POST
def resume(request: Request, ref: str) -> HttpResponse:
    actions.stop_waiting(begun(request, ref), by=request.user, at=request.at)
    return redirect("screening:file", ref)


@login_required
def eligible(request: Request, ref: str) -> HttpResponse:
    return conclude(request, begun(request, ref), "pass")


@login_required
def ineligible(request: Request, ref: str) -> HttpResponse:
    return conclude(request, begun(request, ref), "fail")


def conclude(request: Request, screening: Screening, verdict: str) -> HttpResponse:
    """Ask once, with what stands in the way or what the letter will say."""
    file = screening.application
    form = forms.Noting(request.POST or None)
    act = actions.pass_ if verdict == "pass" else actions.fail
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["words"]
        if attempt(form, act, screening, by=request.user, at=request.at, note=note):
            return redirect("screening:file", file.reference)
    findings = forms.findings_of(decisive(screening, verdict), applications.sheet_of(file))
    context = {"verdict": verdict, "findings": findings}
    return page(request, "conclude", file, form, letter=queries.letter_reason(screening), **context)


def decisive(screening: Screening, verdict: str) -> list[Check]:
    """For a failure what is not met, for a pass what stands in the way; each finding once."""
    if verdict == "fail":
        return list(queries.not_met(screening))
    rows = [*queries.undecided(screening), *queries.standing_in_the_way(screening)]
    return list({check.rule: check for check in rows}.values())


@login_required
def pair(request: Request, ref: str, other: str) -> HttpResponse:
    found, same = load(request, ref), load(request, other)
    form = forms.Pairing(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if attempt(form, actions.pair, found, same, by=request.user, at=request.at, words=words):
            return redirect("screening:file", ref)
    return page(request, "pair", found, form, other=same)


def attempt(form: BaseForm, act: Any, *subjects: Any, **given: Any) -> bool:
    """Do it, or say on the form why not."""
    try:
        act(*subjects, **given)
    except Refused as refused:
        form.add_error(None, reasons.sentence(refused.reason))
        return False
    return True


def page(
    request: Request, name: str, file: Application, form: BaseForm, **more: Any
) -> HttpResponse:
    """A page with one form about a file; 422 when what was typed cannot stand."""
    here = reverse("screening:file", args=[file.reference])
    trail = [(_("Screening"), reverse("screening:list")), (file.reference, here)]
    context = {"file": file, "form": form, "trail": trail, "back": here, **more}
    status = 422 if form.errors else 200
    return render(request, f"screening/{name}.html", context, status=status)
