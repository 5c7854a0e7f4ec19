"""What people are asked for a public record, and what pages print of it."""

from monarca.grants.disclosure.forms.asking import Preparing, Wording
from monarca.grants.disclosure.forms.showing import (
    agreement_rows,
    blocks_of,
    facts_of,
    point_words,
    record_rows,
    status_of,
    steps_of,
)

__all__ = [
    "Preparing",
    "Wording",
    "agreement_rows",
    "blocks_of",
    "facts_of",
    "point_words",
    "record_rows",
    "status_of",
    "steps_of",
]
