"""What the clock does to commitments: it asks their owners once a quarter."""

from datetime import datetime

from monarca.ground.commitments import actions, queries


def tick(*, at: datetime) -> int:
    """Ask about every open commitment whose quarter has passed; twice is once."""
    return sum(actions.remind(one, by=None, at=at) for one in queries.to_report(on=at.date()))
