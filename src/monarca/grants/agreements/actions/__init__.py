"""An agreement's acts: drafted, sent, signed by both, amended, suspended, ended early."""

from monarca.grants.agreements.actions.changing import (
    AboveTheCall,
    BelowWhatWasPaid,
    NothingChanges,
    PartIsAsked,
    WhyIsNeeded,
    amend,
    resume,
    suspend,
    terminate,
)
from monarca.grants.agreements.actions.drafting import (
    AlreadyDrafted,
    DatesOutOfOrder,
    NoEnvelope,
    NotApproved,
    draft,
    revise,
    send,
)
from monarca.grants.agreements.actions.signing import (
    NotSentYet,
    SignedAlready,
    SignedOutOfTime,
    record_signature,
)

__all__ = [
    "AboveTheCall",
    "AlreadyDrafted",
    "BelowWhatWasPaid",
    "DatesOutOfOrder",
    "NoEnvelope",
    "NotApproved",
    "NotSentYet",
    "NothingChanges",
    "PartIsAsked",
    "SignedAlready",
    "SignedOutOfTime",
    "WhyIsNeeded",
    "amend",
    "draft",
    "record_signature",
    "resume",
    "revise",
    "send",
    "suspend",
    "terminate",
]
