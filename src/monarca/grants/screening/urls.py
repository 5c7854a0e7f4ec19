"""Screening: lists and a file's findings at the desk; question and withdrawal for applicants."""

from django.urls import path

from monarca.grants.screening.views import applicant, desk, file

HERE = "desk/files/<str:ref>/screening/"

app_name = "screening"
urlpatterns = [
    path("desk/screening/", desk.listing, name="list"),
    path(HERE, file.file, name="file"),
    path(f"{HERE}rules/<str:rule>/", file.rule, name="rule"),
    path(f"{HERE}question/", file.question, name="question"),
    path(f"{HERE}resume/", file.resume, name="resume"),
    path(f"{HERE}pass/", file.eligible, name="pass"),
    path(f"{HERE}fail/", file.ineligible, name="fail"),
    path(f"{HERE}pairs/<str:other>/", file.pair, name="pair"),
    path("applications/<str:ref>/clarification/", applicant.clarification, name="clarification"),
    path("applications/<str:ref>/requirements/", applicant.requirements, name="requirements"),
    path("applications/<str:ref>/withdrawal/", applicant.withdrawal, name="withdrawal"),
]
