"""Agreements' pages as data: what a person types, and rows ready to print."""

from monarca.grants.agreements.forms.asking import (
    Amending,
    Beginning,
    Ending,
    Revising,
    Sending,
    Signing,
)
from monarca.grants.agreements.forms.showing import (
    agreement_rows,
    amendment_rows,
    article_blocks,
    decision_rows,
    facts_of,
    part_rows,
    signature_facts,
    tag_of,
)

__all__ = [
    "Amending",
    "Beginning",
    "Ending",
    "Revising",
    "Sending",
    "Signing",
    "agreement_rows",
    "amendment_rows",
    "article_blocks",
    "decision_rows",
    "facts_of",
    "part_rows",
    "signature_facts",
    "tag_of",
]
