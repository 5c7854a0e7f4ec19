"""Public records: the desk's pages, and what everybody reads; machines have theirs apart."""

from django.urls import path

from monarca.grants.disclosure.views import desk, file, public

FILE = "desk/files/<str:ref>/disclosure/"

app_name = "disclosure"
urlpatterns = [
    path("projects/", public.projects, name="projects"),
    path("projects/<str:ref>/", public.project, name="project"),
    path("open-data/", public.open_data, name="open-data"),
    path("desk/disclosure/", desk.listing, name="list"),
    path(FILE, file.detail, name="file"),
    path(f"{FILE}again/", file.again, name="again"),
    path(f"{FILE}approve/", file.approve, name="approve"),
    path(f"{FILE}publish/", file.publish, name="publish"),
    path(f"{FILE}withdraw/", file.withdraw, name="withdraw"),
    path(f"{FILE}texts/<str:field>/<str:language>/review/", file.review, name="review"),
]
