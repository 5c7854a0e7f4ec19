"""The communiqué at the desk, and what each government answers to a recommendation."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from monarca.ground.commitments.states import Sides
from monarca.ground.people import queries as people
from monarca.ground.people.http import Request
from monarca.kit import paging, trilingual
from monarca.kit.guard import Refused, require
from monarca.kit.parts import Link
from monarca.programmes.youthlab import actions, policy, queries
from monarca.programmes.youthlab.forms import answering, asking
from monarca.programmes.youthlab.forms.boxes import Boxes, spread
from monarca.programmes.youthlab.http import typed, words_survive
from monarca.programmes.youthlab.models import Communique, Edition, Recommendation
from monarca.programmes.youthlab.states import Shared, Text
from monarca.programmes.youthlab.views.common import edition_for, refused, show, status_of
from monarca.programmes.youthlab.views.desk import kept_for, trail_in


@words_survive
def text(request: Request, code: str) -> HttpResponse:
    """The words around the recommendations, what is missing, and the delegates' yes or no."""
    row = kept_for(request, code)
    held = queries.communique_of(row)
    do = request.POST.get("do", "write")
    form = _form(request, row, held, do)
    if request.method == "POST" and (do == "count" or form.is_valid()):
        try:
            _act(request, row, held, form)
            return redirect("youthlab:text", code)
        except Refused as no:
            refused(form, no)
    closing = asking.Closing(zone=row.time_zone)
    context = {
        "edition": row,
        "trail": trail_in(row),
        "form": form,
        "closing": form if isinstance(form, asking.Closing) else closing,
        "framing": form if isinstance(form, asking.Framing) else _framing(held),
        "text": answering.text_of(held, request.user, at=request.at, whole=True) if held else None,
        "is_writing": held is None or held.status in {Text.DRAFT, Text.REJECTED},
        "is_proposed": held is not None and held.status == Text.PROPOSED,
        "may_count": held is not None and held.closes_at and request.at >= held.closes_at,
    }
    return show(request, "text", context, status=status_of(request))


def _framing(held: Communique | None) -> asking.Framing:
    initial: dict[str, Any] = {}
    if held:
        initial = {**spread("opening", held.opening), **spread("closing", held.closing)}
    return asking.Framing(initial=initial)


def _form(request: Request, row: Edition, held: Communique | None, do: str) -> Boxes:
    sent = typed(request)
    if do == "propose":
        return asking.Closing(sent, zone=row.time_zone)
    if sent is None or do == "count":
        return _framing(held)
    return asking.Framing(sent)


def _act(request: Request, row: Edition, held: Communique | None, form: Boxes) -> None:
    do, by, at = request.POST.get("do", "write"), request.user, request.at
    if do == "write":
        actions.write(row, opening=form.text("opening"), closing=form.text("closing"), by=by, at=at)
        messages.success(request, _("Saved."))
    elif held is None:
        raise Http404
    elif do == "propose":
        closes = form.instant("closes", row.time_zone)
        actions.put_to_delegates(held, closes_at=closes, by=by, at=at)
    else:
        actions.count(held, by=by, at=at)


@words_survive
def recommend(request: Request, code: str, number: int) -> HttpResponse:
    """One recommendation in three languages: a new one (0), or one that is worded anew."""
    row = kept_for(request, code)
    held = queries.communique_of(row)
    known = None
    if number:
        rows = queries.recommendations_of(held) if held else Recommendation.objects.none()
        known = get_object_or_404(rows, number=number)
    themes = {str(each.number): each for each in row.themes.order_by("number")}
    rows_ = queries.proposals_visible_to(request.user, row, at=request.at)
    proposals = {str(each.number): each for each in rows_.filter(status=Shared.SHARED)}
    form = asking.Wording(
        typed(request),
        themes=themes.values(),
        proposals=proposals.values(),
        initial=_worded(known),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        wording = actions.Wording(
            form.text("text"), themes.get(given["theme"]), proposals.get(given["proposal"])
        )
        try:
            actions.recommend(row, wording, number=number, by=request.user, at=request.at)
            return redirect("youthlab:text", code)
        except Refused as no:
            refused(form, no)
    place = (_("Recommendations"), reverse("youthlab:text", args=[code]))
    context = {"form": form, "title": _("A recommendation"), "button": _("Save")}
    context["trail"] = [*trail_in(row), place]
    return show(request, "form", context, status=status_of(request))


def _worded(known: Recommendation | None) -> dict[str, Any]:
    if known is None:
        return {}
    return {
        **spread("text", known.text),
        "theme": str(known.theme.number) if known.theme else "",
        "proposal": str(known.proposal.number) if known.proposal else "",
    }


@words_survive
def answers(request: Request) -> HttpResponse:
    """The recommendations that wait for this person's government."""
    require(people.is_staff(request.user, at=request.at))
    rows = queries.to_answer_for(request.user, at=request.at)
    page = paging.screen(rows.select_related("communique__edition"), request.GET.get("page"))
    context = {
        "trail": [(_("Desk"), reverse("home:desk"))],
        "page": page,
        "head": [_("Recommendation"), _("Edition")],
        "rows": [
            [
                Link(
                    trilingual.say(each.text).text,
                    reverse("youthlab:answer", args=[each.communique.edition.code, each.number]),
                ),
                trilingual.say(each.communique.edition.name).text,
            ]
            for each in page.rows
        ],
    }
    return show(request, "answers", context)


@words_survive
def answer(request: Request, code: str, number: int) -> HttpResponse:
    """Accept, in part or not, with the reason; what was typed is kept when it is refused."""
    edition = edition_for(request, code)
    side = policy.side_of(request.user, edition, at=request.at)
    require(bool(side))
    row = get_object_or_404(queries.adopted(edition), number=number)
    place = f"answer:{code}:{number}"
    initial: dict[str, Any] = queries.draft_of(request.user, place) or {
        "owner": trilingual.say(getattr(edition, side)).text,
        "other_owner": trilingual.say(
            edition.mexico if side == Sides.CANADA else edition.canada
        ).text,
    }
    form = asking.Answering(typed(request), initial=initial)
    if request.method == "POST":
        if request.POST.get("do") == "keep":
            return _kept(request, place, code, number)
        if form.is_valid() and _answered(request, row, form, place):
            return redirect("youthlab:communique", code)
    context = {
        "edition": edition,
        "form": form,
        "texts": answering.side_by_side(row.text),
        "number": number,
        "side": str(Sides(side).label),
        "reply": queries.replies_to(row).get(side),
        "trail": [(_("Recommendations to answer"), reverse("youthlab:answers"))],
    }
    return show(request, "answer", context, status=status_of(request))


def _answered(request: Request, row: Recommendation, form: asking.Answering, place: str) -> bool:
    given = actions.Answer(**form.answer())
    try:
        actions.answer(row, given, place=place, by=request.user, at=request.at)
    except Refused as no:
        actions.keep(place, _words(request), by=request.user, at=request.at)
        refused(form, no)
        return False
    return True


def _kept(request: Request, place: str, code: str, number: int) -> HttpResponse:
    actions.keep(place, _words(request), by=request.user, at=request.at)
    messages.success(request, _("Kept. Nobody else sees it."))
    return redirect("youthlab:answer", code, number)


def _words(request: Request) -> dict[str, str]:
    """Every box as it was typed; a list of ticks is not kept."""
    names = {name: request.POST[name] for name in request.POST}
    return {
        name: value
        for name, value in names.items()
        if name not in {"csrfmiddlewaretoken", "who", "do", "aims"} and not name.startswith("due_")
    }
