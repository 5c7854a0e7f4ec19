from django.apps import AppConfig


class ClimateConfig(AppConfig):
    name = "monarca.programmes.climate"
