"""Being written."""
from django.http import HttpResponse


def __getattr__(name):
    if name.startswith("_"): raise AttributeError(name)
    return lambda *a, **k: HttpResponse("")
