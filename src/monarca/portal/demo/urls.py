"""The demonstration's addresses, outside the languages: /demo/ and what hangs from it."""

from django.urls import path

from monarca.portal.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.demo, name="demo"),
    path("become/<str:role>/", views.become, name="become"),
    path("letters/", views.letters, name="letters"),
]
