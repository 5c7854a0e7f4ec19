"""Agreements at the desk and for recipients: lists, the paper, signatures, changes."""

from django.urls import path, re_path

from monarca.grants.agreements.views import changing, desk, file, recipient

FILE = "desk/files/<str:ref>/agreement/"

app_name = "agreements"
urlpatterns = [
    path("desk/agreements/", desk.listing, name="list"),
    path(FILE, file.detail, name="file"),
    path(f"{FILE}text/", file.text, name="text"),
    path(f"{FILE}revise/", file.revise, name="revise"),
    path(f"{FILE}send/", file.send, name="send"),
    path(f"{FILE}signature/<str:party>/", changing.signature, name="signature"),
    path(f"{FILE}amend/", changing.amend, name="amend"),
    path(f"{FILE}suspend/", changing.suspend, name="suspend"),
    path(f"{FILE}resume/", changing.resume, name="resume"),
    path(f"{FILE}terminate/", changing.terminate, name="terminate"),
    path("applications/<str:ref>/agreement/", recipient.detail, name="recipient"),
    re_path(
        r"^applications/(?P<ref>[^/]+)/agreement\.(?P<kind>docx|pdf)$",
        recipient.download,
        name="download",
    ),
]
