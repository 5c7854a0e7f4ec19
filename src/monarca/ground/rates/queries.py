"""Questions about exchange rates: which rate holds on a day, and when none does."""

from datetime import date, timedelta

from django.db.models import QuerySet

from monarca.ground.rates.models import Rate
from monarca.kit.guard import Refused

LONGEST = timedelta(days=7)


class RateTooOld(Refused):
    """The last published rate is more than seven days older than the day it is needed for."""


def on(day: date, currency: str) -> Rate:
    """The rate of the last business day on or before `day`.

    Raises `RateTooOld` when that is more than seven days back, or when there is none; a
    finance officer may then enter one by hand with its source.
    """
    rates = Rate.objects.filter(currency=currency, on__lte=day)
    rate = rates.order_by("-on", "-at", "-pk").first()
    if rate is None or day - rate.on > LONGEST:
        last = rate.on.isoformat() if rate else None
        raise RateTooOld(currency=currency, day_on=day.isoformat(), last_on=last)
    return rate


def stands(day: date, currency: str, source: str) -> bool:
    """Does the ledger hold this source's rate of that very day?"""
    return Rate.objects.filter(on=day, currency=currency, source=source).exists()


def newest() -> QuerySet[Rate]:
    """The whole ledger, the newest day first."""
    return Rate.objects.select_related("by").order_by("-on", "currency", "-pk")
