"""Work out the lotteries that wait, now; `monarca tick` does the same every few minutes."""

from typing import Any

from monarca.kit.command import Command as Base
from monarca.kit.command import now
from monarca.programmes.youthlab import tasks


class Command(Base):
    help = "Work out the Youth Lab lotteries that wait, and what closed rounds say."

    def handle(self, *_args: Any, **options: Any) -> None:
        done = tasks.tick(at=now())
        self.tell({"done": done}, f"{done} worked out", as_json=options["json"])
