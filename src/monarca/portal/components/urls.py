"""One address, mounted only where the demonstration or debugging is on."""

from django.urls import path

from monarca.portal.components.views import kitchen_sink

urlpatterns = [path("kitchen-sink/", kitchen_sink, name="kitchen-sink")]
