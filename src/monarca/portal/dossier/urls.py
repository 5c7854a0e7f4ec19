"""The desk's files: the list of all one may see, and one file's dossier."""

from django.urls import path

from monarca.portal.dossier import views

app_name = "dossier"
urlpatterns = [
    path("desk/files/", views.files, name="files"),
    path("desk/files/<str:reference>/", views.dossier, name="dossier"),
    path("desk/files/<str:reference>/documents/<str:digest>/", views.document, name="document"),
]
