from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "monarca.grants.screening"
