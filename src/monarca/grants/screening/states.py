"""The states of a screening and of one check in it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from monarca.engines.states import Moves


class Status(TextChoices):
    OPEN = "open", _("Open")
    AWAITING_APPLICANT = "awaiting_applicant", _("Waiting for the applicant")
    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Ineligible")


class Verdict(TextChoices):
    PROPOSED = "proposed", _("Found by the rule")
    CONFIRMED = "confirmed", _("Confirmed")
    WAIVED = "waived", _("Waived")
    BROKEN = "broken", _("Not met, a person found")


SETTLED: frozenset[str] = frozenset({Status.ELIGIBLE, Status.INELIGIBLE})


MOVES = Moves(
    {
        "ask": (frozenset({Status.OPEN}), Status.AWAITING_APPLICANT),
        "hear": (frozenset({Status.AWAITING_APPLICANT}), Status.OPEN),
        "pass": (frozenset({Status.OPEN}), Status.ELIGIBLE),
        "fail": (frozenset({Status.OPEN, Status.AWAITING_APPLICANT}), Status.INELIGIBLE),
    }
)

CHECK_MOVES = Moves(
    {
        "confirm": (
            frozenset({Verdict.PROPOSED, Verdict.WAIVED, Verdict.BROKEN}),
            Verdict.CONFIRMED,
        ),
        "waive": (
            frozenset({Verdict.PROPOSED, Verdict.CONFIRMED, Verdict.BROKEN}),
            Verdict.WAIVED,
        ),
        "refute": (
            frozenset({Verdict.PROPOSED, Verdict.CONFIRMED, Verdict.WAIVED}),
            Verdict.BROKEN,
        ),
    }
)
