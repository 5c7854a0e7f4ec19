"""Makers for tests of the register of commitments."""

from datetime import UTC, date, datetime

from monarca.ground.commitments import actions
from monarca.ground.commitments.actions import Holder, Promise, Report

PROMISED_ON = date(2025, 9, 18)
AUTUMN = datetime(2025, 9, 22, 16, 0, tzinfo=UTC)
WINTER = datetime(2026, 2, 3, 16, 0, tzinfo=UTC)
TEXT = {
    "es": "Firmar el acuerdo sobre áreas protegidas.",
    "en": "Sign the agreement on protected areas.",
    "fr": "Signer l’accord sur les aires protégées.",
}
EVIDENCE = "https://parques.example/acuerdo.pdf"


def promise_of(mission, **changes):
    """A commitment of an action plan as it would be deposited."""
    given = {
        "mission": mission,
        "origin": "action_plan",
        "text": TEXT,
        "promised_on": PROMISED_ON,
        "due_on": date(2025, 12, 31),
        "pillar": "environment",
        "aims": ("climate",),
    }
    return Promise(**given | changes)


def make_commitment(mission, *, by=None, at=AUTUMN, source=None, **changes):
    """A commitment that another room deposited, by nobody unless said otherwise."""
    return actions.deposit(promise_of(mission, **changes), source=source, by=by, at=at)


def holder(side="mexico", name="Comisión de Parques", user=None):
    return Holder(side, name, user)


def make_report(commitment, *, by, at=WINTER, note="Ya está el texto.", **changes):
    return actions.report(commitment, Report(note=note, language="es", **changes), by=by, at=at)


def end(commitment, *, by, at=WINTER, status="kept"):
    """Ended with evidence."""
    make_report(commitment, by=by, at=at, status=status, evidence_url=EVIDENCE)
    commitment.refresh_from_db()
    return commitment
