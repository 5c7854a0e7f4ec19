"""The ways money moves within an envelope."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kinds(TextChoices):
    RESERVED = "reserved", _("Reserved by a decision")
    COMMITTED = "committed", _("Committed by an agreement")
    PAID = "paid", _("Paid")
    RECOVERED = "recovered", _("Recovered")
    RELEASED = "released", _("Released back to the envelope")
