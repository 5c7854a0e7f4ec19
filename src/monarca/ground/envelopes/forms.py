"""Envelopes as data: what is promised, paid and left, and every movement without naming a file."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from monarca.ground.envelopes import queries
from monarca.ground.envelopes.models import Envelope, Movement
from monarca.kit import formats, trilingual
from monarca.kit.parts import Link


def table(rows: Iterable[Envelope]) -> dict[str, Any]:
    """Each year's envelope with its sums."""
    head = [
        pgettext("column", "Year"),
        pgettext("column", "Envelope"),
        pgettext("column", "Promised"),
        pgettext("column", "Paid"),
        pgettext("column", "Left"),
    ]
    return {"head": head, "rows": [_row(row) for row in rows]}


def _row(row: Envelope) -> list[Any]:
    sums = queries.balance(row)
    where = reverse("envelopes:ledger", args=[row.mission.code, row.fiscal_year])
    return [
        Link(row.fiscal_year, where, trilingual.say(row.mission.name).text),
        formats.money(sums.total_cents),
        formats.money(sums.promised_cents),
        formats.money(sums.paid_cents),
        formats.money(sums.left_cents),
    ]


def figures(envelope: Envelope) -> list[tuple[str, str]]:
    sums = queries.balance(envelope)
    return [
        (formats.money(sums.total_cents), pgettext("envelope", "in the envelope")),
        (formats.money(sums.promised_cents), pgettext("envelope", "promised")),
        (formats.money(sums.paid_cents), pgettext("envelope", "paid")),
        (formats.money(sums.left_cents), pgettext("envelope", "left to promise")),
    ]


def movements(rows: Iterable[Movement], zone: str) -> dict[str, Any]:
    """When, what kind, how much; whose file it was stands on that file's own page."""
    head = [
        pgettext("column", "When"),
        pgettext("column", "Movement"),
        pgettext("column", "Amount"),
    ]
    shown = [
        [formats.instant(row.at, zone), row.get_kind_display(), formats.money(row.cents)]
        for row in rows
    ]
    return {"head": head, "rows": shown}
