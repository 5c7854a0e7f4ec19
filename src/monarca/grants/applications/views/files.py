"""What can be taken home: the receipt on screen, as PDF and as the exact JSON, and the files."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from monarca.engines import sealing
from monarca.engines.documents.writing import pdf
from monarca.grants.applications import forms, queries
from monarca.grants.applications.models import Submission
from monarca.grants.calls.states import Status
from monarca.ground.files import http
from monarca.ground.people.http import Request
from monarca.kit import formats

PUBLIC = (Status.PUBLISHED, Status.CLOSED)


@login_required
def receipt(request: Request, ref: str) -> HttpResponse:
    """Proof of arrival: reference, instant, fingerprint, and what happens next."""
    made = submission(request, ref)
    call = made.application.call
    context = {
        "page": forms.page_of(queries.sheet_of(made.application), user=request.user, at=request.at),
        "made": made,
        "arrived": formats.deadline(made.at, call.time_zone, request.at),
        "seconds": f"{made.at:%Y-%m-%d %H:%M:%S} UTC",
        "early": formats.left(call.closes_at, made.at),
        "is_sealed": call.closes_at <= request.at and call.status in PUBLIC,
    }
    return render(request, "applications/receipt.html", context)


@login_required
def receipt_pdf(request: Request, ref: str) -> HttpResponse:
    made = submission(request, ref)
    body = pdf.write(forms.receipt_document(made), at=made.at)
    return saved(body, f"{ref}-{made.number}.pdf", "application/pdf")


@login_required
def receipt_json(request: Request, ref: str) -> HttpResponse:
    """The exact bytes whose SHA-256 the receipt names."""
    made = submission(request, ref)
    return saved(sealing.canonical(made.content), f"{ref}-{made.number}.json", "application/json")


@login_required
def download(request: Request, ref: str, digest: str) -> FileResponse:
    """One attached file, named by the beginning of its SHA-256."""
    rows = queries.owned_by(request.user, at=request.at)
    application = get_object_or_404(rows, reference=ref)
    for row in queries.attached_to(application) if len(digest) >= 16 else ():
        if row.file.sha256.startswith(digest):
            return http.send(row.file)
    raise Http404


def submission(request: Request, ref: str) -> Submission:
    """The last submission of the person's own application, or 404."""
    rows = queries.owned_by(request.user, at=request.at).select_related("call__mission")
    application = get_object_or_404(rows, reference=ref)
    made = queries.last_submission(application)
    if made is None:
        raise Http404
    made.application = application
    return made


def saved(body: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
