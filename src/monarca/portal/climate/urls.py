"""The page of climate: pledges of countries above, what funded projects achieved beneath."""

from django.urls import path

from monarca.portal.climate import views

app_name = "climate-portal"
urlpatterns = [path("climate/", views.overview, name="overview")]
