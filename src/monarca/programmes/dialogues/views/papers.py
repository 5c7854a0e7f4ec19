"""Position papers: one's own with every version, the other side's as they were shared."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monarca.ground.files import actions as files
from monarca.ground.files import http
from monarca.ground.people.http import Request
from monarca.programmes.dialogues import actions, forms, policy, queries
from monarca.programmes.dialogues.models import Edition, Paper, Version
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
    edition = opened(request, ref)
    rows = queries.papers_visible_to(request.user, at=request.at).filter(edition=edition)
    papers = list(rows.select_related("edition", "item"))
    versions = queries.versions_visible_to(request.user, at=request.at)
    side = queries.side_of(request.user, edition, at=request.at)
    context = {
        **frame(request, edition, "papers"),
        "head": [_("Paper"), _("Side"), _("Version"), _("Who may read it")],
        "rows": forms.paper_rows(papers, queries.last_versions(papers, versions), side),
    }
    return shown(request, "papers", context)


def _words(request: Request, form: Any) -> actions.Words:
    """What was typed, and the file if one came; `FileRefused` when it is damaged."""
    upload = form.cleaned_data["paper"]
    kept = None
    if upload is not None:
        kept = files.keep(upload.read(), upload.name, by=request.user, at=request.at)
    return actions.Words(form.cleaned_data["words"], kept)


@signed_in
def write(request: Request, ref: str) -> HttpResponse:
    edition = opened(request, ref)
    allow(bool(policy.speaks_for(request.user, edition, at=request.at)))
    items = queries.items_visible_to(request.user, at=request.at).filter(edition=edition)
    start = {"language": request.user.language}
    form = forms.Writing(request.POST or None, request.FILES or None, items=items, initial=start)
    made: list[str] = []

    def act() -> None:
        position = actions.Position(**form.position())
        words = _words(request, form)
        made.append(actions.write(edition, position, words, by=request.user, at=request.at).code)

    if request.method == "POST" and form.is_valid() and tried(form, act):
        say(request, _("The paper is kept. Only your side reads it."))
        return redirect("dialogues:paper", ref, made[0])
    return shown(request, "write", {**frame(request, edition, "papers"), "form": form})


def load(request: Request, edition: Edition, code: str) -> Paper:
    rows = queries.papers_visible_to(request.user, at=request.at).filter(edition=edition)
    return get_object_or_404(rows.select_related("item", "edition__series__mission"), code=code)


def _versions(request: Request, paper: Paper) -> Any:
    rows = queries.versions_visible_to(request.user, at=request.at).filter(paper=paper)
    return rows.select_related("sharing", "file", "by").order_by("-number")


@signed_in
def detail(request: Request, ref: str, code: str) -> HttpResponse:
    """Every version one may read, the latest first, and another one for its own side."""
    edition = opened(request, ref)
    paper = load(request, edition, code)
    may = policy.may_write_paper(request.user, paper, at=request.at)
    versions = list(_versions(request, paper))
    start = {"words": versions[0].text}
    form = forms.Revising(request.POST or None, request.FILES or None, initial=start)

    def act() -> None:
        actions.revise(paper, _words(request, form), by=request.user, at=request.at)

    if request.method == "POST":
        allow(may)
        if form.is_valid() and tried(form, act):
            say(request, _("Another version is kept. Earlier ones stay."))
            return redirect("dialogues:paper", ref, code)
    context = {
        **frame(request, edition, "papers"),
        "paper": paper,
        "lang_of_paper": forms.tag_of(paper.language),
        "versions": versions,
        "form": form if may else None,
        "may": may,
    }
    return shown(request, "paper", context)


def _version(request: Request, ref: str, code: str, number: int) -> Version:
    paper = load(request, opened(request, ref), code)
    version: Version = get_object_or_404(_versions(request, paper), number=number)
    version.paper = paper
    return version


@signed_in
@require_POST
def share(request: Request, ref: str, code: str, number: int) -> HttpResponse:
    version = _version(request, ref, code, number)
    actions.share_version(version, by=request.user, at=request.at)
    say(request, _("The other side reads this version now."))
    return redirect("dialogues:paper", ref, code)


@signed_in
def file(request: Request, ref: str, code: str, number: int) -> FileResponse:
    """The file of a version that one may read."""
    version = _version(request, ref, code, number)
    if version.file is None:
        raise Http404
    return http.send(version.file)
