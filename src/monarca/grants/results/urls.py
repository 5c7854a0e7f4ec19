"""The desk's list of results, one file's indicators and values, its markers."""

from django.urls import path

from monarca.grants.results import views

app_name = "results"
DESK = "desk/files/<str:ref>/results/"
ONE = f"{DESK}<int:number>/"
urlpatterns = [
    path("desk/results/", views.listing, name="list"),
    path(DESK, views.file, name="file"),
    path(f"{DESK}add/", views.add, name="add"),
    path(f"{DESK}markers/", views.score, name="score"),
    path(f"{DESK}markers/<str:marker>/", views.marker, name="marker"),
    path(f"{ONE}targets/", views.targets, name="targets"),
    path(f"{ONE}reports/<int:report>/", views.values, name="values"),
    path(f"{ONE}reports/<int:report>/verify/", views.verify, name="verify"),
]
