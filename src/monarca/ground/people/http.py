"""The request our views receive: signed-in user and one reading of the clock."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from monarca.ground.people.models import User


class Request(HttpRequest):
    """A request with its one instant `at` (UTC) and, behind sign-in, a user of ours."""

    user: User  # type: ignore[assignment]
    at: datetime


class ClockMiddleware:
    """Read the clock once, on arrival: a deadline is judged by this instant."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]
        return self.get_response(request)
