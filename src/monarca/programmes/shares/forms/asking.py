"""What people type about a division: its terms, its claimants, the rule and why."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from monarca.engines import apportionment, money
from monarca.engines.reasons import Reason
from monarca.kit import formats, reasons
from monarca.kit.trilingual import LANGUAGES
from monarca.kit.widgets import Choices, ManyChoices, Number, Upload, Words
from monarca.programmes.shares.models import MILLION, Allocation
from monarca.programmes.shares.states import MOST_RULES, Plan, What

LARGEST = 10**15
WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:[ \u00a0\u202f,][0-9]{3})+")
"""Digits, or digits in groups of three: 12 000 and 12,000, and never 1,5."""


def rules() -> list[tuple[str, str]]:
    """Every rule with its name in the reader's language."""
    return [(rule, named(rule)) for rule in apportionment.RULES]


def named(rule: str) -> str:
    return reasons.sentence(Reason(f"shell.allocate.rule_{rule}"))


class Quantity(forms.CharField):
    """A whole quantity, or Canadian dollars; which of the two is said by the form's `what`."""

    def __init__(self, **given: Any) -> None:
        box = forms.TextInput(attrs={"width": "w20", "autocomplete": "off"})
        super().__init__(max_length=30, widget=box, **given)


class Part(forms.CharField):
    """A percentage with at most four decimals; parts per million come out."""

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=12, widget=Number(unit="%"), **given)

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / 10_000:f}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        said = str(super().clean(value)).replace("%", "").replace(",", ".").strip()
        try:
            parts = Decimal(said or "0") * 10_000
        except InvalidOperation:
            raise forms.ValidationError(gettext("Write a percentage, such as 5.")) from None
        if not parts.is_finite() or not 0 <= parts <= MILLION or parts % 1:
            raise forms.ValidationError(gettext("A percentage is between 0 and 100."))
        return int(parts)


class PlanForm(forms.Form):
    """What is divided, how much there is, in which lots, and which rules are compared."""

    what = forms.ChoiceField(label=_("What is scarce?"), choices=What.choices, widget=Choices())
    title_es = forms.CharField(label=_("Title in Spanish"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    title_fr = forms.CharField(label=_("Title in French"), max_length=200, required=False)
    about_es = forms.CharField(
        label=_("What it is about, in Spanish"), required=False, widget=Words(rows=3)
    )
    about_en = forms.CharField(
        label=_("What it is about, in English"), required=False, widget=Words(rows=3)
    )
    about_fr = forms.CharField(
        label=_("What it is about, in French"), required=False, widget=Words(rows=3)
    )
    supply = Quantity(
        label=_("How much is there?"),
        help_text=_("A whole number of doses or kits; for money, Canadian dollars."),
    )
    unit = Quantity(
        label=_("It goes out in lots of"),
        help_text=_("1 when each unit may go out alone; for money, Canadian dollars."),
        required=False,
    )
    buffer = Part(label=_("Kept back first"), required=False)
    by = forms.ChoiceField(
        label=_("Shares are in proportion to"),
        choices=[("claim", _("what each asks for")), ("weight", _("the weight of each"))],
        widget=Choices(),
        required=False,
    )
    target = Part(
        label=_("COVAX: part of the population served first"),
        help_text=_("Only for the rule of COVAX; its papers say 20."),
        required=False,
    )
    doses = forms.IntegerField(
        label=_("COVAX: doses a person"), min_value=1, max_value=20, widget=Number(), required=False
    )
    rules = forms.MultipleChoiceField(label=_("Rules to compare"), widget=ManyChoices())

    def __init__(self, *given: Any, **named_: Any) -> None:
        super().__init__(*given, **named_)
        self.fields["rules"].choices = rules()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not any(given.get(f"title_{code}", "").strip() for code in LANGUAGES):
            self.add_error("title_en", _("Give it a title in at least one language."))
        if len(given.get("rules", ())) > MOST_RULES:
            most = {"most": MOST_RULES}
            self.add_error("rules", _("Compare %(most)s rules at most.") % most)
        is_money = given.get("what") == What.ENVELOPE
        if given.get("buffer") == MILLION:
            self.add_error("buffer", reasons.sentence(Reason("NothingToDivide")))
        self._quantity("supply", given, is_money=is_money, least=1)
        self._quantity("unit", given, is_money=is_money, least=1)
        return given

    def _quantity(self, name: str, given: dict[str, Any], *, is_money: bool, least: int) -> None:
        said = given.get(name)
        if said is None:
            return
        if said == "" and name == "unit":
            given[name] = 1
            return
        try:
            given[name] = quantity(said, is_money=is_money, least=least)
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)

    def plan(self) -> Plan:
        """The terms as the act takes them."""
        given = self.cleaned_data
        return Plan(
            title={code: given[f"title_{code}"].strip() for code in LANGUAGES},
            about={code: given[f"about_{code}"].strip() for code in LANGUAGES},
            what=given["what"],
            supply=given["supply"],
            unit=given["unit"],
            buffer=given["buffer"],
            by=given["by"] or "claim",
            target=given["target"],
            doses=given["doses"] or 2,
            rules=tuple(given["rules"]),
        )

    @staticmethod
    def start(allocation: Allocation) -> dict[str, Any]:
        """What stands in the row, as a person would have typed it."""
        names = ("what", "buffer", "by", "target", "doses", "rules")
        return {
            **{name: getattr(allocation, name) for name in names},
            **{f"title_{code}": allocation.title.get(code, "") for code in LANGUAGES},
            **{f"about_{code}": allocation.about.get(code, "") for code in LANGUAGES},
            "supply": typed(allocation.supply, is_money=allocation.what == What.ENVELOPE),
            "unit": "1"
            if allocation.unit == 1
            else typed(allocation.unit, is_money=allocation.what == What.ENVELOPE),
        }


def quantity(said: str, *, is_money: bool, least: int) -> int:
    """Cents, or whole units, from what a person wrote. Raises `forms.ValidationError`."""
    if is_money:
        read = money.parse(said, currency="CAD")
        if read.reason or read.money is None or read.money.currency != "CAD":
            raise forms.ValidationError(gettext("Write the amount in Canadian dollars."))
        value = read.money.cents
    else:
        plain = re.sub(r"[ \u00a0\u202f,]", "", said)
        if not WHOLE.fullmatch(said.strip()) or len(plain) > 16:
            raise forms.ValidationError(gettext("Write a whole number, such as 17366400."))
        value = int(plain)
    if not least <= value <= LARGEST:
        raise forms.ValidationError(gettext("This number is too small or too large."))
    return value


def typed(value: int, *, is_money: bool) -> str:
    return formats.money(value).removesuffix("CAD").rstrip() if is_money else str(value)


class Supply(forms.Form):
    """How much the next round divides."""

    supply = Quantity(label=_("How much is there in the next round?"))

    def __init__(self, *given: Any, is_money: bool, **named_: Any) -> None:
        super().__init__(*given, **named_)
        self.is_money = is_money

    def clean_supply(self) -> int:
        return quantity(self.cleaned_data["supply"], is_money=self.is_money, least=1)


class Filling(forms.Form):
    """Who asks for how much: a file, or the table typed into a box."""

    file = forms.FileField(
        label=_("A CSV file"), required=False, widget=Upload(accept=".csv,text/csv")
    )
    table = forms.CharField(
        label=_("Or the table itself"),
        help_text=_("One line a claimant; the first line names the columns."),
        required=False,
        strip=False,
        widget=Words(rows=12),
    )

    def data_read(self) -> bytes:
        """The file's bytes where one was chosen, else what stands in the box."""
        file = self.cleaned_data["file"]
        if file:
            found: bytes = file.read()
            return found
        return str(self.cleaned_data["table"]).encode()


class Proposing(forms.Form):
    """The rule that is proposed, and why this one."""

    rule = forms.ChoiceField(label=_("Which rule do you propose?"), widget=Choices())
    why = forms.CharField(
        label=_("Why this rule?"),
        help_text=_("Everybody will read it."),
        max_length=2000,
        widget=Words(rows=4),
    )

    def __init__(self, *given: Any, among: list[str], **named_: Any) -> None:
        super().__init__(*given, **named_)
        self.fields["rule"].choices = [(rule, named(rule)) for rule in among]  # type: ignore[attr-defined]


class Why(forms.Form):
    """A reason in words, for sending back and withdrawing."""

    why = forms.CharField(label=_("Why?"), max_length=2000, widget=Words(rows=3))
