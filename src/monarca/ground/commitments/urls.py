"""The register of commitments: for everybody, and for who keeps it."""

from django.urls import URLPattern

app_name = "commitments"
urlpatterns: list[URLPattern] = []
