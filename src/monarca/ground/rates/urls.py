"""The ledger of rates, for those who serve a mission."""

from django.urls import path

from monarca.ground.rates import views

app_name = "rates"
urlpatterns = [path("desk/rates/", views.ledger, name="list")]
