"""Two addresses to which the header leads."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def door(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("door")


doors = [path("sign-in/", door, name="sign-in"), path("sign-out/", door, name="sign-out")]
urlpatterns = [path("", include((doors, "people")))]
