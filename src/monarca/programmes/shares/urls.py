"""Divisions before the public, and on the desk of who prepares them."""

from django.urls import path

from monarca.programmes.shares.views import acts, desk, public

app_name = "shares"
urlpatterns = [
    path("shares/", public.every, name="list"),
    path("shares/<str:ref>/", public.one, name="one"),
    path("shares/<str:ref>/shares.csv", public.shares, name="shares"),
    path("shares/<str:ref>/needs.csv", public.needs, name="needs"),
    path("shares/<str:ref>/published.json", public.content, name="content"),
    path("desk/shares/", desk.every, name="desk"),
    path("desk/shares/new/", desk.begin, name="begin"),
    path("desk/shares/<str:ref>/", desk.one, name="file"),
    path("desk/shares/<str:ref>/terms/", desk.change, name="change"),
    path("desk/shares/<str:ref>/claimants/", desk.fill, name="fill"),
    path("desk/shares/<str:ref>/claimants.csv", desk.table, name="table"),
    path("desk/shares/<str:ref>/propose/", acts.propose, name="propose"),
    path("desk/shares/<str:ref>/send-back/", acts.send_back, name="send-back"),
    path("desk/shares/<str:ref>/publish/", acts.publish, name="publish"),
    path("desk/shares/<str:ref>/withdraw/", acts.withdraw, name="withdraw"),
    path("desk/shares/<str:ref>/next-round/", acts.follow, name="follow"),
]
