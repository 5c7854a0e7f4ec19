from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "monarca.grants.reports"
