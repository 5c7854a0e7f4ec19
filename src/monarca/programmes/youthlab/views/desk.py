"""The desk: editions, their themes and quotas, applications to check, sessions and rounds."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from monarca.ground.people import queries as people
from monarca.ground.people.http import Request
from monarca.ground.people.models import Mission
from monarca.kit import formats, paging, reasons, trilingual
from monarca.kit.guard import Refused, require
from monarca.kit.parts import Entry, Noted
from monarca.programmes.youthlab import actions, policy, queries
from monarca.programmes.youthlab.forms import applying, asking, showing
from monarca.programmes.youthlab.forms.boxes import moment, spread
from monarca.programmes.youthlab.http import typed, words_survive
from monarca.programmes.youthlab.models import Candidacy, Edition, Session
from monarca.programmes.youthlab.states import (
    KEEPERS,
    VALUES,
    Features,
    Stage,
    Text,
    Work,
    named,
    said,
)
from monarca.programmes.youthlab.views.common import edition_for, refused, show, status_of

ANSWERS = tuple((feature, value) for feature in Features.values for value in VALUES[feature].values)


def kept_for(request: Request, code: str) -> Edition:
    """The edition, for who runs it: 404 where one may not see it, 403 where one only may."""
    found = edition_for(request, code)
    require(policy.may_keep(request.user, found, at=request.at))
    return found


def trail_to(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    start = [(_("Desk"), reverse("home:desk")), (_("Youth Lab"), reverse("youthlab:desk"))]
    return [*start, *steps]


def trail_in(found: Edition) -> list[tuple[str, str]]:
    return trail_to((found.code, reverse("youthlab:keep", args=[found.code])))


def my_mission(request: Request) -> Mission | None:
    """Where this person may begin an edition."""
    rows = people.missions_of(request.user, at=request.at, roles=frozenset(KEEPERS))
    return rows.first()


@login_required
def listing(request: Request) -> HttpResponse:
    """The editions that one may see at the desk."""
    require(people.is_staff(request.user, at=request.at))
    page = paging.screen(queries.visible_to(request.user, at=request.at), request.GET.get("page"))
    runs = {each.pk for each in queries.run_by(request.user, at=request.at)}
    context = {
        "page": page,
        "trail": [(_("Desk"), reverse("home:desk"))],
        "head": [_("Edition"), _("Applications open"), _("Status")],
        "rows": [
            showing.edition_rows([each], at=request.at, desk=each.pk in runs)[0]
            for each in page.rows
        ],
        "may_found": my_mission(request) is not None,
    }
    return show(request, "desk", context)


@words_survive
def found(request: Request) -> HttpResponse:
    """A new edition, which nobody sees before it is published."""
    mission = my_mission(request)
    require(mission is not None and policy.may_found(request.user, mission, at=request.at))
    zone = mission.time_zone if mission else "UTC"
    initial = {"time_zone": zone, "method": "leximin", "seats": 24}
    form = asking.Planning(typed(request), zone=zone, is_new=True, initial=initial)
    if request.method == "POST" and form.is_valid() and mission:
        try:
            made = actions.found(
                form.cleaned_data["code"],
                mission,
                actions.Plan(**form.plan()),
                by=request.user,
                at=request.at,
            )
            return redirect("youthlab:keep", made.code)
        except Refused as no:
            refused(form, no)
    context = {"form": form, "title": _("A new edition"), "trail": trail_to(), "button": _("Save")}
    return show(request, "form", context, status=status_of(request))


@words_survive
def change(request: Request, code: str) -> HttpResponse:
    row = kept_for(request, code)
    form = asking.Planning(typed(request), zone=row.time_zone, is_new=False, initial=_planned(row))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(row, actions.Plan(**form.plan()), by=request.user, at=request.at)
            return redirect("youthlab:keep", code)
        except Refused as no:
            refused(form, no)
    context = {"form": form, "title": _("Edit the edition"), "trail": trail_in(row)}
    context["button"] = _("Save")
    return show(request, "form", context, status=status_of(request))


def _planned(row: Edition) -> dict[str, Any]:
    initial: dict[str, Any] = {
        name: getattr(row, name) for name in ("email", "time_zone", "first_day", "seats", "method")
    }
    for name in ("name", "about", "canada", "mexico"):
        initial |= spread(name, getattr(row, name))
    initial |= moment("opens", row.opens_at, row.time_zone)
    return initial | moment("closes", row.closes_at, row.time_zone)


@words_survive
def themes(request: Request, code: str) -> HttpResponse:
    row = kept_for(request, code)
    initial: dict[str, Any] = {}
    for each in row.themes.order_by("number"):
        initial |= spread(f"theme{each.number}", each.title)
    form = asking.Naming(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_themes(row, form.titles(), by=request.user, at=request.at)
            return redirect("youthlab:keep", code)
        except Refused as no:
            refused(form, no)
    context = {"form": form, "title": _("Themes"), "trail": trail_in(row), "button": _("Save")}
    return show(request, "form", context, status=status_of(request))


@words_survive
def quotas(request: Request, code: str) -> HttpResponse:
    """One row an answer: fewest and most seats; an empty row is no quota."""
    row = kept_for(request, code)
    sent = typed(request)
    known = {
        f"{q.feature}.{q.value}.{end}": str(getattr(q, end))
        for q in queries.quotas_of(row)
        for end in ("least", "most")
    }
    wrong: list[tuple[str, str]] = []
    if request.method == "POST" and sent is not None:
        rules, wrong = asking.quotas_in(sent, ANSWERS)
        if not wrong:
            try:
                actions.set_quotas(row, rules, by=request.user, at=request.at)
                return redirect("youthlab:keep", code)
            except Refused as no:
                wrong = [("main", reasons.sentence(no.reason))]
    context = {
        "edition": row,
        "trail": trail_in(row),
        "errors": wrong,
        "head": [_("Answer"), _("At least"), _("At most")],
        "rows": _quota_boxes(sent if sent is not None else known, {box for box, _s in wrong}),
        "is_open": row.status == Stage.DRAFT,
    }
    return show(request, "quotas", context, status=status_of(request))


def _quota_boxes(values: Any, wrong: set[str]) -> list[list[Any]]:
    ends = {"least": _("at least"), "most": _("at most")}
    rows = []
    for feature, value in ANSWERS:
        about = f"{named(feature)}, {said(feature, value)}"
        boxes = [
            Entry(
                f"{feature}.{value}.{end}",
                f"{about}: {words}",
                str(values.get(f"{feature}.{value}.{end}") or ""),
                wrong=f"{feature}.{value}.least" in wrong,
            )
            for end, words in ends.items()
        ]
        rows.append([Noted(said(feature, value), named(feature)), *boxes])
    return rows


@words_survive
def invite(request: Request, code: str) -> HttpResponse:
    """Name who answers for the other government."""
    row = kept_for(request, code)
    require(policy.may_publish(request.user, row, at=request.at))
    form = asking.Inviting(typed(request), initial={"language": "es"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.invite(
            row,
            given["email"],
            name=given["name"],
            language=given["language"],
            by=request.user,
            at=request.at,
        )
        messages.success(request, _("They can sign in with that address and answer."))
        return redirect("youthlab:keep", code)
    context = {"form": form, "title": _("Who answers for the other government")}
    context |= {"trail": trail_in(row), "button": _("Invite")}
    return show(request, "form", context, status=status_of(request))


STAGES = {"publish": actions.publish, "conclude": actions.conclude}


@login_required
def keep(request: Request, code: str) -> HttpResponse:
    """One edition at the desk: what is done, what is next."""
    row = kept_for(request, code)
    if request.method == "POST":
        act = STAGES.get(request.POST.get("do", ""))
        if act is None:
            raise Http404
        act(row, by=request.user, at=request.at)
        return redirect("youthlab:keep", code)
    zone, at = row.time_zone, request.at
    tally = queries.tally(row)
    context = {
        "edition": row,
        "trail": trail_to(),
        "stage": showing.stage_of(row, at=at),
        "may_publish": policy.may_publish(request.user, row, at=at),
        "figures": [
            (formats.number(tally["sent"]), _("applications")),
            (formats.number(tally["unchecked"]), _("wait for a check")),
            (formats.number(tally["eligible"]), _("take part in the lottery")),
            (formats.number(row.seats), _("seats")),
        ],
        "tasks": _tasks(row),
        "session_head": showing.session_head(),
        "round_head": showing.round_head(),
        "sessions": showing.session_rows(queries.sessions_of(row), zone),
        "session_links": list(queries.sessions_of(row)),
        "rounds": showing.round_rows(queries.rounds_of(row), zone, at=at),
        "round_links": list(queries.rounds_of(row)),
    }
    return show(request, "keep", context)


def _tasks(row: Edition) -> list[tuple[str, str, str, str, str]]:
    """The steps of an edition in order, with what each holds now."""
    tally, text = queries.tally(row), queries.communique_of(row)
    last = queries.lotteries_of(row).last()
    steps = [
        ("change", _("Words, days and seats"), trilingual.say(row.name).text, ""),
        ("themes", _("Themes"), "", formats.number(row.themes.count())),
        ("quotas", _("Quotas"), "", formats.number(queries.quotas_of(row).count())),
        ("applications", _("Applications"), "", formats.number(tally["sent"])),
        ("draw", _("The lottery"), "", str(Work(last.status).label) if last else ""),
        ("text", _("Recommendations"), "", str(Text(text.status).label) if text else ""),
        ("invite", _("Counterpart of the other government"), "", ""),
    ]
    return [
        (title, note, reverse(f"youthlab:{name}", args=[row.code]), status, "plain")
        for name, title, note, status in steps
    ]


@login_required
def applications(request: Request, code: str) -> HttpResponse:
    """Applications that were sent; what people say of themselves is on each one's own page."""
    row = kept_for(request, code)
    rows = queries.kept_by(request.user, at=request.at).filter(edition=row)
    only = request.GET.get("show", "")
    if only == "waiting":
        rows = rows.filter(ruling=None)
    page = paging.screen(rows.select_related("ruling", "edition"), request.GET.get("page"))
    context = {
        "edition": row,
        "trail": trail_in(row),
        "page": page,
        "head": [_("Application"), _("Name"), _("Sent"), _("Status")],
        "rows": showing.candidacy_rows(page.rows, row.time_zone),
        "only": only,
        "query": "show=waiting" if only == "waiting" else "",
    }
    return show(request, "applications", context)


@words_survive
def check_one(request: Request, code: str, ref: str) -> HttpResponse:
    """One application as it was sent, and whether this person may take part."""
    row = kept_for(request, code)
    rows = queries.kept_by(request.user, at=request.at).filter(edition=row)
    one = get_object_or_404(rows.select_related("ruling", "edition", "person"), reference=ref)
    ruling = getattr(one, "ruling", None)
    known = (
        {"eligible": "yes" if ruling.is_eligible else "no", "reason": ruling.reason}
        if ruling
        else {}
    )
    form = asking.Checking(typed(request), initial=known)
    if request.method == "POST" and form.is_valid():
        is_eligible = form.cleaned_data["eligible"] == "yes"
        reason = "" if is_eligible else form.cleaned_data["reason"]
        try:
            given = {"is_eligible": is_eligible, "reason": reason}
            actions.rule(one, **given, by=request.user, at=request.at)
            return _next(request, row)
        except Refused as no:
            refused(form, no)
    context = {**_one(row, one), "form": form}
    context["may_check"] = policy.may_check(request.user, one, at=request.at)
    return show(request, "check_one", context, status=status_of(request))


def _one(row: Edition, one: Candidacy) -> dict[str, Any]:
    """An application as it was sent, to read."""
    one.words, one.traits = one.sent_words, one.sent_traits
    told = applying.told(one)
    listed = (_("Applications"), reverse("youthlab:applications", args=[row.code]))
    return {
        "edition": row,
        "candidacy": one,
        "trail": [*trail_in(row), listed],
        "status": showing.ruled(one),
        "parts": [
            {
                "title": applying.TITLES[name],
                "rows": [(asked, said_ or "–") for part, asked, said_ in told if part == name],
            }
            for name in queries.SECTIONS
        ],
    }


def _next(request: Request, row: Edition) -> HttpResponse:
    """The next one that waits, or back to the list."""
    waiting = queries.to_check(request.user, at=request.at).filter(edition=row).first()
    if waiting is None:
        return redirect("youthlab:applications", row.code)
    return redirect("youthlab:check-one", row.code, waiting.reference)


def session_of(row: Edition, number: int) -> Session | None:
    """The session of this number; 0 is a new one."""
    if not number:
        return None
    return get_object_or_404(queries.sessions_of(row), number=number)
