"""Civil society writes before a meeting, and takes back; the embassy reads and passes on."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monarca.ground.people.http import Request
from monarca.kit import formats
from monarca.programmes.dialogues import actions, forms, queries
from monarca.programmes.dialogues.http import may_send, told_once, told_to_one
from monarca.programmes.dialogues.models import Edition
from monarca.programmes.dialogues.states import Asking, Consent
from monarca.programmes.dialogues.views.answering import (
    allow,
    frame,
    opened,
    say,
    shown,
    signed_in,
    tried,
)
from monarca.programmes.dialogues.views.edition import voices_of


def everybody(request: Request, code: str, ref: str) -> HttpResponse:
    """The form on the public page, for anybody."""
    rows = queries.public().select_related("series__mission")
    edition = get_object_or_404(rows, reference=ref, series__code=code)
    if not queries.open_to_everybody(edition):
        raise Http404
    return told_to_one(_hear(request, edition))


def invited(request: Request, token: str) -> HttpResponse:
    """The form for whoever has the invitation; who they are is not written down."""
    edition = queries.invited_to(token)
    if edition is None:
        raise Http404
    return told_once(_hear(request, edition))


def _hear(request: Request, edition: Edition) -> HttpResponse:
    form = forms.Hearing(request.POST or None, initial={"language": formats.language()})
    is_open = queries.takes_inputs(edition, at=request.at)

    def act() -> None:
        heard = actions.Heard(**form.told())
        actions.receive(edition, heard, secret=form.secret(), by=None, at=request.at)

    if request.method == "POST" and form.is_valid():
        if not may_send(request):
            form.add_error(None, _("Too much arrives from your network now. Send it again later."))
        elif tried(form, act):
            return redirect(reverse("dialogues:sent", args=[form.secret()]) + "?new=1")
    until = edition.asked_until
    closes = formats.deadline(until, edition.time_zone, request.at) if until else None
    context = {
        "form": form,
        "edition": edition,
        "is_open": is_open or form.is_bound,
        "closes": closes,
        "facts": forms.edition_facts(edition),
        "place": formats.city(edition.time_zone),
    }
    return shown(request, "hear", context)


def sent(request: Request, secret: str) -> HttpResponse:
    """The sender's own page: what arrived, what became of it, and how to take it back."""
    found = queries.input_of(actions.digest(secret))
    if found is None:
        raise Http404
    form = forms.Withdrawing(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erase = form.cleaned_data["erase"]
        actions.withdraw(found, erase=erase, by=None, at=request.at)
        return redirect("dialogues:sent", secret)
    context = {
        "input": found,
        "edition": found.edition,
        "form": form,
        "is_new": request.GET.get("new") == "1",
        "address": request.build_absolute_uri(request.path),
        "lang_of_input": forms.tag_of(found.language),
    }
    return told_once(render(request, "dialogues/sent.html", context))


@signed_in
def listing(request: Request, ref: str) -> HttpResponse:
    """What arrived, as this reader may read it; who runs the meeting says who may write."""
    edition = opened(request, ref)
    framed = frame(request, edition, "inputs")
    readers = queries.may_read_names(edition, at=request.at)
    start = {"who": edition.asking}
    if edition.asked_until and edition.names_reader:
        local = edition.asked_until.astimezone(_zone(edition))
        start |= {"until_on": local.date().isoformat(), "until": f"{local:%H:%M}"}
        start["reader"] = edition.names_reader.email
    form = forms.Calling(
        request.POST or None, people=readers, zone=edition.time_zone, initial=start
    )

    def act() -> None:
        actions.ask(edition, actions.Asked(**form.given()), by=request.user, at=request.at)

    if request.method == "POST":
        allow(framed["runs"])
        if form.is_valid() and tried(form, act):
            say(request, _("Who may write is settled. Earlier invitations are closed."))
            return redirect("dialogues:inputs", ref)
    context = {
        **framed,
        "voices": voices_of(request, edition),
        "form": form if framed["runs"] else None,
        "invitation": _invitation(request, edition) if framed["runs"] else "",
    }
    return shown(request, "inputs", context)


def _zone(edition: Edition) -> ZoneInfo:
    return ZoneInfo(edition.time_zone)


def _invitation(request: Request, edition: Edition) -> str:
    """The address that invites, or that of the public form."""
    if edition.asking == Asking.NOBODY:
        return ""
    if edition.asking == Asking.INVITED:
        place = reverse("dialogues:invited", args=[queries.invitation_of(edition)])
    else:
        place = reverse("dialogues:input", args=[edition.series.code, edition.reference])
    return request.build_absolute_uri(place)


@signed_in
@require_POST
def pass_on(request: Request, ref: str, code: str) -> HttpResponse:
    edition = opened(request, ref)
    rows = queries.inputs_visible_to(request.user, at=request.at).filter(edition=edition)
    row = get_object_or_404(rows.select_related("edition__series"), code=code)
    actions.pass_on(row, by=request.user, at=request.at)
    say(request, _("The other side reads it now."))
    return redirect("dialogues:inputs", ref)


@signed_in
def who(request: Request, ref: str, code: str) -> HttpResponse:
    """Who stays unnamed, for the one reader, after they asked; no other page ever says it.

    The name is in the answer to the question alone: in no address, no session and no cache.
    """
    edition = opened(request, ref)
    rows = queries.senders_visible_to(request.user, at=request.at)
    hidden = rows.filter(input__edition=edition, input__consent=Consent.ANONYMOUS)
    sender = get_object_or_404(hidden.select_related("input"), input__code=code)
    is_told = request.method == "POST"
    if is_told:
        actions.read_name(sender, by=request.user, at=request.at)
    context = {
        **frame(request, edition, "inputs"),
        "input": sender.input,
        "sender": sender if is_told else None,
        "lang_of_input": forms.tag_of(sender.input.language),
    }
    return told_once(shown(request, "who", context))
