"""What the pages show of a division: shares in words, rules side by side, axioms, a plot."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monarca.engines import apportionment
from monarca.engines.apportionment import Standing
from monarca.engines.reasons import Reason, Value
from monarca.kit import formats, reasons
from monarca.kit.parts import Bar, Noted, Status
from monarca.programmes.shares.forms.asking import named
from monarca.programmes.shares.models import Allocation, Claimant
from monarca.programmes.shares.queries import Told
from monarca.programmes.shares.states import What

UNITS = frozenset(
    (
        *("amount", "claim", "floor", "cap", "minimum", "received", "first", "owed"),
        *("target", "exact", "unit", "left", "needed", "there", "short", "buffer"),
    )
)
"""Values of reasons that are quantities: of an envelope they are read as dollars."""

DRAWN = 40
"""So many claimants are drawn; the table below holds all."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of claimants under the rules that have an answer."""

    allocation: Allocation
    rows: Sequence[Claimant]
    tolds: Sequence[Told]

    @property
    def chosen(self) -> Told | None:
        """The proposed rule's shares, or the first one's while nothing is proposed."""
        wanted = self.allocation.rule
        return next((each for each in self.tolds if each.rule == wanted), self.first)

    @property
    def first(self) -> Told | None:
        return self.tolds[0] if self.tolds else None

    def quantity(self, value: int) -> str:
        is_money = self.allocation.what == What.ENVELOPE
        return formats.money(value) if is_money else formats.number(value)

    def because(self, reason: Reason) -> str:
        """The sentence of a reason, its quantities as this division counts them."""
        said: dict[str, Value] = {
            name: self._said(name, value) for name, value in reason.values.items()
        }
        return reasons.sentence(Reason(reason.code, said))

    def _said(self, name: str, value: Value) -> Value:
        """A quantity in its own terms; of what cannot be cut, an exact share keeps its fraction."""
        if name not in UNITS or isinstance(value, bool | str) or value is None:
            return value
        is_money = self.allocation.what == What.ENVELOPE
        return self.quantity(int(value)) if is_money or isinstance(value, int) else value

    def shares(self) -> dict[str, Any]:
        """Who receives what by the chosen rule, each in words."""
        told = self.chosen
        head = [
            pgettext("column", "Who"),
            pgettext("column", "Asked for"),
            pgettext("column", "Receives"),
            pgettext("column", "Why"),
        ]
        rows = [self._share(row, told) for row in self.rows] if told else []
        return {"head": head, "rows": rows}

    def _share(self, row: Claimant, told: Told) -> list[Any]:
        why = " ".join(self.because(each) for each in self._reasons(row, told))
        return [
            row.name,
            self.quantity(row.claim),
            self.quantity(told.amounts[row.code]),
            self._aside(row) if row.aside else why,
        ]

    def _reasons(self, row: Claimant, told: Told) -> tuple[Reason, ...]:
        """Rounding to the cent needs no words."""
        whole = self.allocation.what == What.ENVELOPE and self.allocation.unit == 1
        return told.reasons[row.code][:1] if whole else told.reasons[row.code]

    def _aside(self, row: Claimant) -> Any:
        said = _("Takes no part in this round: %(why)s.") % {
            "why": row.note or row.get_aside_display()
        }
        if row.aside == "opted_out":
            return said
        return Noted(said, _("Is served first in the next round."))

    def compared(self) -> dict[str, Any]:
        """Every rule's shares side by side, and how unequal each is."""
        head = [pgettext("column", "Who"), pgettext("column", "Asked for")]
        head += [named(told.rule) for told in self.tolds]
        rows = [
            [
                row.name,
                self.quantity(row.claim),
                *(self.quantity(told.amounts[row.code]) for told in self.tolds),
            ]
            for row in self.rows
        ]
        return {"head": head, "rows": rows, "numbers": ",".join(map(str, range(1, len(head))))}

    def measures(self) -> dict[str, Any]:
        """What each rule does to the worst off and the best off, and the Gini coefficients."""
        head = [
            pgettext("column", "Rule"),
            _("Least part met"),
            _("Largest part met"),
            _("With nothing"),
            _("Gini of shares"),
            _("Gini of parts met"),
            _("Not given out"),
        ]
        return {"head": head, "rows": [self._measure(told) for told in self.tolds]}

    def _measure(self, told: Told) -> list[Any]:
        found = told.inequality
        rule = named(told.rule)
        return [
            Noted(rule, _("Proposed")) if told.rule == self.allocation.rule else rule,
            _percent(found.least_met),
            _percent(found.most_met),
            formats.number(found.with_nothing),
            formats.number(_decimal(found.gini_amounts)),
            formats.number(_decimal(found.gini_met)),
            self.quantity(told.left + told.buffer),
        ]

    def plots(self) -> list[dict[str, Any]]:
        """The shares of each rule as bars, all to one scale."""
        top = max((max(told.amounts.values(), default=0) for told in self.tolds), default=0) or 1
        return [
            {
                "caption": named(told.rule),
                "head": [pgettext("column", "Who"), "", pgettext("column", "Receives")],
                "rows": [
                    [row.name, Bar(amount, top), self.quantity(amount)]
                    for row in self.rows[:DRAWN]
                    for amount in [told.amounts[row.code]]
                ],
            }
            for told in self.tolds
        ]

    def axioms(self) -> dict[str, Any]:
        """Which idea of fairness each rule keeps."""
        standing = {told.rule: apportionment.standings(told.rule) for told in self.tolds}
        head = [_("What is fair"), *(named(rule) for rule in standing)]
        rows = [
            [
                reasons.sentence(Reason(f"apportionment.axiom_{axiom}")),
                *(_standing(found[place]) for found in standing.values()),
            ]
            for place, axiom in enumerate(apportionment.AXIOMS)
        ]
        return {"head": head, "rows": rows}

    def counterexamples(self) -> list[dict[str, Any]]:
        """For each rule and axiom it breaks: the smallest division that shows it, in words."""
        return [
            {
                "rule": named(told.rule),
                "axiom": reasons.sentence(Reason(f"apportionment.axiom_{one.axiom}")),
                "said": _counterexample(one),
                "broken": reasons.sentence(one.broken) if one.broken else "",
            }
            for told in self.tolds
            for one in apportionment.standings(told.rule)
            if not one.is_kept
        ]


def _standing(one: Standing) -> Status:
    if one.is_kept:
        return Status(pgettext("axiom", "kept"), "ok")
    return Status(pgettext("axiom", "broken"), "warn")


def _counterexample(one: Standing) -> str:
    problem = one.problem
    if problem is None:
        return ""
    asked = ", ".join(f"{claim.id} {formats.number(claim.claim)}" for claim in problem.claims)
    given = ", ".join(
        f"{claim.id} {formats.number(amount)}"
        for claim, amount in zip(problem.claims, problem.given, strict=True)
    )
    said = {"asked": asked, "supply": formats.number(problem.terms.supply), "given": given}
    return _("There are %(supply)s. Asked for: %(asked)s. Given: %(given)s.") % said


def _percent(part: Fraction) -> str:
    return formats.percent(_decimal(part, places=6), places=1)


def _decimal(part: Fraction, places: int = 3) -> Decimal:
    return Decimal(round(part * 10**places)).scaleb(-places)
