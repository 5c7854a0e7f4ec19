"""The agreement as its recipient sees it, and the papers for everybody who may see it."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from monarca.grants.agreements import forms, queries
from monarca.ground.files import http
from monarca.ground.people.http import Request


@login_required
def detail(request: Request, ref: str) -> HttpResponse:
    """What was promised, in what parts, who signed, and both papers to take home."""
    mine = queries.received(request.user, at=request.at)
    agreement = get_object_or_404(mine, application__reference=ref)
    here = reverse("applications:detail", args=[ref])
    context = {
        "agreement": agreement,
        "file": agreement.application,
        "tag": forms.tag_of(agreement),
        "facts": forms.facts_of(agreement),
        "part_head": [_("Number"), _("Kind"), _("Waits for"), _("Planned for"), _("Amount")],
        "parts": forms.part_rows(queries.instalments_of(agreement)),
        "signatures": forms.signature_facts(queries.signatures_of(agreement)),
        "trail": [(ref, here)],
        "back": here,
    }
    return render(request, "agreements/recipient.html", context)


@login_required
def download(request: Request, ref: str, kind: str) -> FileResponse:
    """The Word file or the PDF that was sent; 404 for everybody who may not see it."""
    rows = queries.visible_to(request.user, at=request.at).select_related("docx", "pdf")
    agreement = get_object_or_404(rows, application__reference=ref)
    paper = agreement.docx if kind == "docx" else agreement.pdf
    if paper is None:
        raise Http404
    return http.send(paper)
