"""The lottery at the desk: asked for, worked out by the clock, drawn with the published number."""

import logging
import subprocess
import sys
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from monarca.ground.people.http import Request
from monarca.kit.guard import Refused
from monarca.programmes.youthlab import actions, policy, queries
from monarca.programmes.youthlab.forms import asking, showing
from monarca.programmes.youthlab.forms.boxes import Boxes, moment, spread
from monarca.programmes.youthlab.http import typed, words_survive
from monarca.programmes.youthlab.models import Edition, Lottery
from monarca.programmes.youthlab.states import Place, Work
from monarca.programmes.youthlab.views.common import refused, show, status_of
from monarca.programmes.youthlab.views.desk import kept_for, trail_in

LOG = logging.getLogger(__name__)
WORK = [sys.executable, "-m", "django", "lottery"]


def begin_work() -> None:
    """Start the work at once, in a process of its own; if that fails the clock does it."""
    try:
        subprocess.Popen(  # noqa: S603
            WORK,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as problem:
        LOG.warning("The lottery waits for the clock: %s", type(problem).__name__)


@words_survive
def draw(request: Request, code: str) -> HttpResponse:
    """Where the lottery stands, and the one thing that can be done next."""
    edition = kept_for(request, code)
    row = queries.under_way(edition)
    form = _form(request, edition, row)
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do not in ACTS:
            raise Http404
        if do in {"stop", "release", "relax"} or form.is_valid():
            try:
                ACTS[do](request, edition, row, form)
                return redirect("youthlab:draw", code)
            except Refused as no:
                refused(form, no)
    context = {"form": form, **_standing(request, edition, row)}
    return show(request, "draw", context, status=status_of(request))


def _standing(request: Request, edition: Edition, row: Lottery | None) -> dict[str, Any]:
    """What the page says of the lottery, and what may be done with it now."""
    last = row or queries.lotteries_of(edition).last()
    gives_way = last is not None and last.status == Work.IMPOSSIBLE
    return {
        "edition": edition,
        "trail": trail_in(edition),
        "lottery": showing.lottery_of(last, for_keepers=True) if last else None,
        "level_head": showing.level_head(),
        "may_draw": policy.may_publish(request.user, edition, at=request.at),
        "is_ready": row is not None and row.status == Work.READY,
        "is_known": row is not None and request.at >= row.seed_at,
        "is_under_way": row is not None,
        "may_relax": gives_way and bool(last and last.found.get("changes")),
        "waiting": queries.unchecked(edition).count(),
        "is_open": queries.phase(edition, at=request.at) != "closed",
        **_seats(edition),
    }


def _seats(edition: Edition) -> dict[str, Any]:
    rows = list(queries.seats_of(edition).select_related("candidacy__person"))
    return {
        "seat_head": [_("Person"), _("Lottery"), _("Seat")],
        "seats": showing.seat_rows(rows),
        "empty": queries.empty_seats(edition),
        "held": [each for each in rows if each.status != Place.DECLINED],
        "has_panel": queries.first_drawn(edition) is not None,
    }


def _form(request: Request, edition: Edition, row: Lottery | None) -> Any:
    """The seed once it is known, else the number that will be it."""
    sent = typed(request)
    asks_seed = row is not None and row.status == Work.READY and request.at >= row.seed_at
    if asks_seed and request.POST.get("do") != "name":
        return asking.Drawing(sent)
    initial: dict[str, Any] = {}
    if row:
        initial = dict(spread("source", row.seed_source))
        initial |= moment("seed", row.seed_at, edition.time_zone)
    return asking.Seeding(sent, zone=edition.time_zone, initial=initial)


def _named(form: Boxes, edition: Edition) -> dict[str, Any]:
    return {
        "seed_source": form.text("source"),
        "seed_at": form.instant("seed", edition.time_zone),
    }


def _ask(request: Request, edition: Edition, _row: Lottery | None, form: Any) -> None:
    actions.ask(edition, **_named(form, edition), by=request.user, at=request.at)
    transaction.on_commit(partial(begin_work))
    messages.success(request, _("The pool is frozen. The chances are being worked out."))


def _name(request: Request, edition: Edition, row: Lottery | None, form: Any) -> None:
    if row:
        actions.name_seed(row, **_named(form, edition), by=request.user, at=request.at)


def _draw(request: Request, _edition: Edition, row: Lottery | None, form: Any) -> None:
    if row and isinstance(form, asking.Drawing):
        actions.draw(row, form.cleaned_data["seed"], by=request.user, at=request.at)
        messages.success(request, _("The panel is drawn, and everybody was written to."))


def _stop(request: Request, _edition: Edition, row: Lottery | None, _rest: Any) -> None:
    if row:
        actions.stop(row, by=request.user, at=request.at)


def _release(request: Request, edition: Edition, _row: Lottery | None, _rest: Any) -> None:
    number = request.POST.get("seat", "")
    seat = get_object_or_404(queries.seats_of(edition), candidacy__number=number)
    actions.release(seat, by=request.user, at=request.at)


def _relax(request: Request, edition: Edition, _row: Lottery | None, _rest: Any) -> None:
    last = queries.lotteries_of(edition).last()
    if last:
        actions.relax(last, by=request.user, at=request.at)
        messages.success(request, _("The quotas were relaxed. Prepare the lottery again."))


ACTS = {
    "ask": _ask,
    "relax": _relax,
    "name": _name,
    "draw": _draw,
    "stop": _stop,
    "release": _release,
}
