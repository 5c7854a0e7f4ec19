"""The tables of a Youth Lab, from the edition to the answers of both governments."""

from monarca.programmes.youthlab.models.applying import Candidacy, Draft, Ruling
from monarca.programmes.youthlab.models.concluding import (
    Adoption,
    Communique,
    Outcome,
    Recommendation,
    Reply,
)
from monarca.programmes.youthlab.models.deliberating import (
    Amendment,
    Comment,
    Proposal,
    Revision,
    Round,
    Session,
)
from monarca.programmes.youthlab.models.drawing import Lottery, Seat
from monarca.programmes.youthlab.models.editions import Edition, Quota, Theme
from monarca.programmes.youthlab.models.voting import Findings, Statement, Vote

__all__ = [
    "Adoption",
    "Amendment",
    "Candidacy",
    "Comment",
    "Communique",
    "Draft",
    "Edition",
    "Findings",
    "Lottery",
    "Outcome",
    "Proposal",
    "Quota",
    "Recommendation",
    "Reply",
    "Revision",
    "Round",
    "Ruling",
    "Seat",
    "Session",
    "Statement",
    "Theme",
    "Vote",
]
