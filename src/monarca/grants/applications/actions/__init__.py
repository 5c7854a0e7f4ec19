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
    AlreadyDone,
    Arrival,
    NothingWasRead,
    Part,
    confirm,
    correct,
    receive,
    refuse,
)
from monarca.grants.applications.actions.reading_in import (
    Arrived,
    look_at,
    problem_of,
    read_in,
    take_in,
)

__all__ = [
    "AlreadyDone",
    "Arrival",
    "Arrived",
    "CallIsClosed",
    "NotReady",
    "NothingWasRead",
    "Part",
    "TooManyFiles",
    "attach",
    "confirm",
    "correct",
    "detach",
    "look_at",
    "problem_of",
    "read_in",
    "receive",
    "refuse",
    "reopen",
    "save_answers",
    "save_budget",
    "seal",
    "start",
    "submit",
    "take_in",
    "withdraw",
]
