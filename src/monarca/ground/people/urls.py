"""Coming in, going out, the second factor, and what a person prefers."""

from django.urls import path

from monarca.ground.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/code/", views.code, name="code"),
    path("sign-in/link/<str:secret>/", views.link, name="link"),
    path("sign-in/second-factor/", views.second_factor, name="second-factor"),
    path("sign-in/closed/", views.closed, name="closed"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("second-factor/", views.set_up, name="set-up"),
    path("second-factor/codes/", views.codes, name="codes"),
    path("preferences/", views.preferences, name="preferences"),
]
