"""The page that shows every component, for whoever builds a screen or checks one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from monarca.portal.components.forms import SampleForm
from monarca.portal.components.queries import samples


def kitchen_sink(request: HttpRequest) -> HttpResponse:
    """All parts with sample data; the form at its end is a real Django form with errors."""
    form = SampleForm({"title": "", "amount": "45 000", "date_day": "31", "date_month": "2"})
    return render(request, "portal/kitchen-sink.html", {**samples(), "form": form})
