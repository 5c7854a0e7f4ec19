"""The committee's pages as data: what a person types, and rows ready to print."""

from monarca.grants.decisions.forms.asking import Cad, Convening, Deciding, Ending
from monarca.grants.decisions.forms.showing import (
    agenda_rows,
    bar_rows,
    criterion_rows,
    decision_rows,
    file_rows,
    interests,
    meeting_rows,
    minutes_of,
    name_of,
    outcome_tag,
    ruling_facts,
)

__all__ = [
    "Cad",
    "Convening",
    "Deciding",
    "Ending",
    "agenda_rows",
    "bar_rows",
    "criterion_rows",
    "decision_rows",
    "file_rows",
    "interests",
    "meeting_rows",
    "minutes_of",
    "name_of",
    "outcome_tag",
    "ruling_facts",
]
