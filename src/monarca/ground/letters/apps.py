from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "monarca.ground.letters"
