from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "monarca.programmes.dialogues"
