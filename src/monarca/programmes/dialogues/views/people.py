"""Who takes part, and with whom the edition is shared by name."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monarca.ground.people.http import Request
from monarca.programmes.dialogues import actions, forms, policy, queries
from monarca.programmes.dialogues.states import GUEST, Sides
from monarca.programmes.dialogues.views.answering import (
    allow,
    frame,
    opened,
    say,
    shown,
    signed_in,
    tried,
)


@signed_in
def listing(request: Request, ref: str) -> HttpResponse:
    """Both sides of the table; who answers for a side names its people."""
    edition = opened(request, ref)
    framed = frame(request, edition, "people")
    sides = list(Sides.values) if framed["runs"] else [framed["side"]]
    who = queries.may_be_named(edition, side=framed["side"], at=request.at)
    start = {"side": framed["side"], "sector": "public"}
    form = forms.Seating(request.POST or None, sides=sides, people=who, initial=start)

    def act() -> None:
        actions.seat(edition, actions.Seat(**form.given()), by=request.user, at=request.at)

    if request.method == "POST":
        allow(bool(framed["side"]))
        if form.is_valid() and tried(form, act):
            say(request, _("They take part now."))
            return redirect("dialogues:people", ref)
    context = {
        **framed,
        "form": form if framed["side"] else None,
        "seats": forms.tables(queries.members_of(edition, at=request.at)),
        "leaving": sides if framed["side"] else [],
        "guests": queries.readers_of(edition, at=request.at) if framed["runs"] else [],
    }
    return shown(request, "people", context)


@signed_in
@require_POST
def leave(request: Request, ref: str, code: str) -> HttpResponse:
    edition = opened(request, ref)
    rows = queries.members_of(edition, at=request.at).select_related("edition__series")
    actions.unseat(get_object_or_404(rows, code=code), by=request.user, at=request.at)
    say(request, _("They take part no longer."))
    return redirect("dialogues:people", ref)


@signed_in
def share(request: Request, ref: str) -> HttpResponse:
    """Share the edition with a counterpart by name; they see this one and no other."""
    edition = opened(request, ref)
    allow(policy.may_run(request.user, edition, at=request.at))
    guests = queries.readers_of(edition, at=request.at, reason=GUEST)
    left = queries.counterparts(edition, at=request.at).exclude(pk__in=guests.values("pk"))
    form = forms.Sharing(request.POST or None, people=left)

    def act() -> None:
        actions.share(edition, form.user(), by=request.user, at=request.at)

    if request.method == "POST" and form.is_valid() and tried(form, act):
        say(request, _("They read this edition now, and answer for their side."))
        return redirect("dialogues:people", ref)
    return shown(request, "share", {**frame(request, edition, "people"), "form": form})


@signed_in
@require_POST
def stop(request: Request, ref: str) -> HttpResponse:
    edition = opened(request, ref)
    guests = queries.readers_of(edition, at=request.at)
    user = get_object_or_404(guests, email=request.POST.get("person", ""))
    actions.stop_sharing(edition, user, by=request.user, at=request.at)
    say(request, _("They read this edition no longer."))
    return redirect("dialogues:people", ref)
