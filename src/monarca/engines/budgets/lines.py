"""A budget line, and sums of lines by column, category and fiscal year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

SHARES = ("fund", "own", "in_kind", "other")
COLUMNS = ("total", *SHARES)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a budget. All sums in cents of the budget's one currency; None is a blank cell.

    `key` names the line to the caller. `fiscal_year` is a label ("2024-2025") or "1" or "2".
    """

    key: str
    activity: str = ""
    category: str = ""
    description: str = ""
    unit: str = ""
    quantity: Decimal | None = None
    unit_cents: int | None = None
    total_cents: int | None = None
    fund_cents: int = 0
    own_cents: int = 0
    in_kind_cents: int = 0
    other_cents: int = 0
    other_donor: str = ""
    fiscal_year: str = ""

    @property
    def computed_cents(self) -> int | None:
        """Quantity times unit cost, half to even; None when either is blank."""
        if self.quantity is None or self.unit_cents is None:
            return None
        return round(self.quantity * self.unit_cents)

    @property
    def shares_cents(self) -> int:
        return self.fund_cents + self.own_cents + self.in_kind_cents + self.other_cents

    @property
    def cents(self) -> int:
        """What the line costs: the stated total, else quantity times unit, else its shares."""
        for cents in (self.total_cents, self.computed_cents):
            if cents is not None:
                return cents
        return self.shares_cents

    def column(self, name: str) -> int:
        """Cents in one of COLUMNS. KeyError: no such column."""
        values = {
            "total": self.cents,
            "fund": self.fund_cents,
            "own": self.own_cents,
            "in_kind": self.in_kind_cents,
            "other": self.other_cents,
        }
        return values[name]


@dataclass(frozen=True, slots=True)
class Totals:
    """Cents by column; and by column within each category and each fiscal year as written."""

    columns: Mapping[str, int]
    categories: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    years: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def totals(lines: Iterable[Line]) -> Totals:
    """The sums of a budget; categories and years in the order in which they first appear."""
    kept = tuple(lines)
    return Totals(
        columns=_columns(kept),
        categories={
            code: _columns(line for line in kept if line.category == code)
            for code in dict.fromkeys(line.category for line in kept)
        },
        years={
            year: _columns(line for line in kept if line.fiscal_year == year)
            for year in dict.fromkeys(line.fiscal_year for line in kept)
        },
    )


def _columns(lines: Iterable[Line]) -> dict[str, int]:
    kept = tuple(lines)
    return {column: sum(line.column(column) for line in kept) for column in COLUMNS}
