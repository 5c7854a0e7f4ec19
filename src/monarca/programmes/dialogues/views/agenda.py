"""The agenda, and what worked on each side."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monarca.ground.people.http import Request
from monarca.programmes.dialogues import actions, forms, policy, queries
from monarca.programmes.dialogues.models import Edition, Item
from monarca.programmes.dialogues.states import Sensitivity
from monarca.programmes.dialogues.views.answering import (
    frame,
    opened,
    say,
    shown,
    signed_in,
    tried,
)


def _named(request: Request, edition: Edition) -> Any:
    """Who can be made a reader of a sealed item; the person reads it anyway."""
    side = policy.speaks_for(request.user, edition, at=request.at)
    rows = queries.may_be_named(edition, side=side, at=request.at)
    return rows.exclude(pk=request.user.pk) if side else rows.none()


@signed_in
def listing(request: Request, ref: str) -> HttpResponse:
    edition = opened(request, ref)
    people = _named(request, edition)
    start = {"sensitivity": Sensitivity.OPEN}
    form = forms.Putting(request.POST or None, people=people, initial=start)

    def act() -> None:
        topic = actions.Topic(**form.given())
        actions.put(edition, topic, by=request.user, at=request.at, code=form.code())

    if request.method == "POST" and form.is_valid() and tried(form, act):
        say(request, _("The item is on the agenda."))
        return redirect("dialogues:agenda", ref)
    items = queries.items_visible_to(request.user, at=request.at).filter(edition=edition)
    context = {
        **frame(request, edition, "agenda"),
        "form": form,
        "head": forms.item_head(links=True),
        "rows": forms.item_rows(items.select_related("edition"), links=True),
    }
    return shown(request, "agenda", context)


def load(request: Request, edition: Edition, code: str) -> Item:
    rows = queries.items_visible_to(request.user, at=request.at).filter(edition=edition)
    return get_object_or_404(rows.select_related("edition__series__mission"), code=code)


@signed_in
def item(request: Request, ref: str, code: str) -> HttpResponse:
    """An item: its words for who reads it, its form for the side that put it there."""
    edition = opened(request, ref)
    row = load(request, edition, code)
    form = forms.Putting(
        request.POST or None, people=_named(request, edition), initial=_start(row, request)
    )

    def act() -> None:
        actions.change(row, actions.Topic(**form.given()), by=request.user, at=request.at)

    if request.method == "POST" and form.is_valid() and tried(form, act):
        say(request, _("The item is changed."))
        return redirect("dialogues:item", ref, code)
    may = policy.may_change_item(request.user, row, at=request.at)
    context = {
        **frame(request, edition, "agenda"),
        **_shown(request, edition, row),
        "form": form if may else None,
        "may": may,
    }
    return shown(request, "item", context)


def _start(row: Item, request: Request) -> dict[str, Any]:
    """The item as the initial values of its form."""
    return {
        **forms.spread("topic", row.topic),
        "lead_canada": row.lead_canada,
        "lead_mexico": row.lead_mexico,
        "sensitivity": row.sensitivity,
        "readers": [user.email for user in queries.readers_of(row, at=request.at)],
    }


def _shown(request: Request, edition: Edition, row: Item) -> dict[str, Any]:
    """What the item's page prints: who reads it, and its papers as far as one may read them."""
    papers = queries.papers_visible_to(request.user, at=request.at).filter(item=row)
    papers = papers.select_related("edition", "item")
    versions = queries.versions_visible_to(request.user, at=request.at)
    side = queries.side_of(request.user, edition, at=request.at)
    is_sealed = row.sensitivity == Sensitivity.SEALED
    return {
        "item": row,
        "row_head": forms.item_head(links=False),
        "row": forms.item_rows([row], links=False),
        "readers": queries.readers_of(row, at=request.at) if is_sealed else [],
        "paper_head": [_("Paper"), _("Side"), _("Version"), _("Who may read it")],
        "papers": forms.paper_rows(papers, queries.last_versions(list(papers), versions), side),
        "back": reverse("dialogues:agenda", args=[edition.reference]),
    }


@signed_in
@require_POST
def drop(request: Request, ref: str, code: str) -> HttpResponse:
    edition = opened(request, ref)
    actions.drop(load(request, edition, code), by=request.user, at=request.at)
    say(request, _("The item is off the agenda."))
    return redirect("dialogues:agenda", ref)


@signed_in
def practices(request: Request, ref: str) -> HttpResponse:
    """What worked on one side, told to the other."""
    edition = opened(request, ref)
    form = forms.Working(request.POST or None)

    def act() -> None:
        given = actions.Worked(**form.given())
        actions.share_practice(edition, given, by=request.user, at=request.at)

    if request.method == "POST" and form.is_valid() and tried(form, act):
        say(request, _("Both sides can read it now."))
        return redirect("dialogues:practices", ref)
    rows = queries.practices_visible_to(request.user, at=request.at).filter(edition=edition)
    context = {**frame(request, edition, "practices"), "form": form, "practices": rows}
    return shown(request, "practices", context)
