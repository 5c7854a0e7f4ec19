"""The money of each year, for those who serve the mission."""

from django.urls import path

from monarca.ground.envelopes import views

app_name = "envelopes"
urlpatterns = [
    path("desk/envelopes/", views.every, name="list"),
    path("desk/envelopes/<str:mission>/<str:year>/", views.ledger, name="ledger"),
]
