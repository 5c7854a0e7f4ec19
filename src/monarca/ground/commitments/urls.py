"""The register of commitments: for everybody, and for who keeps it."""

from django.urls import path

from monarca.ground.commitments import views

app_name = "commitments"
urlpatterns = [
    path("commitments/", views.listing, name="list"),
    path("commitments/<str:ref>/", views.one, name="one"),
]
