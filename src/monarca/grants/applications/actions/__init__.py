"""Everything that can happen to an application, and to what arrives by mail."""

from monarca.grants.applications.actions.drafting import (
    TooManyFiles,
    attach,
    detach,
    save_answers,
    save_budget,
    start,
)
from monarca.grants.applications.actions.filing import (
    CallIsClosed,
    NotReady,
    reopen,
    seal,
    submit,
    withdraw,
)
from monarca.grants.applications.actions.intake import (
    Arrival,
    NothingWasRead,
    Part,
    confirm,
    receive,
    refuse,
)

__all__ = [
    "Arrival",
    "CallIsClosed",
    "NotReady",
    "NothingWasRead",
    "Part",
    "TooManyFiles",
    "attach",
    "confirm",
    "detach",
    "receive",
    "refuse",
    "reopen",
    "save_answers",
    "save_budget",
    "seal",
    "start",
    "submit",
    "withdraw",
]
