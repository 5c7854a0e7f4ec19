"""What the clock does: the people's own deliberation time begins on its day."""

from datetime import datetime

from monarca.programmes.consultations import actions, queries


def tick(*, at: datetime) -> int:
    """How many consultations entered the phase of deliberation."""
    found = queries.to_start(at=at)
    for consultation in found:
        actions.deliberate(consultation, by=None, at=at)
    return len(found)
