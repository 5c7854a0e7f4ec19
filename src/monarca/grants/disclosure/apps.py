from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "monarca.grants.disclosure"
