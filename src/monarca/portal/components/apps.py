"""The app that gives templates their parts."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """Owns no table; loaded so that `{% load ui %}` is found."""

    name = "monarca.portal.components"
    label = "components"
