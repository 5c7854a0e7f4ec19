"""The front door: home, the desk of one's roles, and the signs of life for operators."""

from django.contrib.auth.decorators import login_required
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_from_request, override

from monarca.ground.people import queries as people
from monarca.ground.people.http import Request


def to_language(request: HttpRequest) -> HttpResponse:
    """`/` leads to the reader's language, by Accept-Language."""
    with override(get_language_from_request(request)):
        return HttpResponseRedirect(reverse("home:home"), headers={"Vary": "Accept-Language"})


def home(request: Request) -> HttpResponse:
    return render(request, "home/home.html")


@login_required
def desk(request: Request) -> HttpResponse:
    return render(request, "home/desk.html")


@login_required
def mine(request: Request) -> HttpResponse:
    return render(request, "home/mine.html")


@login_required
def after_sign_in(request: Request) -> HttpResponse:
    staff = people.is_staff(request.user, at=request.at)
    return redirect("home:desk" if staff else "home:mine")


def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    """Ready when the database answers and no migration waits."""
    executor = MigrationExecutor(connections["default"])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return JsonResponse({"migrations": not waiting}, status=503 if waiting else 200)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", status=500)
