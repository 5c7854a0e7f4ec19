"""The sealed list of receipts of a closed call: its public hash, one's own proof, and the check."""

import json
from importlib.resources import files as resources

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from monarca.grants.applications import forms
from monarca.grants.applications.views.files import saved, submission
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.ground.people.http import Request
from monarca.kit import formats


def seal(request: Request, code: str) -> HttpResponse:
    """For everybody: the one hash of the list, its signature, and how to check a receipt."""
    call = closed(request, code)
    listed = forms.closed_list(call)
    context = {
        "call": call,
        "root": listed.tree.root,
        "note": listed.note,
        "key": forms.public_key(),
        "closed": formats.deadline(call.closes_at, call.time_zone, request.at),
    }
    return render(request, "applications/seal.html", context)


def checkpoint(request: Request, code: str) -> HttpResponse:
    """The signed note alone, for whoever keeps it."""
    note = forms.closed_list(closed(request, code)).note
    return saved(note.encode(), f"{code}-checkpoint.txt", "text/plain; charset=utf-8")


def verifier(_request: Request) -> HttpResponse:
    """The function that checks a proof, as it stands in the engine: to be read, and run alone."""
    body = resources("monarca.engines.sealing").joinpath("verify.py").read_bytes()
    return saved(body, "verify.py", "text/x-python; charset=utf-8")


@login_required
def proof(request: Request, ref: str) -> HttpResponse:
    """That the last submission of one's own application is in the closed list."""
    made = submission(request, ref)
    bundle = forms.closed_list(closed(request, made.application.call.code)).bundle(made)
    body = json.dumps(bundle, indent=1, ensure_ascii=False) + "\n"
    return saved(body.encode(), f"{ref}-{made.number}-proof.json", "application/json")


def closed(request: Request, code: str) -> Call:
    """A call that the public may read and whose day is over, or 404."""
    return get_object_or_404(calls.announced(), code=code, closes_at__lte=request.at)
