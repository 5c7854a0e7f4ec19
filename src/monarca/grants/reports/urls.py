"""The recipient's pages of a report, and the embassy's."""

from django.urls import path

from monarca.grants.reports import views

app_name = "reports"
MINE = "applications/<str:ref>/reports/"
DESK = "desk/files/<str:ref>/reports/"
urlpatterns = [
    path(MINE, views.mine, name="mine"),
    path(f"{MINE}<int:number>/", views.report, name="report"),
    path(f"{MINE}<int:number>/check/", views.check, name="check"),
    path(f"{MINE}<int:number>/receipts/", views.receipts, name="receipts"),
    path(f"{MINE}<int:number>/receipts/<int:receipt>/", views.receipt, name="receipt"),
    path(f"{MINE}<int:number>/receipts/<int:receipt>/remove/", views.remove, name="remove"),
    path(f"{MINE}<int:number>/<str:part>/", views.part, name="part"),
    path("desk/reports/", views.desk, name="list"),
    path(DESK, views.file, name="file"),
    path(f"{DESK}<int:number>/", views.read, name="read"),
    path(f"{DESK}<int:number>/accept/", views.accept, name="accept"),
    path(f"{DESK}<int:number>/return/", views.return_, name="return"),
]
