"""What the clock does to Youth Labs: works out lotteries, and what votes say; twice is once."""

from datetime import datetime

from monarca.programmes.youthlab import actions, queries


def tick(*, at: datetime) -> int:
    """Every lottery that waits and every round of votes that closed; how many were worked out."""
    lotteries = [actions.work_out(each, at=at) for each in queries.to_work(at=at)]
    rounds = [actions.read_votes(each, at=at) for each in queries.to_count(at=at)]
    return sum(lotteries) + sum(rounds)
