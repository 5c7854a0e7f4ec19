from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "monarca.grants.results"
