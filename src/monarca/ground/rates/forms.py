"""The page of rates as data: the form for one by hand, and the last ones of each currency."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from monarca.ground.rates.models import Rate
from monarca.kit import formats, widgets

CURRENCIES = (("MXN", "MXN"), ("USD", "USD"))


class Figure(forms.CharField):
    """CAD for one unit, as people write it: a comma or a point before at most eight decimals."""

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "")
        try:
            found = parse_decimal(text.strip().replace(",", "."), locale="en_CA")
        except (NumberFormatError, InvalidOperation):
            found = Decimal(0)
        exact = found.is_finite() and found == found.quantize(Decimal("1e-8"))
        if not (exact and 0 < found < 1000):
            raise forms.ValidationError(
                _("Write how many CAD one unit is worth, such as 0.0741; at most eight decimals.")
            )
        return found


class Enter(forms.Form):
    """One rate by hand, with its source."""

    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"), choices=CURRENCIES, widget=widgets.Choices()
    )
    cad = Figure(label=gettext_lazy("How many CAD is one unit worth?"), max_length=20)
    on = forms.DateField(
        label=gettext_lazy("On which day was it published?"), widget=widgets.DateBoxes()
    )
    source = forms.CharField(
        label=gettext_lazy("Who published it?"),
        help_text=gettext_lazy("Such as “Banco de México, FIX”."),
        max_length=120,
    )


def table(rows: Iterable[Rate]) -> dict[str, Any]:
    """Rates as they stand in the ledger."""
    head = [
        pgettext("column", "Day"),
        pgettext("column", "One unit"),
        "CAD",
        pgettext("column", "Source"),
        pgettext("column", "Entered by"),
    ]
    return {
        "head": head,
        "rows": [
            [
                formats.day(row.on),
                f"1 {row.currency}",
                format_decimal(row.cad, "0.0000####", locale=formats.locale()),
                row.source,
                str(row.by) if row.by else _("published series"),
            ]
            for row in rows
        ],
    }
