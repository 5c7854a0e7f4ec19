"""`monarca demo` calls this when no finished year is there: clear, make, say that it is whole.

A command of its own: a second `monarca demo` need not load what reads Word and writes PDF.
"""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from monarca.ground.people.models import User
from monarca.kit.command import Command as Base
from monarca.kit.command import Parser, now
from monarca.portal.demo.management.year import home, telling
from monarca.portal.demo.management.year.telling import Wish


class Progress:
    """How far the year is, on standard error: a bar on a terminal, a line a chapter elsewhere."""

    def __init__(self, command: Base) -> None:
        self.command = command
        self.turn = 0

    def begins(self, title: str) -> None:
        self.turn += 1
        if self.command.stderr.isatty():
            done = "#" * self.turn + "." * (telling.TURNS - self.turn)
            ending = "" if self.turn < telling.TURNS else "\n"
            self.command.stderr.write(f"\r\033[K[{done}] {title}", style_func=str, ending=ending)
        else:
            self.command.remark(f"{self.turn}/{telling.TURNS} {title}")

    def says(self, words: str) -> None:
        if not self.command.stderr.isatty():
            self.command.remark(f"      {words}")


class Command(Base):
    help = "Make the sample year anew. `monarca demo` calls it; nobody needs to."

    def add_arguments(self, parser: Parser) -> None:  # type: ignore[override]
        super().add_arguments(parser)
        parser.add_argument("--applications", type=int, default=0)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            self.stop("The sample year is made by `monarca demo`.", 2)
        asked = {"applications": options["applications"], "seed": options["seed"]}
        self.clear()
        home.write(settings.HOME, finished=False)
        self.remark("Tables and static files")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if User.objects.exists():
            self.stop("This database holds people already: the demo writes into an empty one only.")
        until = telling.tell(Progress(self), Wish(**asked), at=now())
        home.write(settings.HOME, open_until=until.isoformat(), **home.wanted(**asked))

    def clear(self) -> None:
        """Take away what an earlier demo left, and nothing else."""
        connections.close_all()
        try:
            home.clear(settings.HOME)
        except home.Foreign:
            self.stop(f"{settings.HOME} holds something else than a demo: name another --home.")
        except OSError as problem:
            self.stop(f"{settings.HOME} cannot be used: {problem.strerror}.")
