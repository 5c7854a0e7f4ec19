"""What a person asks of a plan: envelope, levels, priorities' floors and ceilings, files."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from monarca.engines import portfolio
from monarca.engines.portfolio import Limit
from monarca.grants.decisions.forms.asking import Cad
from monarca.grants.decisions.queries.planning import Candidates, Wish
from monarca.kit import formats, reasons
from monarca.kit.parts import Entry
from monarca.kit.widgets import Choices

LEVELS = {"100": (100,), "85": (100, 85), "70": (100, 85, 70)}
"""Percents of what a file may get that a plan may give it."""

MEASURES = {"share": "share_of_envelope", "money": "cents", "files": "projects"}
SIDES = ("least", "most")
LONGEST = 2000
SHARE = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?")
FILES = re.compile(r"\d{1,4}")


class Planning(forms.Form):
    """A plan is asked for by the address, so that it can be sent, compared and asked again."""

    envelope = Cad(label=_("Envelope of the plan"))
    levels = forms.ChoiceField(
        label=_("Amounts that a file may get"),
        choices=[
            ("100", _("All that it asks, or nothing")),
            ("85", _("All, 85 percent or nothing")),
            ("70", _("All, 85 or 70 percent, or nothing")),
        ],
        help_text=_("A part of the amount counts the same part of the score."),
        widget=Choices(),
    )
    value = forms.ChoiceField(
        label=_("What counts"),
        choices=[
            ("score", _("Each file counts its score")),
            ("money", _("Each thousand dollars counts the score of its file")),
        ],
        help_text=_("Where each file counts its score, small amounts are favoured."),
        widget=Choices(),
    )
    yes = forms.CharField(
        label=_("Files that must be in"),
        help_text=_("References, with a space between them."),
        max_length=LONGEST,
        required=False,
    )
    no = forms.CharField(
        label=_("Files that must be out"),
        help_text=_("References, with a space between them."),
        max_length=LONGEST,
        required=False,
    )
    unit = forms.ChoiceField(
        label=_("Floors and ceilings are counted in"),
        choices=[
            ("share", _("percent of the envelope")),
            ("money", _("Canadian dollars")),
            ("files", pgettext_lazy("unit", "files")),
        ],
    )

    def __init__(
        self, asked: Mapping[str, str], *, found: Candidates, names: Mapping[str, str]
    ) -> None:
        self.found, self.names = found, names
        self.limits: list[Limit] = []
        cents = formats.money(found.envelope_cents).removesuffix("CAD").rstrip()
        self.usual = {"envelope": cents, "levels": "100", "value": "score", "unit": "share"}
        super().__init__(self.usual | {name: typed for name, typed in asked.items() if typed})
        for name, code, side in self._boxes():
            said = gettext("%(priority)s, at least") if side == "least" else ""
            said = said or gettext("%(priority)s, at most")
            label = said % {"priority": self.names[code]}
            self.fields[name] = forms.CharField(label=label, required=False, max_length=40)

    def _boxes(self) -> Iterator[tuple[str, str, str]]:
        for code in self.found.priorities:
            for side in SIDES:
                yield f"{side}_{code}", code, side

    def clean_yes(self) -> frozenset[str]:
        return self._named("yes")

    def clean_no(self) -> frozenset[str]:
        refused = self._named("no")
        if both := sorted(refused & self.cleaned_data.get("yes", frozenset())):
            said = gettext("%(file)s cannot be both in and out.")
            raise forms.ValidationError(said % {"file": both[0]})
        if kept := sorted(refused & set(self.found.kept)):
            said = gettext("The committee has approved %(file)s, so the plan keeps it.")
            raise forms.ValidationError(said % {"file": kept[0]})
        return refused

    def _named(self, name: str) -> frozenset[str]:
        """References of files that this person may weigh; of any other it is said alike."""
        named = frozenset(re.split(r"[\s,;]+", self.cleaned_data[name].upper())) - {""}
        if unknown := sorted(named - set(self.found.each)):
            said = gettext("No file that can be weighed is called “%(file)s”.")
            raise forms.ValidationError(said % {"file": unknown[0][:40]})
        return named

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        unit = given.get("unit", "")
        for name, code, side in self._boxes():
            typed = (given.get(name) or "").strip()
            if typed and unit in MEASURES:
                self._limit(name, (code, side), typed, unit)
        return given

    def _limit(self, name: str, what: tuple[str, str], typed: str, unit: str) -> None:
        code, side = what
        try:
            amount = AMOUNTS[unit](typed)
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)
            return
        is_floor = side == "least"
        self.limits.append(Limit(name, amount, is_floor, measure=MEASURES[unit], tag=code))

    def wish(self) -> Wish:
        """What the engine is asked, of a form without errors."""
        given = self.cleaned_data
        return Wish(
            envelope_cents=given["envelope"],
            levels=LEVELS[given["levels"]],
            is_by_money=given["value"] == "money",
            limits=tuple(self.limits),
            wanted=given["yes"],
            refused=given["no"],
        )

    def table(self) -> list[tuple[Any, ...]]:
        """A row for each priority with its two boxes."""
        return [
            (self.names[code], self._box(f"least_{code}"), self._box(f"most_{code}"))
            for code in self.found.priorities
        ]

    def _box(self, name: str) -> Entry:
        label, value = str(self.fields[name].label), str(self[name].value() or "")
        return Entry(name, label, value, wrong=name in self.errors)

    def summary(self) -> list[tuple[str, str]]:
        """(id on the page, sentence) of everything that cannot be read."""
        boxes = {name for name, _code, _side in self._boxes()}
        return [
            (
                "limits" if name in boxes else self[name].auto_id,
                reasons.about(str(self.fields[name].label), str(error)),
            )
            for name, errors in self.errors.items()
            for error in errors
        ]

    def said(self) -> list[tuple[str, str]]:
        """What was asked for other than the usual plan: the label of each box, and what it says."""
        given = self.data.items()
        rows = [row for row in given if row[0] in self.fields and row[0] != "unit"]
        return [
            (str(self.fields[name].label), self._typed(name, typed))
            for name, typed in rows
            if self.usual.get(name, "") != typed
        ]

    def _typed(self, name: str, typed: str) -> str:
        """A choice by its words, a floor or ceiling with its unit, anything else as it stands."""
        box = "unit" if name.startswith(("least_", "most_")) else name
        choices = {key: str(said) for key, said in getattr(self.fields[box], "choices", ())}
        if box == "unit":
            return f"{typed} ({choices.get(self.data['unit'], '')})"
        return choices.get(typed, typed)

    def query(self, **changes: frozenset[str]) -> str:
        """The address of this plan, or of one with other files in (`yes`) or out (`no`)."""
        kept = {name: self.data.get(name, "") for name in self.fields}
        kept |= {name: " ".join(sorted(files)) for name, files in changes.items()}
        return urlencode(
            {name: value for name, value in kept.items() if value != self.usual.get(name, "")}
        )


def share(typed: str) -> int:
    """Basis points of a percentage as people write it."""
    found = SHARE.fullmatch(typed)
    points = Decimal(f"{found[1]}.{found[2] or 0}") * 100 if found else Decimal(-1)
    if not 0 <= points <= portfolio.WHOLE or not typed.isascii():
        raise forms.ValidationError(gettext("Write a percentage from 0 to 100, such as 20."))
    return int(points)


def files(typed: str) -> int:
    """A number of files."""
    if not (typed.isascii() and FILES.fullmatch(typed)):
        raise forms.ValidationError(gettext("Write a number of files, such as 3."))
    return int(typed)


def money(typed: str) -> int:
    """Cents of an amount in Canadian dollars."""
    cents = Cad(required=False).clean(typed)
    if cents is None:
        raise forms.ValidationError(gettext("Write the amount in Canadian dollars."))
    return int(cents)


AMOUNTS = {"share": share, "money": money, "files": files}
