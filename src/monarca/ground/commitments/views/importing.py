"""A file of commitments: looked into whole, shown before anything is written, then taken in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from monarca.ground.commitments import actions, policy, queries
from monarca.ground.commitments.forms import arriving, sheets
from monarca.ground.commitments.models import Batch
from monarca.ground.commitments.queries import Incoming, Meeting
from monarca.ground.people.http import Request
from monarca.ground.people.models import Mission
from monarca.kit import reasons
from monarca.kit.guard import Refused, require


@login_required
def upload(request: Request) -> HttpResponse:
    """Choose a file; every fault of it is told at once, or what it would do is shown."""
    missions = list(queries.kept_missions(request.user, at=request.at))
    require(bool(missions))
    form = arriving.Sending(request.POST or None, request.FILES or None, missions=missions)
    flaws = []
    if request.method == "POST" and form.is_valid():
        file, mission = form.cleaned_data["file"], form.mission()
        arrival = queries.read(file.name, file.read())
        met = _met(request, arrival.rows, mission)
        flaws = [*arrival.flaws, *met.flaws]
        if not flaws:
            user, at = request.user, request.at
            batch = actions.lay_by(mission, file.name, arrival.rows, by=user, at=at)
            return redirect("commitments:arrival", batch.key)
        form.add_error("file", arriving.faulty(len(flaws)))
    context = {
        "form": form,
        "flaw_head": arriving.flaw_head(),
        "flaws": arriving.flaw_rows(flaws),
        "column_head": arriving.column_head(),
        "columns": sheets.described(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "commitments/import.html", context, status=status)


def _met(request: Request, rows: tuple[Incoming, ...], mission: Mission) -> Meeting:
    user, at = request.user, request.at
    publishes = policy.may_publish_at(user, mission, at=at)
    return queries.meet(rows, mission, by=user, publishes=publishes, at=at)


@login_required
def arrival(request: Request, ref: str) -> HttpResponse:
    """What the file would do, row by row; a yes does all of it, or nothing."""
    batch = _batch(request, ref)
    met = _met(request, queries.taken_up(batch.rows), batch.mission)
    form = arriving.Confirming(request.POST or None, rewords=bool(met.count(queries.WORDED)))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            done = actions.take_in(batch, reason=reason, by=request.user, at=request.at)
        except Refused as no:
            form.add_error(None, reasons.sentence(no.reason))
        else:
            messages.success(request, arriving.taken(done))
            return redirect("commitments:desk")
    context = {
        "batch": batch,
        "form": form,
        "figures": arriving.figures(met),
        "head": arriving.step_head(),
        "rows": arriving.step_rows(met),
        "more": arriving.more(met),
        "flaw_head": arriving.flaw_head(),
        "flaws": arriving.flaw_rows(met.flaws),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "commitments/arrival.html", context, status=status)


def _batch(request: Request, ref: str) -> Batch:
    """A file of this person's own that waits for an answer; 404 for all others."""
    try:
        key = UUID(ref)
    except ValueError:
        raise Http404 from None
    rows = Batch.objects.filter(by=request.user, taken_at=None).select_related("mission")
    batch = get_object_or_404(rows, key=key)
    require(policy.may_promise(request.user, batch.mission, at=request.at))
    return batch


@login_required
@require_safe
def template(request: Request, kind: str) -> HttpResponse:
    """An empty file with the columns that are read."""
    require(policy.may_work(request.user, at=request.at))
    if kind not in sheets.MEDIA:
        raise Http404
    response = HttpResponse(sheets.template(kind), content_type=sheets.MEDIA[kind])
    name = f"commitments-template.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
