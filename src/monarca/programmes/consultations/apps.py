from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "monarca.programmes.consultations"
