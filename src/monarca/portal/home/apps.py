from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "monarca.portal.home"
