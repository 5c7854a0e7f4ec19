from django.apps import AppConfig


class ClimateConfig(AppConfig):
    name = "monarca.portal.climate"
    label = "climate_portal"
