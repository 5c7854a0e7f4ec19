"""The desk: the meetings one reads inside, the series, and what waits for one's side."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from monarca.ground.people.http import Request
from monarca.ground.people.states import Roles
from monarca.kit import formats, paging
from monarca.kit.parts import Link, Status
from monarca.programmes.dialogues import actions, forms, policy, queries
from monarca.programmes.dialogues.models import Series
from monarca.programmes.dialogues.views.answering import (
    allow,
    say,
    shown,
    signed_in,
    trail,
    tried,
)

VIEWS = ("meetings", "texts", "inputs", "series")


def founding(request: Request) -> Any:
    """The missions at which the person may found a series."""
    rows = queries.missions_inside(request.user, at=request.at)
    managed = request.user.roles.in_force(request.at).filter(role=Roles.MANAGER)
    return rows.filter(pk__in=managed.values("mission"))


@signed_in
def listing(request: Request) -> HttpResponse:
    """Meetings, texts to agree, inputs to pass on, series; each as far as one may read it."""
    allow(policy.may_enter(request.user, at=request.at))
    view = request.GET.get("view", "")
    here = VIEWS.index(view) if view in VIEWS else 0
    titles = (_("Meetings"), _("Texts to agree"), _("Inputs to pass on"), _("Series"))
    context: dict[str, Any] = {
        "tabs": [(title, f"?view={name}") for name, title in zip(VIEWS, titles, strict=True)],
        "here": here,
        "may_found": founding(request).exists(),
        **(_meetings, _texts, _inputs, _series)[here](request),
    }
    return shown(request, "list", context)


def _paged(request: Request, rows: Any) -> dict[str, Any]:
    page = paging.screen(rows, request.GET.get("page"))
    words = ngettext("%(n)s line", "%(n)s lines", page.total) % {"n": formats.number(page.total)}
    return {"page": page, "found": words}


def _meetings(request: Request) -> dict[str, Any]:
    rows = queries.inside(request.user, at=request.at).select_related("series")
    paged = _paged(request, rows)
    table = forms.edition_rows(paged["page"].rows, desk=True)
    return {**paged, "head": forms.edition_head(), "rows": table, "query": "view=meetings"}


def _texts(request: Request) -> dict[str, Any]:
    rows = queries.to_agree(request.user, at=request.at).select_related("edition", "item")
    paged = _paged(request, rows)
    head = [_("Text"), _("Languages"), _("Status")]
    table = forms.text_rows(paged["page"].rows)
    return {**paged, "head": head, "rows": table, "query": "view=texts"}


def _inputs(request: Request) -> dict[str, Any]:
    rows = queries.to_pass_on(request.user, at=request.at).select_related("edition__series")
    paged = _paged(request, rows)
    table = [
        [
            Link(forms.said(row.edition.name), place, forms.said(row.edition.series.name)),
            formats.day(row.arrived_at.date()),
            Status(row.get_consent_display()),
        ]
        for row in paged["page"].rows
        for place in [reverse("dialogues:inputs", args=[row.edition.reference])]
    ]
    head = [_("Meeting"), _("Arrived on"), _("Consent")]
    return {**paged, "head": head, "rows": table, "query": "view=inputs"}


def _series(request: Request) -> dict[str, Any]:
    rows = queries.series_visible_to(request.user, at=request.at)
    paged = _paged(request, rows)
    inner = set(queries.missions_inside(request.user, at=request.at).values_list("pk", flat=True))
    table = [
        [
            Link(forms.said(row.name), _way(row, is_ours=row.mission_id in inner), row.code),
            forms.series_kind(row),
            Status(_("Public"), "ok") if row.is_public else Status(_("Not public")),
        ]
        for row in paged["page"].rows
    ]
    head = [_("Series"), _("What it is"), _("Status")]
    return {**paged, "head": head, "rows": table, "query": "view=series"}


def _way(series: Series, *, is_ours: bool) -> str:
    name = "describe" if is_ours else "series"
    return reverse(f"dialogues:{name}", args=[series.code])


@signed_in
def found(request: Request) -> HttpResponse:
    missions = founding(request)
    allow(missions.exists())
    form = forms.Founding(request.POST or None, missions=missions)
    made: list[Series] = []

    def act() -> None:
        mission = form.missions[form.cleaned_data["mission"]]
        given = actions.Founding(**form.given())
        made.append(actions.found(mission, given, by=request.user, at=request.at))

    if request.method == "POST" and form.is_valid() and tried(form, act):
        say(request, _("The series is founded. It is not public yet."))
        return redirect("dialogues:describe", made[0].code)
    return shown(request, "found", {"form": form, "trail": trail()})


def load(request: Request, code: str) -> Series:
    """A series of one's own house; guests and strangers have no desk page of it."""
    ours = queries.missions_inside(request.user, at=request.at)
    rows = Series.objects.filter(mission__in=ours.order_by().values("pk"))
    return get_object_or_404(rows.select_related("mission"), code=code)


@signed_in
def describe(request: Request, code: str) -> HttpResponse:
    """A series: its meetings and reports, and its words for who may change them."""
    series = load(request, code)
    may = policy.may_found(request.user, series.mission, at=request.at)
    start = forms.founded_as(series)
    form = forms.Founding(request.POST or None, series=series, initial=start)

    def act() -> None:
        given = actions.Founding(**form.given(series))
        actions.describe(series, given, by=request.user, at=request.at)

    if request.method == "POST" and form.is_valid() and tried(form, act):
        say(request, _("The series is described anew."))
        return redirect("dialogues:describe", code)
    rows = queries.inside(request.user, at=request.at).filter(series=series)
    context = {
        "series": series,
        "form": form if may else None,
        "may": may,
        "may_plan": policy.may_plan(request.user, series, at=request.at),
        "facts": forms.series_facts(series),
        "head": forms.edition_head(),
        "rows": forms.edition_rows(rows.select_related("series")[:100], desk=True),
        "years": queries.years(series, request.user, at=request.at),
        "trail": trail(),
    }
    return shown(request, "describe", context)


@signed_in
@require_POST
def show_series(request: Request, code: str) -> HttpResponse:
    series = load(request, code)
    wanted = request.POST.get("public") == "yes"
    actions.show_series(series, public=wanted, by=request.user, at=request.at)
    say(request, _("The series is public.") if wanted else _("The series is no longer public."))
    return redirect("dialogues:describe", code)


@signed_in
def plan(request: Request, code: str) -> HttpResponse:
    series = load(request, code)
    allow(policy.may_plan(request.user, series, at=request.at))
    start = {"time_zone": series.mission.time_zone, "host": "mexico"}
    form = forms.Planning(request.POST or None, initial=start)
    made: list[str] = []

    def act() -> None:
        given = actions.Plan(**form.given())
        made.append(actions.plan(series, given, by=request.user, at=request.at).reference)

    if request.method == "POST" and form.is_valid() and tried(form, act):
        say(request, _("The meeting is planned. It is not public yet."))
        return redirect("dialogues:edition", made[0])
    return shown(request, "plan", {"form": form, "series": series, "trail": trail()})
