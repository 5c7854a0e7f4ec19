"""The pages of payments as data: small forms, lists of each step, the statement, the ledger."""

from collections.abc import Iterable, Mapping
from typing import Any

from babel.numbers import format_decimal
from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from monarca.engines import money
from monarca.grants.agreements.models import Agreement, Instalment
from monarca.grants.payments import queries
from monarca.grants.payments.models import PaymentRequest
from monarca.grants.payments.queries import Part, Statement
from monarca.grants.payments.states import Reasons, Status
from monarca.ground.envelopes import queries as envelopes
from monarca.kit import formats, reasons, widgets
from monarca.kit.parts import Link, Noted
from monarca.kit.parts import Status as Tag

TONES: dict[str, Any] = {
    Status.REQUESTED: "info",
    Status.CERTIFIED: "info",
    Status.RELEASED: "warn",
    Status.PAID: "ok",
    Status.REFUSED: "bad",
}
RATE = "0.0000####"
VIEWS = ("request", "certify", "release", "record", "paid")


class Paid(forms.Form):
    """The day on which the bank paid."""

    paid_on = forms.DateField(
        label=gettext_lazy("On which day did the bank pay?"),
        help_text=gettext_lazy("The rate of that day is used: the bank’s last one before it."),
        widget=widgets.DateBoxes(),
    )


class Words(forms.Form):
    """Why not."""

    words = forms.CharField(label=gettext_lazy("Why?"), widget=widgets.Words(rows=3))


class Amount(forms.CharField):
    """An amount as people write it, in CAD; its value is whole cents."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        parsed = money.parse(text, currency="CAD")
        if parsed.money is None or parsed.money.currency != "CAD":
            reason = parsed.reason
            said = reasons.sentence(reason) if reason else _("Write the amount in CAD.")
            raise forms.ValidationError(said)
        return parsed.money.cents

    def validate(self, value: Any) -> None:
        if value <= 0:
            raise forms.ValidationError(_("Write an amount above zero."))


class Recover(forms.Form):
    """Money that came back."""

    cents = Amount(label=gettext_lazy("How much came back?"), widget=widgets.Money())
    reason = forms.ChoiceField(
        label=gettext_lazy("Which money was it?"), choices=Reasons, widget=widgets.Choices()
    )
    received_on = forms.DateField(
        label=gettext_lazy("On which day did it arrive?"), widget=widgets.DateBoxes()
    )
    words = forms.CharField(
        label=gettext_lazy("A note"), required=False, widget=widgets.Words(rows=3)
    )


def tabs() -> list[tuple[str, str]]:
    """A list a step."""
    url = reverse("payments:list")
    names = {
        "request": _("To request"),
        "certify": _("To certify"),
        "release": _("To release"),
        "record": _("To record"),
        "paid": pgettext("payments", "Paid"),
    }
    return [(names[view], f"{url}?view={view}") for view in VIEWS]


def found(total: int) -> str:
    said = ngettext("%(count)s payment", "%(count)s payments", total)
    return said % {"count": formats.number(total)}


def list_head() -> list[str]:
    return [
        pgettext("column", "Payment"),
        pgettext("column", "Amount"),
        pgettext("column", "Due on"),
        pgettext("column", "Status"),
    ]


def to_ask(rows: Iterable[Instalment]) -> list[list[Any]]:
    """Instalments that may be asked for."""
    return [
        [
            _link(row, row.agreement),
            formats.money(row.cents),
            formats.day(row.due_on),
            Tag(_("Ready"), "ok"),
        ]
        for row in rows
    ]


def on_their_way(rows: Iterable[PaymentRequest]) -> list[list[Any]]:
    """Requests at one step."""
    return [
        [
            _link(row.instalment, row.agreement),
            formats.money(row.cents),
            formats.day(row.instalment.due_on),
            status_of(row),
        ]
        for row in rows
    ]


def _link(part: Instalment, agreement: Agreement) -> Link:
    file = agreement.application
    return Link(
        _("Payment %(number)s of agreement %(agreement)s")
        % {"number": part.number, "agreement": agreement.number},
        reverse("payments:part", args=[file.reference, part.number]),
        file.shown_title,
    )


def status_of(request: PaymentRequest | None, *, cancelled: bool = False) -> Tag:
    if cancelled:
        return Tag(pgettext("payment", "Cancelled"), "bad")
    if request is None:
        return Tag(_("Not asked for"), "plain")
    return Tag(request.get_status_display(), TONES[request.status])


def condition(part: Instalment) -> str:
    """What an instalment waits for, in words."""
    said = {
        "signature": _("signature of the agreement"),
        "report:interim": _("an accepted interim report"),
        "report:final": _("the accepted final report"),
    }
    return said.get(part.condition, part.condition)


def parts_table(agreement: Agreement, parts: Iterable[Part]) -> dict[str, Any]:
    """Every instalment, how far it has come, and who took each step."""
    rows = [
        [
            Link(
                _("Payment %(number)s") % {"number": each.instalment.number},
                reverse(
                    "payments:part",
                    args=[agreement.application.reference, each.instalment.number],
                ),
                each.instalment.get_kind_display(),
            ),
            formats.money(each.instalment.cents),
            condition(each.instalment),
            formats.day(each.instalment.due_on),
            status_of(each.request, cancelled=each.cancellation is not None),
        ]
        for each in parts
    ]
    head = [
        pgettext("column", "Payment"),
        pgettext("column", "Amount"),
        pgettext("column", "Waits for"),
        pgettext("column", "Due on"),
        pgettext("column", "Status"),
    ]
    foot = [_("Total"), formats.money(agreement.amount_cents), "", "", ""]
    return {"head": head, "rows": rows, "foot": foot}


def steps(request: PaymentRequest, zone: str) -> list[tuple[str, str]]:
    """Who took which step, and when."""
    taken = [
        (_("Requested"), request.requested_by, request.requested_at),
        (_("Certified, s. 34"), request.certified_by, request.certified_at),
        (_("Released, s. 33"), request.released_by, request.released_at),
        (_("Refused"), request.refused_by, request.refused_at),
    ]
    return [
        (name, f"{who}, {formats.instant(when, zone)}") for name, who, when in taken if who and when
    ]


def account(statement: Statement) -> dict[str, Any]:
    """The statement of account, ready to print: each payment with its rate, and the sums."""
    currency = statement.currency
    rows = [
        [
            Noted(_("Payment %(number)s") % {"number": one.number}, formats.day(one.paid_on)),
            formats.money(one.cents),
            formats.money(one.local_cents, currency),
            Noted(_rate(one.rate, currency), f"{formats.day(one.rate_on)}, {one.source}"),
        ]
        for one in statement.received
    ]
    head = [
        pgettext("column", "Received"),
        "CAD",
        currency,
        pgettext("column", "Rate, its day and source"),
    ]
    foot = [
        _("Total"),
        formats.money(statement.received_cents),
        formats.money(statement.received_local_cents, currency),
        _rate(statement.rate, currency) if statement.rate else "",
    ]
    return {"head": head, "rows": rows, "foot": foot, "lines": _lines(statement)}


def _rate(rate: Any, currency: str) -> str:
    return _("1 %(currency)s = %(rate)s CAD") % {
        "currency": currency,
        "rate": format_decimal(rate, RATE, locale=formats.locale()),
    }


def _lines(statement: Statement) -> list[tuple[str, str]]:
    currency = statement.currency
    lines = [
        (_("Agreed"), formats.money(statement.agreed_cents)),
        (_("Received"), both(statement.received_cents, statement.received_local_cents, currency)),
        (
            _("Spent, by accepted reports"),
            both(statement.spent_cents, statement.spent_local_cents, currency),
        ),
        (_("Given back"), formats.money(statement.recovered_cents)),
        (_("Balance"), formats.money(statement.balance_cents)),
        (_("To give back to Canada"), formats.money(statement.owed_cents)),
    ]
    exchange = statement.exchange_local_cents
    if exchange is not None and statement.received:
        said = _("%(amount)s more than the budget’s rate promised")
        if exchange < 0:
            said = _("%(amount)s less than the budget’s rate promised")
        amount = formats.money(abs(exchange), currency)
        lines.append((_("Exchange difference"), said % {"amount": amount}))
    return lines


def both(cents: int, local_cents: int, currency: str) -> str:
    return f"{formats.money(cents)} · {formats.money(local_cents, currency)}"


def ledger_table(agreement: Agreement, zone: str) -> dict[str, Any]:
    """Every movement of one file, oldest first, and what is promised and unpaid after each."""
    rows, promised = [], 0
    for row in envelopes.movements_of(agreement.application):
        promised += SIGNS.get(row.kind, 0) * row.cents
        rows.append(
            [
                formats.instant(row.at, zone),
                row.get_kind_display(),
                formats.money(row.cents),
                formats.money(promised),
            ]
        )
    head = [
        pgettext("column", "When"),
        pgettext("column", "Movement"),
        pgettext("column", "Amount"),
        pgettext("column", "Promised and not paid"),
    ]
    return {"head": head, "rows": rows}


SIGNS: Mapping[str, int] = {"reserved": 1, "committed": 1, "released": -1, "paid": -1}


def hindrances(agreement: Agreement) -> list[str]:
    return [reasons.sentence(each) for each in queries.hindrances_of_closing(agreement)]
