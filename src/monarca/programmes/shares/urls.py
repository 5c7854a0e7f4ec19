"""The addresses of this programme, in the order in which it is lived."""

from django.urls import URLPattern

app_name = "shares"
urlpatterns: list[URLPattern] = []
