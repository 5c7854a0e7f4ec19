"""Which records are one and the same? Chances with their reasons; nothing is ever merged."""

from monarca.engines.linkage.copying import Copy, Passage, Text, copied
from monarca.engines.linkage.linking import dedupe, link
from monarca.engines.linkage.prints import Print, fingerprints
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
    "Copy",
    "Field",
    "Group",
    "Level",
    "Model",
    "Pair",
    "Passage",
    "Print",
    "Record",
    "Refused",
    "Text",
    "Weighed",
    "copied",
    "dedupe",
    "fingerprints",
    "link",
]
