"""Reading, checking and shaping packs: a fund as files."""

from monarca.engines.packs.definition import canonical, definition_sha256
from monarca.engines.packs.finding import Finding
from monarca.engines.packs.reading import Pack, read
from monarca.engines.packs.window import activities_end, call_code, fiscal_year, for_window

__all__ = [
    "Finding",
    "Pack",
    "activities_end",
    "call_code",
    "canonical",
    "definition_sha256",
    "fiscal_year",
    "for_window",
    "read",
]
