"""Everything that can happen to a commitment: made, worded anew, reported on, ended, published."""

from monarca.ground.commitments.actions.importing import (
    FileOutdated,
    FileTaken,
    lay_by,
    load_plan,
    take_in,
)
from monarca.ground.commitments.actions.keeping import name_owner, release_owner, remind, show
from monarca.ground.commitments.actions.lending import lend
from monarca.ground.commitments.actions.making import (
    AlreadyEnded,
    DueBeforePromised,
    Holder,
    NoReason,
    NothingPromised,
    OwnerUnnamed,
    Promise,
    SameWording,
    SealedStaysSealed,
    deposit,
    promise,
    reword,
)
from monarca.ground.commitments.actions.telling import (
    NoEvidence,
    NotAnAddress,
    NotAShare,
    NotBeforeThePublic,
    NothingSaid,
    PaperRefused,
    Report,
    hide_report,
    reopen,
    report,
    show_report,
    tell,
)

NothingChanged = SameWording
"""As rooms that word their own commitments anew know it."""

__all__ = [
    "AlreadyEnded",
    "DueBeforePromised",
    "FileOutdated",
    "FileTaken",
    "Holder",
    "NoEvidence",
    "NoReason",
    "NotAShare",
    "NotAnAddress",
    "NotBeforeThePublic",
    "NothingChanged",
    "NothingPromised",
    "NothingSaid",
    "OwnerUnnamed",
    "PaperRefused",
    "Promise",
    "Report",
    "SameWording",
    "SealedStaysSealed",
    "deposit",
    "hide_report",
    "lay_by",
    "lend",
    "load_plan",
    "name_owner",
    "promise",
    "release_owner",
    "remind",
    "reopen",
    "report",
    "reword",
    "show",
    "show_report",
    "take_in",
    "tell",
]
