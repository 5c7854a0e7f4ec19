"""The committee's acts: it meets, it decides within the envelope, the head of mission confirms."""

from monarca.grants.decisions.actions.confirming import ChangedSinceRead, confirm, confirm_all
from monarca.grants.decisions.actions.deciding import (
    AmountOutOfReason,
    FileWasWithdrawn,
    MeetingOfAnotherCall,
    NotReviewedYet,
    ReasonNeeded,
    approve,
    decide,
    decline,
    defer,
    propose,
    reserve,
)
from monarca.grants.decisions.actions.meeting import (
    MeetingHasEnded,
    NotOfTheMission,
    convene,
    end_meeting,
)
from monarca.grants.decisions.actions.planning import PlanWasOvertaken, propose_all

__all__ = [
    "AmountOutOfReason",
    "ChangedSinceRead",
    "FileWasWithdrawn",
    "MeetingHasEnded",
    "MeetingOfAnotherCall",
    "NotOfTheMission",
    "NotReviewedYet",
    "PlanWasOvertaken",
    "ReasonNeeded",
    "approve",
    "confirm",
    "confirm_all",
    "convene",
    "decide",
    "decline",
    "defer",
    "end_meeting",
    "propose",
    "propose_all",
    "reserve",
]
