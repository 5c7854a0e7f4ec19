from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "monarca.ground.partners"
