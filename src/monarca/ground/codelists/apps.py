from django.apps import AppConfig


class CodelistsConfig(AppConfig):
    name = "monarca.ground.codelists"
