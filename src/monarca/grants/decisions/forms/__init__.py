"""The committee's pages as data: what a person types, and rows ready to print."""

from monarca.grants.decisions.forms.asking import Cad, Convening, Deciding, Ending
from monarca.grants.decisions.forms.ranking import (
    band_said,
    chart_rows,
    fund_of,
    line_said,
    marked,
    ranking_head,
    ranking_rows,
    reader_rows,
    scale_of,
)
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
    "band_said",
    "bar_rows",
    "chart_rows",
    "criterion_rows",
    "decision_rows",
    "file_rows",
    "fund_of",
    "interests",
    "line_said",
    "marked",
    "meeting_rows",
    "minutes_of",
    "name_of",
    "outcome_tag",
    "ranking_head",
    "ranking_rows",
    "reader_rows",
    "ruling_facts",
    "scale_of",
]
