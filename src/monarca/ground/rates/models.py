"""Exchange rates as a ledger: rate, date, source; nothing is ever overwritten."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from monarca.kit.record import Record


class Rate(Record):
    """How much CAD one unit of a currency was worth on a day, and who says so."""

    append_only = True

    currency = models.CharField(max_length=3)
    on = models.DateField()
    cad_e8 = models.BigIntegerField(help_text="CAD for one unit, times 10^8; exact.")
    source = models.CharField(max_length=120)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "on", "source"], name="rate_one_a_day_and_source"
            ),
            models.CheckConstraint(condition=Q(cad_e8__gt=0), name="rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"1 {self.currency} = {self.cad} CAD on {self.on}"

    @property
    def cad(self) -> Decimal:
        """CAD for one unit."""
        return Decimal(self.cad_e8).scaleb(-8).normalize()
