"""Organisations, the people who speak for them, and facts that other rooms deposit."""

from django.conf import settings
from django.db import models

from monarca.ground.partners.states import Facts, Kinds, May
from monarca.kit.record import Dated, Record


class Organisation(Record):
    """A group that applies or receives; it need not be registered to exist here."""

    legal_name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=30, choices=Kinds, default=Kinds.LOCAL_NONPROFIT)
    country = models.CharField(max_length=2, default="MX")
    state = models.CharField(max_length=2, blank=True, help_text="INEGI code.")
    city = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, default="es")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.legal_name


class Membership(Dated):
    """A person who speaks for an organisation: view, edit or submit."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    may = models.CharField(max_length=10, choices=May, default=May.SUBMIT)

    class Meta:
        indexes = [models.Index(fields=["user", "organisation"], name="membership_of_a_person")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.may} {self.organisation_id}"


class Standing(Dated):
    """A fact about an organisation that another room deposits, such as an overdue report."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="standing")
    fact = models.CharField(max_length=30, choices=Facts)
    source = models.CharField(max_length=80, help_text="The record it comes from: label:id.")

    class Meta:
        verbose_name_plural = "standing"

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.fact}"
