"""What the clock does to the journal: seal what was written since the last look."""

from datetime import datetime

from monarca.ground.journal import actions


def tick(*, at: datetime) -> int:  # noqa: ARG001
    """Seal every entry that is not yet in the chain; returns how many. Twice is once."""
    return actions.seal()
