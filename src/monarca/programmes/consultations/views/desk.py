"""The desk: a consultation is begun, what happened is entered, phases follow each other."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monarca.engines.states import MoveRefused
from monarca.ground.people import actions as people
from monarca.ground.people import queries as roles
from monarca.ground.people.http import Request, our_address
from monarca.kit import paging, reasons
from monarca.kit.guard import Refused, require
from monarca.programmes.consultations import actions, policy, queries
from monarca.programmes.consultations.actions import Speaker
from monarca.programmes.consultations.forms import asking, entering, registering, showing
from monarca.programmes.consultations.http import drawn, writing
from monarca.programmes.consultations.models import Consultation
from monarca.programmes.consultations.states import ENTERED, SPOKEN, THEIRS, Kind, Phase
from monarca.programmes.consultations.views.asking import (
    Page,
    asked,
    runs,
    seen,
    typed,
    wishing,
)

type Move = Callable[..., Consultation]

MOVES: Mapping[str, Move] = {
    "inform": actions.inform,
    "deliberate": actions.deliberate,
    "converse": actions.converse,
}
NEXT: Mapping[str, str] = {
    Phase.PRIOR: "inform",
    Phase.INFORMATION: "deliberate",
    Phase.DELIBERATION: "converse",
}


def doings(request: Request, one: Consultation) -> dict[str, Any]:
    """What can be entered now, for who runs it; nothing for everybody else."""
    if not runs(request, one):
        return {}
    kinds = [kind for kind, phases in ENTERED.items() if one.status in phases]
    entries = [
        (Kind(kind).label, reverse("consultations:enter", args=[one.reference, kind]))
        for kind in kinds
        if kind not in THEIRS
    ]
    return {
        "entries": entries,
        "next": NEXT.get(one.status, ""),
        "may_conclude": one.status == Phase.DIALOGUE,
        "may_publish": policy.may_publish(request.user, one, at=request.at),
    }


@login_required
def desk(request: Request) -> HttpResponse:
    """Everything the person may read, what waits for an answer, and the way to begin one."""
    require(bool(roles.missions_of(request.user, at=request.at).exists()))
    view = request.GET.get("view", "")
    if view == "objections":
        found = paging.screen(
            queries.objections(request.user, at=request.at), request.GET.get("page")
        )
        rows = showing.objection_rows(found.rows)
    else:
        many = queries.visible_to(request.user, at=request.at)
        if view == "deliberated":
            many = queries.deliberated(request.user, at=request.at)
        held = paging.screen(many, request.GET.get("page"))
        found, rows = held, showing.desk_rows(held.rows)  # type: ignore[assignment]
    url = reverse("consultations:desk")
    names = {"": _("All"), "objections": _("Objections"), "deliberated": _("Their time is over")}
    context = {
        "rows": rows,
        "head": showing.public_head(),
        "page": found,
        "found": showing.found(found.total),
        "query": f"view={view}",
        "tabs": [(name, f"{url}?view={key}") for key, name in names.items()],
        "here": list(names).index(view) if view in names else 0,
        "may_begin": queries.missions_run(request.user, at=request.at).exists(),
    }
    return render(request, "consultations/desk.html", context)


def _back(one: Consultation) -> str:
    return reverse("consultations:record", args=[one.reference])


def _run(request: Request, ref: str) -> Consultation:
    one = seen(request, ref)
    require(runs(request, one))
    return one


@writing
def new(request: Request) -> HttpResponse:
    """Open a record; nothing in it is public."""
    missions = queries.missions_run(request.user, at=request.at)
    require(missions.exists())
    form = asking.Stating(*typed(request)[:1], missions=missions)
    form.initial = {**form.initial, "mission": missions.first()}
    page = Page(
        _("Begin a consultation"),
        _("Open the record"),
        reverse("consultations:desk"),
        _("The record belongs to the people consulted. Nothing in it is public."),
    )

    def act(filled: asking.Stating) -> object:
        given = filled.cleaned_data
        sealed = () if given["sealed"] else None
        who: dict[str, Any] = {"by": request.user, "at": request.at}
        facts, code = filled.facts(), drawn(request)
        return actions.begin(given["mission"], facts, readers=sealed, code=code, **who)

    return asked(request, form, act, page, done=_("The record is open."))


@writing
def revise(request: Request, ref: str) -> HttpResponse:
    """Put the facts right; the earlier ones stay."""
    one = _run(request, ref)
    missions = queries.missions_run(request.user, at=request.at)
    form = asking.Stating(*typed(request)[:1], missions=missions, consultation=one)
    form.initial = {**form.initial, **asking.of_facts(one)}
    lead = _("Earlier facts stay in the record, and permissions about what changes lapse.")
    page = Page(_("Put the facts right"), _("Put them right"), _back(one), lead)

    def act(filled: asking.Stating) -> object:
        reason = filled.cleaned_data["reason"]
        facts = filled.facts()
        return actions.revise(one, facts, reason=reason, by=request.user, at=request.at)

    return asked(request, form, act, page, done=_("The facts are put right."))


@writing
def representative(request: Request, ref: str) -> HttpResponse:
    """Whom the people chose, and how, in their own words."""
    one = _run(request, ref)
    told = queries.items_visible_to(request.user, at=request.at)
    told = told.filter(consultation=one, kind=Kind.CHOOSING).order_by("pk")
    form = asking.Naming(*typed(request)[:1], consultation=one, told=told)
    lead = _("The people choose by themselves; the record tells how, in their words.")
    page = Page(_("A representative of the people"), _("Put it into the record"), _back(one), lead)

    def act(filled: asking.Naming) -> object:
        given = filled.cleaned_data
        who: dict[str, Any] = {"by": request.user, "at": request.at}
        user = people.join(given["email"], name=given["name"], **who) if given["email"] else None
        speaker = Speaker(given["name"], given["office"], user)
        return actions.name_representative(
            one, speaker, chosen=filled.chosen(drawn(request)), **who
        )

    return asked(request, form, act, page, done=_("It is in the record."))


@writing
def interpreter(request: Request, ref: str) -> HttpResponse:
    one = _run(request, ref)
    form = asking.Interpreting(*typed(request)[:1], consultation=one)
    page = Page(_("An interpreter"), _("Put it into the record"), _back(one))

    def act(filled: asking.Interpreting) -> object:
        given = filled.cleaned_data
        how = {name: given[name] for name in ("language", "chosen_by")}
        return actions.name_interpreter(one, given["name"], **how, by=request.user, at=request.at)

    return asked(request, form, act, page, done=_("It is in the record."))


@writing
def enter(request: Request, ref: str, kind: str) -> HttpResponse:
    """One thing that happened or was said."""
    one = _run(request, ref)
    if kind not in ENTERED or kind in THEIRS:
        raise Http404
    told = {"own": None, "speakers": wishing(request, one)["speakers"]}
    form = entering.Entry(*typed(request), kind=kind, consultation=one, **told)
    lead = _("It is never changed afterwards. Write it in their language where you can.")
    if kind in SPOKEN:
        lead = _("In their words. Each is recorded with the same weight.")
    page = Page(str(Kind(kind).label), _("Put it into the record"), _back(one), lead)

    def act(filled: entering.Entry) -> object:
        return actions.enter(
            one, filled.entering(code=drawn(request)), by=request.user, at=request.at
        )

    return asked(request, form, act, page, done=_("It is in the record."))


@writing
def outcome(request: Request, ref: str) -> HttpResponse:
    """What the people decided; conditions become commitments with it."""
    one = _run(request, ref)
    told = {"own": None, "speakers": wishing(request, one)["speakers"]}
    form = entering.Entry(*typed(request), kind=Kind.OUTCOME, consultation=one, **told)
    lead = _("With consent under conditions, each condition becomes a commitment at once.")
    page = Page(_("What the people decided"), _("Put it into the record"), _back(one), lead)

    def act(filled: entering.Entry) -> object:
        return actions.conclude(
            one, filled.entering(code=drawn(request)), by=request.user, at=request.at
        )

    return asked(request, form, act, page, done=_("It is in the record."))


@writing
def stop(request: Request, ref: str) -> HttpResponse:
    one = _run(request, ref)
    page = Page(_("The matter is dropped"), _("It does not go forward"), _back(one), danger=True)

    def act(filled: asking.Stopping) -> object:
        on = filled.cleaned_data["on"]
        return actions.stop(one, filled.texts(), on=on, by=request.user, at=request.at)

    form = asking.Stopping(*typed(request)[:1])
    return asked(request, form, act, page, done=_("It is in the record."))


@login_required
@require_POST
def phase(request: Request, ref: str, move: str) -> HttpResponse:
    """On to the next phase; a no is said on the record's page."""
    one = seen(request, ref)
    if move not in MOVES:
        raise Http404
    return _moved(request, one, lambda: MOVES[move](one, by=request.user, at=request.at))


@login_required
@require_POST
def publish(request: Request, ref: str) -> HttpResponse:
    """The mission's key: show the public page, or take it away."""
    one = seen(request, ref)
    verb = actions.publish if request.POST.get("public") == "yes" else actions.withhold
    return _moved(request, one, lambda: verb(one, by=request.user, at=request.at))


@login_required
@require_POST
def release(request: Request, ref: str, number: int) -> HttpResponse:
    """A representative speaks for the people no longer."""
    one = seen(request, ref)
    rows = list(queries.representatives(one, at=request.at))
    if not 0 < number <= len(rows):
        raise Http404
    who = rows[number - 1]
    return _moved(
        request, one, lambda: actions.release_representative(who, by=request.user, at=request.at)
    )


def _moved(request: Request, one: Consultation, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refused as no:
        messages.error(request, reasons.sentence(no.reason))
    except MoveRefused:
        messages.error(request, _("The consultation is not in the phase for this."))
    return redirect("consultations:record", one.reference)


@writing
def entry(request: Request, ref: str) -> HttpResponse:
    """What Canada's register asks beyond the record."""
    one = _run(request, ref)
    form = registering.Register(*typed(request)[:1])
    form.initial = {**form.initial, **registering.of_entry(queries.entry_of(one))}
    lead = _("What is missing or faulty keeps it out of every file; the register’s page says why.")
    where = reverse("consultations:register")
    page = Page(_("Canada’s register of consultations"), _("Keep it"), where, lead, one.reference)

    def act(filled: registering.Register) -> object:
        return actions.register(one, filled.registering(), by=request.user, at=request.at)

    return asked(request, form, act, page, done=_("The entry is kept."))


@login_required
@require_safe
def register(request: Request) -> HttpResponse:
    """Every consultation as the register would have it, and what is still missing."""
    require(bool(roles.missions_of(request.user, at=request.at).exists()))
    page = paging.screen(queries.visible_to(request.user, at=request.at), request.GET.get("page"))
    context = {
        "rows": registering.rows(page.rows),
        "page": page,
        "found": showing.found(page.total),
    }
    return render(request, "consultations/register.html", context)


@login_required
@require_safe
def register_file(request: Request) -> HttpResponse:
    """Every column, for the department that uploads it; only what the people permit."""
    require(bool(roles.missions_of(request.user, at=request.at).exists()))
    host = our_address(request, "/").rstrip("/")
    many = queries.visible_to(request.user, at=request.at)
    data = registering.file(many, public=False, host=host)
    headers = {"Content-Disposition": 'attachment; filename="consultations-full.csv"'}
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=headers)
