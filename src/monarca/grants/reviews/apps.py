from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "monarca.grants.reviews"
