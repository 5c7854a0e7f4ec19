"""The committee at the desk: lists, meetings, one file, minutes; the answer for applicants."""

from django.urls import path

from monarca.grants.decisions.views import answer, desk, file, meeting, planning, ranking

FILE = "desk/files/<str:ref>/decisions/"
MEETING = "desk/decisions/<str:code>/meetings/<int:number>/"

app_name = "decisions"
urlpatterns = [
    path("desk/decisions/", desk.listing, name="list"),
    path("desk/decisions/<str:code>/confirm/", desk.confirm_all, name="confirm-all"),
    path("desk/decisions/<str:code>/ranking/", ranking.detail, name="ranking"),
    path("desk/decisions/<str:code>/plan/", planning.plan, name="plan"),
    path("desk/decisions/<str:code>/meetings/", meeting.convene, name="convene"),
    path(MEETING, meeting.detail, name="meeting"),
    path(f"{MEETING}end/", meeting.end, name="end"),
    path(f"{MEETING}minutes/", meeting.minutes, name="minutes"),
    path(FILE, file.detail, name="file"),
    path(f"{FILE}confirm/", file.confirm, name="confirm"),
    path("applications/<str:ref>/decision/", answer.detail, name="answer"),
]
