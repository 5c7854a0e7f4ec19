"""Work out the lotteries that wait, now; `monarca tick` does the same every few minutes."""

from typing import Any

from monarca.kit.command import Command as Base
from monarca.kit.command import now
from monarca.programmes.youthlab import actions, queries


class Command(Base):
    help = "Work out the Youth Lab lotteries that wait; safe to run twice."

    def handle(self, *_args: Any, **options: Any) -> None:
        at = now()
        done = sum(actions.work_out(each, at=at) for each in queries.to_work(at=at))
        self.tell({"done": done}, f"{done} worked out", as_json=options["json"])
