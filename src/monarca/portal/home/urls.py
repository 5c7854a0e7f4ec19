"""The home page, the desk, and where a person lands after signing in."""

from django.urls import path

from monarca.portal.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("mine/", views.mine, name="mine"),
    path("after-sign-in/", views.after_sign_in, name="after-sign-in"),
]
