"""A public record's acts: prepared, worded, approved, published, withdrawn; files exported."""

from monarca.grants.disclosure.actions.deciding import (
    GateClosed,
    NothingIsTold,
    PreparedByYou,
    WrittenByYou,
    approve,
    publish,
    withdraw,
)
from monarca.grants.disclosure.actions.exporting import NotValid, export
from monarca.grants.disclosure.actions.preparing import (
    AlreadyPrepared,
    MoreThanIsSafe,
    NotSignedYet,
    SectorUnknown,
    WhyNotInFull,
    prepare,
    prepare_again,
)
from monarca.grants.disclosure.actions.wording import (
    NoSuchText,
    NotWritten,
    TextTooLong,
    review,
    translate,
)

__all__ = [
    "AlreadyPrepared",
    "GateClosed",
    "MoreThanIsSafe",
    "NoSuchText",
    "NotSignedYet",
    "NotValid",
    "NotWritten",
    "NothingIsTold",
    "PreparedByYou",
    "SectorUnknown",
    "TextTooLong",
    "WhyNotInFull",
    "WrittenByYou",
    "approve",
    "export",
    "prepare",
    "prepare_again",
    "publish",
    "review",
    "translate",
    "withdraw",
]
