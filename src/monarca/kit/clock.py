"""The one place, besides the request's middleware, where commands read the clock."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present instant in UTC, for commands and the worker only."""
    return timezone.now()
