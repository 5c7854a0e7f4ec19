from django.apps import AppConfig


class RatesConfig(AppConfig):
    name = "monarca.ground.rates"
