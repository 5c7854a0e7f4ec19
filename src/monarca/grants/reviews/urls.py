"""Reviews: a reviewer's pile and page, a manager's assignments, reviews side by side."""

from django.urls import path

from monarca.grants.reviews.views import managing, planning, reading

HERE = "desk/files/<str:ref>/"

app_name = "reviews"
urlpatterns = [
    path("desk/reviews/", managing.listing, name="list"),
    path("desk/reviews/closed/", managing.closed, name="closed"),
    path("desk/reviews/<str:code>/plan/", planning.plan, name="plan"),
    path(f"{HERE}reviews/", managing.file, name="file"),
    path(f"{HERE}reviews/<int:number>/return/", managing.give_back, name="return"),
    path(f"{HERE}reviews/<int:number>/remove/", managing.remove, name="remove"),
    path(f"{HERE}review/", reading.review, name="review"),
    path(f"{HERE}review/interest/", reading.interest, name="interest"),
    path(f"{HERE}review/complete/", reading.complete, name="complete"),
]
