"""The home page, the desk, where a person lands after signing in, and the footer's pages."""

from django.urls import path

from monarca.portal.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("mine/", views.mine, name="mine"),
    path("after-sign-in/", views.after_sign_in, name="after-sign-in"),
    path("together/", views.together, name="together"),
    path("help/", views.help_, name="help"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("source/", views.source, name="source"),
]
