"""Which records are one and the same? Chances with their reasons; nothing is ever merged."""

from monarca.engines.linkage.linking import dedupe, link
from monarca.engines.linkage.records import (
    ORGANISATIONS,
    Answer,
    Field,
    Group,
    Level,
    Model,
    Pair,
    Record,
    Refused,
    Weighed,
)

__all__ = [
    "ORGANISATIONS",
    "Answer",
    "Field",
    "Group",
    "Level",
    "Model",
    "Pair",
    "Record",
    "Refused",
    "Weighed",
    "dedupe",
    "link",
]
