"""The desk of who keeps the register: what waits, and a new one by hand."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from monarca.ground.commitments import actions, policy, queries
from monarca.ground.commitments.actions import Holder, Promise
from monarca.ground.commitments.forms import asking, listing
from monarca.ground.commitments.views.acting import done, signed_in
from monarca.ground.people.http import Request
from monarca.kit import paging
from monarca.kit.guard import require


@login_required
def desk(request: Request) -> HttpResponse:
    """One list for each thing that waits, and all commitments of the mission."""
    require(policy.may_work(request.user, at=request.at))
    view = request.GET.get("view", "")
    view = view if view in queries.VIEWS else "all"
    rows = queries.VIEWS[view](request.user, at=request.at)
    on = queries.day_of(request.at)
    screen = paging.screen(rows, request.GET.get("page"))
    context = {
        "tabs": listing.tabs(),
        "here": list(queries.VIEWS).index(view),
        "lead": listing.LEADS[view],
        "head": listing.head(),
        "rows": listing.rows(screen.rows, on=on),
        "page": screen,
        "found": listing.found(screen.total),
        "query": f"view={view}",
        "publishes": view == "withheld" and policy.may_publish_some(request.user, at=request.at),
    }
    return render(request, "commitments/desk.html", context)


@login_required
def publish(request: Request) -> HttpResponse:
    """A manager puts several before the public at once; each is an act of its own."""
    user, at = request.user, request.at
    rows = paging.screen(queries.VIEWS["withheld"](user, at=at), request.GET.get("page"))
    held = {row.reference: row for row in rows.rows}
    require(policy.may_publish_some(user, at=at))
    form = asking.Publishing(request.POST or None, rows=rows.rows)

    def act() -> object:
        chosen = [held[reference] for reference in form.cleaned_data["chosen"]]
        return actions.show_several(chosen, by=user, at=at)

    if done(request, form, act, _("Everybody may read them now.")):
        return redirect("commitments:desk")
    context = {"form": form, "page": rows, "found": listing.found(rows.total)}
    status = 422 if request.method == "POST" else 200
    return render(request, "commitments/publish.html", context, status=status)


@signed_in
def new(request: Request) -> HttpResponse:
    """Enter a commitment by hand."""
    user, at = request.user, request.at
    missions = list(queries.kept_missions(user, at=at))
    require(bool(missions))
    publishes = all(policy.may_publish_at(user, one, at=at) for one in missions)
    form = asking.Entering(request.POST or None, missions=missions, publishes=publishes, at=at)
    made = []

    def act() -> object:
        owners = tuple(Holder(*one) for one in form.owners())
        given = Promise(owners=owners, **form.given())
        made.append(actions.promise(given, by=user, at=at))
        return made

    if done(request, form, act, _("The commitment stands in the register.")):
        return redirect("commitments:one", made[0].reference)
    status = 422 if request.method == "POST" else 200
    return render(request, "commitments/new.html", {"form": form}, status=status)


@login_required
def plan(request: Request) -> HttpResponse:
    """The bundled example, whole and in one step; asked for twice it is there once."""
    missions = list(queries.kept_missions(request.user, at=request.at))
    require(bool(missions))
    publishes = policy.may_publish_at(request.user, missions[0], at=request.at)
    if request.method == "POST":
        public = publishes and request.POST.get("public") == "yes"
        made = actions.load_plan(missions[0], by=request.user, at=request.at, public=public)
        messages.success(request, listing.loaded(len(made)))
        return redirect("commitments:desk")
    return render(
        request, "commitments/plan.html", {"plan": listing.plan(), "publishes": publishes}
    )
