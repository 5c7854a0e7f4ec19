"""Budgets: lines of whole cents, their sums, and everything that must hold between them."""

from monarca.engines.budgets.checking import (
    CODES,
    Context,
    Problem,
    check,
    is_arithmetic,
    overhead_codes,
    year_label,
)
from monarca.engines.budgets.lines import COLUMNS, SHARES, Line, Totals, totals
from monarca.engines.budgets.words import Spotted, excluded, fold, speaks_of

__all__ = [
    "CODES",
    "COLUMNS",
    "SHARES",
    "Context",
    "Line",
    "Problem",
    "Spotted",
    "Totals",
    "check",
    "excluded",
    "fold",
    "is_arithmetic",
    "overhead_codes",
    "speaks_of",
    "totals",
    "year_label",
]
