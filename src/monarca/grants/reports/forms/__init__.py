"""The pages of a report as data: what was typed read into values, and values drawn again."""

from monarca.grants.reports.forms.asking import Ask, Certify, Return
from monarca.grants.reports.forms.drawing import (
    ORDER,
    after,
    faults,
    measure_groups,
    missing,
    narrative_fields,
    people_table,
    summary,
    tasks,
)
from monarca.grants.reports.forms.posting import read, read_rows
from monarca.grants.reports.forms.saying import found, list_head, listed, said, tabs, told
from monarca.grants.reports.forms.tabling import budget_lines, expense_table, interest, plan_table

__all__ = [
    "ORDER",
    "Ask",
    "Certify",
    "Return",
    "after",
    "budget_lines",
    "expense_table",
    "faults",
    "found",
    "interest",
    "list_head",
    "listed",
    "measure_groups",
    "missing",
    "narrative_fields",
    "people_table",
    "plan_table",
    "read",
    "read_rows",
    "said",
    "summary",
    "tabs",
    "tasks",
    "told",
]
