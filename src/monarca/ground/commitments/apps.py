from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "monarca.ground.commitments"
