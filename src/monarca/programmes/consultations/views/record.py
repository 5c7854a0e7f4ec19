"""The people's own record: read, corrected by addition, objected to, opened and closed by them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from monarca.ground.commitments import queries as commitments
from monarca.ground.files import http as files
from monarca.ground.people.http import Request
from monarca.kit import formats
from monarca.programmes.consultations import actions, policy, queries
from monarca.programmes.consultations.forms import asking, entering, showing
from monarca.programmes.consultations.http import drawn, writing
from monarca.programmes.consultations.models import Consultation
from monarca.programmes.consultations.states import GOING, PROMISES, THEIRS, Kind
from monarca.programmes.consultations.views.asking import (
    Page,
    asked,
    runs,
    seen,
    seen_item,
    typed,
    wishing,
)
from monarca.programmes.consultations.views.desk import doings


@writing
def record(request: Request, ref: str) -> HttpResponse:
    """Everything in the record that this person may see, and what they may do."""
    one = seen(request, ref)
    rows = queries.items_visible_to(request.user, at=request.at).filter(consultation=one)
    items = list(rows.select_related("consultation", "representative"))
    kinds = {each.kind: each for each in items}
    today = queries.today(one, at=request.at)
    theirs = queries.running(one, today)
    known = commitments.visible_to(request.user, at=request.at)
    promised = queries.promised([each for each in items if each.kind in PROMISES], known)
    context = {
        "one": one,
        "tag": showing.phase(one),
        "decided": showing.decided(kinds.get(Kind.OUTCOME), kinds.get(Kind.WITHDRAWAL)),
        "until": formats.day(theirs.until_on) if theirs else "",
        "people": [*showing.people(one), *showing.place(one), *showing.calendar(one)],
        "speakers": queries.representatives(one, at=request.at),
        "interpreters": [
            (each.name, f"{queries.called(each.language)} · {each.get_chosen_by_display()}")
            for each in queries.interpreters(one)
        ],
        "items": showing.record_items(one, items),
        "follow_up": showing.follow_up(promised),
        "follow_head": showing.follow_head(),
        "speaks": queries.speaks(request.user, one, at=request.at),
        "may_speak": policy.may_speak(request.user, one, at=request.at),
        "is_going": one.status in GOING,
        "runs": runs(request, one),
        "doings": doings(request, one),
    }
    return render(request, "consultations/record.html", context)


@writing
def item(request: Request, ref: str, code: str) -> HttpResponse:
    """One item: its words, its voices, who permitted what, and what can be done."""
    row = seen_item(request, ref, code)
    seen_by = queries.items_visible_to(request.user, at=request.at)
    answers = seen_by.filter(about=row).select_related("consultation", "representative")
    context = {
        "one": row.consultation,
        "row": showing.record_items(row.consultation, [row])[0],
        "answers": showing.record_items(row.consultation, list(answers)),
        "about": seen_by.filter(pk=row.about_id).first() if row.about_id else None,
        "history": showing.permissions(row),
        "may_touch": policy.may_touch(request.user, row, at=request.at),
        "evidence": row.evidence,
    }
    return render(request, "consultations/item.html", context)


def _back(consultation: Consultation) -> str:
    return reverse("consultations:record", args=[consultation.reference])


@writing
def say(request: Request, ref: str, code: str, kind: str) -> HttpResponse:
    """Add to an item, or object to it."""
    row = seen_item(request, ref, code)
    if kind not in THEIRS:
        raise Http404
    one = row.consultation
    told = wishing(request, one)
    form = entering.Entry(*typed(request), kind=kind, consultation=one, **told)
    page = Page(
        _("Object to it") if kind == Kind.OBJECTION else _("Correct it with an addition"),
        _("Put it into the record"),
        reverse("consultations:item", args=[ref, code]),
        _("Nothing in the record is changed or removed: what you add stands beside it."),
        str(row.get_kind_display()),
    )
    today = queries.today(one, at=request.at)

    def act(filled: entering.Entry) -> object:
        given = filled.entering(about=row, on=today, code=drawn(request))
        return actions.enter(one, given, by=request.user, at=request.at)

    return asked(request, form, act, page, done=_("It is in the record."))


@writing
def permit(request: Request, ref: str, code: str) -> HttpResponse:
    """The people's yes or no to showing an item to everybody."""
    row = seen_item(request, ref, code)
    form = asking.Permitting(*typed(request), **wishing(request, row.consultation))
    page = Page(
        _("What may everybody see?"),
        _("Say so"),
        reverse("consultations:item", args=[ref, code]),
        _("A yes is about what stands there now. It can be taken back at any time, at once."),
        str(row.get_kind_display()),
    )

    def act(filled: asking.Permitting) -> object:
        given = filled.cleaned_data
        verb = actions.permit if given["answer"] == "yes" else actions.take_back
        wish = filled.wish()
        if wish is None:
            raise actions.NotTheirRepresentative
        return verb(row, part=given["part"], wish=wish, by=request.user, at=request.at)

    return asked(request, form, act, page, done=_("It holds from now on."))


@writing
def seal(request: Request, ref: str, code: str) -> HttpResponse:
    """Sacred or sensitive: close an item to all but named readers."""
    row = seen_item(request, ref, code)
    form = asking.Sealing(*typed(request), **wishing(request, row.consultation))
    page = Page(
        _("Seal this item?"),
        _("Seal it for good"),
        _back(row.consultation),
        _("Nobody else will know that it exists. It cannot be opened again."),
        str(row.get_kind_display()),
        danger=True,
    )

    def act(filled: asking.Sealing) -> object:
        wish = filled.wish()
        if wish is None:
            raise actions.NotTheirRepresentative
        named = filled.cleaned_data["readers"]
        return actions.seal(row, named, wish=wish, by=request.user, at=request.at)

    return asked(request, form, act, page, done=_("It is sealed."))


@writing
def words(request: Request, ref: str, code: str) -> HttpResponse:
    """Say the same in one more language."""
    row = seen_item(request, ref, code)
    form = asking.Wording(*typed(request), consultation=row.consultation)
    page = Page(
        _("The same in another language"),
        _("Put it into the record"),
        reverse("consultations:item", args=[ref, code]),
        above=str(row.get_kind_display()),
    )

    def act(filled: asking.Wording) -> object:
        given = filled.cleaned_data
        who: dict[str, Any] = {"by": request.user, "at": request.at}
        return actions.add_text(row, given["language"], given["text"], **who)

    return asked(request, form, act, page, done=_("It is in the record."))


@writing
def file(request: Request, ref: str, code: str) -> HttpResponse:
    """Put a voice, a paper or a photo beside an item."""
    row = seen_item(request, ref, code)
    form = asking.Filing(*typed(request), consultation=row.consultation)
    page = Page(
        _("Add a recording or a paper"),
        _("Put it into the record"),
        reverse("consultations:item", args=[ref, code]),
        above=str(row.get_kind_display()),
    )

    def act(filled: asking.Filing) -> object:
        [given] = entering.attached(filled.cleaned_data)
        return actions.add_piece(row, given, by=request.user, at=request.at)

    return asked(request, form, act, page, done=_("It is in the record."))


@writing
def time(request: Request, ref: str) -> HttpResponse:
    """The people's own deliberation time: set once, then only longer."""
    one = seen(request, ref)
    last = queries.last_protection(one)
    form = asking.Timing(*typed(request), is_first=last is None, **wishing(request, one))
    lead = _("While it runs nobody enters a step, a position or an outcome.")
    if last:
        until = formats.day(last.until_on)
        lead = _("It lasts until %(until)s. It can be lengthened, never shortened.") % {
            "until": until
        }
    page = Page(_("Their own deliberation time"), _("Protect these days"), _back(one), lead)

    def act(filled: asking.Timing) -> object:
        given, wish = filled.cleaned_data, filled.wish()
        if wish is None:
            raise actions.NotTheirRepresentative
        who: dict[str, Any] = {"wish": wish, "by": request.user, "at": request.at}
        if last is None:
            return actions.protect(one, given["from_on"], given["until_on"], **who)
        return actions.lengthen(one, given["until_on"], **who)

    return asked(request, form, act, page, done=_("These days are theirs."))


@writing
def withdraw(request: Request, ref: str) -> HttpResponse:
    """The people take their consent back."""
    one = seen(request, ref)
    told = wishing(request, one)
    form = entering.Entry(*typed(request), kind=Kind.WITHDRAWAL, consultation=one, **told)
    page = Page(
        _("Withdraw consent"),
        _("Consent is withdrawn"),
        _back(one),
        _("Consent can be withdrawn at any time. The record keeps that it was given."),
        danger=True,
    )

    def act(filled: entering.Entry) -> object:
        return actions.withdraw(
            one, filled.entering(code=drawn(request)), by=request.user, at=request.at
        )

    return asked(request, form, act, page, done=_("Consent is withdrawn."))


@writing
def readers(request: Request, ref: str) -> HttpResponse:
    """Let one more person read the record by name."""
    one = seen(request, ref)
    page = Page(
        _("Name one more reader"),
        _("Let them read it"),
        _back(one),
        _("They read the whole record except what is sealed, and write nothing."),
    )

    def act(filled: asking.Reader) -> object:
        user = filled.cleaned_data["email"]
        return actions.name_reader(one, user, by=request.user, at=request.at)

    return asked(
        request, asking.Reader(*typed(request)[:1]), act, page, done=_("They may read it.")
    )


@writing
def proof(request: Request, ref: str, key: str) -> HttpResponseBase:
    """The paper or the voice that proves a wish, for who reads the record."""
    one = seen(request, ref)
    items = queries.items_visible_to(request.user, at=request.at).filter(consultation=one)
    found = queries.proofs(one, items).filter(sha256=key).first()
    if found is None:
        raise Http404
    return files.play(found, request)
