"""One pledge for everybody, and the desk where pledges are kept; `portal/climate` has the list."""

from django.urls import path

from monarca.programmes.climate.views import desk, public

app_name = "climate"
urlpatterns = [
    path("climate/pledges/<str:ref>/", public.pledge, name="pledge"),
    path("climate/pledges/<str:ref>/series/<int:number>.csv", public.download, name="download"),
    path("desk/climate/", desk.listing, name="desk"),
    path("desk/climate/new/", desk.new, name="new"),
    path("desk/climate/<str:ref>/", desk.pledge, name="keep"),
    path("desk/climate/<str:ref>/figures/", desk.revise, name="revise"),
    path("desk/climate/<str:ref>/series/", desk.begin_series, name="begin-series"),
    path("desk/climate/<str:ref>/series/<int:number>/", desk.upload, name="upload"),
    path("desk/climate/<str:ref>/publish/", desk.publish, name="publish"),
]
