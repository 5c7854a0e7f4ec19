"""Applying from a telephone: one page a section, saved whatever it says; one's own chance, seat."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monarca.ground.people.http import Request
from monarca.kit import formats, reasons
from monarca.kit.guard import Refused
from monarca.programmes.youthlab import actions, policy, queries
from monarca.programmes.youthlab.forms import applying as forms
from monarca.programmes.youthlab.forms import showing
from monarca.programmes.youthlab.http import typed, words_survive
from monarca.programmes.youthlab.models import Candidacy
from monarca.programmes.youthlab.states import Place, Sent, Work
from monarca.programmes.youthlab.views.common import edition_for, show
from monarca.programmes.youthlab.views.public import about


def candidacy_for(request: Request, code: str) -> Candidacy:
    """The person's own application, or 404."""
    rows = queries.own(request.user, at=request.at).exclude(status=Sent.WITHDRAWN)
    return get_object_or_404(rows, edition__code=code)


@words_survive
def apply(request: Request, code: str) -> HttpResponse:
    """What is asked and why, and the button with which one begins."""
    edition = edition_for(request, code)
    if request.method == "POST":
        language = (get_language() or "es")[:2]
        actions.start(edition, by=request.user, at=request.at, language=language)
        return redirect("youthlab:section", code, queries.SECTIONS[0])
    context = about(request, edition)
    context["quotas"] = showing.quota_rows(queries.quotas_of(edition))
    context["quota_head"] = showing.quota_head()
    return show(request, "apply", context)


@words_survive
def section(request: Request, code: str, section: str) -> HttpResponse:
    """One page of the application: what is typed is saved first, then judged."""
    if section not in queries.SECTIONS:
        raise Http404
    candidacy = candidacy_for(request, code)
    sent = typed(request)
    if request.method == "POST" and sent is not None:
        return save(request, candidacy, section)
    found = queries.gaps(candidacy) if "check" in request.GET else ()
    if sent is not None:
        _put(candidacy, section, sent)
    return shown(request, candidacy, section, found)


def save(request: Request, candidacy: Candidacy, section: str) -> HttpResponse:
    words, traits = forms.read(section, request.POST)
    try:
        held = actions.save_answers(candidacy, words, traits, by=request.user, at=request.at)
    except Refused as no:
        _put(candidacy, section, request.POST)
        messages.error(request, reasons.sentence(no.reason))
        return shown(request, candidacy, section, (), status=409)
    found = [gap for gap in queries.gaps(held) if gap.section == section]
    go = request.POST.get("go", "next")
    if found and go == "next":
        return shown(request, held, section, found, status=422)
    code = candidacy.edition.code
    if go == "later":
        return redirect("youthlab:mine", code)
    place = queries.SECTIONS.index(section) + 1
    if place == len(queries.SECTIONS):
        return redirect("youthlab:check", code)
    return redirect("youthlab:section", code, queries.SECTIONS[place])


def _put(candidacy: Candidacy, section: str, sent: Any) -> None:
    """Show what was typed, without saving it."""
    words, traits = forms.read(section, sent)
    candidacy.words = {**candidacy.words, **words}
    candidacy.traits = {**candidacy.traits, **traits}


def shown(
    request: Request, candidacy: Candidacy, section: str, found: Any, *, status: int = 200
) -> HttpResponse:
    edition = candidacy.edition
    context = {
        **about(request, edition),
        "candidacy": candidacy,
        "section": section,
        "title": forms.TITLES[section],
        "form": forms.shown(section, candidacy, found=found),
        "step": queries.SECTIONS.index(section) + 1,
        "steps": len(queries.SECTIONS) + 1,
        "saved": formats.clock(candidacy.saved_at, edition.time_zone),
        "has_errors": bool(found),
    }
    return show(request, "section", context, status=status)


@words_survive
def check(request: Request, code: str) -> HttpResponse:
    """All of it to read, and the button that sends it."""
    candidacy = candidacy_for(request, code)
    refusal = ""
    if request.method == "POST":
        try:
            actions.send(candidacy, by=request.user, at=request.at)
        except Refused as no:
            refusal = reasons.sentence(no.reason)
        else:
            messages.success(request, _("Your application was sent."))
            return redirect("youthlab:mine", code)
    context = {
        **about(request, candidacy.edition),
        "candidacy": candidacy,
        "refusal": refusal,
        "gaps": _gaps(candidacy),
        "parts": _parts(candidacy),
        "is_changed": queries.is_changed(candidacy),
    }
    return show(request, "check", context, status=422 if refusal else 200)


def _gaps(candidacy: Candidacy) -> list[tuple[str, str]]:
    """(address, sentence) of everything that is missing."""
    code = candidacy.edition.code
    return [
        (
            f"{reverse('youthlab:section', args=[code, gap.section])}?check#id_{gap.field}",
            forms.sentence(gap),
        )
        for gap in queries.gaps(candidacy)
    ]


def _parts(candidacy: Candidacy) -> list[dict[str, Any]]:
    code, told = candidacy.edition.code, forms.told(candidacy)
    return [
        {
            "title": forms.TITLES[name],
            "href": reverse("youthlab:section", args=[code, name]),
            "rows": [(question, answer or "–") for part, question, answer in told if part == name],
        }
        for name in queries.SECTIONS
    ]


@words_survive
def withdraw(request: Request, code: str) -> HttpResponse:
    """Take it back; what one said of oneself is erased."""
    candidacy = candidacy_for(request, code)
    if request.method == "POST":
        actions.withdraw(candidacy, by=request.user, at=request.at)
        messages.success(request, _("Your application was taken back, and your answers erased."))
        return redirect("youthlab:edition", code)
    return show(request, "withdraw", {**about(request, candidacy.edition)})


SEATING = {"accept": actions.accept, "decline": actions.decline}


@words_survive
def mine(request: Request, code: str) -> HttpResponse:
    """Where my application stands: my number, my chance, my seat."""
    candidacy = candidacy_for(request, code)
    if request.method == "POST":
        act = SEATING.get(request.POST.get("do", ""))
        if act is None:
            raise Http404
        act(candidacy, by=request.user, at=request.at)
        return redirect("youthlab:mine", code)
    context = {
        **about(request, candidacy.edition),
        "candidacy": candidacy,
        "may_correct": policy.may_correct(request.user, candidacy, at=request.at),
        "may_withdraw": policy.may_withdraw(request.user, candidacy),
        "is_changed": queries.is_changed(candidacy),
        "missing": len(queries.gaps(candidacy)),
        "ruling": getattr(candidacy, "ruling", None),
        "chances": _chances(candidacy),
        "offered": Place.OFFERED,
        "accepted": Place.ACCEPTED,
    }
    return show(request, "mine", context)


def _chances(candidacy: Candidacy) -> list[dict[str, Any]]:
    """My chance in every lottery that was committed to, with the reason."""
    found = []
    rows = queries.lotteries_of(candidacy.edition).filter(status__in=[Work.READY, Work.DRAWN])
    for lottery in rows:
        mine = queries.chance_of(lottery, candidacy)
        if mine:
            chance, why = mine
            words = showing.in_words(why.code, why.values) if why else showing.TOGETHER
            drawn = candidacy.number in queries.members_of(lottery)
            found.append(
                {"row": lottery, "chance": showing.share(chance), "why": words, "drawn": drawn}
            )
    return found
