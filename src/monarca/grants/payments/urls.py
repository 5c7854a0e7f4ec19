"""The desk's steps of money, one file's account, and the recipient's statement."""

from django.urls import path

from monarca.grants.payments import views

app_name = "payments"
DESK = "desk/files/<str:ref>/payments/"
urlpatterns = [
    path("applications/<str:ref>/payments/", views.mine, name="mine"),
    path("desk/payments/", views.desk, name="list"),
    path(DESK, views.file, name="file"),
    path(f"{DESK}recover/", views.recover, name="recover"),
    path(f"{DESK}close/", views.close, name="close"),
    path(f"{DESK}<int:number>/", views.part, name="part"),
    path(f"{DESK}<int:number>/request/", views.ask, name="request"),
    path(f"{DESK}<int:number>/certify/", views.certify, name="certify"),
    path(f"{DESK}<int:number>/release/", views.release, name="release"),
    path(f"{DESK}<int:number>/record/", views.record_paid, name="record"),
    path(f"{DESK}<int:number>/refuse/", views.refuse, name="refuse"),
    path(f"{DESK}<int:number>/cancel/", views.cancel, name="cancel"),
]
