"""Screening's pages as data: what a person types, and rows ready to print."""

from monarca.grants.screening.forms.asking import Answering, Asking, Judging, Noting, Pairing
from monarca.grants.screening.forms.showing import (
    Finding,
    alike_rows,
    chooser,
    findings_of,
    requirement_rows,
    row_of,
    rule_rows,
)

__all__ = [
    "Answering",
    "Asking",
    "Finding",
    "Judging",
    "Noting",
    "Pairing",
    "alike_rows",
    "chooser",
    "findings_of",
    "requirement_rows",
    "row_of",
    "rule_rows",
]
