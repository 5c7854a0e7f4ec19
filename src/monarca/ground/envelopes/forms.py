"""Envelopes as data: what is promised, paid and left, and every movement without naming a file."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from monarca.engines import money
from monarca.ground.envelopes import queries
from monarca.ground.envelopes.models import Envelope, Movement
from monarca.kit import formats, reasons, trilingual, widgets
from monarca.kit.parts import Link


class Amount(forms.CharField):
    """An amount in CAD as people write it; whole cents come out."""

    def prepare_value(self, value: Any) -> Any:
        """Cents of our own are written for people; what was typed stays as it was typed."""
        if isinstance(value, int):
            return formats.money(value).removesuffix("CAD").rstrip()
        return value

    def clean(self, value: Any) -> Any:
        read = money.parse(str(super().clean(value)), currency="CAD")
        if read.reason:
            raise forms.ValidationError(reasons.sentence(read.reason))
        if read.money is None or read.money.currency != "CAD":
            raise forms.ValidationError(_("Write the amount in Canadian dollars."))
        return read.money.cents


class Size(forms.Form):
    """What the mission may promise in the year."""

    cents = Amount(
        label=gettext_lazy("What may be promised in this year"),
        help_text=gettext_lazy("Never less than what is promised already."),
        widget=widgets.Money(currency="CAD"),
        max_length=30,
    )


def table(rows: Iterable[Envelope], told: QuerySet[Movement]) -> dict[str, Any]:
    """Each year's envelope with its sums."""
    head = [
        pgettext("column", "Year"),
        pgettext("column", "Envelope"),
        pgettext("column", "Promised"),
        pgettext("column", "Paid"),
        pgettext("column", "Left"),
    ]
    return {"head": head, "rows": [_row(row, sums) for row, sums in queries.balances(rows, told)]}


def _row(row: Envelope, sums: queries.Balance) -> list[Any]:
    where = reverse("envelopes:ledger", args=[row.mission.code, row.fiscal_year])
    return [
        Link(row.fiscal_year, where, trilingual.say(row.mission.name).text),
        formats.money(sums.total_cents),
        formats.money(sums.promised_cents),
        formats.money(sums.paid_cents),
        formats.money(sums.left_cents),
    ]


def figures(envelope: Envelope, told: QuerySet[Movement]) -> list[tuple[str, str]]:
    sums = queries.balance(envelope, told)
    return [
        (formats.money(sums.total_cents), pgettext("envelope", "in the envelope")),
        (formats.money(sums.promised_cents), pgettext("envelope", "promised")),
        (formats.money(sums.paid_cents), pgettext("envelope", "paid")),
        (formats.money(sums.left_cents), pgettext("envelope", "left to promise")),
    ]


def _day(row: Movement, zone: str) -> str:
    """The day at the mission; who did it, and at which minute, stands in the file's journal."""
    return formats.day(row.at.astimezone(ZoneInfo(zone)).date(), style="medium")


def movements(rows: Iterable[Movement], zone: str) -> dict[str, Any]:
    """When, what kind, how much; whose file it was stands on that file's own page."""
    head = [
        pgettext("column", "When"),
        pgettext("column", "Movement"),
        pgettext("column", "Amount"),
    ]
    shown = [[_day(row, zone), row.get_kind_display(), formats.money(row.cents)] for row in rows]
    return {"head": head, "rows": shown}
