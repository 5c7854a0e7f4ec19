"""What a person types about pledges and series, and what the pages show of them."""

from monarca.programmes.climate.forms.asking import (
    Pledging,
    Revising,
    Seriesing,
    Uploading,
    flaw_rows,
    read_file,
)
from monarca.programmes.climate.forms.showing import (
    amount,
    filters,
    glance_head,
    glance_rows,
    pledge_facts,
    series_parts,
    stand_status,
    target_text,
    terms_rows,
)

__all__ = [
    "Pledging",
    "Revising",
    "Seriesing",
    "Uploading",
    "amount",
    "filters",
    "flaw_rows",
    "glance_head",
    "glance_rows",
    "pledge_facts",
    "read_file",
    "series_parts",
    "stand_status",
    "target_text",
    "terms_rows",
]
