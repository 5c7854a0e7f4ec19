from django.apps import AppConfig


class EnvelopesConfig(AppConfig):
    name = "monarca.ground.envelopes"
