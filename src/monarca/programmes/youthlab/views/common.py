"""What every page of a Youth Lab does: find the edition, show a form, answer a refusal in words."""

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from monarca.ground.people.http import Request
from monarca.ground.people.models import User
from monarca.kit import reasons
from monarca.kit.guard import Refused
from monarca.programmes.youthlab import http, queries
from monarca.programmes.youthlab.models import Edition


def reader(request: Request) -> User | None:
    return request.user if request.user.is_authenticated else None


def edition_for(request: Request, code: str) -> Edition:
    """The edition of this address, if the reader may see it."""
    rows = queries.visible_to(reader(request), at=request.at)
    return get_object_or_404(rows.select_related("mission"), code=code)


def show(
    request: Request, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The page, with what lets words survive an expired session."""
    user = reader(request)
    known = {"who": http.token(user), "was_away": False} if user else {}
    if user and request.method != "POST" and http.typed(request) is not None:
        known["was_away"] = True
    return render(request, f"youthlab/{template}.html", {**known, **context}, status=status)


def refused(form: BaseForm, no: Refused, field: str | None = None) -> None:
    """The sentence of a refusal at a box, or above all of them."""
    form.add_error(field, reasons.sentence(no.reason))


def status_of(request: Request) -> int:
    """A form that is shown again after a POST answers 422."""
    return 422 if request.method == "POST" else 200
