"""What owners and keepers do to one commitment: each act has its page, or its button."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from monarca.engines.reasons import Reason
from monarca.ground.commitments import actions, policy, queries
from monarca.ground.commitments.actions import Holder, Report
from monarca.ground.commitments.forms import asking, showing, telling
from monarca.ground.commitments.models import Commitment, Progress
from monarca.ground.commitments.views.public import seen
from monarca.ground.people.http import Request, is_known
from monarca.kit import reasons
from monarca.kit.guard import Refused, require

AT = {
    actions.NoEvidence: "evidence_url",
    actions.NotAnAddress: "evidence_url",
    actions.NotAShare: "percent",
    actions.NothingSaid: "note",
    actions.PaperRefused: "paper",
    actions.DueBeforePromised: "due_on",
    actions.DueInALifetime: "due_on",
    actions.PromisedOutOfReason: "promised_on",
    actions.NoReason: "reason",
    actions.OwnerUnnamed: "name",
}
"""At which box a refusal is said; the others are said above them all."""


type View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Behind sign-in; what somebody typed while their session ended is shown for them to keep."""
    behind = login_required(view)

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        words = asking.typed(request.POST) if request.method == "POST" else []
        if words and not is_known(request):
            context = {"words": words, "next": request.path}
            return render(request, "commitments/expired.html", context, status=401)
        return behind(request, *args, **kwargs)

    return guarded


def done(request: Request, form: Any, act: Callable[[], object], said: str) -> bool:
    """Do what the posted form asks; a refusal becomes a sentence on it, and nothing is lost."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Refused as no:
        box = AT.get(type(no))
        form.add_error(box if box in form.fields else None, reasons.sentence(no.reason))
        return False
    messages.success(request, said)
    return True


def asked(request: Request, row: Commitment, form: Any, title: str, send: str) -> HttpResponse:
    """The page of one act: the commitment's words above, the form below."""
    context = {
        "row": row,
        "form": form,
        "title": title,
        "send": send,
        "status": showing.status(row, on=queries.day_of(request.at)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "commitments/act.html", context, status=status)


def _kept(request: Request, ref: str) -> Commitment:
    """A commitment whose register this person keeps; 403 for who only reads it."""
    row = seen(request, ref)
    require(policy.may_keep(request.user, row, at=request.at))
    return row


@signed_in
def report(request: Request, ref: str) -> HttpResponse:
    """Say how far it is; who keeps the register also ends it here, with evidence."""
    row, user, at = seen(request, ref), request.user, request.at
    require(policy.may_report(user, row, at=at))
    keeps = policy.may_keep(user, row, at=at)
    shows = policy.may_show_reports(user, row, at=at)
    given, papers = request.POST or None, request.FILES or None
    form = asking.Telling(given, papers, held=row, keeps=keeps, shows=shows)

    def act() -> object:
        paper = form.cleaned_data["paper"]
        given = (paper.read(), paper.name) if paper else None
        return actions.tell(row, Report(**form.given()), given, by=user, at=at)

    if done(request, form, act, _("Your words stand in the history now.")):
        return redirect("commitments:one", ref)
    return asked(request, row, form, _("Say how far it is"), _("Write it into the history"))


@signed_in
def reword(request: Request, ref: str) -> HttpResponse:
    row, user, at = _kept(request, ref), request.user, request.at
    if row.source and request.method != "POST":
        where = {"where": queries.where_made(row)}
        messages.warning(request, reasons.sentence(Reason("WordedWhereItWasMade", where)))
        return redirect("commitments:one", ref)
    initial = {f"text_{code}": text for code, text in row.text.items()} | {"due_on": row.due_on}
    form = asking.Rewording(request.POST or None, initial=initial)

    def act() -> object:
        given = form.cleaned_data
        words, due, why = form.text(), given["due_on"], given["reason"]
        return actions.reword(row, words, due, reason=why, by=user, at=at)

    if done(request, form, act, _("The new wording is in force; the earlier one stays readable.")):
        return redirect("commitments:one", ref)
    return asked(request, row, form, _("Word it anew"), _("Put this wording in force"))


@signed_in
def reopen(request: Request, ref: str) -> HttpResponse:
    row, user, at = _kept(request, ref), request.user, request.at
    form = asking.Reopening(request.POST or None)

    def act() -> object:
        return actions.reopen(row, reason=form.cleaned_data["reason"], by=user, at=at)

    if row.status in queries.OPEN:
        return redirect("commitments:one", ref)
    if done(request, form, act, _("The commitment is open again.")):
        return redirect("commitments:one", ref)
    return asked(request, row, form, _("Open it again"), pgettext("button", "Open it again"))


@signed_in
def owners(request: Request, ref: str) -> HttpResponse:
    """Who answers for it: named with this form, released with the button beside each."""
    row, user, at = _kept(request, ref), request.user, request.at
    form = asking.Naming(request.POST or None, mission=row.mission, at=at)

    def act() -> object:
        return actions.name_owner(row, Holder(*form.given()), by=user, at=at)

    if done(request, form, act, _("They answer for it from now on.")):
        return redirect("commitments:owners", ref)
    context = {
        "row": row,
        "form": form,
        "owners": [
            (asking.owner_key(one), telling.owners([one], inside=True)[0])
            for one in queries.owners_of(row, at=at)
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "commitments/owners.html", context, status=status)


@login_required
@require_POST
def release(request: Request, ref: str) -> HttpResponse:
    row = _kept(request, ref)
    key = request.POST.get("owner", "")
    held = queries.owners_of(row, at=request.at)
    owner = next((one for one in held if asking.owner_key(one) == key), None)
    if owner is None:
        raise Http404
    actions.release_owner(owner, by=request.user, at=request.at)
    messages.success(request, _("They answer for it no longer; that they did stays known."))
    return redirect("commitments:owners", ref)


@login_required
@require_POST
def show(request: Request, ref: str) -> HttpResponse:
    """Put it before the public, or take it back."""
    row, public = seen(request, ref), request.POST.get("public")
    if public not in {"yes", "no"}:
        raise PermissionDenied
    actions.show(row, public=public == "yes", by=request.user, at=request.at)
    said = _("Everybody may read it now.") if public == "yes" else _("It is no longer public.")
    messages.success(request, said)
    return redirect("commitments:one", ref)


@login_required
@require_POST
def show_report(request: Request, ref: str, number: int) -> HttpResponse:
    actions.show_report(_line(request, ref, number), by=request.user, at=request.at)
    messages.success(request, _("Everybody may read these words now."))
    return redirect("commitments:one", ref)


@login_required
@require_POST
def hide_report(request: Request, ref: str, number: int) -> HttpResponse:
    actions.hide_report(_line(request, ref, number), by=request.user, at=request.at)
    messages.success(request, _("These words are no longer public."))
    return redirect("commitments:one", ref)


def _line(request: Request, ref: str, number: int) -> Progress:
    """One line of the whole history, the first being 1; 404 for one there is not."""
    told = list(queries.progress_of(_kept(request, ref), whole=True))[::-1]
    if not 1 <= number <= len(told):
        raise Http404
    return told[number - 1]
