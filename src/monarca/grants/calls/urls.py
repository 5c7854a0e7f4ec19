"""The public pages of a call."""

from django.urls import path

from monarca.grants.calls import views

app_name = "calls"
urlpatterns = [
    path("calls/", views.every, name="list"),
    path("calls/<str:code>/", views.detail, name="detail"),
    path("calls/<str:code>/questions/", views.questions, name="questions"),
    path("calls/<str:code>/questions.docx", views.paper, name="paper"),
]
