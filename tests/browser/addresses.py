"""The addresses of an installation, and the page of components that only a demonstration mounts."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from monarca.config.urls import handler403, handler404, handler500
from monarca.config.urls import urlpatterns as installed

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*i18n_patterns(path("", include("monarca.portal.components.urls"))), *installed]
