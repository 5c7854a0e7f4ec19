from django.apps import AppConfig


class DossierConfig(AppConfig):
    name = "monarca.portal.dossier"
