"""Seals: what was received can be shown to be what was received, and nothing was taken out since.

Problem: an applicant, an auditor and a court must be able to check, with a few lines of code and
without trusting us, that a file was received, that it is in the closed list, that the journal has
no gap. Means: one spelling of a value (`canonical`) and its SHA-256; receipts; a hash chain for
the journal; the Merkle tree of RFC 6962 with proofs of inclusion and consistency (RFC 9162);
checkpoints signed with Ed25519 (`sealing.checkpoints`); and `sealing.verify`, a function that an
outsider can read. Linear to build, logarithmic to prove and to check.
"""

from monarca.engines.sealing.chain import GENESIS, Break, Entry, chain, first_broken, link
from monarca.engines.sealing.merkle import (
    Consistency,
    Inclusion,
    Tree,
    extends,
    includes,
    merkle_root,
    tree,
)
from monarca.engines.sealing.receipts import Receipt, confirms, receipt
from monarca.engines.sealing.spelling import HEX, canonical, sha256

CODES = ("sealing.position_missing", "sealing.link_differs", "sealing.content_differs")

__all__ = [
    "CODES",
    "GENESIS",
    "HEX",
    "Break",
    "Consistency",
    "Entry",
    "Inclusion",
    "Receipt",
    "Tree",
    "canonical",
    "chain",
    "confirms",
    "extends",
    "first_broken",
    "includes",
    "link",
    "merkle_root",
    "receipt",
    "sha256",
    "tree",
]
