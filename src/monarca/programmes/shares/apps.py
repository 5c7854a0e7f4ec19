from django.apps import AppConfig


class SharesConfig(AppConfig):
    name = "monarca.programmes.shares"
