from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "monarca.grants.payments"
