"""The addresses of a Youth Lab, in the order in which it is lived."""

from django.urls import path

from monarca.programmes.youthlab.views import (
    applying,
    concluding,
    desk,
    drawing,
    planning,
    public,
    room,
)

ONE = "youthlab/<str:code>/"
ROOM = f"{ONE}room/"
DESK = "desk/youthlab/<str:code>/"

app_name = "youthlab"
urlpatterns = [
    path("youthlab/", public.listing, name="list"),
    path(ONE, public.edition, name="edition"),
    path(f"{ONE}lottery/", public.lottery, name="lottery"),
    path(f"{ONE}lottery/<int:number>/<str:name>", public.check_file, name="check-file"),
    path(f"{ONE}results/", public.results, name="results"),
    path(f"{ONE}communique/", public.communique, name="communique"),
    path(f"{ONE}sessions.ics", public.sessions, name="sessions"),
    path(f"{ONE}apply/", applying.apply, name="apply"),
    path(f"{ONE}apply/check/", applying.check, name="check"),
    path(f"{ONE}apply/withdraw/", applying.withdraw, name="withdraw"),
    path(f"{ONE}apply/<str:section>/", applying.section, name="section"),
    path(f"{ONE}mine/", applying.mine, name="mine"),
    path(ROOM, room.room, name="room"),
    path(f"{ROOM}proposals/new/", room.propose, name="propose"),
    path(f"{ROOM}proposals/<int:number>/", room.proposal, name="proposal"),
    path(f"{ROOM}proposals/<int:number>/edit/", room.revise, name="revise"),
    path(f"{ROOM}proposals/<int:number>/amend/", room.amend, name="amend"),
    path(f"{ONE}vote/<int:number>/", room.vote, name="vote"),
    path(f"{ROOM}text/", room.adopt, name="adopt"),
    path("desk/youthlab/", desk.listing, name="desk"),
    path("desk/youthlab/new/", desk.found, name="found"),
    path("desk/youthlab/answers/", concluding.answers, name="answers"),
    path(DESK, desk.keep, name="keep"),
    path(f"{DESK}edit/", desk.change, name="change"),
    path(f"{DESK}themes/", desk.themes, name="themes"),
    path(f"{DESK}quotas/", desk.quotas, name="quotas"),
    path(f"{DESK}counterpart/", desk.invite, name="invite"),
    path(f"{DESK}applications/", desk.applications, name="applications"),
    path(f"{DESK}applications/<str:ref>/", desk.check_one, name="check-one"),
    path(f"{DESK}lottery/", drawing.draw, name="draw"),
    path(f"{DESK}sessions/<int:number>/", planning.convene, name="convene"),
    path(f"{DESK}rounds/<int:number>/", planning.hold, name="hold"),
    path(f"{DESK}rounds/<int:number>/statements/", planning.statements, name="statements"),
    path(f"{DESK}text/", concluding.text, name="text"),
    path(f"{DESK}text/<int:number>/", concluding.recommend, name="recommend"),
    path(f"{DESK}answers/<int:number>/", concluding.answer, name="answer"),
]
