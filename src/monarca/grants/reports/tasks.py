"""What the clock does to reports: ask for those that are near, remind, note the overdue."""

from datetime import datetime

from monarca.grants.reports import actions, queries


def tick(*, at: datetime) -> int:
    """Everything that is due at this instant; returns how much it did. Twice is once."""
    done = 0
    for each in queries.expected(at=at):
        actions.request(
            each.agreement,
            by=None,
            at=at,
            kind=each.kind,
            due_on=each.due_on,
            from_on=each.from_on,
            until_on=each.until_on,
        )
        done += 1
    for report in queries.still_open():
        done += actions.remind(report, by=None, at=at)
        done += actions.note_overdue(report, by=None, at=at)
    return done
