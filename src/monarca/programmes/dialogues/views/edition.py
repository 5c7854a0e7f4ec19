"""One meeting: its overview, its steps, its calendar file and the pack to take along."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monarca.engines.documents.writing import docx, pdf
from monarca.engines.documents.writing.shapes import Document
from monarca.ground.people.http import Request
from monarca.kit import formats
from monarca.programmes.dialogues import actions, forms, policy, queries
from monarca.programmes.dialogues.forms import calendar as files
from monarca.programmes.dialogues.http import saved
from monarca.programmes.dialogues.models import Edition
from monarca.programmes.dialogues.states import MOVES
from monarca.programmes.dialogues.views.answering import (
    allow,
    frame,
    opened,
    say,
    shown,
    signed_in,
    trail,
    tried,
)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STEPS: dict[str, Callable[..., Edition]] = {
    "open": actions.prepare,
    "hold": actions.hold,
    "close": actions.close,
    "reopen": actions.reopen,
}


@signed_in
def detail(request: Request, ref: str) -> HttpResponse:
    """Dates, people, what both sides promised here, and what earlier meetings promised."""
    edition = opened(request, ref)
    user, at = request.user, request.at
    here = queries.of_edition(edition, user, at=at)
    before = queries.before(edition, user, at=at)
    context = {
        **frame(request, edition, "edition"),
        "facts": forms.edition_facts(edition),
        "seats": forms.tables(queries.members_of(edition, at=at)),
        "promised_head": forms.followed_head(),
        "promised": forms.followed_rows(queries.followed(here, user, at=at)),
        "earlier": forms.followed_rows(queries.followed(before, user, at=at)),
        "steps": _steps(edition),
        "may_publish": policy.may_publish(user, edition, at=at),
        "guests": [one.get_short_name() for one in queries.readers_of(edition, at=at)],
    }
    return shown(request, "edition", context)


def _steps(edition: Edition) -> list[tuple[str, str]]:
    """The moves that are open from here, as buttons."""
    words = {
        "open": _("Begin to prepare it"),
        "hold": _("It was held"),
        "close": _("Close the meeting"),
        "reopen": _("Open it again"),
    }
    return [(name, words[name]) for name in MOVES.open_from(edition.status)]


@signed_in
@require_POST
def move(request: Request, ref: str) -> HttpResponse:
    edition = opened(request, ref)
    step = STEPS.get(request.POST.get("step", ""))
    allow(step is not None)
    if step is not None:
        step(edition, by=request.user, at=request.at)
        say(request, _("The meeting stands as: %(status)s") % {"status": _status(edition)})
    return redirect("dialogues:edition", ref)


def _status(edition: Edition) -> str:
    edition.refresh_from_db()
    return forms.status_tag(edition).text


@signed_in
@require_POST
def show(request: Request, ref: str) -> HttpResponse:
    edition = opened(request, ref)
    wanted = request.POST.get("public") == "yes"
    actions.show(edition, public=wanted, by=request.user, at=request.at)
    say(request, _("The meeting is public.") if wanted else _("The meeting is no longer public."))
    return redirect("dialogues:edition", ref)


@signed_in
def replan(request: Request, ref: str) -> HttpResponse:
    edition = opened(request, ref)
    allow(policy.may_run(request.user, edition, at=request.at))
    form = forms.Planning(request.POST or None, initial=forms.planned_as(edition))

    def act() -> None:
        given = actions.Plan(**form.given())
        actions.replan(edition, given, by=request.user, at=request.at)

    if request.method == "POST" and form.is_valid() and tried(form, act):
        say(request, _("The meeting has other dates. Calendars that follow it change too."))
        return redirect("dialogues:edition", ref)
    place = reverse("dialogues:edition", args=[ref])
    steps = trail((ref, place))
    context = {"form": form, "series": edition.series, "edition": edition, "trail": steps}
    return shown(request, "plan", context)


@signed_in
def calendar(request: Request, ref: str) -> HttpResponse:
    """The calendar file; of the agenda only open items, because calendars are shared."""
    edition = opened(request, ref)
    address = request.build_absolute_uri(reverse("dialogues:edition", args=[ref]))
    entry = entry_of(edition, address)
    language = formats.language()
    body = files.write(entry.summary, [entry], language=language, at=request.at)
    return saved(body, f"{ref}.ics", "text/calendar; charset=utf-8")


def entry_of(edition: Edition, address: str) -> files.Entry:
    """A meeting as its entry of a calendar, in the reader's language."""
    topics = [forms.said(item.topic) for item in queries.public_items(edition)]
    agenda = "\n".join(f"{number}. {topic}" for number, topic in enumerate(topics, start=1))
    return files.Entry(
        uid=f"{edition.reference.lower()}@dialogues.monarca",
        starts_at=edition.starts_at,
        ends_at=edition.ends_at,
        time_zone=edition.time_zone,
        summary=queries.full_name(edition)[formats.language()],
        location=edition.place,
        description=agenda,
        url=address,
        sequence=edition.sequence,
        is_certain=edition.status != "planned",
    )


@signed_in
def pack_pdf(request: Request, ref: str) -> HttpResponse:
    """The meeting pack as a tagged PDF: what this reader may read, and nothing else."""
    body = pdf.write(_pack(request, opened(request, ref)), at=request.at)
    return saved(body, f"{ref}.pdf", "application/pdf")


@signed_in
def pack_docx(request: Request, ref: str) -> HttpResponse:
    body = docx.write(_pack(request, opened(request, ref)), at=request.at)
    return saved(body, f"{ref}.docx", WORD)


def _pack(request: Request, edition: Edition) -> Document:
    user, at = request.user, request.at
    papers = list(queries.papers_visible_to(user, at=at).filter(edition=edition))
    versions = queries.versions_visible_to(user, at=at).select_related("file")
    last = queries.last_versions(papers, versions)
    texts = queries.texts_visible_to(user, at=at).filter(edition=edition).select_related("item")
    before = queries.before(edition, user, at=at)
    pack = forms.Pack(
        edition=edition,
        seats=forms.tables(queries.members_of(edition, at=at)),
        items=list(queries.items_visible_to(user, at=at).filter(edition=edition)),
        papers=[(paper, last[paper.pk]) for paper in papers],
        voices=voices_of(request, edition, only_passed_on=True),
        practices=list(queries.practices_visible_to(user, at=at).filter(edition=edition)),
        followed=queries.followed(before, user, at=at),
        texts=[(text, queries.standings(text)) for text in texts],
    )
    return forms.pack_document(pack, language=(get_language() or "en")[:2])


def voices_of(request: Request, edition: Edition, *, only_passed_on: bool = False) -> Any:
    """The inputs of an edition with the names that this reader may know."""
    user, at = request.user, request.at
    rows = queries.inputs_visible_to(user, at=at).filter(edition=edition)
    if only_passed_on:
        rows = rows.filter(queries.PASSED)
    senders = queries.senders_visible_to(user, at=at).filter(input__edition=edition)
    known = {sender.input_id: sender for sender in senders}
    return forms.voices(rows, known, runs=policy.may_run(user, edition, at=at))
